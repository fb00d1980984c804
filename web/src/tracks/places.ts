// Where the operations of a walk stand on their track: under the columns of their steps, forwards above, backwards
// below. Pure.

import type { Operation } from '../session/types.ts';
import type { Columns } from '../stage/columns.ts';

export type Lane = 'forward' | 'back' | 'update';
export interface Place {
  position: number;
  x: number;
  lane: Lane;
  width: number;
}

export function places(
  columns: Columns,
  scroll: number,
  length: number,
  operationAt: (position: number) => Operation | null,
): Place[] {
  const groups = new Map<string, number[]>();
  for (let position = 1; position <= length; position++) {
    const op = operationAt(position);
    if (!op) continue;
    const lane: Lane = op.kind === 'forward' ? 'forward' : op.kind === 'backward' ? 'back' : 'update';
    const key = `${lane} ${lane === 'update' || columns.even ? 0 : op.token}`;
    groups.set(key, [...(groups.get(key) ?? []), position]);
  }
  const out: Place[] = [];
  for (const [key, positions] of groups) {
    const [lane, token] = key.split(' ') as [Lane, string];
    const [first, last] = [columns.steps[0], columns.steps.at(-1)];
    const whole = first && last && { x: first.x, w: last.x + last.w - first.x };
    const own = columns.even ? whole : columns.steps[Math.max(1, Number(token)) - 1];
    const c = lane === 'update' ? columns.end : own;
    if (!c) continue;
    const inset = Math.min(6, c.w * 0.14);
    const [from, room] = lane === 'update' ? [c.x + c.w * 0.42, c.w * 0.54] : [c.x + inset, c.w - 2 * inset - 2];
    const pitch = room / Math.max(1, positions.length - 1);
    const width = Math.max(0.8, Math.min(3, pitch * 0.6));
    positions.forEach((position, k) => {
      const along = lane === 'back' ? positions.length - 1 - k : k;
      out.push({ position, x: from + along * pitch - scroll, lane, width });
    });
  }
  return out.sort((a, b) => a.position - b.position);
}

/** The operation nearest to a point of the track. */
export function nearest(all: Place[], x: number, lane: Lane): number {
  const updates = all.filter((p) => p.lane === 'update');
  const wanted = updates.length && x >= (updates[0] as Place).x - 6 ? 'update' : lane;
  let best = 0;
  let distance = Number.POSITIVE_INFINITY;
  for (const p of all) {
    if (p.lane !== wanted) continue;
    const d = Math.abs(p.x - x);
    if (d < distance) {
      distance = d;
      best = p.position;
    }
  }
  return best;
}
