// The solve as operations, in their order: rows of Φ, reflections of its QR, Qᵀt, back substitution, y, y − t, squares,
// half their sum; and back, a derivative of E for each weight.

export type Phase = 'row' | 'reflect' | 'Qt' | 'back' | 'y' | 'off' | 'square' | 'sum' | 'gradient';
export interface Operation {
  phase: Phase;
  /** Of a row, a weight or a point, from 0. */
  index: number;
  /** Of how many. */
  count: number;
}
export interface Walk {
  operations: Operation[];
  /** The last before the way back. */
  turn: number;
}
export interface Sizes {
  points: number;
  rows: number;
  weights: number;
}

export function walkOf({ points, rows, weights }: Sizes): Walk {
  const run = (phase: Phase, count: number, backwards = false): Operation[] =>
    Array.from({ length: count }, (_, i) => ({ phase, index: backwards ? count - 1 - i : i, count }));
  const forward = [
    ...run('row', rows),
    ...run('reflect', weights),
    ...run('Qt', 1),
    ...run('back', weights, true),
    ...run('y', points),
    ...run('off', points),
    ...run('square', points),
    ...run('sum', 1),
  ];
  return { operations: [...forward, ...run('gradient', weights)], turn: forward.length };
}

/** How many of a phase are done when so many operations are. */
export function doneOf({ operations }: Walk, phase: Phase, step: number): number {
  const first = operations.findIndex((one) => one.phase === phase);
  if (first < 0) return 0;
  return Math.max(0, Math.min(operations[first]?.count ?? 0, step - first));
}

const OF_POINTS: readonly Phase[] = ['row', 'y', 'off', 'square'];
/** The point that an operation is about, from 0; null where it is about all. */
export function pointOf(operation: Operation | undefined, points: number): number | null {
  if (!operation || !OF_POINTS.includes(operation.phase) || operation.index >= points) return null;
  return operation.index;
}

/** The operations after which another point of the same phase is done. */
export function atPoint({ operations }: Walk, step: number, point: number): number | null {
  const phase = operations[step - 1]?.phase;
  if (!phase || !OF_POINTS.includes(phase)) return null;
  return operations.findIndex((one) => one.phase === phase) + point + 1;
}
