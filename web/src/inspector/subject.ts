// What the inspector is about, and how it is called. Pure.

import { type Anatomy, stepOf } from '../figure/anatomy.ts';
import { type Gate, type GatedCell, gateName, gatesOf, partsOf } from '../figure/cells.ts';
import { bare } from '../figure/tokens.ts';
import type { NodeSchema, Session, Values, WalkSchema } from '../session/types.ts';
import { gateBackFormulas, gateFormulas } from './formulas.gates.ts';
import { backFormulas, valueFormulas } from './formulas.ts';

/** Most particular first: of this kind of cell, of this name, of this op; with the input that it is about. */
function keys(node: NodeSchema, cell: GatedCell | null, input?: number): string[] {
  const names = [...(cell ? [`${cell.kind}.${node.name}`] : []), node.name, node.op];
  return names.flatMap((name) => (input === undefined ? [name] : [`${name}.${input}`, name]));
}
function first(formulas: Record<string, string>, list: string[]): string | null {
  for (const key of list) if (formulas[key] !== undefined) return formulas[key] as string;
  return null;
}

export const valueFormula = (node: NodeSchema, cell: GatedCell | null = null) =>
  first({ ...valueFormulas, ...gateFormulas }, keys(node, cell));

/** How a gradient comes back into an input of this node. */
export const backFormula = (consumer: NodeSchema, input: number, cell: GatedCell | null = null) =>
  first({ ...backFormulas, ...gateBackFormulas }, keys(consumer, cell, input));

/** The course's letters for the lengths of axes, where the core has others. */
const AXES: Record<string, string> = { E: 'd', V: '|V|' };

/** "H 8 × H 8"; a batch of one is no dimension. The letters' table is d × |V|, as it is drawn. */
export function shapeText(node: NodeSchema): string {
  const axes = [...node.axes].map((letter, k) => ({ letter, size: node.shape[k] ?? 1 }));
  const shown = axes.filter((a) => a.letter !== 'B' || a.size > 1);
  if (isTurned(node)) shown.reverse();
  return shown.map((a) => `${AXES[a.letter] ?? a.letter} ${a.size}`).join(' × ');
}

/** The core stores the letters' vectors as rows; the course's table has them as columns. */
export const isTurned = (node: NodeSchema): boolean => node.role === 'parameter' && node.axes === 'VE';

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

/** Which gate a cell of this node belongs to, where it holds several, and its unit there; also of a row of W_h. */
export function gateOf(a: Anatomy, node: NodeSchema, row: number): { gate: Gate; unit: number } | null {
  const cell = (stepOf(a, node) ?? a.steps[0])?.gated;
  if (!cell || !/^B?G/.test(node.axes)) return null;
  const parts = partsOf(cell, node) ?? gatesOf(cell);
  const each = (node.shape.find((_, k) => node.axes[k] === 'G') ?? parts.length) / parts.length;
  const gate = parts[Math.floor(row / each)];
  return gate ? { gate, unit: (row % each) + 1 } : null;
}

/** Of an input that holds several gates, the cells that this node is made of, and the gate they are. */
export function takenFrom(a: Anatomy, node: NodeSchema, input: NodeSchema): { from: number; gate: Gate | null } {
  const cell = stepOf(a, node)?.gated;
  const parts = cell ? partsOf(cell, input) : null;
  const name = cell && gateName(cell, node);
  const size = (n: NodeSchema) => n.shape.reduce((x, y) => x * y, 1);
  if (!cell || !parts || size(node) >= size(input)) return { from: 0, gate: null };
  const each = size(input) / parts.length;
  if (name) return { from: parts.indexOf(name) * each, gate: name };
  return cell.kind === 'gru' && (node === cell.pastNew || node === cell.presentNew)
    ? { from: parts.indexOf('n') * each, gate: 'n' }
    : { from: 0, gate: null };
}
export const partIn = (a: Anatomy, node: NodeSchema, input: NodeSchema, values: Values): Values => {
  const size = node.shape.reduce((x, y) => x * y, 1);
  const { from } = takenFrom(a, node, input);
  return values.length > size && ['gate', 'slice'].includes(node.op) ? values.subarray(from, from + size) : values;
};

/** The number at which a gate is held by a setting; null where it is free, or no gate. */
export function heldAt(session: Session, a: Anatomy, node: NodeSchema): number | null {
  const cell = stepOf(a, node)?.gated;
  const gate = cell && gateName(cell, node);
  const at = gate ? Number(session.run.value?.settings[`hold_${gate}`] ?? 2) : 2;
  return at <= 1 ? at : null;
}
