// Queries, keys and values as matrices, a row a word: which node is which, by ops and edges.

import type { NodeSchema, WalkSchema } from '../../session/types.ts';
import type { Stop } from '../../stage/stops.ts';
import { tapeOf } from '../../stage/tape.ts';
import type { Anatomy } from '../kind.ts';

export type Part = 'x' | 'y' | 'q' | 'k' | 'v' | 'e' | 's' | 'a' | 'o';
export type Weight = 'Q' | 'K' | 'V';
export interface Matrices extends Anatomy {
  parts: Record<Exclude<Part, 'y' | 's'>, NodeSchema> & { y: NodeSchema | null; s: NodeSchema | null };
  weights: Record<Weight | 'E', NodeSchema>;
  held: boolean; // α is of other numbers than the words have now
  asked: number; // the row that J is about, from 0
  answer: NodeSchema[]; // row, number and J, in the order of the walk
  words: number[]; // tokens
  /** Whose keys and values they are, where that is another sentence. */
  others: string[] | null;
}

/** A sentence behind a bar, as the core reads it. */
const behindBar = (text: string) => text.split('|')[1]?.trim().split(/\s+/) ?? null;

export function read(schema: WalkSchema): Matrices | null {
  const tape = tapeOf(schema);
  const looks = schema.nodes.filter(({ op, shape }) => op === 'masked_softmax' && shape.length === 3);
  const [a] = looks;
  if (!a || looks.length !== 1) return null;
  const input = (node: NodeSchema | undefined, k: number, op?: string) => {
    const found = node?.inputs[k] === undefined ? undefined : tape.node(node.inputs[k] as number);
    return found && (op === undefined || found.op === op) ? found : undefined;
  };
  const s = input(a, 0, 'scale') ?? null;
  const e = s ? input(s, 0, 'scores') : input(a, 0, 'scores');
  const o = tape.consumers[a.id]?.find(({ node }) => node.op === 'weighted_sum')?.node;
  const [q, k, v] = [input(e, 0, 'matmul'), input(e, 1, 'matmul'), input(o, 1, 'matmul')];
  const [asks, looked, Q, K, V] = [input(q, 0), input(v, 0), input(q, 1), input(k, 1), input(v, 1)];
  const x = schema.nodes.find(({ op, path }) => op === 'embedding' && path.endsWith('.x'));
  const E = input(x, 0);
  if (!e || !o || !q || !k || !v || !asks || !looked || !Q || !K || !V || !x || !E) return null;
  const answer = schema.nodes
    .filter(({ forward }) => forward > o.forward)
    .sort((one, two) => one.forward - two.forward);
  const asked = Math.max(0, (schema.targets[0] ?? 1) - 1);
  const stops = schema.tokens.map(
    (token, row): Stop => ({
      token,
      nodes: row === asked ? answer : [],
      main: null,
      shown: [],
      across: true,
    }),
  );
  return {
    ...tape,
    stops,
    parts: { x, y: looked === x ? null : looked, q, k, v, e, s, a, o },
    weights: { E, Q, K, V },
    held: asks !== x,
    asked,
    answer,
    words: schema.tokens,
    others: looked === x ? null : behindBar(schema.text),
  };
}

/** The letter that a node has in the figure. */
export function partOf(a: Matrices, node: NodeSchema): Part | Weight | 'E' | null {
  const all = [...Object.entries(a.parts), ...Object.entries(a.weights)];
  return (all.find(([, one]) => one === node)?.[0] as Part | undefined) ?? null;
}

/** What the middle clock counts inside an operation: its rows. terms: of the sum that a cell is; 1 where it is none. */
export function inside(a: Matrices, node: NodeSchema): { rows: number; columns: number; terms: number } | null {
  if (!Object.values(a.parts).includes(node)) return null;
  const columns = node.shape.at(-1) ?? 1;
  const other = node.inputs[node.op === 'weighted_sum' ? 0 : 1];
  const sums = ['matmul', 'scores', 'weighted_sum'].includes(node.op);
  const terms = sums && other !== undefined ? (a.node(other).shape.at(-1) ?? 1) : 1;
  return { rows: node.shape[0] ?? 1, columns, terms };
}
