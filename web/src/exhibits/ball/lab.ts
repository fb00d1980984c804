// What the views are set to, kept in the address, and the limits of it.
import { DEFAULTS, type Lab } from './defaults';

export type { Lab };

export const READS = ['own', 'came'] as const;
export const SIDES = ['number', 'table'] as const;
export const FRAMES = 31; // of a throw: 30 are read
export const MOST_GIVEN = 20;
export const FASTEST = { vx: 0.9, vy: 0.6 }; // of those that it is trained on
const MOST_SPEED = 2; // of one that is thrown here

export interface Throw {
  x: number;
  y: number;
  vx: number;
  vy: number;
}

const whole = (text: string, least: number, most: number, otherwise: string): string =>
  /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most ? text : otherwise;
const oneOf = (text: string, all: readonly string[]): string => (all.includes(text) ? text : (all[0] as string));

export function throwOf(text: string): Throw | null {
  const numbers = /^(\d{1,4})_(\d{1,4})_(-?\d{1,4})_(-?\d{1,4})$/.exec(text)?.slice(1).map(Number);
  const [x = -1, y = -1, vx = 0, vy = 0] = numbers?.map((one) => one / 1000) ?? [];
  const fits = x >= 0 && x <= 1 && y >= 0 && y <= 1 && Math.abs(vx) <= MOST_SPEED && Math.abs(vy) <= MOST_SPEED;
  return numbers && fits ? { x, y, vx, vy } : null;
}
const held = (value: number, least: number, most: number) => Math.round(1000 * Math.max(least, Math.min(most, value)));
export const thrown = ({ x, y, vx, vy }: Throw): string =>
  [held(x, 0, 1), held(y, 0, 1), held(vx, -MOST_SPEED, MOST_SPEED), held(vy, -MOST_SPEED, MOST_SPEED)].join('_');

/** As the task reads it. */
export const textOf = ({ x, y, vx, vy }: Throw): string => `${x},${y}>${vx},${vy}`;

/** Beyond what was met in training. */
export const isFast = ({ vx, vy }: Throw): boolean => Math.abs(vx) > FASTEST.vx || Math.abs(vy) > FASTEST.vy;

/** As the address has it, where that can be; else as it is at first. */
export function labOf(given: Record<string, string>): Lab {
  const lab = { ...DEFAULTS, ...Object.fromEntries(Object.entries(given).filter(([key]) => key in DEFAULTS)) };
  return {
    throw: throwOf(lab.throw) ? lab.throw : DEFAULTS.throw,
    given: whole(lab.given, 1, MOST_GIVEN, DEFAULTS.given),
    reads: oneOf(lab.reads, READS),
    frame: whole(lab.frame, 1, FRAMES, DEFAULTS.frame),
    op: whole(lab.op, 0, 999, '0'),
    unit: whole(lab.unit, 1, 1024, '1'),
    side: oneOf(lab.side, SIDES),
  };
}
