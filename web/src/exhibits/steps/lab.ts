// What the view is set to, kept in the address, and the limits of it.
import { packed, unpacked, wordsOf } from '../sentence';

export const DEFAULTS = {
  text: 'The chef who went to the stores was',
  layers: '2',
  /** Steps that are done. */
  step: '0',
  /** Two words, from 1, and the way from the first to the second. */
  from: '2',
  to: '8',
  /** Where the plots are read. */
  length: '64',
  side: 'plots',
  /** What is looked into: net, layer, word, and one of its operations. */
  cell: 'recurrent.1.2.h',
};
export type Lab = typeof DEFAULTS;
export type LabKey = keyof Lab;
export const NETS = ['recurrent', 'attention'] as const;
export type Net = (typeof NETS)[number];
export const SIDES = ['plots', 'table', 'values'] as const;
export const LAYERS = [1, 2, 3];
export const HIDDEN = 32;
export const SEED = 1;
export const MOST_WORDS = 12; // that have room beside one another
export const MOST_LETTERS = 120;
/** Lengths of the plots. */
export const LENGTHS = [8, 16, 32, 64, 128, 256, 512];

const whole = (text: string, least: number, most: number, otherwise: string): string => {
  const value = Number(text);
  return Number.isInteger(value) && value >= least && value <= most ? text : otherwise;
};

/** What a text or a control sets, as it is kept. */
export const labFor = (set: Partial<Lab>): Record<string, string> =>
  set.text === undefined ? { ...set } : { ...set, text: packed(set.text) };

/** As the address has it, where that can be; else as it is at first. */
export function labOf(given: Record<string, string>): Lab {
  const lab = { ...DEFAULTS, ...Object.fromEntries(Object.entries(given).filter(([key]) => key in DEFAULTS)) };
  const own = given.text === undefined ? DEFAULTS.text : unpacked(given.text);
  const words = wordsOf(own).length;
  const text = words >= 1 && words <= MOST_WORDS && own.length <= MOST_LETTERS ? own : DEFAULTS.text;
  const count = wordsOf(text).length;
  return {
    text,
    layers: whole(lab.layers, 1, LAYERS.length, DEFAULTS.layers),
    step: whole(lab.step, 0, 999, DEFAULTS.step),
    from: whole(lab.from, 1, count, '1'),
    to: whole(lab.to, 1, count, String(count)),
    length: LENGTHS.includes(Number(lab.length)) ? lab.length : DEFAULTS.length,
    side: SIDES.includes(lab.side as (typeof SIDES)[number]) ? lab.side : DEFAULTS.side,
    cell: lab.cell,
  };
}

/** A word is pressed: the way ends there, and begins where it ended. Where it ends, it is turned round. */
export function pressed({ from, to }: Pick<Lab, 'from' | 'to'>, word: number): Pick<Lab, 'from' | 'to'> {
  const next = String(word);
  return next === to ? { from: to, to: from } : { from: to, to: next };
}
