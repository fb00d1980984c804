// Both cells over one text, each with its shipped weights in a worker of its own: every value and every gradient of
// what stands beside each other, read once from the core. The clocks of the network say how far one has come.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Bridge, CoreError, NodeSchema, WalkSchema, Wanted } from '../../../../wasm/bridge/protocol';
import { latest } from '../../session/latest';

export type Kind = 'lstm' | 'gru';
export const KINDS: Kind[] = ['lstm', 'gru'];
export const SHIPPED: Record<Kind, string> = { lstm: 'names-lstm', gru: 'names-gru' };

/** What stands beside each other, in the order in which the LSTM makes it; the node of each cell. "c-1": the memory
 *  of the step before. */
export const ROWS = [
  { id: 'past', lstm: 'c-1', gru: 'h-1' },
  { id: 'keep', lstm: 'f', gru: 'z' },
  { id: 'kept', lstm: 'f_c', gru: 'keep' },
  { id: 'write', lstm: 'i', gru: 'not_z' },
  { id: 'new', lstm: 'g', gru: 'n' },
  { id: 'written', lstm: 'i_g', gru: 'new' },
  { id: 'memory', lstm: 'c', gru: 'h' },
  { id: 'look', lstm: 'o', gru: 'r' },
  { id: 'state', lstm: 'h', gru: 'h' },
] as const;
export type Row = (typeof ROWS)[number];
/** The memory of the step before is this input of what is left of it. */
const MEMORY = 1;

/** The node of a row at this step, on the walk of a net of this kind. */
export function nodeOf(walk: WalkSchema, kind: Kind, row: Row, time: number): NodeSchema | null {
  if (row.id === 'past') return walk.nodes[keptOf(walk, kind, time)?.inputs[MEMORY] ?? -1] ?? null;
  return walk.nodes.find(({ path }) => path === `rnn.${time}.${row[kind]}`) ?? null;
}
const keptOf = (walk: WalkSchema, kind: Kind, time: number): NodeSchema | null => nodeOf(walk, kind, ROWS[2], time);

/** From which position on a row's numbers are there: its value, or on the way back the whole of its gradient, when all
 *  that it went into has gone back. Of the memory before, what this step hands back to it. */
export function arrives(walk: WalkSchema, kind: Kind, row: Row, time: number, back: boolean): number {
  const node = nodeOf(walk, kind, row, time);
  if (!node) return Number.POSITIVE_INFINITY;
  if (!back) return node.forward;
  if (row.id === 'past' && node.gradient) return keptOf(walk, kind, time)?.backward ?? Number.POSITIVE_INFINITY;
  if (row.id === 'past') return Number.POSITIVE_INFINITY; // before the first step there is nothing to hand it to
  return Math.max(...walk.nodes.filter(({ inputs }) => inputs.includes(node.id)).map(({ backward }) => backward));
}

/** One net over the text. */
export interface Read {
  walk: WalkSchema;
  values: Float32Array[][]; // by step, by row
  grads: Float32Array[][];
}

async function frameOf(bridge: Bridge, position: number, wanted: Wanted[]): Promise<Float32Array[]> {
  await bridge.call('goto', { position });
  const frame = new Promise<Float32Array[]>((resolve) => {
    const off = bridge.on('frame', ({ position: at, values }) => {
      if (at !== position || values.length !== wanted.length) return;
      off();
      resolve(values.map((value) => Float32Array.from(value)));
    });
  });
  await bridge.call('subscribe', { wanted });
  const found = await frame;
  await bridge.call('subscribe', { wanted: [] });
  return found;
}

async function readOne(bridge: Bridge, kind: Kind, text: string): Promise<Read> {
  const walk = await bridge.call('walk', { text });
  const steps = walk.tokens.map((_, i) => i + 1);
  const wanted = (row: Row, time: number, back: boolean): Wanted => {
    const kept = row.id === 'past' && back ? keptOf(walk, kind, time) : null;
    if (kept) return { node: kept.id, what: { edge: MEMORY } };
    return { node: nodeOf(walk, kind, row, time)?.id ?? -1, what: back ? 'grad' : 'value' };
  };
  const read = async (back: boolean) => {
    const all = steps.flatMap((time) => ROWS.map((row) => wanted(row, time, back)));
    const found = await frameOf(bridge, back ? 2 * walk.forward : walk.forward, all);
    return steps.map((_, i) => found.slice(i * ROWS.length, (i + 1) * ROWS.length));
  };
  return { walk, values: await read(false), grads: await read(true) };
}

export function createBoth(spawn: () => Bridge) {
  const read = signal<Record<Kind, Read> | null>(null);
  const problem = signal<CoreError | null>(null);
  const bridges = KINDS.map((kind) => ({ kind, bridge: spawn() }));
  const opened = Promise.all(bridges.map(({ kind, bridge }) => bridge.call('open', { weights: SHIPPED[kind] })));
  const ask = latest(async (text: string) => {
    try {
      await opened;
      const [lstm, gru] = await Promise.all(bridges.map(({ kind, bridge }) => readOne(bridge, kind, text)));
      problem.value = null;
      read.value = lstm && gru ? { lstm, gru } : null;
    } catch (error) {
      problem.value = error as CoreError;
      read.value = null;
    }
  });
  return {
    read: read as ReadonlySignal<Record<Kind, Read> | null>,
    problem: problem as ReadonlySignal<CoreError | null>,
    ask,
    dispose: () => {
      for (const { bridge } of bridges) bridge.close();
    },
  };
}
