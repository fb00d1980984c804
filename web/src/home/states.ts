// The real numbers behind the word and the tiles of the home page: the shipped networks read "unroll", and a phrase.
import { signal } from '@preact/signals';
import type { Bridge, Settings, Study } from '../../../wasm/bridge/protocol';
import { type Walk, walkOf } from '../session/clocks';
import { viewOf } from '../session/frames';
import { arrayOf, createStudies } from '../session/studies';
import type { Wanted } from '../session/types';

export const WORD = 'unroll';
const WEIGHTS = 'names-rnn';

/** A state of H numbers a letter; null until they are there. */
export const states = signal<number[][] | null>(null);
/** How large the gradient of the last guess is at each step of the word. */
export const reaches = signal<number[] | null>(null);
/** The forget gates of the shipped LSTM on the same word, H numbers a letter. */
export const forgets = signal<number[][] | null>(null);

/** What each word that is written looks at, a row of weights each. */
export const looks = signal<number[][] | null>(null);
/** The states that read a phrase, and those that write it from the last of them. */
export const neck = signal<{ read: number[][]; written: number[][] } | null>(null);
/** How much each word of a sentence looks at each, by numbers thrown with a die. */
export const shares = signal<number[][] | null>(null);
/** The numbers of the first places, a row each. */
export const rows = signal<number[][] | null>(null);
/** Ten points, and the third order's curve through them, from left to right. */
export const fit = signal<{ points: number[][]; curve: number[][] } | null>(null);
/** Words on the map of their vectors, counted. */
export const map = signal<number[][] | null>(null);
/** Corners of the net that folds a line three times, x and height. */
export const folds = signal<number[][] | null>(null);
/** How many operations two nets over the same sentence do in each step: one by one, and all at once. */
export const waits = signal<number[][] | null>(null);

const PHRASE = { text: '4 7 7 days ago', target: 'siku 4 7 7 zilizopita' };
const SENTENCE = { text: 'Zuko made his uncle tea' };

/** How likely each token is to come next, by what came after two letters of the word; and which it is. */
export const guess = signal<{ p: number[]; came: number } | null>(null);
/** What a block reads, what its heads look at, and the sum of both; a row a letter. */
export const block = signal<{ read: number[][]; heads: number[][][]; sum: number[][] } | null>(null);
/** What each head of a decoder looks at over the word, block by block. */
export const heads = signal<number[][][] | null>(null);
/** What each word that a Transformer writes looks at of what was read. */
export const across = signal<number[][] | null>(null);
/** Places of a ball: those that a net was shown, and where it goes on by itself. */
export const flight = signal<{ seen: number[][]; own: number[][] } | null>(null);

/** Is it all there? */
export const isRead = () =>
  [states, forgets, waits, fit, map, rows, folds, looks, neck, shares, guess, block, heads, across, flight].every(
    (one) => one.peek() !== null,
  );

export async function readWord(bridge: Bridge): Promise<void> {
  if (!states.peek()) {
    states.value = await readStates(bridge);
    reaches.value = (await bridge.call('reach', { text: WORD, at: [...WORD].length + 1 })).h;
  }
  if (!forgets.peek()) forgets.value = await readForgets(bridge);
  if (!waits.peek()) waits.value = await readWaits(bridge);
  if (!fit.peek()) fit.value = await readFit(bridge);
  if (!map.peek()) map.value = await readTable(bridge, 'meaning', { by: 'counts', show: 'all' }, 'map');
  if (!rows.peek()) rows.value = await readTable(bridge, 'positions', { width: '16', places: '12' }, 'p');
  if (!folds.peek()) folds.value = await readFolds(bridge);
  if (!looks.peek()) looks.value = await readNet(bridge, 'phrases-attention', PHRASE, /^decoder\.\d+\.alpha$/);
  if (!neck.peek()) {
    const [read, written] = [/^encoder\.\d+\.h$/, /^decoder\.\d+\.h$/] as const;
    const all = await readNet(bridge, 'phrases-vector', PHRASE, read);
    neck.value = { read: all, written: await readNet(bridge, 'phrases-vector', PHRASE, written) };
  }
  if (!shares.peek()) {
    const [all = []] = await readNet(bridge, 'sentence', SENTENCE, /^head\.a$/);
    shares.value = inRows(all, Math.sqrt(all.length));
  }
  if (!guess.peek()) guess.value = await readGuess(bridge);
  if (!block.peek()) block.value = await readBlock(bridge);
  if (!heads.peek()) heads.value = await readHeads(bridge);
  if (!flight.peek()) flight.value = await readFlight(bridge);
  if (!across.peek()) {
    const [all = []] = await readNet(bridge, 'phrases-transformer', PHRASE, /^decoder\.1\.cross\.head2\.a$/);
    across.value = inRows(all, PHRASE.target.split(' ').length + 1); // and the end mark
  }
}

const inRows = (all: readonly number[], count: number): number[][] => {
  const width = all.length / count;
  return Array.from({ length: count }, (_, i) => all.slice(i * width, (i + 1) * width));
};

async function readStates(bridge: Bridge): Promise<number[][]> {
  await bridge.call('open', { weights: WEIGHTS });
  const walk = walkOf(await bridge.call('walk', { text: WORD }));
  // The state of a step is the last activation that has the hidden axis.
  const last = new Map<number, number>();
  for (const node of walk.schema.nodes) {
    if (node.time > 1 && node.role === 'activation' && node.axes.endsWith('H')) last.set(node.time, node.id);
  }
  return readNodes(bridge, walk, [...last.values()]);
}

/** Values of nodes, once the whole walk forwards is there. */
async function readNodes(bridge: Bridge, walk: Walk, nodes: number[]): Promise<number[][]> {
  const wanted: Wanted[] = nodes.map((node) => ({ node, what: 'value' }));
  const read = new Promise<number[][]>((resolve) => {
    const off = bridge.on('frame', (frame) => {
      const view = frame.position === walk.schema.forward ? viewOf(frame, wanted, walk) : null;
      if (!view) return;
      const seen = wanted.map(({ node, what }) => view.values(node, what));
      if (seen.some((values) => values === null)) return;
      off();
      resolve(seen.map((values) => Array.from(values ?? [])));
    });
  });
  await bridge.call('subscribe', { wanted });
  await bridge.call('goto', { position: walk.schema.forward });
  return read;
}

async function readForgets(bridge: Bridge): Promise<number[][]> {
  await bridge.call('open', { weights: 'names-lstm' });
  const { steps, hidden, gates, gateNames } = await bridge.call('units', { text: WORD });
  const from = gateNames.indexOf('f') * hidden;
  // The start mark is left out, as above.
  return Array.from({ length: steps - 1 }, (_, t) => {
    const all = (t + 1) * gateNames.length * hidden;
    return Array.from(gates?.subarray(all + from, all + from + hidden) ?? []);
  });
}

async function readNet(bridge: Bridge, weights: string, what: { text: string }, paths: RegExp): Promise<number[][]> {
  await bridge.call('open', { weights });
  const walk = walkOf(await bridge.call('walk', what));
  return readNodes(
    bridge,
    walk,
    walk.schema.nodes.filter(({ path }) => paths.test(path)).map(({ id }) => id),
  );
}

async function readWaits(bridge: Bridge): Promise<number[][]> {
  const of = { text: PHRASE.text, hidden: 8, layers: 1, seed: 1 };
  const read = await Promise.all(
    (['recurrent', 'attention'] as const).map((net) => bridge.call('reader', { net, ...of })),
  );
  const longest = Math.max(...read.map(({ counted }) => counted.longest.length));
  return read.map(({ nodes, counted }) => {
    const at = new Array<number>(longest - 1).fill(0); // by step, from 1
    for (const [node, { op }] of nodes.entries())
      if (op !== 'leaf') at[(counted.steps[node] ?? 1) - 1] = (at[(counted.steps[node] ?? 1) - 1] ?? 0) + 1;
    return at;
  });
}

/** An array of two axes, a row each. */
async function readTable(bridge: Bridge, name: string, settings: Settings, array: string): Promise<number[][]> {
  return tableOf(await createStudies(bridge).study({ study: name, settings }), array);
}
function tableOf(study: Study, array: string): number[][] {
  const { values, shape } = arrayOf(study, array);
  return inRows([...values], shape[0] ?? 0);
}

const ORDER = 3;
const ALONG = 32; // places of the curve
async function readFit(bridge: Bridge): Promise<{ points: number[][]; curve: number[][] }> {
  const study = await createStudies(bridge).study({ study: 'curve', settings: {} });
  const [x, t] = [arrayOf(study, 'x').values, arrayOf(study, 't').values];
  const w = (tableOf(study, 'w')[ORDER] ?? []).slice(0, ORDER + 1);
  const curve = Array.from({ length: ALONG + 1 }, (_, i) => {
    const at = i / ALONG;
    return [at, w.reduceRight((sum, one) => sum * at + one, 0)];
  });
  return { points: Array.from(x, (at, i) => [at, t[i] ?? 0]), curve };
}

const FOLDED = 3; // layers
async function readFolds(bridge: Bridge): Promise<number[][]> {
  const study = await createStudies(bridge).study({ study: 'fold' });
  const [at, height] = ['at', 'height'].map((name) => tableOf(study, name)[FOLDED - 1] ?? []);
  return Array.from({ length: 2 ** FOLDED + 1 }, (_, i) => [at?.[i] ?? 0, height?.[i] ?? 0]);
}

const COUNTED = 3; // letters: two, and the one that comes
async function readGuess(bridge: Bridge): Promise<{ p: number[]; came: number }> {
  const study = await createStudies(bridge).study({ study: 'chain', inputs: { name: WORD } });
  const [orders = 1, steps = 1] = arrayOf(study, 'p').shape;
  const at = WORD.length - 1;
  const [, ...p] = inRows([...arrayOf(study, 'p').values], orders * steps)[COUNTED * steps + at] ?? []; // no start mark
  return { p, came: (arrayOf(study, 'came').values[at] ?? 0) - 1 };
}

async function readBlock(bridge: Bridge) {
  const letters = [...WORD].length + 1; // and the start mark
  const found = await readNet(bridge, 'names-block', { text: WORD }, /^(h|blocks\.1\.(head\d\.a|mid))$/);
  const matrices = found.map((all) => inRows(all, letters)); // in the order of the tape
  return { read: matrices[0] ?? [], heads: matrices.slice(1, -1), sum: matrices.at(-1) ?? [] };
}

async function readHeads(bridge: Bridge): Promise<number[][][]> {
  await bridge.call('open', { weights: 'names-gpt' });
  const { weights, blocks, heads, tokens } = await bridge.call('looked', { text: WORD });
  return inRows([...weights], blocks * heads).map((square) => inRows(square, tokens.length));
}

const THROW = { text: '0.15,0.55>0.65,0.25', given: 10 };
async function readFlight(bridge: Bridge): Promise<{ seen: number[][]; own: number[][] }> {
  await bridge.call('open', { weights: 'ball' });
  const { seen, own, frames } = await bridge.call('rolled', THROW);
  return {
    seen: inRows([...seen], frames).slice(0, THROW.given),
    own: inRows([...own], frames).slice(THROW.given - 1), // from the last that it was shown
  };
}
