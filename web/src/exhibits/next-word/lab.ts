// What an address says of these views, and the limits of it.
import { DEFAULTS, type Lab } from './defaults';

export const MOST_LETTERS = 12; // that have room beside one another, with END
export const MOST_SEEN = 5;
/** Letters before that can be followed through all texts: every context has a place. */
export const MOST_SEEN_ALL = 3;
export const SMOOTHINGS = ['0.1', '1', '3', '12', '50', '200', '1000'];
export const SIDES = ['number', 'row'] as const;
export const TEXTS = ['two', 'names'] as const;
/** Ten texts of two letters: few enough for every short text to be drawn. */
export const TWO = ['ab', 'ba', 'abb', 'b', 'aba', 'bab', 'a', 'abab', 'bb', 'baba'];
/** Letters of the longest texts that are drawn one by one, and those up to which what has ended is added up. */
export const LONGEST = { two: 5, names: 2 } as const;
export const FURTHER = 40;
/** The net that sees a window, and how it is trained. */
export const NET = { window: '3', embedding_size: '8', hidden_size: '64' };
export const UPDATES = 3000;
export const LOOKS = 20; // after the first updates are done

const oneOf = (text: string | undefined, all: readonly string[], otherwise: string) =>
  text !== undefined && all.includes(text) ? text : otherwise;
const whole = (text: string | undefined, least: number, most: number, otherwise: string): string =>
  text !== undefined && /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most
    ? String(Number(text))
    : otherwise;
export const isName = (text: string) => /^[a-z]+$/.test(text) && text.length <= MOST_LETTERS;

/** Operations of one letter: a mix for each length of context, a logarithm, an addition. */
export const eachOf = (seen: string) => Number(seen) + 3;
export const endOf = ({ name, seen }: Pick<Lab, 'name' | 'seen'>) => (name.length + 1) * eachOf(seen);

/** What an address says, as far as it can be. */
export function labOf(given: Record<string, string>): Lab {
  const word = (key: 'name' | 'typed' | 'beginning' | 'word') =>
    isName(given[key] ?? '') ? (given[key] as string) : DEFAULTS[key];
  const name = word('name');
  const seen = whole(given.seen, 0, MOST_SEEN, DEFAULTS.seen);
  const text = oneOf(given.text, TEXTS, DEFAULTS.text) as (typeof TEXTS)[number];
  const longest = LONGEST[text];
  const letters = text === 'two' ? /^[ab]*$/ : /^[a-z]*$/;
  const piece = given.piece ?? '';
  return {
    name,
    seen,
    smoothing: oneOf(given.smoothing, SMOOTHINGS, DEFAULTS.smoothing),
    done: whole(given.done, 0, endOf({ name, seen }), ''),
    side: oneOf(given.side, SIDES, DEFAULTS.side),
    text,
    rows: whole(given.rows, 0, longest + 1, ''),
    look: whole(given.look, 0, LOOKS, DEFAULTS.look),
    letter: /^[a-z]$/.test(given.letter ?? '') ? (given.letter as string) : DEFAULTS.letter,
    ...{ typed: word('typed'), beginning: word('beginning'), word: word('word') },
    piece: letters.test(piece) && piece.length <= longest ? piece : '',
  };
}

export type What = 'mix' | 'log' | 'add';
export interface At {
  t: number; // letter, from 0
  what: What;
  order: number; // of a mix: how many letters are counted together
}
/** The operation that was done last; null before the first. */
export function atOf({ done, name, seen }: Pick<Lab, 'done' | 'name' | 'seen'>): At | null {
  const each = eachOf(seen);
  const last = (done === '' ? endOf({ name, seen }) : Number(done)) - 1;
  if (last < 0) return null;
  const k = last % each;
  const orders = Number(seen) + 1;
  return {
    t: Math.floor(last / each),
    what: k < orders ? 'mix' : k === orders ? 'log' : 'add',
    order: Math.min(k + 1, orders),
  };
}
