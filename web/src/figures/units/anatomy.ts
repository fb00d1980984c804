// A feed-forward net as units and wires, read from its tape by ops and edges alone: whatever it is made of, layers,
// skips or single wires, a unit is a row of a product, and a wire a weight of that row.

import type { NodeSchema, WalkSchema } from '../../session/types.ts';
import { cells, tapeOf } from '../../stage/tape.ts';

/** One number of a node. */
export interface Cell {
  node: number;
  cell: number;
}
/** Where a wire comes from: a number of the point, a unit by its number, or the 1 of a bias. */
export type Source = { input: number } | { unit: number } | { bias: true };
export interface Wire {
  from: Source;
  to: number; // the unit's number
  weight: Cell;
  at: number; // among all weights, as the core lays them out
  /** What goes back through it, w δ: a cell of what the product gives on to its first input. */
  back: { node: number; cell: number } | null;
}
export interface Unit {
  number: number; // from 1, in the order of the walk
  layer: number; // from 1: how far from the point
  answer: number | null; // which of the answers it gives, from 0
  a: Cell;
  z: Cell; // of an answer, y
  wires: Wire[]; // the bias first
}
export interface Net {
  inputs: Cell[];
  targets: Cell[];
  units: Unit[];
  layers: number;
  error: NodeSchema; // E_n
  activation: string; // op of the hidden units; '' where there is none
  output: string; // op that makes the answers; '' where they are the sums
  weights: number;
  schema: WalkSchema;
}

const ACTIVATIONS = ['tanh', 'sigmoid', 'relu'];
const ERRORS = ['half_squares', 'bernoulli', 'categorical'];
const key = ({ node, cell }: Cell) => `${node}.${cell}`;
const all = (node: NodeSchema): Cell[] => Array.from({ length: cells(node) }, (_, cell) => ({ node: node.id, cell }));

export function readNet(schema: WalkSchema): Net | null {
  const tape = tapeOf(schema);
  const input = (node: NodeSchema, k: number) => tape.node(node.inputs[k] ?? -1);
  /** The cells that it is put together of. */
  const origins = (node: NodeSchema): Cell[] => {
    if (node.op === 'concat') return node.inputs.flatMap((id) => origins(tape.node(id)));
    if (node.op !== 'slice') return all(node);
    const from = node.from ?? 0;
    return origins(input(node, 0)).slice(from, from + cells(node));
  };
  const error = schema.nodes.find(({ op }) => ERRORS.includes(op));
  const point = schema.nodes.find((node) => node.role === 'input' && node.axes === 'BF');
  if (!error || !point) return null;
  const y = input(error, 0);
  const isMade = y.op === 'sigmoid' || y.op === 'softmax';
  const sums = origins(isMade ? input(y, 0) : y).map(key);

  const offsets = new Map<number, number>();
  let weights = 0;
  for (const { node } of schema.updates) {
    offsets.set(node, weights);
    weights += cells(tape.node(node));
  }
  const made = new Map<string, { source: Source; layer: number }>(
    all(point).map((cell, i) => [key(cell), { source: { input: i }, layer: 0 }]),
  );
  const units: Unit[] = [];
  let activation = '';
  for (const product of schema.nodes.filter(({ op }) => op === 'matmul')) {
    const matrix = input(product, 1);
    const sum = tape.consumers[product.id]?.find(({ node }) => node.op === 'add')?.node;
    const bias = sum && input(sum, 1);
    if (!sum || !bias || matrix.role !== 'parameter' || bias.role !== 'parameter') return null;
    const seen = origins(input(product, 0)).map((cell) => made.get(key(cell)));
    const squeezed = tape.consumers[sum.id]?.find(({ node }) => ACTIVATIONS.includes(node.op) && node !== y)?.node;
    if (squeezed) activation = squeezed.op;
    for (let row = 0; row < cells(product); row++) {
      const number = units.length + 1;
      const a = { node: sum.id, cell: row };
      const answer = sums.indexOf(key(a));
      const wires: Wire[] = [
        {
          ...{ from: { bias: true }, to: number, weight: { node: bias.id, cell: row }, back: null },
          at: (offsets.get(bias.id) ?? 0) + row,
        },
      ];
      let layer = 0;
      for (const [k, from] of seen.entries()) {
        if (!from) return null;
        layer = Math.max(layer, from.layer);
        const cell = row * seen.length + k;
        const whole = cells(product) === 1;
        const back = 'unit' in from.source && whole ? { node: product.id, cell: k } : null;
        const at = (offsets.get(matrix.id) ?? 0) + cell;
        wires.push({ from: from.source, to: number, weight: { node: matrix.id, cell }, at, back });
      }
      const z = answer >= 0 ? { node: y.id, cell: answer } : { node: (squeezed ?? sum).id, cell: row };
      units.push({ number, layer: layer + 1, answer: answer < 0 ? null : answer, a, z, wires });
      if (answer < 0) made.set(key(z), { source: { unit: number }, layer: layer + 1 });
    }
  }
  if (units.length === 0) return null;
  // answers stand at the right of all, whatever they see
  const layers = 1 + Math.max(0, ...units.map(({ answer, layer }) => (answer === null ? layer : 0)));
  for (const unit of units) if (unit.answer !== null) unit.layer = layers;
  return {
    ...{ inputs: all(point), targets: all(input(error, 1)), units, error, activation, weights, schema },
    layers,
    output: isMade ? y.op : '',
  };
}

/** The wires that a unit's value goes on by. */
export const wiresFrom = ({ units }: Pick<Net, 'units'>, number: number): Wire[] =>
  units.flatMap(({ wires }) => wires.filter(({ from }) => 'unit' in from && from.unit === number));
