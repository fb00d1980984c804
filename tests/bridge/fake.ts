// A core that is a few lines long and as deterministic as the real one, a port without a worker, and a clock that
// the test turns by hand.

import { Client, type WorkerLike } from '../../wasm/bridge/client.ts';
import {
  type ClaimLike,
  type CoreLike,
  failure,
  type MeasureLike,
  type ReaderLike,
  type RunLike,
  type StudyLike,
  type WalkLike,
} from '../../wasm/bridge/corelike.ts';
import type { Pace } from '../../wasm/bridge/pace.ts';
import type { ReaderSpec, Settings, StudyRequest, Wanted } from '../../wasm/bridge/protocol.ts';
import { Server } from '../../wasm/bridge/server.ts';
import type { ToServer } from '../../wasm/bridge/wire.ts';

const SIZE = 6;
const DEFAULTS: Settings = { model: 'fake', task: 'fake', seed: '1', learning_rate: '0.1', hidden_size: '6' };
/** A rate above this makes the next loss infinite. */
export const TOO_FAST = 100;
const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)) as Uint8Array<ArrayBuffer>;
const decode = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

export class FakeRun implements RunLike {
  readonly vocabulary = ['<start>', '<end>', 'a', 'b'];
  readonly parameters = SIZE;
  toPyTorch = () => ({ file: new ArrayBuffer(0), program: '' });
  readonly tensors = { f16: 0, bf16: 0, f64: 0, unused: 0, names: [] };
  readonly sequences = {
    ...{ train: 90, validation: 10, trainDistinct: 90, validationDistinct: 10 },
    ...{ trainSymbols: 20, validationSymbols: 15, unlearned: [] },
  };
  freed = 0;
  /** Walks made: text and target. */
  readonly walked: [string, (string | null)?][] = [];
  /** Measures made and freed, by text. */
  readonly measured: string[] = [];
  #clock: FakeClock;
  #settings: Settings;
  #theta: number[];
  #step = 0;

  constructor(clock: FakeClock, settings: Settings) {
    this.#clock = clock;
    this.#settings = settings;
    this.#theta = Array.from({ length: SIZE }, (_, i) => Math.fround((i + 1) / (Number(settings.seed) + 2)));
  }
  settings = () => ({ ...this.#settings });
  updates = () => this.#step;
  set(key: string, value: string): void {
    if (key !== 'learning_rate') throw failure('setting', key, `${key} needs a new run.`);
    if (!(Number(value) >= 0)) throw failure('setting', key, `${key} must be a number, not ${value}.`);
    this.#settings[key] = value;
  }
  step() {
    this.#clock.ms += this.#clock.updateMs;
    const rate = Number(this.#settings.learning_rate);
    if (rate > TOO_FAST) throw failure('number', 'loss', 'The loss is infinite.');
    // Chaotic, so that any slip in order or setting shows.
    this.#theta = this.#theta.map((x, i) => Math.fround(3.7 * x * (1 - x) - rate * 0.01 * ((this.#step + i) % 5)));
    this.#theta = this.#theta.map((x) => (x > 0 && x < 1 ? x : 0.25));
    this.#step++;
    return { step: this.#step, loss: this.#theta[0]!, gradNorm: this.#step / 8, rate, tokens: 7 };
  }
  evaluateAt = (length: number) => ({ ...this.evaluate(), right: this.#theta[2]! / length });
  evaluate = () => ({ loss: this.#theta[1]!, tokens: 70, sequences: 10, right: this.#theta[2]! });
  hash = () => this.#theta.join();
  save = () => encode({ settings: this.#settings, theta: this.#theta, step: this.#step });
  restore(bytes: Uint8Array): void {
    const { settings, theta, step } = decode(bytes);
    this.#settings = settings;
    this.#theta = theta;
    this.#step = step;
  }
  sample = (_how: unknown, index: number, prefix: string) => `${prefix}${index}:${this.#theta[2]}`;
  next = () => ({ before: this.#theta.slice(0, 4), after: this.#theta.slice(0, 4) });
  gradcheck = () => ({ worst: 1e-9, checked: SIZE, parameter: 'theta' });
  guess = (source: string) => ({ tokens: [...source].map(() => 2).concat(1), text: 'a'.repeat(source.length) });
  answer = (source: string) => (source === 'b' ? null : { tokens: [3, 1], text: 'b' });
  beam = (_source: string, width: number) => {
    if (width > 8) throw failure('argument', '', 'A beam is 1 to 8 wide.');
    const node = {
      parent: -1,
      token: 1,
      step: 1,
      logProbability: 0,
      total: 0,
      score: 0,
      fate: 'ended' as const,
      look: -1,
    };
    return { best: 0, nodes: [node], source: [], blocks: 0, heads: 0, looks: new Float32Array() };
  };
  groups = () => [{ length: 2, sequences: 8, right: 4, tokens: 24, tokensRight: 20 }];
  walk(text: string, target?: string | null): WalkLike {
    if (text.includes('z')) throw failure('text', 'z', 'The vocabulary has no z.');
    if (text.includes('!')) throw new WebAssembly.RuntimeError('unreachable');
    const theta = () => this.#theta;
    this.walked.push(target === undefined ? [text] : [text, target]);
    let at = 0;
    return {
      schema: {
        ...{ text, tokens: [0], targets: [1], length: 9, forward: 4, nodes: [], updates: [] },
        ...(target !== undefined && { pair: { source: [2], target: target ?? 'a', own: target === null } }),
      },
      to: (position) => {
        at = position;
      },
      read: (wanted: readonly Wanted[]) =>
        wanted.map(({ node, what }) =>
          what === 'value' ? new Float32Array(theta().map((x) => x + node)) : new Int32Array([at, node]),
        ),
      gradNorm: () => 2,
      clipScale: () => 0.5,
      explain: (node, cell, direction) => ({ node, cell, direction, value: theta()[cell]!, terms: [] }),
      hold: (node) => {
        if (node !== 1) throw failure('argument', '', 'That has no weights of an alignment to hold.');
      },
      derivatives: () => ({
        ...{ backward: new Float64Array(theta()), differences: new Float64Array(theta()), checked: theta().length },
        worst: { parameter: 0, cell: 0, gap: 0 },
      }),
      counted: () => ({ steps: [0, 1, 2], longest: [0, 1, 2], work: [] }),
      way: (from, to) => [from, to],
      free: () => {},
    };
  }
  measure(text: string): MeasureLike {
    if (text.includes('z')) throw failure('text', 'z', 'The vocabulary has no z.');
    this.measured.push(text);
    const theta = () => this.#theta;
    const upTo = (at: number) => {
      if (!(at >= 1 && at <= SIZE)) throw failure('argument', '', `There is a loss at steps 1 to ${SIZE}.`);
      return theta().slice(0, at);
    };
    return {
      reach: (at, layer) => ({ h: upTo(at).map((x) => x * layer), c: null }),
      terms: (at, param) => {
        if (param !== 'theta') throw failure('name', param, `The model has no parameter ${param}.`);
        return { size: 1, norms: upTo(at), terms: Float32Array.from(upTo(at)), sum: new Float32Array([at]) };
      },
      saliency: (at, token) => upTo(at).map((x) => x * token),
      free: () => this.measured.push(`${text} freed`),
    };
  }
  units(text: string, layer: number) {
    if (layer !== 1) throw failure('argument', '', `There is no layer ${layer}.`);
    const h = Float32Array.from([...text].map((_, i) => this.#theta[i % SIZE]!));
    return { steps: text.length, hidden: 1, tokens: [0], h, c: null, gates: h.slice(), gateNames: 'f' };
  }
  each = () => ({
    ...{ points: 1, weights: 1, x: [[0]], t: [[1]], y: [[0.5]], errors: [0.125], variance: 0.25 },
    derivatives: new Float64Array(1),
  });
  example(index: number): string {
    if (!(index >= 0)) throw failure('argument', 'index', `There is no example ${index}.`);
    return 'ab'.repeat(index + 1);
  }
  alignment = (text: string, target?: string) => ({
    source: [2],
    written: [1],
    weights: Float32Array.from([text.length + (target ?? '').length]),
  });
  looked = (text: string, at: number, token: number) => ({
    ...{ blocks: 1, heads: 1, at, token, score: 0, tokens: [text.length] },
    ...{ weights: new Float32Array(1), rollout: new Float32Array(1), times: [0], sizes: [0], depth: [0, 0] },
  });
  drawn = (_how: unknown, index: number, keep: boolean, prefix: string) => ({
    ...{ read: prefix.length, tokens: [index], u: [keep ? 1 : 0], order: new Int32Array(1) },
    ...{ logits: new Float32Array(1), divided: new Float32Array(1), given: new Float32Array(1) },
    ...{ warmed: new Float32Array(1), left: new Float32Array(1) },
  });
  cached = (text: string) => ({
    ...{ blocks: 1, width: 1, tokens: [text.length], apart: [0], work: { kept: [1], anew: [2] } },
    ...{ keys: new Float32Array(1), values: new Float32Array(1), kept: new Float32Array(1), anew: new Float32Array(1) },
  });
  covered = (text: string, target: string) => {
    const one = () => Float32Array.from([text.length, target.length]);
    return {
      ...{ patches: 1, picture: one(), looks: one(), falls: one(), logP: one() },
      ...{ words: [text.length], right: [target.length], places: [0] },
    };
  };
  coverCounts = (pictures: number) => {
    const kind = (words: number) => ({ words, looked: 0, missed: 0, look: 0, fall: 0 });
    return { pictures, colour: kind(2 * pictures), shape: kind(2 * pictures), other: kind(pictures) };
  };
  rolled = (text: string, given: number) => {
    const one = () => Float32Array.from([text.length, given]);
    return { frames: 1, given, hidden: 1, seen: one(), guess: one(), own: one(), speed: one(), states: one() };
  };
  pairs = () => ({ pairs: 2, both: 1, one: 1 });
  rollErrors = (throws: number, given: number, steps: number) => {
    const way = (next: number) => ({ next, ahead: [given], seen: [steps] });
    return { net: way(throws), velocity: way(0), place: way(0) };
  };
  rollSpeed = (throws: number) => ({
    ...{ hidden: 1, tested: throws, error: 0, byPlaces: 0, spread: 1, fitted: 1, ridge: 0 },
    weights: new Float64Array(4),
  });
  rollFan = (x: number, y: number, count: number) => Float32Array.from([x, y, count]);
  cachedRun = (_text: string, keep: boolean, times: number) => {
    this.#clock.ms += (keep ? 1 : 2) * times;
  };
  free(): void {
    this.freed++;
  }
}

export class FakeCore implements CoreLike {
  readonly runs: FakeRun[] = [];
  readers = 0; // open
  readonly corpora: (string | null)[] = []; // each run's
  readonly memory = 8 * 2 ** 20;
  readonly info = {
    abi: 1,
    simd: 'scalar' as const,
    status: ['ok'],
    ops: [],
    models: [],
    tasks: [],
    training: [],
  };
  /** How often it was asked for the rest. */
  extended = 0;
  async more() {
    this.extended++;
    return { studies: [], claims: [] };
  }
  /** Studies made and freed, by name. */
  readonly studied: string[] = [];
  #clock: FakeClock;
  constructor(clock: FakeClock) {
    this.#clock = clock;
  }
  create(settings: Settings, corpus: string | null): RunLike {
    if (corpus === '') throw failure('text', '', 'The corpus is empty.');
    this.corpora.push(corpus);
    const run = new FakeRun(this.#clock, { ...DEFAULTS, ...settings });
    this.runs.push(run);
    return run;
  }
  load(file: Uint8Array): RunLike {
    const run = this.create({}, null);
    run.restore(file);
    return run;
  }
  /** Texts that were brought, by name. */
  readonly brought: Record<string, string> = {};
  textOf = (settings: Settings) => (settings.task === 'prose' ? 'moby-dick' : '');
  bring(name: string, text: Uint8Array): void {
    if (name in this.brought) throw failure('state', name, `${name} was brought twice.`);
    this.brought[name] = new TextDecoder().decode(text);
  }
  reader(spec: ReaderSpec): ReaderLike {
    if (spec.text === '') throw failure('text', '', 'The text has no words.');
    this.readers++;
    return {
      nodes: () => ({
        states: [
          [0, 1],
          [2, 3],
        ],
        nodes: [],
      }),
      counted: () => ({ steps: [0, 0, 4, 8], longest: [0, 2, 3], work: [] }),
      way: (from, to) => [from, to],
      run: (times) => {
        this.#clock.ms += times * this.#clock.updateMs;
      },
      free: () => {
        this.readers--;
      },
    };
  }
  pytorch = () => null;
  fromPyTorch(): never {
    throw failure('format', '', 'This core opens no file of PyTorch.');
  }
  study({ study, settings }: StudyRequest): StudyLike {
    if (study === 'none') throw failure('name', study, 'There is no such study.');
    const pieces = Number(settings?.pieces ?? 4);
    let done = 0;
    this.studied.push(study);
    return {
      step: () => {
        if (study === 'breaks') throw failure('number', 'y', 'A value is not finite.');
        this.#clock.ms += this.#clock.updateMs;
        return { done: ++done >= pieces, fraction: done / pieces };
      },
      read: () => ({
        axes: [{ name: 'x', size: 2, labels: null }],
        arrays: [{ name: study, unit: '', axes: ['x'], shape: [2], values: new Float64Array([done, Number.NaN]) }],
      }),
      free: () => void this.studied.push(`${study} freed`),
    };
  }
  claim(id: string, _seed: number, short: boolean): ClaimLike {
    if (id !== 'rnn') throw failure('name', id, 'There is no such claim.');
    const steps = short ? 3 : 300;
    let step = 0;
    return {
      step: () => {
        step++;
        this.#clock.ms += this.#clock.updateMs;
        const rows = step < steps ? [] : [{ name: 'rnn', measured: 1.97 }];
        const done = step === steps;
        const of = { now: 'rnn', row: 0, task: 'names', step, steps, loss: done ? Number.NaN : 3 - step / steps };
        return { ...of, fraction: step / steps, rows, done, holds: done, sentence: 's', asked: 'a' };
      },
      free: () => {},
    };
  }
}

/** Time passes only where work is done; tasks and messages run when the test says so. */
export class FakeClock implements Pace {
  ms = 0;
  updateMs = 3;
  readonly tasks: (() => void)[] = [];
  readonly now = () => this.ms;
  later(task: () => void): void {
    this.tasks.push(task);
  }
  after(ms: number, task: () => void): void {
    this.tasks.push(() => {
      this.ms += ms;
      task();
    });
  }
}

export interface Wired {
  client: Client;
  clock: FakeClock;
  core: FakeCore;
  workers: FakeWorker[];
  /** Animation frames asked for and not yet run. */
  pictures: (() => void)[];
  /** Lets n slices of work run, with all messages between them; the number that ran. */
  slices(n: number): Promise<number>;
  /** All messages, then slices until nothing is left to do. */
  rest(): Promise<void>;
}

class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  terminated = false;
  readonly core: FakeCore;
  readonly server: Server;
  fetched = 0; // of the text of prose
  soon: boolean | null = null; // what it was told of more.wasm as it began

  constructor(clock: FakeClock) {
    this.core = new FakeCore(clock);
    const weights = { 'names-rnn': async () => new FakeRun(clock, { ...DEFAULTS, seed: '9' }).save() };
    const prose = async () => {
      this.fetched++;
      return new TextEncoder().encode('a whale');
    };
    this.server = new Server(
      {
        onmessage: null,
        postMessage: (message, transfer) => {
          const data = structuredClone(message, { transfer });
          queueMicrotask(() => this.onmessage?.({ data }));
        },
      },
      this.core,
      { weights, texts: { 'moby-dick': prose } },
      clock,
    );
  }
  postMessage(message: ToServer, transfer: ArrayBuffer[]): void {
    const data = structuredClone(message, { transfer });
    if (data.kind === 'init') this.soon = data.more;
    queueMicrotask(() => {
      if (!this.terminated) void this.server.receive(data);
    });
  }
  terminate(): void {
    this.terminated = true;
  }
}

const messages = () => new Promise<void>((resolve) => setImmediate(resolve));

const NOWHERE = { simd128: '', scalar: '' };

export function wire(): Wired {
  const clock = new FakeClock();
  const workers: FakeWorker[] = [];
  const pictures: (() => void)[] = [];
  const client = new Client({
    spawn: () => {
      workers.push(new FakeWorker(clock));
      return workers.at(-1)!;
    },
    places: { simd: 'auto', core: NOWHERE, more: NOWHERE, weights: {}, texts: {} },
    nextFrame: (callback) => pictures.push(callback),
  });
  const slices = async (n: number) => {
    await messages();
    let ran = 0;
    for (; ran < n && clock.tasks.length > 0; ran++) {
      clock.tasks.shift()!();
      await messages();
    }
    return ran;
  };
  const rest = async () => {
    while ((await slices(1)) > 0);
  };
  return { client, clock, core: workers[0]!.core, workers, pictures, slices, rest };
}
