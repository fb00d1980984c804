// What the views are set to, kept in the address.
import { drawnOf, LAID } from './drawn';

export const DEFAULTS = {
  /** The moment of the walk that was done last, "value.1"; '' at the start. */
  at: '',
  /** Which of the points, from 1. */
  point: '12',
  /** The unit that is looked at, from 1; '' where it follows the walk. */
  unit: '',
  /** A place of the plane in thousandths, "250_-310"; '' for where the point is. */
  place: '',
  /** How pieces are coloured. */
  colour: 'parity',
  /** What stands beside: the picture, or its numbers. */
  side: 'plot',
  /** The class of points that are added. */
  add: '1',
  /** What is folded, in thousandths. */
  x: '300',
  /** Of the nets of equal size. */
  seed: '1',
  /** How far they are trained, look by look; end: the last. */
  look: 'end',
  /** Of the faces: three yes or no. */
  face: '000',
  /** A curve that is drawn, how the units of one layer are laid for it, how many, and so many of them added up; end: all. */
  drawn: '0_30_90_70_10_-40_-30_20_80_50_-20',
  laid: 'steps',
  wide: '6',
  added: 'end',
};
export type Lab = typeof DEFAULTS;
export const COLOURS = ['parity', 'above'] as const;
export const SIDES = ['plot', 'table'] as const;
export const REACH = 1; // the plane is from −1 to 1
export const MOST = { layers: 6, units: 12, points: 200 };

const either = (value: string, some: readonly string[], otherwise: string) =>
  some.includes(value) ? value : otherwise;
const matched = (value: string, form: RegExp, otherwise: string) => (form.test(value) ? value : otherwise);

/** As the address has it, where that can be; else as it is at first. */
export function labOf(given: Record<string, string>): Lab {
  const lab = { ...DEFAULTS, ...Object.fromEntries(Object.entries(given).filter(([key]) => key in DEFAULTS)) };
  return {
    at: matched(lab.at, /^[a-z]*(\.\d+)?$/, ''),
    point: matched(lab.point, /^[1-9]\d{0,3}$/, DEFAULTS.point),
    unit: matched(lab.unit, /^[1-9]\d{0,2}$/, ''),
    place: placeOf(lab.place) ? lab.place : '',
    colour: either(lab.colour, COLOURS, DEFAULTS.colour),
    side: either(lab.side, SIDES, DEFAULTS.side),
    add: either(lab.add, ['0', '1'], DEFAULTS.add),
    x: matched(lab.x, /^(\d{1,3}|1000)$/, DEFAULTS.x),
    seed: matched(lab.seed, /^[1-9]\d{0,8}$/, DEFAULTS.seed),
    look: matched(lab.look, /^(\d{1,3}|end)$/, DEFAULTS.look),
    face: matched(lab.face, /^[01]{3}$/, DEFAULTS.face),
    drawn: drawnOf(lab.drawn) ? lab.drawn : DEFAULTS.drawn,
    laid: either(lab.laid, LAID, DEFAULTS.laid),
    wide: matched(lab.wide, /^([1-9]|1\d|2[0-4])$/, DEFAULTS.wide),
    added: matched(lab.added, /^(\d{1,2}|end)$/, DEFAULTS.added),
  };
}
/** What a text sets: all else as it is at first. */
export const at = (set: Partial<Lab> = {}): Lab => ({ ...DEFAULTS, ...set });

export interface Spot {
  x: number;
  y: number;
}
export function placeOf(text: string): Spot | null {
  const [, x, y] = /^(-?\d{1,4})_(-?\d{1,4})$/.exec(text) ?? [];
  const spot = { x: Number(x) / 1000, y: Number(y) / 1000 };
  return x !== undefined && Math.abs(spot.x) <= REACH && Math.abs(spot.y) <= REACH ? spot : null;
}
const thousandths = (value: number) => Math.round(1000 * Math.max(-REACH, Math.min(REACH, value)));
export const placed = ({ x, y }: Spot) => `${thousandths(x)}_${thousandths(y)}`;
