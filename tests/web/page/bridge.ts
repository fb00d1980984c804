// A bridge without a core, for tests of the session alone: it answers at once, remembers what it was asked, and its
// events are sent by hand. The numbers are made of node and position, so that a mix-up shows.
import { LossCurve } from '../../../wasm/bridge/curve.ts';
import type {
  Bridge,
  Done,
  Events,
  NodeSchema,
  Requests,
  RunInfo,
  WalkSchema,
  Wanted,
} from '../../../wasm/bridge/protocol.ts';

const LETTERS = ['<start>', '<end>', 'a', 'b', 'c'];
const node = (id: number, path: string, more: Partial<NodeSchema>): NodeSchema => ({
  id,
  path,
  name: path.split('.').at(-1) ?? path,
  op: 'tanh',
  role: 'activation',
  dtype: 'f32',
  axes: 'BH',
  shape: [1, 3],
  time: 0,
  inputs: [],
  forward: 0,
  backward: 0,
  gradient: true,
  ...more,
});

/** Two operations a step, W shared by all, their mean at the end. */
export function schemaOf(text: string): WalkSchema {
  const steps = [...text].length + 1;
  const forward = 2 * steps + 1;
  const back = (position: number) => 2 * forward + 1 - position;
  const nodes = [node(0, 'W', { role: 'parameter', axes: 'HH', shape: [3, 3] })];
  for (let t = 1; t <= steps; t++) {
    const [product, state] = [2 * t - 1, 2 * t];
    nodes.push(
      node(product, `rnn.${t}.Wh`, {
        op: 'matmul',
        time: t,
        inputs: [Math.max(0, product - 1), 0],
        forward: product,
        backward: back(product),
      }),
      node(state, `rnn.${t}.h`, { time: t, inputs: [product], forward: state, backward: back(state) }),
    );
  }
  const states = nodes.filter(({ name }) => name === 'h').map(({ id }) => id);
  nodes.push(
    node(forward, 'J', {
      op: 'mean_loss',
      role: 'loss',
      axes: '',
      shape: [],
      inputs: states,
      forward,
      backward: back(forward),
    }),
  );
  const length = 2 * forward + 2;
  const tokens = [0, ...[...text].map((letter) => LETTERS.indexOf(letter))];
  return {
    text,
    tokens,
    targets: [...tokens.slice(1), 1],
    length,
    forward,
    nodes,
    updates: [{ position: length, node: 0, lines: [{ name: 'new', formula: 'w' }] }],
  };
}

interface Turn {
  deed: Done;
  run: RunInfo;
}
export class FakeBridge implements Bridge {
  asked: { name: string; params: unknown }[] = [];
  refuse: Partial<Record<keyof Requests, { code: string; node: string; message: string }>> = {};
  run: RunInfo = {
    id: 0,
    settings: { hidden_size: '3', learning_rate: '0.1', seed: '1' },
    vocabulary: LETTERS,
    parameters: 9,
    step: 0,
    tip: 0,
    trainedFrom: null,
    tensors: { f16: 0, bf16: 0, f64: 0, unused: 0, names: [] },
    sequences: {
      ...{ train: 90, validation: 10, trainDistinct: 90, validationDistinct: 10 },
      ...{ trainSymbols: 20, validationSymbols: 15, unlearned: [] },
    },
    log: [],
  };
  #listeners = new Map<string, Set<(event: never) => void>>();
  #position = 0;
  #wanted: Wanted[] = [];
  #done: Turn[] = []; // with the run as it was before, or is again
  #undone: Turn[] = [];
  #deeds = 0;

  async call<K extends keyof Requests>(name: K, ...rest: unknown[]): Promise<Requests[K][1]> {
    const params = rest[0];
    this.asked.push({ name, params });
    const refused = this.refuse[name];
    if (refused) throw refused;
    if (name === this.#holds) await this.#held;
    return this.#answer(name, params) as Requests[K][1];
  }
  /** Answers to this request wait until they are released; what is asked for then does not come to be. */
  hold(name: keyof Requests): void {
    this.#holds = name;
    this.#held = new Promise((resolve) => {
      this.release = resolve;
    });
  }
  release: () => void = () => {};
  #holds: keyof Requests | null = null;
  #held: Promise<void> = Promise.resolve();
  // biome-ignore lint/suspicious/noExplicitAny: one answer for every kind of request
  #answer(name: keyof Requests, params: any): unknown {
    const change = (deed: Omit<Done, 'id'>, to: Partial<RunInfo>) => {
      this.#done.push({ deed: { id: String(++this.#deeds), ...deed } as Done, run: this.run });
      this.#undone = [];
      this.run = { ...this.run, ...to };
      this.#tell();
    };
    const turn = (from: Turn[], to: Turn[]) => {
      const last = from.pop();
      if (!last) throw { code: 'state', node: '', message: 'nothing' };
      to.push({ deed: last.deed, run: this.run });
      this.run = last.run;
      this.#tell();
    };
    if (name === 'open') {
      const settings = { ...this.run.settings, ...(params.settings as object) };
      const fresh = { id: this.run.id + 1, step: 0, tip: 0, log: [], settings, trainedFrom: params.weights ?? null };
      if (this.run.id === 0) this.run = { ...this.run, ...fresh };
      else change({ what: 'open', run: fresh.id, before: this.run.id } as Done, fresh);
    }
    if (name === 'set') {
      const { step, settings, log } = this.run;
      const { key, value } = params;
      change({ what: 'set', key, from: settings[key], to: value } as Done, {
        settings: { ...settings, [key]: value },
        log: [...log, { step, key, value }],
        tip: step,
      });
    }
    if (name === 'undo') turn(this.#done, this.#undone);
    if (name === 'redo') turn(this.#undone, this.#done);
    if (name === 'seek' && this.#holds === null) this.run = { ...this.run, step: params.step as number };
    if (name === this.#holds) this.#holds = null;
    if (name === 'walk') return schemaOf(params.text as string);
    if (name === 'subscribe') this.#wanted = params.wanted as Wanted[];
    if (name === 'goto') this.#position = params.position as number;
    if (name === 'subscribe' || name === 'goto') queueMicrotask(() => this.frame(this.#position));
    if (name === 'history') return { curve: new LossCurve().data(), validation: [] };
    if (name === 'sample') return { step: this.run.step, samples: ['ab'] };
    if (name === 'next') return { before: [1], after: [1] };
    if (name === 'explain') return { ...params, value: 1, terms: [] };
    return this.run;
  }
  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set.add(listener as (event: never) => void));
    return () => set.delete(listener as (event: never) => void);
  }
  emit<K extends keyof Events>(name: K, event: Events[K]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(event as never);
  }
  frame(position: number): void {
    const values = this.#wanted.map(({ node }) => new Float32Array([node, position, this.run.step]));
    this.emit('frame', { step: this.run.step, position, values, gradNorm: 1, clipScale: 1 });
  }
  /** So many updates at once, as progress. */
  trained(updates: number, running = false): void {
    const from = this.run.step;
    const step = from + updates;
    const deed: Done = { id: String(++this.#deeds), what: 'train', updates };
    this.#done.push({ deed, run: this.run });
    this.#undone = [];
    this.run = { ...this.run, step, tip: step };
    this.#tell();
    const losses = Array.from({ length: updates }, (_, i) => 3 - (from + i) / 1000);
    this.emit('progress', {
      step,
      tip: step,
      from,
      losses,
      validation: [{ step, loss: 2 }],
      gradNorm: 1,
      tokensPerSecond: 9,
      running,
    });
  }
  #tell(): void {
    const deeds = (list: Turn[]) => list.map(({ deed }) => deed);
    this.emit('past', { done: deeds(this.#done), undone: deeds(this.#undone) });
  }
  close(): void {}
  count = (name: keyof Requests) => this.asked.filter((one) => one.name === name).length;
  last = (name: keyof Requests) => this.asked.findLast((one) => one.name === name)?.params;
}

export const settled = async () => {
  for (let i = 0; i < 30; i++) await Promise.resolve();
};
