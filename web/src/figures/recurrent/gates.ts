// What the inspector asks of nodes that hold several gates side by side, or are made of one.

import { t } from '../../i18n/index.ts';
import type { NodeSchema, Notation } from '../../session/types.ts';
import { cells } from '../../stage/tape.ts';
import { type Anatomy, stepOf } from './anatomy.ts';
import { type Gate, gateName, gatesOf, partsOf } from './cells.ts';
import { partSymbol } from './symbols.ts';

/** Which gate a cell of this node belongs to, where it holds several, and its unit there; also of a row of W_h. */
function gateOf(a: Anatomy, node: NodeSchema, row: number): { gate: Gate; unit: number } | null {
  const cell = (stepOf(a, node) ?? a.steps[0])?.gated;
  if (!cell || !holdsGates(node)) return null;
  const parts = partsOf(cell, node) ?? gatesOf(cell);
  const each = (node.shape.find((_, k) => node.axes[k] === 'G') ?? parts.length) / parts.length;
  const gate = parts[Math.floor(row / each)];
  return gate ? { gate, unit: (row % each) + 1 } : null;
}
const holdsGates = (node: NodeSchema) => /^B?G/.test(node.axes);

export function within(a: Anatomy, node: NodeSchema, row: number): string | null {
  const of = gateOf(a, node, row);
  return of && t('inspector.of-gate', of);
}

/** The row within a gate, and which gate. */
export function look(a: Anatomy, node: NodeSchema, row: number): { row: number; quarter: number } {
  const hidden = a.steps[0]?.state?.shape.at(-1) ?? 1;
  return holdsGates(node) ? { row: row % hidden, quarter: Math.floor(row / hidden) } : { row, quarter: 0 };
}

/** Of an input that holds several gates, the cells that this node is made of. */
export function taken(a: Anatomy, node: NodeSchema, input: NodeSchema, n: Notation) {
  const cell = stepOf(a, node)?.gated;
  const parts = cell ? partsOf(cell, input) : null;
  if (!cell || !parts || !['gate', 'slice'].includes(node.op) || cells(node) >= cells(input)) return null;
  const gate =
    gateName(cell, node) ?? (cell.kind === 'gru' && [cell.pastNew, cell.presentNew].includes(node) ? 'n' : null);
  if (!gate) return { from: 0, tex: null };
  return { from: parts.indexOf(gate) * (cells(input) / parts.length), tex: partSymbol(a, input, gate, n) };
}

export function title(a: Anatomy, node: NodeSchema): string | null {
  const cell = stepOf(a, node)?.gated;
  const gate = cell && gateName(cell, node);
  return gate ? t(`inspector.op.gate.${gate}`) : null;
}

/** The number at which a gate is held by a setting; null where it is free, or no gate. */
export function held(a: Anatomy, node: NodeSchema, settings: Record<string, string>): number | null {
  const cell = stepOf(a, node)?.gated;
  const gate = cell && gateName(cell, node);
  const at = gate ? Number(settings[`hold_${gate}`] ?? 2) : 2;
  return at <= 1 ? at : null;
}
