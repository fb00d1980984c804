// What the parts of a walked tape are, told by its edges and ops alone: which node of a step is its state, which its
// prediction, and in what order a step's operations make them. No names, no sizes.

import type { NodeSchema, WalkSchema } from '../../session/types.ts';
import { tapeOf } from '../../stage/tape.ts';
import { isActivation } from '../functions.ts';
import type { Anatomy as Read } from '../kind.ts';
import { type GatedCell, gatedCell, gateName, type MoveName, moves, squeeze } from './cells.ts';

/** One mark of an equation written as columns: a vector, a sign between two, or a function between two. */
export type Term =
  | { kind: 'vector'; node: NodeSchema }
  | { kind: 'sign'; sign: '+' | '=' }
  | { kind: 'through'; node: NodeSchema };

export interface Step {
  time: number;
  operations: NodeSchema[]; // in the order of the walk
  token: NodeSchema | null;
  embedding: NodeSchema | null;
  state: NodeSchema | null;
  logits: NodeSchema | null;
  probabilities: NodeSchema | null;
  loss: NodeSchema | null;
  gated: GatedCell | null; // where the state comes from a cell with gates
  carried: NodeSchema | null; // c, handed on beside the state
  moves: { name: MoveName; operations: NodeSchema[] }[];
  hidden: Term[]; // W_h h + W_e e = · + b = z → h
  output: Term[]; // U h + b = logits → ŷ
}

export interface Anatomy extends Read {
  steps: Step[];
  drawable: boolean; // a network that the figure knows how to draw
  start: NodeSchema | null; // the state before the first step
  startCarried: NodeSchema | null;
  recurrent: NodeSchema | null; // the weight between one state and the next
  tokens: number[]; // read at each step
  targets: number[]; // right after it
  parameters: NodeSchema[]; // in the order in which they are updated
}

export function anatomy(schema: WalkSchema): Anatomy {
  const tape = tapeOf(schema);
  const { node } = tape;

  const times = new Map<number, NodeSchema[]>();
  for (const n of schema.nodes) if (n.time > 0) times.set(n.time, [...(times.get(n.time) ?? []), n]);
  const steps = [...times.keys()].sort((a, b) => a - b).map((time) => step(time, times.get(time) ?? [], node));

  const first = steps[0];
  const recurrent = first?.operations.find((n) => n.op === 'matmul' && node(n.inputs[0] as number).time === 0);
  return {
    ...tape,
    steps,
    tokens: schema.tokens,
    targets: schema.targets,
    stops: steps.map((s, i) => ({
      token: schema.tokens[i] ?? -1,
      nodes: s.operations,
      main: s.state,
      shown: vectors([...s.hidden, ...s.output]),
    })),
    drawable: steps.length > 0 && steps.every((s, i) => isDrawable(s, steps[i - 1]?.state ?? null, node)),
    startCarried: first?.gated?.kind === 'lstm' ? first.gated.before : null,
    start: recurrent ? node(recurrent.inputs[0] as number) : null,
    recurrent: recurrent ? node(recurrent.inputs[1] as number) : null,
    parameters: schema.updates.toSorted((x, y) => x.position - y.position).map((update) => node(update.node)),
  };
}

function step(time: number, nodes: NodeSchema[], node: (id: number) => NodeSchema): Step {
  const operations = nodes.filter((n) => n.forward > 0).sort((a, b) => a.forward - b.forward);
  const embedding = operations.find((n) => n.op === 'embedding') ?? null;
  const probabilities = operations.find((n) => n.op === 'softmax') ?? null;
  const logits = probabilities ? node(probabilities.inputs[0] as number) : null;
  // the state is what the guess is made of
  const product = logits?.op === 'add' ? node(logits.inputs[0] as number) : null;
  const state = product?.op === 'matmul' ? node(product.inputs[0] as number) : null;
  const gated = state ? gatedCell(state, node) : null;
  const equation = (n: NodeSchema): Term[] => {
    const vector: Term = { kind: 'vector', node: n };
    const input = (k: number) => node(n.inputs[k] as number);
    if (n.op === 'add')
      return [
        ...equation(input(0)),
        { kind: 'sign', sign: '+' },
        ...equation(input(1)),
        { kind: 'sign', sign: '=' },
        vector,
      ];
    if (isActivation(n) || n.op === 'softmax') return [...equation(input(0)), { kind: 'through', node: n }, vector];
    return [vector];
  };
  return {
    time,
    operations,
    token: embedding ? node(embedding.inputs[1] as number) : null,
    embedding,
    state,
    logits,
    probabilities,
    loss: operations.find((n) => n.op === 'nll') ?? null,
    gated,
    carried: gated?.kind === 'lstm' ? gated.c : null,
    moves: gated ? moves(gated, operations) : [],
    hidden: state && isActivation(state) ? equation(state) : [],
    output: probabilities ? equation(probabilities) : [],
  };
}

/** One state from one letter and the state before, by an activation or a cell with gates, and a guess at each step. */
function isDrawable(step: Step, before: NodeSchema | null, node: Anatomy['node']): boolean {
  const { state, gated, embedding, loss } = step;
  if (!state || !embedding || !loss || state.time !== step.time) return false;
  const products = step.operations.filter((n) => n.op === 'matmul' && n.forward < state.forward);
  const read = products.map((n) => node(n.inputs[0] as number));
  const past = read.find((n) => n !== embedding);
  const known = gated ? step.moves.flatMap((m) => m.operations).length : step.operations.length;
  return (
    (gated !== null || isActivation(state)) &&
    known === step.operations.length &&
    read.length === 2 &&
    read.includes(embedding) &&
    (before ? past === before : past?.time === 0)
  );
}

/** The function that works cell by cell in a node, by its name; its op where it is none. */
export function functionOf(a: Anatomy, node: NodeSchema): string {
  const cell = stepOf(a, node)?.gated;
  const gate = cell && node.op === 'gate' ? gateName(cell, node) : null;
  return gate ? squeeze(gate) : node.op;
}

export const stepOf = (a: Anatomy, node: NodeSchema) => a.steps.find((s) => s.time === node.time);

export const vectors = (terms: Term[]) => terms.flatMap((t) => (t.kind === 'vector' ? [t.node] : []));

/** Is this node computed by the second half of a step, from its state on? */
export const isOutput = (step: Step, node: NodeSchema) =>
  node.time === step.time && step.state !== null && node.forward > step.state.forward;
