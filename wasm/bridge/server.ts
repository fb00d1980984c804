// The worker's side of the bridge, over any port: requests in, replies, events and frames out. It holds the run on
// screen, those it replaced (for undo and redo), and the walk; everything that takes long goes in slices.

import { Aside, type Edits } from './aside.ts';
import { ClaimRunner } from './claims.ts';
import { CoreFailure, type CoreLike, failure, type ReaderLike, type RunLike, type WalkLike } from './corelike.ts';
import { extentsOf } from './extents.ts';
import { Frames, type Picture } from './frames.ts';
import { pastOf } from './kept.ts';
import { Measures } from './measures.ts';
import { Opening, type Shipped } from './opening.ts';
import type { Pace } from './pace.ts';
import type { CoreError, Done, PastInfo, ReaderSpec, Requests, RunInfo, Tape } from './protocol.ts';
import { readerTape, timeOf } from './reader.ts';
import { Studies } from './studies.ts';
import { Timeline } from './timeline.ts';
import { Training } from './training.ts';
import type { Origin, Past, Port, ToClient, ToServer } from './wire.ts';

type Answers = {
  [K in keyof Requests]: (params: Requests[K][0], id: number) => Requests[K][1] | Promise<Requests[K][1]>;
};
interface Opened {
  id: number;
  origin: Origin;
  training: Training;
}
const INTERRUPTS = new Set(['seek', 'open', 'undo', 'redo']);
const MOST_SAMPLES = 64;
const RESCUE_MS = 2000;

export class Server {
  #port: Port;
  #core: CoreLike;
  #opening: Opening;
  #pace: Pace;
  #frames: Frames;
  #claims: ClaimRunner;
  #studies: Studies;
  #opened: Opened | null = null;
  #aside = new Aside();
  #lastId = 0;
  #walk: WalkLike | null = null;
  #position = 0;
  #measures = new Measures();
  #rescuedAt = 0;
  #pastSent = '';
  #asideSent = '';
  #pastTold = '';
  #queue: Promise<void> = Promise.resolve();
  #queued = 0;

  constructor(port: Port, core: CoreLike, shipped: Shipped, pace: Pace) {
    this.#port = port;
    this.#core = core;
    this.#opening = new Opening(core, shipped);
    this.#pace = pace;
    this.#frames = new Frames(
      (wanted) => this.#picture(wanted),
      (frame) => this.#send({ kind: 'frame', frame }, [frame.buffer]),
    );
    this.#claims = new ClaimRunner(core, pace, (name, event) => this.#send({ kind: 'event', name, event }));
    this.#studies = new Studies(core, pace, (name, event) =>
      this.#send(
        { kind: 'event', name, event },
        'study' in event ? (event.study?.arrays ?? []).map(({ values }) => values.buffer) : [],
      ),
    );
    port.onmessage = ({ data }) => void this.receive(data as ToServer);
  }

  /** Requests are answered in the order in which they come. */
  receive(message: ToServer): Promise<void> {
    if (message.kind === 'drawn') this.#frames.drawn(message.buffer);
    if (message.kind === 'drawn' || message.kind === 'init') return this.#queue;
    // Whoever drags along the timeline means the last place; stop is heard whatever else waits.
    const { name } = message.kind === 'request' ? message : { name: '' };
    if (name === 'stop' || (this.#queued === 1 && INTERRUPTS.has(name))) this.#opened?.training.interrupt();
    this.#queued++;
    this.#queue = this.#queue.then(() => this.#serve(message));
    return this.#queue;
  }
  async #serve(message: Exclude<ToServer, { kind: 'drawn' | 'init' }>): Promise<void> {
    try {
      const value =
        message.kind === 'recover'
          ? { run: await this.#recover(message) }
          : await this.#answer(message.name, message.params, message.id);
      this.#send({ kind: 'reply', id: message.id, value }, buffersOf(value));
    } catch (error) {
      this.#send({ kind: 'error', id: message.id, error: describe(error) });
      // A trap leaves the module's memory in an unknown state.
      if (error instanceof WebAssembly.RuntimeError) this.#send({ kind: 'died', message: error.message });
    } finally {
      this.#queued--;
    }
  }

  #answer(name: string, params: unknown, id: number): unknown {
    if (!Object.hasOwn(this.#answers, name)) throw failure('name', name, `There is no request called ${name}.`);
    const answer = this.#answers[name as keyof Requests] as (params: unknown, id: number) => unknown;
    return answer(params, id);
  }

  #answers: Answers = {
    info: () => ({ ...this.#core.info, weights: this.#opening.weights }),
    open: async ({ weights, file, settings, corpus, kept }) => {
      const origin = {
        weights: weights ?? null,
        file: file ?? null,
        settings: settings ?? null,
        corpus: corpus ?? null,
      };
      const run = await this.#opening.begin(origin);
      const timeline = kept && pastOf(run, kept);
      this.#opened?.training.timeline.forgetUndone();
      const present = this.#leave();
      if (present) this.#aside.replaced(present);
      this.#show({ id: ++this.#lastId, origin, training: this.#training(run, timeline) });
      return this.#info();
    },
    tried: async ({ settings }) => {
      const begun = this.#pace.now();
      const run = await this.#opening.begin({ weights: null, file: null, settings, corpus: null });
      try {
        const made = this.#pace.now();
        const { loss } = run.step();
        const update = this.#pace.now() - made;
        return { parameters: run.parameters, loss, bytes: this.#core.memory, made: made - begun, update };
      } finally {
        run.free();
      }
    },
    set: ({ key, value, apart }) => {
      const training = this.#present();
      const { version } = training.timeline;
      training.set(key, value, apart);
      if (training.timeline.version !== version) this.#edited();
      return this.#info();
    },
    walk: ({ text, target }) => {
      const walk = this.#present().run.walk(text, target);
      this.#dropWalk();
      this.#walk = walk;
      this.#position = Math.min(this.#position, walk.schema.length);
      return walk.schema;
    },
    goto: ({ position }) => {
      const last = this.#walked().schema.length;
      if (!Number.isInteger(position) || position < 0 || position > last) {
        throw failure('argument', 'position', `There is no position ${position}: the walk goes from 0 to ${last}.`);
      }
      this.#position = position;
      this.#frames.changed();
    },
    hold: ({ node, cell, value }) => {
      this.#walked().hold(node, cell, value);
      this.#frames.changed();
    },
    subscribe: ({ wanted }, id) => this.#frames.subscribe(id, wanted),
    explain: ({ node, cell, direction }) => {
      const walk = this.#walked();
      walk.to(this.#position);
      return walk.explain(node, cell, direction);
    },
    counted: () => this.#walked().counted(),
    way: ({ from, to }) => this.#walked().way(from, to),
    tape: () => this.#measured(() => this.#tape()),
    extents: () => this.#measured(() => extentsOf(this.#walked())),
    derivatives: async () => {
      await this.#core.more();
      return this.#measured(() => this.#walked().derivatives());
    },
    each: () => this.#measured((run) => run.each()),
    train: ({ updates, perSecond }) => {
      this.#present().train(updates, perSecond);
      return this.#info();
    },
    stop: () => {
      this.#present().stop();
      return this.#info();
    },
    seek: async ({ step }) => {
      await this.#present().seek(step);
      return this.#info();
    },
    undo: async () => {
      if (!(await this.#present().undo())) await this.#bringBack('before');
      this.#rescue();
      return this.#info();
    },
    redo: async () => {
      if (!(await this.#present().redo())) await this.#bringBack('after');
      this.#rescue();
      return this.#info();
    },
    hash: () => this.#present().run.hash(),
    history: () => {
      const { curve, validation } = this.#present().timeline;
      return { curve: curve.data(), validation };
    },
    sample: ({ count, sampling, prefix }) => {
      const { run, step } = this.#present();
      if (!(count >= 1 && count <= MOST_SAMPLES)) {
        throw failure('argument', 'count', `Ask for 1 to ${MOST_SAMPLES} samples.`);
      }
      // Samples are a function of the update: the stream's index is.
      const samples = Array.from({ length: count }, (_, i) => run.sample(sampling, step * MOST_SAMPLES + i, prefix));
      return { step, samples };
    },
    next: ({ text, sampling }) => this.#present().run.next(sampling, text),
    guess: ({ text }) => this.#measured((run) => run.guess(text)),
    answer: ({ text }) => this.#present().run.answer(text),
    beam: ({ text, width, normalisation }) => this.#measured((run) => run.beam(text, width, normalisation)),
    alignment: ({ text, target }) => this.#measured((run) => run.alignment(text, target)),
    looked: ({ text, at, token }) => this.#measured((run) => run.looked(text, at ?? 0, token ?? -1)),
    drawn: ({ text, sampling, index, keep }) => this.#measured((run) => run.drawn(sampling, index, keep ?? true, text)),
    cached: ({ text }) => this.#measured((run) => run.cached(text)),
    cachedTime: ({ text, samples }) =>
      this.#measured((run) => {
        const way = (keep: boolean) =>
          timeOf({ run: (times) => run.cachedRun(text, keep, times) }, samples, () => this.#pace.now());
        return { kept: way(true), anew: way(false) };
      }),
    covered: ({ text, target }) => this.#measured((run) => run.covered(text, target ?? '')),
    coverCounts: ({ pictures }) => this.#measured((run) => run.coverCounts(pictures)),
    rolled: ({ text, given }) => this.#measured((run) => run.rolled(text, given)),
    rollErrors: ({ throws, given, steps }) => this.#measured((run) => run.rollErrors(throws, given, steps)),
    rollSpeed: ({ throws }) => this.#measured((run) => run.rollSpeed(throws)),
    rollFan: ({ x, y, count }) => this.#measured((run) => ({ places: run.rollFan(x, y, count) })),
    pairs: () => this.#measured((run) => run.pairs()),
    groups: () => this.#measured((run) => ({ groups: run.groups() })),
    reach: ({ text, at, layer }) => this.#measured((run, measures) => measures.of(run, text).reach(at, layer ?? 1)),
    terms: ({ text, at, param }) => this.#measured((run, measures) => measures.of(run, text).terms(at, param)),
    saliency: ({ text, at, token }) =>
      this.#measured((run, measures) => ({ sizes: measures.of(run, text).saliency(at, token) })),
    units: ({ text, layer }) => this.#measured((run) => run.units(text, layer ?? 1)),
    example: ({ index }) => ({ text: this.#present().run.example(index) }),
    evaluate: () =>
      this.#measured((run) => {
        const { loss, right } = run.evaluate(true);
        return { loss, right };
      }),
    evaluateAt: ({ lengths }) =>
      this.#measured((run) => ({ right: lengths.map((length) => run.evaluateAt(length).right) })),
    keep: ({ bytes }) => this.#present().keep(bytes),
    save: ({ snapshot }) => this.#present().run.save(snapshot).buffer,
    pytorch: async ({ file, model }) => {
      await this.#core.more();
      return this.#core.pytorch(new Uint8Array(file), model ?? '');
    },
    fromPyTorch: async ({ file, said }) => {
      await this.#core.more();
      return this.#core.fromPyTorch(new Uint8Array(file), said);
    },
    toPyTorch: async () => {
      await this.#core.more();
      return this.#present().run.toPyTorch();
    },
    gradcheck: async () => {
      await this.#core.more();
      return this.#present().run.gradcheck();
    },
    reader: ({ way, ...spec }) => this.#reading(spec, (reader) => readerTape(reader, way)),
    readerTime: ({ samples, ...spec }) =>
      this.#reading(spec, (reader) => ({
        milliseconds: timeOf(reader, samples, () => this.#pace.now()),
        counted: reader.counted(),
      })),
    claim: async ({ id, seed, costs, short }) => {
      const { claims } = await this.#core.more();
      const texts = claims.find((claim) => claim.id === id)?.texts ?? [];
      for (const name of texts) await this.#opening.bring(name);
      this.#claims.start(id, seed, short ?? false, costs);
    },
    stopClaim: () => this.#claims.stop(),
    study: async ({ id, watched, texts = [], ...request }) => {
      const { studies } = await this.#core.more();
      const reads = studies.find(({ name }) => name === request.study)?.reads ?? '';
      for (const name of [reads, ...texts]) await this.#opening.bring(name);
      this.#studies.start(id, request, watched);
    },
    stopStudy: ({ id }) => this.#studies.stop(id),
  };

  #training(run: RunLike, timeline?: Timeline): Training {
    return new Training(
      run,
      this.#pace,
      {
        changed: () => this.#frames.changed(),
        begun: () => this.#edited(),
        progress: (event) => {
          this.#send({ kind: 'event', name: 'progress', event });
          if (!event.running || this.#pace.now() - this.#rescuedAt >= RESCUE_MS) this.#rescue();
        },
        replay: (event) => this.#send({ kind: 'event', name: 'replay', event }),
        broke: (error, at) => {
          this.#send({ kind: 'event', name: 'broke', event: { error, at, run: this.#info() } });
        },
      },
      timeline,
    );
  }

  #show(opened: Opened): void {
    this.#dropWalk();
    this.#opened = opened;
    this.#send({ kind: 'origin', origin: opened.origin });
    this.#rescue();
  }
  #dropWalk(): void {
    this.#frames.subscribe(0, []);
    this.#walk?.free();
    this.#walk = null;
  }
  /** The run on screen makes room; how it is brought back. */
  #leave(): Parameters<Aside['replaced']>[0] | null {
    if (!this.#opened) return null;
    this.#dropWalk();
    this.#measures.drop();
    const { id, origin, training } = this.#opened;
    const { meant: step, timeline } = training;
    training.close();
    this.#opened = null;
    return { id, origin, timeline, step };
  }
  async #bringBack(to: 'before' | 'after'): Promise<void> {
    const next = this.#aside[to];
    if (!next) throw failure('state', '', `There is nothing to ${to === 'before' ? 'undo' : 'redo'}.`);
    const run = await this.#opening.begin(next.origin);
    const training = this.#training(run, this.#aside.swap(to, run, this.#leave()!));
    this.#show({ id: next.id, origin: next.origin, training });
    await training.seek(next.step);
  }
  async #recover({ origin, rescue, past, aside }: Extract<ToServer, { kind: 'recover' }>): Promise<RunInfo> {
    const run = await this.#opening.begin(origin);
    const start = { step: run.updates(), bytes: run.save(true) };
    const last = rescue ? [{ step: rescue.step, bytes: rescue.snapshot }] : [];
    const timeline = rescue ? Timeline.of(start, rescue.saved, past?.edits ?? null, last) : new Timeline(start);
    const training = this.#training(run, timeline);
    this.#lastId = past?.lastId ?? this.#lastId + 1;
    this.#aside = new Aside(aside ?? undefined);
    this.#show({ id: past?.id ?? this.#lastId, origin, training });
    if (rescue) await training.seek(rescue.step);
    this.#rescue();
    return this.#info();
  }
  /** Something new was done: what was undone before is gone for good. */
  #edited(): void {
    this.#aside.forgetUndone();
    this.#rescue();
  }
  #rescue(): void {
    if (!this.#opened) return;
    this.#rescuedAt = this.#pace.now();
    const { run, step, timeline } = this.#opened.training;
    const snapshot = run.save(true);
    const rescue = { step, snapshot, saved: timeline.saved() };
    const name = this.#pastName();
    const past = name === this.#pastSent ? null : this.#past();
    const aside = this.#aside.name === this.#asideSent ? null : this.#aside.kept();
    this.#pastSent = name;
    this.#asideSent = this.#aside.name;
    this.#send({ kind: 'rescue', rescue, past, aside }, [snapshot.buffer]);
    this.#tell();
  }
  /** Another name, another past. */
  #pastName(): string {
    const { id, training } = this.#opened!;
    return [id, training.timeline.version, this.#aside.name, this.#lastId].join();
  }
  #past(): Past {
    const { id, training } = this.#opened!;
    return { id, lastId: this.#lastId, edits: training.timeline.savedEdits() };
  }
  /** What can be undone and redone, where it is not what was told last. */
  #tell(): void {
    const { id, training } = this.#opened!;
    const { before, after } = this.#aside.edits;
    const present: Edits = { id, done: training.timeline.done, undone: training.timeline.undone };
    const edits = (run: Edits, which: 'done' | 'undone'): Done[] =>
      run[which].map(({ number, deed }) => ({ id: `${run.id}.${number}`, ...deed }));
    const opened = (run: Edits, from: Edits | undefined): Done[] =>
      from ? [{ id: String(run.id), what: 'open', run: run.id, before: from.id }] : [];
    const past: PastInfo = {
      done: [...before, present].flatMap((run, i, all) => [...opened(run, all[i - 1]), ...edits(run, 'done')]),
      undone: [...after, present].flatMap((run, i, all) => [...edits(run, 'undone'), ...opened(run, all[i + 1])]),
    };
    const told = JSON.stringify(past);
    if (told === this.#pastTold) return;
    this.#pastTold = told;
    this.#send({ kind: 'event', name: 'past', event: past });
  }

  #picture(wanted: Parameters<WalkLike['read']>[0]): Picture | null {
    if (!this.#walk || !this.#opened) return null;
    this.#walk.to(this.#position);
    const { step } = this.#opened.training;
    const gradNorm = this.#walk.gradNorm();
    const clipScale = this.#walk.clipScale();
    return { step, position: this.#position, gradNorm, clipScale, values: this.#walk.read(wanted) };
  }

  #reading<T>(spec: ReaderSpec, what: (reader: ReaderLike) => T): T {
    const reader = this.#core.reader(spec);
    try {
      return what(reader);
    } finally {
      reader.free();
    }
  }
  /** Something about the run as it is on screen, with its update. */
  #measured<T>(what: (run: RunLike, measures: Measures) => T): T & { step: number } {
    const { run, step } = this.#present();
    return { ...what(run, this.#measures), step };
  }
  #present(): Training {
    if (!this.#opened) throw failure('state', '', 'No run is open.');
    return this.#opened.training;
  }
  #tape(): Tape {
    const walk = this.#walked();
    walk.to(2 * walk.schema.forward);
    const read = (node: number, what: 'value' | 'grad') => walk.read([{ node, what }])[0]!.slice();
    const tape: Tape = { values: [], gradients: [] };
    for (const { id, gradient } of walk.schema.nodes) {
      tape.values[id] = read(id, 'value');
      tape.gradients[id] = gradient ? (read(id, 'grad') as Float32Array) : null;
    }
    return tape;
  }
  #walked(): WalkLike {
    if (!this.#walk) throw failure('state', '', 'No text has been given to walk.');
    return this.#walk;
  }
  #info(): RunInfo {
    const { id, origin, training } = this.#opened!;
    const { run, timeline, step } = training;
    return {
      id,
      settings: run.settings(),
      vocabulary: run.vocabulary,
      parameters: run.parameters,
      step,
      tip: timeline.tip,
      trainedFrom: origin.weights,
      sequences: run.sequences,
      tensors: run.tensors,
      log: timeline.log,
    };
  }
  #send(message: ToClient, transfer: ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transfer);
  }
}

/** Long arrays go over without being copied. */
function buffersOf(value: unknown): ArrayBuffer[] {
  if (value instanceof ArrayBuffer) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((part) => (part instanceof Float32Array ? [part.buffer as ArrayBuffer] : []));
}

function describe(error: unknown): CoreError {
  if (error instanceof CoreFailure) return error.error;
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'worker', node: '', message: `The core failed: ${message}` };
}
