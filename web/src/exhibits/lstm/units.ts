// What the core says of the units over a text, cut into the columns that are shown.
import type { Units } from '../../../../wasm/bridge/protocol';
import type { Letter } from './symbols';

/** Values of one gate or state, [steps, hidden]. */
export function valuesOf(units: Units, letter: Letter): Float32Array | null {
  if (letter === 'h') return units.h;
  if (letter === 'c') return units.c;
  const at = units.gateNames.indexOf(letter);
  if (!units.gates || at < 0) return null;
  const { steps, hidden } = units;
  const all = units.gateNames.length * hidden;
  const out = new Float32Array(steps * hidden);
  for (let t = 0; t < steps; t++) {
    out.set(units.gates.subarray(t * all + at * hidden, t * all + (at + 1) * hidden), t * hidden);
  }
  return out;
}

/** Of one unit over the text. */
export function unitOf(values: ArrayLike<number>, hidden: number, unit: number): number[] {
  return Array.from({ length: values.length / hidden }, (_, t) => values[t * hidden + unit] as number);
}

/** Steps as columns: a row a unit. */
export function transposed(values: Float32Array, hidden: number): Float32Array {
  const steps = values.length / hidden;
  const out = new Float32Array(values.length);
  for (let t = 0; t < steps; t++)
    for (let j = 0; j < hidden; j++) out[j * steps + t] = values[t * hidden + j] as number;
  return out;
}

export function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
