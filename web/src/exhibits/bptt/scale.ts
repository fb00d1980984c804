// Sizes on a log axis: which decades, where their labels go, and what a line says in words.
import { exponent, fixed, whole } from '../../draw/format';

/** Steps over which a line is summed up in words, as the claim does. */
export const SPAN = 30;

/** Whole decades that hold every size above 0, at least so many of them. */
export function decades(sizes: Iterable<number>, least = 4): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const size of sizes) {
    if (!(size > 0) || !Number.isFinite(size)) continue;
    low = Math.min(low, Math.log10(size));
    high = Math.max(high, Math.log10(size));
  }
  if (low > high) return [-least, 0];
  const [from, to] = [Math.floor(low), Math.ceil(high)];
  return [Math.min(from, to - least), to];
}

/** Powers of ten with room for their labels. */
export function powers([from, to]: [number, number], most: number): number[] {
  const each = [1, 2, 3, 5, 10, 20].find((step) => (to - from) / step <= most) ?? 50;
  const first = Math.ceil(from / each) * each;
  return Array.from({ length: Math.floor((to - first) / each) + 1 }, (_, i) => first + i * each);
}

/** Letters at such a pitch: each in its place, in turn on as many rows as their width asks for; beyond three rows,
 *  only every second, third ... letter. */
export function lettersAt(pitch: number): { every: number; rows: number } {
  const wide = 8; // a letter of the fixed width
  const most = 3;
  const every = Math.max(1, Math.ceil(wide / (most * pitch)));
  return { every, rows: Math.max(1, Math.ceil(wide / (every * pitch))) };
}

export type Change =
  | { kind: 'shrinks' | 'grows'; times: number; steps: number }
  | { kind: 'gone'; steps: number } // 0 from that distance on
  | { kind: 'broken'; steps: number }; // no number from that distance on

/** Sizes by distance, from 0: how the far end compares with the near one. */
export function changeOf(sizes: readonly number[]): Change | null {
  const steps = Math.min(SPAN, sizes.length - 1);
  const [near = 0, far = 0] = [sizes[0], sizes[steps]];
  if (steps < 1) return null;
  const wrong = sizes.findIndex((size) => !Number.isFinite(size));
  if (wrong >= 0) return { kind: 'broken', steps: wrong };
  if (far === 0 || near === 0) return { kind: 'gone', steps: sizes.indexOf(0) };
  return near >= far ? { kind: 'shrinks', times: near / far, steps } : { kind: 'grows', times: far / near, steps };
}

/** "7.4", "870", "1.8·10⁷" */
export function times(value: number): string {
  if (value < 99.5) return fixed(value, 1);
  return value < 9999.5 ? whole(value) : exponent(value);
}

/** Labels at these heights, moved apart so that none lies on another, within the limits. */
export function apart(heights: readonly number[], least: number, low: number, high: number): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => (heights[a] as number) - (heights[b] as number));
  const placed = [...heights];
  let from = low;
  for (const i of order) {
    placed[i] = Math.max(from, placed[i] as number);
    from = (placed[i] as number) + least;
  }
  let to = high;
  for (const i of order.reverse()) {
    placed[i] = Math.min(to, placed[i] as number);
    to = (placed[i] as number) - least;
  }
  return placed;
}

/** 10, 20, 50, 100 …: the first that holds so many updates. */
export function roundEnd(updates: number): number {
  for (let power = 10; ; power *= 10)
    for (const factor of [1, 2, 5]) if (updates <= factor * power) return factor * power;
}
