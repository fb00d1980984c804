// What of a long history is drawn: so many points, round values on the axis.

import type { LossCurve } from '../../../wasm/bridge/curve';

const POINTS = 600; // a curve as wide as a screen needs no more

interface Data {
  x: number[];
  train: (number | null)[];
  validation: (number | null)[];
}

/** The losses of training and, at updates of their own, those on unseen names. */
export function thinned(curve: LossCurve, seen: { step: number; loss: number }[]): Data {
  const rows = new Map<number, { train: number | null; validation: number | null }>();
  for (const { step, loss } of curve.points(POINTS)) rows.set(step, { train: loss, validation: null });
  for (const { step, loss } of seen) {
    if (Number.isFinite(loss)) rows.set(step, { train: rows.get(step)?.train ?? null, validation: loss });
  }
  const x = [...rows.keys()].sort((a, b) => a - b);
  return {
    x,
    train: x.map((at) => rows.get(at)?.train ?? null),
    validation: x.map((at) => rows.get(at)?.validation ?? null),
  };
}

/** Two to four round values within these limits. */
export function ticks(low: number, high: number): number[] {
  const power = 10 ** Math.floor(Math.log10((high - low) / 2));
  const step = ([5, 2.5, 2, 1].find((factor) => (high - low) / (factor * power) >= 2) ?? 1) * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** A little room above and below, and a range even of a flat curve. */
export function limits(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1];
  const room = Math.max(0.05, (high - low) * 0.05);
  return [low - room, high + room];
}
