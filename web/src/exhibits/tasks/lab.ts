// What the views are set to, kept in the address, and the limits of it.
import { unpacked, wordsOf } from '../sentence';
import { DEFAULTS, type Lab } from './defaults';

export type { Lab };

export const SHAPES = ['one-one', 'many-one', 'one-many', 'many-many'] as const;
export type Shape = (typeof SHAPES)[number];
/** What each shape reads, and the weights it reads it with; of the second the run's own. */
export const NETS: Record<Shape, { weights: string; text: string }> = {
  'one-one': { weights: 'pass', text: '0.6 0.4 1' },
  'many-one': { weights: '', text: 'the food was great .' },
  'one-many': { weights: 'numbers-fr', text: 'cent' },
  'many-many': { weights: 'phrases-vector', text: '3 6 days ago' },
};
export const MOST = { words: 16, letters: 90 };
/** Pairs that are offered, packed: each has the same words on both sides. */
export const PAIRS = {
  not: ['the+food+was+good+.2C+not+bad+at+all+.2E', 'the+food+was+bad+.2C+not+good+at+all+.2E'],
  said: [
    'they+said+the+room+was+really+bad+.2C+but+it+was+good+.2E',
    'they+said+the+room+was+really+good+.2C+but+it+was+bad+.2E',
  ],
  found: ['i+expected+a+dull+book+and+found+it+lovely+.2E', 'i+expected+a+lovely+book+and+found+it+dull+.2E'],
} as const;

const whole = (text: string, most: number, otherwise: string): string =>
  /^\d{1,3}$/.test(text) && Number(text) <= most ? text : otherwise;
const sentence = (text: string, otherwise: string): string => {
  const words = wordsOf(unpacked(text));
  return words.length > 0 && words.length <= MOST.words && words.join(' ').length <= MOST.letters ? text : otherwise;
};

/** As the address has it, where that can be; else as it is at first. */
export function labOf(given: Record<string, string>): Lab & { shape: Shape } {
  const lab = { ...DEFAULTS, ...Object.fromEntries(Object.entries(given).filter(([key]) => key in DEFAULTS)) };
  return {
    shape: SHAPES.find((one) => one === lab.shape) ?? 'many-one',
    op: whole(lab.op, 999, DEFAULTS.op),
    one: sentence(lab.one, DEFAULTS.one),
    other: sentence(lab.other, DEFAULTS.other),
    word: whole(lab.word, MOST.words, DEFAULTS.word),
  };
}
