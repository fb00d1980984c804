// What the view is set to, kept in the address, and the limits of it.
import { packed, unpacked, wordsOf } from '../sentence';
import { DEFAULTS, type Lab } from './defaults';

export type { Lab };

export const KINDS = ['added', 'concatenated', 'learned', 'none'] as const;
export type Kind = (typeof KINDS)[number];
export const SIDES = ['number', 'table'] as const;
export const WIDTH = 32;
export const PLACES = 32;
export const MOST_WORDS = 8; // that have room one under the other
export const MOST_LETTERS = 80;
export const MOST_START = PLACES - MOST_WORDS;

const whole = (text: string, least: number, most: number, otherwise: string): string => {
  const value = Number(text);
  return text !== '' && Number.isInteger(value) && value >= least && value <= most ? String(value) : otherwise;
};
const oneOf = (text: string, all: readonly string[]): string => (all.includes(text) ? text : (all[0] as string));

/** What a text or a control sets, as it is kept. */
export const labFor = (set: Partial<Lab>): Record<string, string> =>
  set.text === undefined ? { ...set } : { ...set, text: packed(set.text) };

/** As the address has it, where that can be; else as it is at first. */
export function labOf(given: Record<string, string>): Lab {
  const lab = { ...DEFAULTS, ...Object.fromEntries(Object.entries(given).filter(([key]) => key in DEFAULTS)) };
  const own = given.text === undefined ? DEFAULTS.text : unpacked(given.text);
  const count = wordsOf(own).length;
  const text = count >= 1 && count <= MOST_WORDS && own.length <= MOST_LETTERS ? own : DEFAULTS.text;
  const kind = oneOf(lab.kind, KINDS);
  return {
    text,
    kind,
    from: oneOf(lab.from, ['1', '0']),
    start: whole(lab.start, 0, MOST_START, '0'),
    row: whole(lab.row, 1, PLACES, DEFAULTS.row),
    column: whole(lab.column, 1, WIDTH, DEFAULTS.column),
    done: whole(lab.done, 0, cellsOf(text, kind), '0'),
    side: oneOf(lab.side, SIDES),
  };
}

export const partsOf = (kind: string) => (kind === 'concatenated' ? 2 * WIDTH : WIDTH);
export const cellsOf = (text: string, kind: string) => wordsOf(text).length * partsOf(kind);

/** Where the cell stands that was done last: the word, from 0, and the column of the sum, from 1; null before the first. */
export function cellAt({ done, kind }: Pick<Lab, 'done' | 'kind'>): { word: number; part: number } | null {
  const at = Number(done) - 1;
  return at < 0 ? null : { word: Math.floor(at / partsOf(kind)), part: (at % partsOf(kind)) + 1 };
}

/** So many cells done, and the table looks where the last of them comes from. */
export function doneTo(lab: Lab, to: number): Partial<Lab> {
  const done = String(Math.max(0, Math.min(cellsOf(lab.text, lab.kind), to)));
  const at = cellAt({ ...lab, done });
  if (!at) return { done };
  const column = String(((at.part - 1) % WIDTH) + 1);
  return { done, column, row: String(Math.min(PLACES, Number(lab.start) + at.word + 1)) };
}
