// A tape by its edges alone, whatever it computes: who takes a node, and what is there at a position of the walk.

import type { NodeSchema, WalkSchema } from '../session/types.ts';

export interface Tape {
  node(id: number): NodeSchema;
  consumers: { node: NodeSchema; input: number }[][]; // of each node
  loss: NodeSchema | null; // where the walk turns: its own gradient is 1
}

export function tapeOf(schema: WalkSchema): Tape {
  const byId = new Map(schema.nodes.map((n) => [n.id, n]));
  const consumers: Tape['consumers'] = [];
  for (const n of schema.nodes) consumers[n.id] = [];
  for (const n of schema.nodes) for (const [input, id] of n.inputs.entries()) consumers[id]?.push({ node: n, input });
  const loss = schema.nodes.find((n) => n.role === 'loss' && n.backward === schema.forward + 1) ?? null;
  return { node: (id) => byId.get(id) as NodeSchema, consumers, loss };
}

export const cells = (n: NodeSchema) => n.shape.reduce((a, b) => a * b, 1);

/** Whether a node's value is there at a position. */
export const hasValue = (node: NodeSchema, position: number) => node.forward <= position;

/** Gradient of a node at a position: none at all, not yet, a part of its terms, or all of them. */
export type GradientState = 'none' | 'pending' | 'partial' | 'whole';
export function gradientState(tape: Tape, node: NodeSchema, position: number, forward: number): GradientState {
  if (!node.gradient) return 'none';
  if (position <= forward) return 'pending';
  if (node === tape.loss) return 'whole';
  const edges = (tape.consumers[node.id] ?? []).filter((c) => c.node.gradient);
  const come = edges.filter((c) => c.node.backward > 0 && c.node.backward <= position).length;
  return come === 0 ? 'pending' : come < edges.length ? 'partial' : 'whole';
}
