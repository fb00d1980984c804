// An encoder and a decoder made of blocks, told by ops, axes and edges: who asks whom, in every attention of either half,
// and what goes from one half to the other.

import type { Inside, NodeSchema, WalkSchema } from '../../session/types.ts';
import type { Stop } from '../../stage/stops.ts';
import { cells, tapeOf } from '../../stage/tape.ts';
import type { Anatomy } from '../kind.ts';

/** One head, in the order of the walk. */
export interface Head {
  q: NodeSchema;
  k: NodeSchema;
  v: NodeSchema;
  e: NodeSchema;
  s: NodeSchema; // scaled, where it is; else e
  masked: NodeSchema | null;
  a: NodeSchema;
  o: NodeSchema;
}
export interface Attention {
  q: NodeSchema; // of all heads side by side
  k: NodeSchema;
  v: NodeSchema;
  o: NodeSchema;
  heads: Head[];
}
export interface Crossed extends Anatomy {
  source: number[]; // tokens
  reads: number[];
  writes: number[];
  read: { stream: NodeSchema; looks: Attention[]; states: NodeSchema };
  written: { stream: NodeSchema; looks: Attention[]; across: Attention[] };
  guess: NodeSchema; // probabilities
  mean: NodeSchema | null;
  schema: WalkSchema;
}

const side = (node: NodeSchema) => node.axes[0];

export function read(schema: WalkSchema): Crossed | null {
  const { pair, nodes } = schema;
  if (!pair) return null;
  const tape = tapeOf(schema);
  const input = (node: NodeSchema | undefined, k: number) =>
    node?.inputs[k] === undefined ? undefined : tape.node(node.inputs[k] as number);
  const taker = (node: NodeSchema, op: string) => tape.consumers[node.id]?.find((one) => one.node.op === op)?.node;
  const whole = (node: NodeSchema) => (node.op === 'slice' ? (input(node, 0) ?? node) : node);

  const found = new Map<NodeSchema, Attention>(); // by its queries
  for (const a of nodes) {
    if (a.op !== 'softmax') continue;
    const before = input(a, 0);
    const masked = before?.op === 'mask' ? before : null;
    const s = masked ? input(masked, 0) : before;
    const e = s?.op === 'scale' ? input(s, 0) : s;
    const o = taker(a, 'weighted_sum');
    const [q, k, v] = [input(e, 0), input(e, 1), input(o, 1)];
    if (e?.op !== 'dots' || !s || !o || !q || !k || !v) continue;
    const all = found.get(whole(q)) ?? {
      ...{ q: whole(q), k: whole(k), v: whole(v), o: taker(o, 'concat') ?? o },
      heads: [],
    };
    all.heads.push({ q, k, v, e, s, masked, a, o });
    found.set(whole(q), all);
  }
  const looks = [...found.values()].sort((one, two) => one.q.forward - two.q.forward);
  const of = (asks: string, asked: string) => looks.filter(({ q, k }) => side(q) === asks && side(k) === asked);
  const across = of('T', 'S');
  const stream = (axis: string) => {
    const e = nodes.find(({ op, axes }) => op === 'embedding' && axes[0] === axis);
    const placed = e && tape.consumers[e.id]?.find(({ node }) => ['add', 'concat'].includes(node.op))?.node;
    // what goes past the first norm is added too, later
    return placed && input(placed, 0) === e && input(placed, 1)?.axes === e.axes && isPlace(input(placed, 1))
      ? placed
      : e;
  };
  const isPlace = (node: NodeSchema | undefined) => node?.op === 'sinusoid' || node?.op === 'embedding';
  const [source, target] = [stream('S'), stream('T')];
  const states = input(input(across[0]?.k, 0), 0);
  const guess = nodes.find((node) => node.op === 'softmax' && taker(node, 'nll'));
  if (across.length === 0 || !source || !target || !states || !guess) return null;
  const mean = nodes.find(({ op }) => op === 'mean_loss') ?? null;
  const stop = (token: number, nodes: NodeSchema[] = []): Stop => ({
    token,
    nodes,
    main: null,
    shown: [],
    across: true,
  });
  const stops = [
    ...pair.source.map((token) => stop(token)),
    ...schema.targets.map((token, t) => stop(token, mean && t === schema.targets.length - 1 ? [mean] : [])),
  ];
  return {
    ...tape,
    stops,
    source: pair.source,
    reads: schema.tokens,
    writes: schema.targets,
    read: { stream: source, looks: of('S', 'S'), states },
    written: { stream: target, looks: of('T', 'T'), across },
    guess,
    mean,
    schema,
  };
}

/** Rows of a node that are words, and numbers in each; null for a weight, and for one number alone. */
export function rowsOf(node: NodeSchema): { rows: number; columns: number } | null {
  const words = node.axes[0] === 'S' || node.axes[0] === 'T';
  const rows = node.shape[0] ?? 1;
  return words && node.dtype === 'f32' ? { rows, columns: cells(node) / rows } : null;
}
export const isOfSource = (node: NodeSchema): boolean => node.axes[0] === 'S';

/** What the middle clock counts inside an operation: the words that are read, or after those the words that are written. */
export function inside(a: Crossed, node: NodeSchema): Inside | null {
  const rows = rowsOf(node);
  if (!rows || node.forward === 0) return null;
  const other = node.inputs[node.op === 'weighted_sum' ? 0 : 1];
  const sums = ['matmul', 'dots', 'weighted_sum'].includes(node.op);
  const terms = sums && other !== undefined ? (a.node(other).shape.at(-1) ?? 1) : 1;
  return { ...rows, terms, after: isOfSource(node) ? 0 : a.source.length };
}

/** Which attention a node is part of, and which head; block: from 0. */
export interface Where {
  look: Attention;
  block: number;
  kind: 'read' | 'written' | 'across';
  head: number | null;
}
export function whereOf(a: Crossed, node: NodeSchema | null): Where | null {
  if (!node) return null;
  const kinds = [
    ['read', a.read.looks],
    ['written', a.written.looks],
    ['across', a.written.across],
  ] as const;
  for (const [kind, looks] of kinds)
    for (const [block, look] of looks.entries()) {
      const head = look.heads.findIndex((one) => Object.values(one).includes(node));
      const own = head >= 0 && ![look.q, look.k, look.v].includes(node);
      if (own || [look.q, look.k, look.v, look.o].includes(node)) return { look, block, kind, head: own ? head : null };
    }
  return null;
}

/** The block of the figure at a moment: that of the operation, else the last. */
export function blockOf(a: Crossed, node: NodeSchema | null): number {
  const known = whereOf(a, node)?.block;
  if (known !== undefined) return known;
  const number = Number(/\.(\d+)\./.exec(node?.path ?? '')?.[1] ?? Number.NaN);
  return number >= 1 && number <= a.written.across.length ? number - 1 : a.written.across.length - 1;
}
