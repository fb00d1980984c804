// What the parts of a walked tape are, told by its edges and ops alone: which node of a step is its state, which its
// prediction, and in what order a step's operations make them. No names, no sizes.

import type { NodeSchema, WalkSchema } from '../session/types.ts';

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
  hidden: Term[]; // W_h h + W_e e = · + b = z → h
  output: Term[]; // U h + b = logits → ŷ
}

export interface Anatomy {
  steps: Step[];
  start: NodeSchema | null; // the state before the first step
  mean: NodeSchema | null;
  recurrent: NodeSchema | null; // the weight between one state and the next
  parameters: NodeSchema[]; // in the order in which they are updated
  consumers: { node: NodeSchema; input: number }[][]; // of each node
  node(id: number): NodeSchema;
}

const ACTIVATIONS = new Set(['tanh', 'sigmoid', 'relu']);
export const isActivation = (node: NodeSchema) => ACTIVATIONS.has(node.op);

export function anatomy(schema: WalkSchema): Anatomy {
  const byId = new Map(schema.nodes.map((n) => [n.id, n]));
  const node = (id: number) => byId.get(id) as NodeSchema;
  const consumers: Anatomy['consumers'] = [];
  for (const n of schema.nodes) consumers[n.id] = [];
  for (const n of schema.nodes) for (const [input, id] of n.inputs.entries()) consumers[id]?.push({ node: n, input });

  const times = new Map<number, NodeSchema[]>();
  for (const n of schema.nodes) if (n.time > 0) times.set(n.time, [...(times.get(n.time) ?? []), n]);
  const steps = [...times.keys()].sort((a, b) => a - b).map((time) => step(time, times.get(time) ?? [], node));

  const first = steps[0];
  const recurrent = first?.operations.find((n) => n.op === 'matmul' && node(n.inputs[0] as number).time === 0);
  return {
    steps,
    start: recurrent ? node(recurrent.inputs[0] as number) : null,
    mean: schema.nodes.find((n) => n.op === 'mean_loss') ?? null,
    recurrent: recurrent ? node(recurrent.inputs[1] as number) : null,
    parameters: schema.updates.toSorted((x, y) => x.position - y.position).map((update) => node(update.node)),
    consumers,
    node,
  };
}

function step(time: number, nodes: NodeSchema[], node: (id: number) => NodeSchema): Step {
  const operations = nodes.filter((n) => n.forward > 0).sort((a, b) => a.forward - b.forward);
  const embedding = operations.find((n) => n.op === 'embedding') ?? null;
  const state = operations.findLast(isActivation) ?? null;
  const probabilities = operations.find((n) => n.op === 'softmax') ?? null;
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
    logits: probabilities ? node(probabilities.inputs[0] as number) : null,
    probabilities,
    loss: operations.find((n) => n.op === 'nll') ?? null,
    hidden: state ? equation(state) : [],
    output: probabilities ? equation(probabilities) : [],
  };
}

export const vectors = (terms: Term[]) => terms.flatMap((t) => (t.kind === 'vector' ? [t.node] : []));

/** Is this node computed by the second half of a step, from its state on? */
export const isOutput = (step: Step, node: NodeSchema) =>
  node.time === step.time && step.state !== null && node.forward > step.state.forward;

/** Whether a node's value is there at a position. */
export const hasValue = (node: NodeSchema, position: number) => node.forward <= position;

/** Gradient of a node at a position: none at all, not yet, a part of its terms, or all of them. */
export type GradientState = 'none' | 'pending' | 'partial' | 'whole';
export function gradientState(a: Anatomy, node: NodeSchema, position: number, forward: number): GradientState {
  if (!node.gradient) return 'none';
  if (position <= forward) return 'pending';
  if (node === a.mean) return 'whole';
  const edges = (a.consumers[node.id] ?? []).filter((c) => c.node.gradient);
  const come = edges.filter((c) => c.node.backward > 0 && c.node.backward <= position).length;
  return come === 0 ? 'pending' : come < edges.length ? 'partial' : 'whole';
}
