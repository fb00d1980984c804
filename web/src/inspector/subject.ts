// What the inspector is about, and how it is called. Pure.

import { formulaOf } from '../figures/formulas.ts';
import type { Anatomy, Kind } from '../figures/kind.ts';
import type { NodeSchema, Notation, Values } from '../session/types.ts';
import { cells } from '../stage/tape.ts';
import { bare } from '../stage/tokens.ts';
import type { Inspected } from './context.ts';
import { backFormulas, valueFormulas } from './formulas.ts';

/** In the letters of its kind of picture, else by its op. */
export const valueFormula = (kind: Kind, a: Anatomy, node: NodeSchema): string | null =>
  kind.formula(a, node) ?? formulaOf(valueFormulas, [node.op]);

/** How a gradient comes back into an input of this node. */
export const backFormula = (kind: Kind, a: Anatomy, consumer: NodeSchema, input: number): string | null =>
  kind.backFormula(a, consumer, input) ?? formulaOf(backFormulas, [consumer.op], input);

/** The course's letters for the lengths of axes, where the core has others. */
const AXES: Record<string, string> = { E: 'd', V: '|V|' };

/** "H 8 × H 8"; a batch of one is no dimension. The letters' table is d × |V|, as it is drawn. */
export function shapeText(node: NodeSchema): string {
  const axes = [...node.axes].map((letter, k) => ({ letter, size: node.shape[k] ?? 1 }));
  const shown = axes.filter((a) => a.letter !== 'B' || a.size > 1);
  if (isTurned(node)) shown.reverse();
  return shown.map((a) => `${AXES[a.letter] ?? a.letter} ${a.size}`).join(' × ');
}

/** The core stores the vectors of letters or words as rows; the course's table has them as columns. */
export const isTurned = ({ role, name, axes }: NodeSchema): boolean =>
  role === 'parameter' && (axes === 'VE' || (name === 'E' && axes === 'VD'));

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
export function slots(
  { kind, anatomy, schema }: Pick<Inspected, 'kind' | 'anatomy' | 'schema'>,
  node: NodeSchema,
  cell: number,
): Record<string, string | number> {
  const { columns } = dimensions(node);
  const i = columns > 1 ? Math.floor(cell / columns) : cell;
  return {
    i: i + 1,
    j: (cell % columns) + 1,
    t: node.time,
    s: node.time - 1,
    n: node.time + 1,
    T: schema.tokens.length,
    x: (kind.picked(anatomy, node, cell) ?? 0) + 1,
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

/** Of an input that holds several vectors side by side, the cells that this node is made of. */
export function partIn(kind: Kind, a: Anatomy, node: NodeSchema, input: NodeSchema, values: Values): Values {
  const taken = kind.taken?.(a, node, input, 'a');
  return taken ? values.subarray(taken.from, taken.from + cells(node)) : values;
}
/** What stands over it. */
export function inputName(kind: Kind, a: Anatomy, node: NodeSchema, input: NodeSchema, n: Notation): string {
  return kind.taken?.(a, node, input, n)?.tex ?? kind.symbol(a, input, n);
}

/** The number at which a setting holds a node; null where it is free. */
export const heldAt = ({ session, kind, anatomy, node }: Inspected): number | null =>
  kind.held?.(anatomy, node, session.run.value?.settings ?? {}) ?? null;

export const functionOf = (kind: Kind, a: Anatomy, node: NodeSchema): string => kind.functionOf?.(a, node) ?? node.op;

/** The frame of a node's values, in the colour of its role. */
export const frameOf = (node: NodeSchema) => (node.role === 'parameter' ? 'role-p' : 'role-a');
