// What of a long history is drawn: so many points, round values on the axis.

const POINTS = 600; // a curve as wide as a screen needs no more

interface Data {
  x: number[];
  train: (number | null)[];
  validation: (number | null)[];
}

/** Means of runs of updates, so that a long history stays quick to draw, and the points measured on unseen names. */
export function thinned(losses: number[], points: { step: number; loss: number }[]): Data {
  const each = Math.max(1, Math.ceil(losses.length / POINTS));
  const rows = new Map<number, { train: number | null; validation: number | null }>();
  const row = (x: number) => {
    const found = rows.get(x) ?? { train: null, validation: null };
    rows.set(x, found);
    return found;
  };
  for (let from = 0; from < losses.length; from += each) {
    const to = Math.min(from + each, losses.length);
    let sum = 0;
    let count = 0;
    for (let i = from; i < to; i++) {
      const loss = losses[i] as number;
      if (!Number.isFinite(loss)) continue;
      sum += loss;
      count++;
    }
    if (count > 0) row(to).train = sum / count;
  }
  for (const { step, loss } of points) if (Number.isFinite(loss)) row(step).validation = loss;
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
