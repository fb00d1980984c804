// What an address says of these views, and what they can be set to.
import { DEFAULTS, type Lab } from './defaults';

/** Six sentences of the course's kind, all of words that the constructed ones have. */
export const SIX = [
  'apple sells a new telephone with a screen',
  'apple makes a notebook and a computer',
  'i read mails on a computer made by apple',
  'she ate a red apple from the tree',
  'the apple in the orchard was so juicy',
  'my favourite fruit is a ripe apple',
];

export const EPOCHS = 20;
export const CHOICES = {
  text: ['six', 'made'],
  by: ['counts', 'skip-gram'],
  size: ['2', '4', '8', '16', '32'],
  negatives: ['1', '2', '5', '10'],
} as const;
export const WINDOW_MAX = 5;
const SEED_MAX = 99;

const whole = (text: string | undefined, most: number, least = 0): string | null =>
  text !== undefined && /^\d{1,8}$/.test(text) && Number(text) >= least && Number(text) <= most
    ? String(Number(text))
    : null;
const WORD = /^[a-z]{1,20}$/;

/** What an address says, as far as it can be. */
export function labOf(given: Record<string, string>): Lab {
  const one = (key: keyof typeof CHOICES) =>
    (CHOICES[key] as readonly string[]).includes(given[key] ?? '') ? (given[key] as string) : DEFAULTS[key];
  return {
    text: one('text'),
    pair: whole(given.pair, 1e7) ?? DEFAULTS.pair,
    window: whole(given.window, WINDOW_MAX, 1) ?? DEFAULTS.window,
    word: WORD.test(given.word ?? '') ? (given.word as string) : DEFAULTS.word,
    near: WORD.test(given.near ?? '') ? (given.near as string) : DEFAULTS.near,
    by: one('by'),
    epoch: whole(given.epoch, EPOCHS) ?? DEFAULTS.epoch,
    step: whole(given.step, 1e7) ?? DEFAULTS.step,
    term: whole(given.term, 10) ?? DEFAULTS.term,
    size: one('size'),
    negatives: one('negatives'),
    seed: whole(given.seed, SEED_MAX, 1) ?? DEFAULTS.seed,
    asked: /^[a-z]+\.[a-z]+\.[a-z]+$/.test(given.asked ?? '') ? (given.asked as string) : DEFAULTS.asked,
  };
}

/** Another of the seeds. */
export const nextSeed = (seed: string) => String((Number(seed) % SEED_MAX) + 1);
