// Cells with gates, told by their edges and ops: which node of a step is the forget gate, which the candidate. What the
// core knows of a gate and a schema does not say, its place among the rows of W_h, is the order of its layer: i, f, g,
// o; r, z, n.

import type { NodeSchema } from '../../session/types.ts';

export type Gate = 'i' | 'f' | 'g' | 'o' | 'r' | 'z' | 'n';
export type MoveName = 'sums' | 'forget' | 'store' | 'update' | 'output' | 'reset' | 'candidate' | 'guess';

export interface Lstm {
  kind: 'lstm';
  gates: Record<'i' | 'f' | 'g' | 'o', NodeSchema>;
  past: NodeSchema; // W_h h
  present: NodeSchema; // W_e e
  sum: NodeSchema;
  bias: NodeSchema;
  a: NodeSchema; // the sums of all four
  before: NodeSchema; // c of the step before
  kept: NodeSchema; // f c
  stored: NodeSchema; // i g
  c: NodeSchema;
  tanh: NodeSchema;
  h: NodeSchema;
}
export interface Gru {
  kind: 'gru';
  gates: Record<'r' | 'z' | 'n', NodeSchema>;
  past: NodeSchema; // W_h h
  present: NodeSchema; // W_e e
  bias: NodeSchema;
  fromLetter: NodeSchema; // W_e e + b_1
  pastGates: NodeSchema; // of W_h h, what r and z are made of
  presentGates: NodeSchema;
  a: NodeSchema; // the sums of r and z
  pastNew: NodeSchema; // of W_h h, what n is made of
  biasNew: NodeSchema;
  fromPast: NodeSchema; // W_h h + b_n, for n
  reset: NodeSchema; // r of that
  presentNew: NodeSchema;
  aNew: NodeSchema; // the sum of n
  rest: NodeSchema; // 1 - z
  fresh: NodeSchema; // (1 - z) n
  before: NodeSchema; // h of the step before
  kept: NodeSchema; // z h
  h: NodeSchema;
}
export type GatedCell = Lstm | Gru;

type Find = (id: number) => NodeSchema;
/** The two inputs of a node of this op, or nothing. */
function pair(n: NodeSchema | undefined, op: string, node: Find): [NodeSchema, NodeSchema] | null {
  return n?.op === op && n.inputs.length === 2 ? [node(n.inputs[0] as number), node(n.inputs[1] as number)] : null;
}
const only = (n: NodeSchema, op: string, node: Find) => (n.op === op ? node(n.inputs[0] as number) : null);

/** The cell whose state this is, or null: it has no gates, or others than these. */
export function gatedCell(h: NodeSchema, node: Find): GatedCell | null {
  return lstm(h, node) ?? gru(h, node);
}

function lstm(h: NodeSchema, node: Find): Lstm | null {
  const [o, tanh] = pair(h, 'mul', node) ?? [];
  const c = tanh && only(tanh, 'tanh', node);
  const [kept, stored] = (c && pair(c, 'add', node)) ?? [];
  const [f, before] = pair(kept, 'mul', node) ?? [];
  const [i, g] = pair(stored, 'mul', node) ?? [];
  const a = f && only(f, 'gate', node);
  const [sum, bias] = (a && pair(a, 'add', node)) ?? [];
  const [past, present] = pair(sum, 'add', node) ?? [];
  if (!o || !tanh || !c || !kept || !stored || !f || !before || !i || !g || !a || !sum || !bias || !past || !present)
    return null;
  const alike = [o, i, g].every((gate) => gate.op === 'gate' && gate.inputs[0] === a.id);
  if (!alike || past.op !== 'matmul' || present.op !== 'matmul' || before.time !== h.time - 1) return null;
  return { kind: 'lstm', gates: { i, f, g, o }, past, present, sum, bias, a, before, kept, stored, c, tanh, h };
}

function gru(h: NodeSchema, node: Find): Gru | null {
  const [fresh, kept] = pair(h, 'add', node) ?? [];
  const [rest, n] = pair(fresh, 'mul', node) ?? [];
  const [z, before] = pair(kept, 'mul', node) ?? [];
  const a = z && only(z, 'gate', node);
  const [pastGates, presentGates] = (a && pair(a, 'add', node)) ?? [];
  const aNew = n && only(n, 'gate', node);
  const [presentNew, reset] = (aNew && pair(aNew, 'add', node)) ?? [];
  const [r, fromPast] = pair(reset, 'mul', node) ?? [];
  const [pastNew, biasNew] = pair(fromPast, 'add', node) ?? [];
  if (!fresh || !kept || !rest || !n || !z || !before || !a || !pastGates || !presentGates || !aNew) return null;
  if (!presentNew || !reset || !r || !fromPast || !pastNew || !biasNew) return null;
  const past = only(pastGates, 'slice', node);
  const fromLetter = only(presentGates, 'slice', node);
  const [present, bias] = (fromLetter && pair(fromLetter, 'add', node)) ?? [];
  if (!past || !fromLetter || !present || !bias || rest.op !== 'one_minus' || r.inputs[0] !== a.id) return null;
  if (past.op !== 'matmul' || present.op !== 'matmul' || before.time !== h.time - 1) return null;
  const gates = { r, z, n };
  const first = { kind: 'gru' as const, gates, past, present, bias, fromLetter, pastGates, presentGates, a };
  return { ...first, pastNew, biasNew, fromPast, reset, presentNew, aNew, rest, fresh, before, kept, h };
}

/** What gates a cell has, in the order of their rows. */
export const gatesOf = (cell: GatedCell): Gate[] => (cell.kind === 'lstm' ? ['i', 'f', 'g', 'o'] : ['r', 'z', 'n']);

/** Of a node that holds several gates side by side: which. Null for one that holds one vector. */
export function partsOf(cell: GatedCell, node: NodeSchema): Gate[] | null {
  if (cell.kind === 'lstm')
    return [cell.past, cell.present, cell.sum, cell.bias, cell.a].includes(node) ? gatesOf(cell) : null;
  if ([cell.past, cell.present, cell.bias, cell.fromLetter].includes(node)) return gatesOf(cell);
  return [cell.pastGates, cell.presentGates, cell.a].includes(node) ? ['r', 'z'] : null;
}

/** The gate that a node is, by its letter. */
export function gateName(cell: GatedCell, node: NodeSchema): Gate | null {
  const found = Object.entries(cell.gates).find(([, gate]) => gate === node);
  return found ? (found[0] as Gate) : null;
}
/** A candidate is squeezed by tanh, all other gates by the logistic function. */
export const squeeze = (gate: Gate): 'tanh' | 'sigmoid' => (gate === 'g' || gate === 'n' ? 'tanh' : 'sigmoid');

/** The operations of a step in the moves in which they are told. What comes after the state is the guess. */
export function moves(cell: GatedCell, operations: NodeSchema[]): { name: MoveName; operations: NodeSchema[] }[] {
  const told: [MoveName, NodeSchema[]][] =
    cell.kind === 'lstm'
      ? [
          ['forget', [cell.gates.f, cell.kept]],
          ['store', [cell.gates.i, cell.gates.g, cell.stored]],
          ['update', [cell.c]],
          ['output', [cell.gates.o, cell.tanh, cell.h]],
        ]
      : [
          ['reset', [cell.pastGates, cell.presentGates, cell.a, cell.gates.r]],
          ['candidate', [cell.pastNew, cell.fromPast, cell.reset, cell.presentNew, cell.aNew, cell.gates.n]],
          ['update', [cell.gates.z, cell.rest, cell.fresh, cell.kept, cell.h]],
        ];
  const within = new Set(told.flatMap(([, nodes]) => nodes));
  const first = operations.filter((n) => !within.has(n) && n.forward < cell.h.forward);
  const last = operations.filter((n) => n.forward > cell.h.forward);
  const all: [MoveName, NodeSchema[]][] = [['sums', first], ...told, ['guess', last]];
  return all.map(([name, nodes]) => ({ name, operations: nodes.toSorted((x, y) => x.forward - y.forward) }));
}
