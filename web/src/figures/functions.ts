// Functions that work cell by cell, whatever network they stand in: what they are, how steep they are, and how both are
// written.

import type { NodeSchema } from '../session/types.ts';

interface Squeeze {
  of: (z: number) => number;
  /** Of its slope, from its value: that is what the walk back has. */
  slope: (y: number) => number;
  tex: string;
  low: number;
  high: number | null; // no end
}
const SQUEEZES: Record<string, Squeeze> = {
  tanh: { of: Math.tanh, slope: (y) => 1 - y * y, tex: '\\t{tanh}', low: -1, high: 1 },
  sigmoid: { of: (z) => 1 / (1 + Math.exp(-z)), slope: (y) => y * (1 - y), tex: '\\t{σ}', low: 0, high: 1 },
  relu: { of: (z) => Math.max(0, z), slope: (y) => (y > 0 ? 1 : 0), tex: '\\t{ReLU}', low: 0, high: null },
};

export const squeezeOf = (name: string): Squeeze | null => SQUEEZES[name] ?? null;
export const isActivation = (node: NodeSchema): boolean => SQUEEZES[node.op] !== undefined;
export const slope = (name: string, y: number): number => SQUEEZES[name]?.slope(y) ?? Number.NaN;

/** Its slope in the letter of its value. */
export function slopeSymbol(name: string, y: string): string {
  if (name === 'tanh') return y.startsWith('\\t{tanh}') ? `1−\\t{tanh}^{2} ${y.slice(9)}` : `1−${y}^{2}`;
  return name === 'sigmoid' ? `${y}(1−${y})` : '\\t{slope}';
}
