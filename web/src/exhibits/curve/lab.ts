// What the views are set to, kept in the address, and the limits of it.

export const DEFAULTS = {
  m: '3',
  /** ln λ; none: no penalty. */
  l: 'none',
  n: '10',
  seed: '1',
  /** Points of one's own in place of those made: x and t in thousandths, one after the other. */
  points: '',
  /** 1: no penalty on w_0. */
  spare: '0',
  /** Operations of the solve that are done; end: all. */
  step: 'end',
  /** The point that is looked at, from 1. */
  point: '6',
  /** Updates of gradient descent. */
  update: '0',
  /** Groups of the cross-validation. */
  s: '5',
  /** Updates of the net. */
  net: '20000',
  side: 'plots',
};
export type Lab = typeof DEFAULTS;
export const SIDES = ['plots', 'table'] as const;
export const NOISE = 0.3;
export const TESTS = 100;
export const HIGHEST_M = 9;
export const LOWEST_L = -40;
/** Seen side by side. */
export const DEGREES = [0, 1, 3, 9] as const;
export const MOST_POINTS = 100;
export const FEWEST_POINTS = 2;
export const UPDATES = 100000; // of gradient descent
export const NET_UPDATES = 20000;
export const MOST_T = 2;

export interface At {
  x: number;
  t: number;
}
const whole = (text: string, least: number, most: number, otherwise: string): string => {
  const value = Number(text);
  return /^-?\d+$/.test(text) && value >= least && value <= most ? String(value) : otherwise;
};

/** Of one's own; null: those that are made. */
export function ownOf(text: string): At[] | null {
  const numbers = text === '' ? [] : text.split('_').map(Number);
  const right =
    numbers.length % 2 === 0 && numbers.every((one) => Number.isInteger(one) && Math.abs(one) <= 1000 * MOST_T);
  const count = numbers.length / 2;
  if (!right || count < FEWEST_POINTS || count > MOST_POINTS) return null;
  return Array.from({ length: count }, (_, i) => ({
    x: (numbers[2 * i] as number) / 1000,
    t: (numbers[2 * i + 1] as number) / 1000,
  }));
}
const thousandths = (value: number, least: number, most: number) =>
  Math.round(1000 * Math.max(least, Math.min(most, value)));
/** As an address has them, in the order of their places. */
export const packed = (points: readonly At[]): string =>
  points.flatMap(({ x, t }) => [thousandths(x, 0, 1), thousandths(t, -MOST_T, MOST_T)]).join('_');

/** As the address has it, where that can be; else as it is at first. */
export function labOf(given: Record<string, string>): Lab {
  const lab = { ...DEFAULTS, ...Object.fromEntries(Object.entries(given).filter(([key]) => key in DEFAULTS)) };
  const own = ownOf(lab.points);
  const n = own ? String(own.length) : whole(lab.n, FEWEST_POINTS, MOST_POINTS, DEFAULTS.n);
  return {
    m: whole(lab.m, 0, HIGHEST_M, DEFAULTS.m),
    l: whole(lab.l, LOWEST_L, 0, 'none'),
    n,
    seed: whole(lab.seed, 1, 1e9, DEFAULTS.seed),
    points: own ? lab.points : '',
    spare: lab.spare === '1' ? '1' : '0',
    step: whole(lab.step, 0, 9999, 'end'),
    point: whole(lab.point, 1, Number(n), whole(DEFAULTS.point, 1, Number(n), '1')),
    update: whole(lab.update, 0, UPDATES, '0'),
    s: whole(lab.s, 2, 10, DEFAULTS.s),
    net: whole(lab.net, 0, NET_UPDATES, DEFAULTS.net),
    side: SIDES.includes(lab.side as (typeof SIDES)[number]) ? lab.side : DEFAULTS.side,
  };
}
/** What a text sets: all else as it is at first. */
export const at = (set: Partial<Lab> = {}): Lab => ({ ...DEFAULTS, ...set });

export const lambdaOf = (lab: Lab): number => (lab.l === 'none' ? 0 : Math.exp(Number(lab.l)));
