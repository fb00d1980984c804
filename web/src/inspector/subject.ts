// What the inspector is about, and how it is called. Pure.

import { bare } from '../figure/tokens.ts';
import type { NodeSchema, WalkSchema } from '../session/types.ts';
import { backFormulas, valueFormulas } from './formulas.ts';

export const valueFormula = (node: NodeSchema) => valueFormulas[node.name] ?? valueFormulas[node.op] ?? null;

export function backFormula(consumer: NodeSchema, input: number): string | null {
  if (consumer.op === 'matmul' && input === 1) return backFormulas.weight ?? null;
  return backFormulas[consumer.op] ?? null;
}

/** "H 8 × H 8"; a batch of one is no dimension. */
export function shapeText(node: NodeSchema): string {
  const axes = [...node.axes].map((letter, k) => ({ letter, size: node.shape[k] ?? 1 }));
  const shown = axes.filter((a) => a.letter !== 'B' || a.size > 1);
  return shown.map((a) => `${a.letter} ${a.size}`).join(' × ');
}

export interface Dimensions {
  rows: number;
  columns: number;
}
/** A vector is one column; leading dimensions of one do not count. */
export function dimensions(node: NodeSchema): Dimensions {
  const shape = node.shape.filter((size, k) => !(size === 1 && node.axes[k] === 'B'));
  if (shape.length < 2) return { rows: shape[0] ?? 1, columns: 1 };
  const columns = shape.at(-1) ?? 1;
  return { rows: shape.reduce((a, b) => a * b, 1) / columns, columns };
}

/** Rows over the vocabulary are called by their letters; others by number. */
export function rowNames(node: NodeSchema, text: (token: number) => string): ((row: number) => string) | undefined {
  return node.axes.replace('B', '').startsWith('V') ? (row) => bare(text(row)) : undefined;
}

/** The numbers that stand in a formula's slots. */
export function slots(node: NodeSchema, cell: number, schema: WalkSchema): Record<string, string | number> {
  const { columns } = dimensions(node);
  const i = columns > 1 ? Math.floor(cell / columns) : cell;
  return {
    i: i + 1,
    j: (cell % columns) + 1,
    t: node.time,
    s: node.time - 1,
    n: node.time + 1,
    T: schema.tokens.length,
    x: (schema.tokens[node.time - 1] ?? 0) + 1,
  };
}

/** Terms of a sum, the largest ones by size where there are many, in their own order, and what the rest adds up to. */
export function chosenTerms(terms: readonly number[], most: number): { index: number[]; rest: number; count: number } {
  if (terms.length <= most) return { index: terms.map((_, i) => i), rest: 0, count: 0 };
  const order = terms.map((v, i) => [Math.abs(v), i] as const).sort((a, b) => b[0] - a[0]);
  const index = order
    .slice(0, most)
    .map(([, i]) => i)
    .sort((a, b) => a - b);
  const kept = new Set(index);
  const rest = terms.reduce((sum, v, i) => (kept.has(i) ? sum : sum + v), 0);
  return { index, rest, count: terms.length - most };
}
