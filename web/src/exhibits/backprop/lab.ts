// What the views are set to, as the address has it.
export const DEFAULTS = {
  /** The moment of the walk that was done last, "delta.2"; '' at the start. */
  at: '',
  /** Which of the points, from 1. */
  point: '5',
};
export type Lab = typeof DEFAULTS;
export const labOf = (given: Record<string, string>): Lab => ({
  at: /^[a-z]*(\.\d+)?$/.test(given.at ?? '') ? (given.at ?? DEFAULTS.at) : DEFAULTS.at,
  point: /^\d{1,4}$/.test(given.point ?? '') ? (given.point as string) : DEFAULTS.point,
});
export const at = (moment: string, point = DEFAULTS.point): Lab => ({ at: moment, point });
