// What the views are set to at first: apart from lab.ts, since every page knows what an exhibit declares.
export const DEFAULTS = {
  /** Where the ball is thrown from, and how fast: x, y, v_x, v_y in thousandths. */
  throw: '150_550_650_250',
  /** Frames that the net is shown before its own steps. */
  given: '10',
  /** What it reads after those: what came, or what it said itself. */
  reads: 'own',
  /** The present frame, from 1. */
  frame: '30',
  /** Operations of the frame that are done, those of the way back counted on. */
  op: '0',
  /** Which unit is spelled out, from 1. */
  unit: '1',
  /** What stands beside: numbers of the present frame, or of all. */
  side: 'number',
};
export type Lab = typeof DEFAULTS;
/** What a text sets: all else as it is at first. */
export const at = (set: Partial<Lab> = {}): Lab => ({ ...DEFAULTS, ...set });
