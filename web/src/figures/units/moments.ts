// The walk in the moments of the algorithm: what is done at each is a run of neighbouring operations of the tape.

import type { NodeSchema } from '../../session/types.ts';
import type { Net } from './anatomy.ts';

/** sum: a_j; value: z_j; answer: y; error: E_n; deltas: δ_k of the answers; delta: δ_j; derivative: ∂E_n/∂w of a unit's
 *  wires. */
export type Kind = 'sum' | 'value' | 'answer' | 'error' | 'deltas' | 'delta' | 'derivative';
export interface Moment {
  id: string; // "delta.2"
  kind: Kind;
  units: number[]; // several where a layer is whole
  from: number; // positions of the walk
  to: number;
}

export function momentsOf(net: Net): Moment[] {
  const { nodes, forward } = net.schema;
  const unitsOf = (node: NodeSchema) =>
    net.units.filter(({ a, z, answer }) => a.node === node.id || (answer === null && z.node === node.id));
  const numbers = (node: NodeSchema) => unitsOf(node).map(({ number }) => number);
  const sumOf = (product: NodeSchema) => nodes.find(({ op, inputs }) => op === 'add' && inputs[0] === product.id);
  const hidden = new Set(net.units.flatMap(({ answer, z }) => (answer === null ? [z.node] : [])));
  const answers = new Set(net.units.flatMap(({ answer, z }) => (answer === null ? [] : [z.node])));

  /** Null for what only puts numbers side by side: it belongs to what comes next. */
  const kindOf = (node: NodeSchema, back: boolean): { kind: Kind; units: number[] } | null => {
    const sum = node.op === 'matmul' ? sumOf(node) : node.op === 'add' ? node : undefined;
    if (sum) return { kind: back ? 'derivative' : 'sum', units: numbers(sum) };
    if (node.role === 'loss') return { kind: back ? 'deltas' : 'error', units: [] };
    if (answers.has(node.id)) return { kind: back ? 'deltas' : 'answer', units: [] };
    if (hidden.has(node.id)) return { kind: back ? 'delta' : 'value', units: numbers(node) };
    return null;
  };
  const moments: Moment[] = [];
  let from = 1;
  for (let at = 1; at <= 2 * forward; at++) {
    const back = at > forward;
    const node = nodes.find((one) => (back ? one.backward === at : one.forward === at));
    const what = node && kindOf(node, back);
    const last = moments.at(-1);
    if (at === forward + 1) from = at;
    if (!what) {
      if (last && at === 2 * forward) last.to = at;
      continue;
    }
    const id = what.units.length > 0 ? `${what.kind}.${what.units[0]}` : what.kind;
    if (last?.id === id) last.to = at;
    else moments.push({ id, ...what, from, to: at });
    from = at + 1;
  }
  return moments;
}

/** What is there once a moment is over. */
export interface Known {
  sums: Set<number>;
  values: Set<number>;
  answers: boolean;
  error: boolean;
  deltas: Set<number>;
  derivatives: Set<number>;
}
export function knownAt(net: Net, moments: readonly Moment[], at: number): Known {
  const known: Known = {
    ...{ sums: new Set(), values: new Set(), answers: false, error: false },
    ...{ deltas: new Set(), derivatives: new Set() },
  };
  const add = (to: Set<number>, some: number[]) => {
    for (const one of some) to.add(one);
  };
  for (const { kind, units } of moments.slice(0, at)) {
    if (kind === 'sum') add(known.sums, units);
    if (kind === 'value') add(known.values, units);
    if (kind === 'delta') add(known.deltas, units);
    if (kind === 'derivative') add(known.derivatives, units);
    if (kind === 'answer') known.answers = true;
    if (kind === 'error') known.error = true;
    const answers = net.units.filter(({ answer }) => answer !== null).map(({ number }) => number);
    if (kind === 'answer') add(known.values, answers);
    if (kind === 'deltas') add(known.deltas, answers);
  }
  // where nothing squeezes them, values are sums, and the errors of units come with their derivatives
  if (net.activation === '') {
    for (const { number, answer } of net.units) {
      if (answer === null && known.sums.has(number)) known.values.add(number);
      if (answer === null && known.derivatives.has(number)) known.deltas.add(number);
    }
  }
  return known;
}
