// What the views are set to, kept in the address, and the limits of it.
import { packed, unpacked } from '../sentence';
import { DEFAULTS, type Lab } from './defaults';

export type { Lab };

/** What becomes of the numbers of one letter, one column after the other. */
export const MOMENTS = ['logits', 'divided', 'warmed', 'k', 'p', 'left', 'draw'] as const;
export type Moment = (typeof MOMENTS)[number];
/** How much is done of a letter when this was its last column. */
export const after = (moment: Moment): number => MOMENTS.indexOf(moment) + 1;
export const SIDES = ['numbers', 'table'] as const;
export const MOST_LETTERS = 24;
const MOST_DONE = MOMENTS.length * 65;
const EMPTY = '+'; // a text without a letter, in the address

const whole = (text: string, least: number, most: number, otherwise: string): string => {
  const value = Number(text);
  return text !== '' && Number.isInteger(value) && value >= least && value <= most ? String(value) : otherwise;
};

/** What a text or a control sets, as it is kept. */
export const labFor = ({ text, was, ...set }: Partial<Lab>): Record<string, string> => ({
  ...set,
  ...(text !== undefined && { text: packed(text) || EMPTY }),
  ...(was !== undefined && { was: packed(was) || EMPTY }),
});

/** As the address has it, where that can be; else as it is at first. */
export function labOf(given: Record<string, string>): Lab {
  const lab = { ...DEFAULTS, ...Object.fromEntries(Object.entries(given).filter(([key]) => key in DEFAULTS)) };
  const own = given.text === undefined ? DEFAULTS.text : unpacked(given.text).trim();
  return {
    text: [...own].length <= MOST_LETTERS ? own : DEFAULTS.text,
    draw: whole(lab.draw, 0, 1e6, DEFAULTS.draw),
    done: whole(lab.done, 0, MOST_DONE, DEFAULTS.done),
    side: lab.side === 'table' ? lab.side : 'numbers',
    block: whole(lab.block, 1, 12, DEFAULTS.block),
    head: whole(lab.head, 1, 16, DEFAULTS.head),
    row: whole(lab.row, 0, MOST_LETTERS + 1, DEFAULTS.row),
    read: whole(lab.read, 0, MOST_LETTERS + 1, DEFAULTS.read),
    keep: lab.keep === 'off' ? lab.keep : 'on',
    was: given.was === undefined ? '' : unpacked(given.was).trim(),
  };
}

/** Where one stands: the draw, from 0, and how many of its moments are done. Before the first: none of the first. */
export function standing(done: number, draws: number): { draw: number; moments: number } {
  const at = Math.min(done, draws * MOMENTS.length);
  const draw = Math.max(0, Math.ceil(at / MOMENTS.length) - 1);
  return { draw, moments: at - draw * MOMENTS.length };
}
