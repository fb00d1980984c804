// A drawn curve: heights at equal places from 0 to 1, in hundredths in the address.
export const PLACES = 11;
export const HIGHEST = 1.2;
export const MOST_UNITS = 24;
export const LAID = ['steps', 'hinges'] as const;
/** Curves to begin with. */
export const CURVES = {
  hills: '0_30_90_70_10_-40_-30_20_80_50_-20',
  wave: '0_59_95_95_59_0_-59_-95_-95_-59_0',
  edge: '-60_-60_-60_-60_-60_0_60_60_60_60_60',
} as const;
export type CurveName = keyof typeof CURVES;

const held = (value: number) => Math.round(100 * Math.max(-HIGHEST, Math.min(HIGHEST, value)));
export const packDrawn = (heights: readonly number[]): string => heights.map((one) => String(held(one))).join('_');
/** Null for what is none. */
export function drawnOf(text: string): number[] | null {
  const heights = text.split('_').map((one) => (/^-?\d{1,3}$/.test(one) ? Number(one) / 100 : Number.NaN));
  const right = heights.length === PLACES && heights.every((one) => Math.abs(one) <= HIGHEST);
  return right ? heights : null;
}
