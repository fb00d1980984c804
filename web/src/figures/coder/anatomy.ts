// An encoder and a decoder, told by edges, ops and times: the words that are read, the words that are written, and what
// goes from one to the other: one vector, or the states of all words, weighted.

import type { NodeSchema, WalkSchema } from '../../session/types.ts';
import type { Stop } from '../../stage/stops.ts';
import { cells, type Tape, tapeOf } from '../../stage/tape.ts';
import type { Anatomy } from '../kind.ts';

interface Word extends Stop {
  time: number; // from 1, of its own side
  embedding: NodeSchema;
  state: NodeSchema;
}
export type Reading = Word;
/** The look back at a step of the decoder, in the order of the walk. */
export interface Look {
  query: NodeSchema; // what is compared: the state, or what a matrix makes of it
  keys: NodeSchema; // what it is compared with, all words together
  sum: NodeSchema | null; // additive: both, added
  squeezed: NodeSchema | null; // and tanh of that
  products: NodeSchema | null; // scaled: before the scaling
  scores: NodeSchema;
  weights: NodeSchema;
  context: NodeSchema;
  both: NodeSchema; // context and state, one under the other
}
export interface Writing extends Word {
  fed: number; // the token it is given
  right: number; // the one it should write
  look: Look | null;
  logits: NodeSchema;
  probabilities: NodeSchema;
  loss: NodeSchema;
}

export interface Coder extends Anatomy {
  source: Reading[];
  target: Writing[];
  handed: NodeSchema; // where the decoder begins
  states: NodeSchema | null; // of all words that were read, for the look back
  parameters: NodeSchema[]; // in the order in which they are updated
  /** The side and word of a node; what belongs to neither is null. */
  wordOf(node: NodeSchema): Reading | Writing | null;
}

export const isOfSource = (node: NodeSchema): boolean => node.source === true && node.time > 0;
export const isWriting = (word: Word | null | undefined): word is Writing => !!word && 'loss' in word;

const operations = (nodes: NodeSchema[]) => nodes.filter((n) => n.forward > 0).sort((x, y) => x.forward - y.forward);

export function read(schema: WalkSchema): Coder | null {
  if (!schema.pair) return null;
  const tape = tapeOf(schema);
  const sides = [true, false].map((source) =>
    grouped(schema.nodes.filter((n) => n.time > 0 && (n.source ?? false) === source)),
  );
  const [reading, writing] = sides as [NodeSchema[][], NodeSchema[][]];
  const target = writing.map((nodes, i) => written(tape, nodes, i + 1, schema));
  const last = schema.nodes.find((n) => n.op === 'last' && n.time === 0);
  const states = target[0]?.look ? tape.node(target[0].look.context.inputs[1] as number) : null;
  const column = states ?? (last ? tape.node(last.inputs[0] as number) : null);
  if (!last || column?.op !== 'stack' || target.includes(null)) return null;
  const source = reading.map((nodes, i) => heard(tape, nodes, i + 1, column, schema));
  if (!source.length || column.inputs.length !== source.length || source.includes(null)) return null;
  const words = [...(source as Reading[]), ...(target as Writing[])];
  // what stands between reading and writing is done when the last word has been read
  const between = operations(schema.nodes.filter((n) => n.time === 0 && n.op !== 'mean_loss'));
  const [begin, end] = [source[0], source.at(-1)] as [Reading, Reading];
  // all words become vectors before the first of them is read: that is a part of its stop
  const vectors = (source as Reading[]).map(({ embedding }) => embedding);
  if (vectors.every(({ forward }) => forward <= vectors.length)) {
    for (const word of source as Reading[]) word.nodes = word.nodes.filter((n) => n !== word.embedding);
    begin.nodes = [...vectors, ...begin.nodes];
  }
  end.nodes = operations([...end.nodes, ...between]);
  const mean = schema.nodes.filter((n) => n.op === 'mean_loss');
  (target.at(-1) as Writing).nodes.push(...mean);
  const handed = handedOver(tape, last);
  return {
    ...tape,
    stops: words,
    source: source as Reading[],
    target: target as Writing[],
    handed,
    states,
    parameters: schema.updates.toSorted((x, y) => x.position - y.position).map((u) => tape.node(u.node)),
    wordOf: (node) => (node.time > 0 ? sideOf(words, node) : null),
  };
}

const sideOf = (words: Word[], node: NodeSchema) =>
  words.find((w) => w.time === node.time && isWriting(w) === !node.source) ?? null;

function grouped(nodes: NodeSchema[]): NodeSchema[][] {
  const times = new Map<number, NodeSchema[]>();
  for (const n of nodes) times.set(n.time, [...(times.get(n.time) ?? []), n]);
  return [...times.keys()].sort((x, y) => x - y).map((time) => times.get(time) as NodeSchema[]);
}

/** The last state, or both last states of an encoder in both directions, as the decoder takes it up. */
function handedOver(tape: Tape, last: NodeSchema): NodeSchema {
  const joined = tape.consumers[last.id]?.find((c) => c.node.op === 'concat' && c.node.time === 0);
  return joined?.node ?? last;
}

/** What a node over all words has of one: it is made of it. */
function heard(tape: Tape, nodes: NodeSchema[], time: number, column: NodeSchema, schema: WalkSchema): Reading | null {
  const done = operations(nodes);
  const embedding = done.find((n) => n.op === 'embedding');
  const state = column.inputs[time - 1] === undefined ? null : tape.node(column.inputs[time - 1] as number);
  if (!embedding || !state) return null;
  const token = schema.pair?.source[time - 1] ?? -1;
  return { time, token, nodes: done, main: state, shown: [embedding, state], embedding, state };
}

function written(tape: Tape, nodes: NodeSchema[], time: number, schema: WalkSchema): Writing | null {
  const done = operations(nodes);
  const embedding = done.find((n) => n.op === 'embedding');
  const loss = done.find((n) => n.op === 'nll');
  const probabilities = loss && tape.node(loss.inputs[0] as number);
  const logits = probabilities?.op === 'softmax' ? tape.node(probabilities.inputs[0] as number) : null;
  const product = logits?.op === 'add' ? tape.node(logits.inputs[0] as number) : null;
  const base = product?.op === 'matmul' ? tape.node(product.inputs[0] as number) : null;
  if (!embedding || !loss || !probabilities || !logits || !base) return null;
  const look = base.op === 'concat' ? looked(tape, base) : null;
  const state = look ? tape.node(base.inputs[1] as number) : base;
  const right = schema.targets[time - 1] ?? -1;
  return {
    time,
    token: right,
    nodes: done,
    main: state,
    shown: [embedding, state, ...(look ? [look.scores, look.weights, look.context] : []), probabilities],
    embedding,
    state,
    fed: schema.tokens[time - 1] ?? -1,
    right,
    look,
    logits,
    probabilities,
    loss,
  };
}

function looked(tape: Tape, both: NodeSchema): Look | null {
  const context = tape.node(both.inputs[0] as number);
  if (context.op !== 'weighted_sum') return null;
  const weights = tape.node(context.inputs[0] as number);
  const scores = tape.node(weights.inputs[0] as number);
  const products = scores.op === 'scale' ? tape.node(scores.inputs[0] as number) : null;
  const compared = (products ?? scores).inputs.map((id) => tape.node(id));
  const [first, second] = compared;
  if (!first || !second) return null;
  const squeezed = second.op === 'tanh' ? second : null;
  const sum = squeezed ? tape.node(squeezed.inputs[0] as number) : null;
  const [keys, query] = sum ? sum.inputs.map((id) => tape.node(id)) : [second, first];
  return keys && query ? { query, keys, sum, squeezed, products, scores, weights, context, both } : null;
}

/** How a state of the decoder is compared with those of the encoder. */
export type Score = 'none' | 'dot' | 'scaled' | 'general' | 'additive';
export function scoreOf(a: Coder): Score {
  const look = a.target[0]?.look;
  if (!look) return 'none';
  if (look.sum) return 'additive';
  if (look.query.op === 'matmul') return 'general';
  return look.products ? 'scaled' : 'dot';
}

/** Of a node over all words that were read, how many cells each has; 0 for any other. */
export const perWord = (a: Coder, node: NodeSchema): number =>
  node.axes.startsWith('S') && node.axes.length > 1 ? cells(node) / a.source.length : 0;

/** The guess of a step: what is made from the look on, or from the state where there is none. */
export const isOutput = (word: Writing, node: NodeSchema): boolean =>
  node.forward >= (word.look?.both.forward ?? word.state.forward + 1) && node.forward <= word.loss.forward;
/** A part of the look back. */
export const isLook = (word: Writing, node: NodeSchema): boolean =>
  word.look !== null && node.forward > word.state.forward && node.forward <= word.look.context.forward;
