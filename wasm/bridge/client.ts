// The page's side of the bridge: calls and events over a worker, a second worker for claims and studies, frames acknowledged in
// the animation frame, and a new worker in place of one that died.

import type { Bridge, CoreError, Events, Frame, Requests, RunInfo, WalkSchema } from './protocol.ts';
import type { FrameMessage, KeptRuns, Origin, Past, Places, Rescue, ToClient, ToServer } from './wire.ts';

export interface WorkerLike {
  postMessage(message: ToServer, transfer: ArrayBuffer[]): void;
  terminate(): void;
  onmessage: ((event: { data: ToClient }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
  onmessageerror: (() => void) | null;
}
export interface Surroundings {
  spawn(): WorkerLike;
  places: Places;
  /** requestAnimationFrame, or a timer where there is none. */
  nextFrame(callback: () => void): void;
}
interface Pending {
  resolve(value: unknown): void;
  reject(error: CoreError): void;
}
type Listeners = { [K in keyof Events]: Set<(event: Events[K]) => void> };

/** What is done in a second worker, so that the exhibit goes on undisturbed; it starts with the first of these. */
const BESIDE = new Set<keyof Requests>(['claim', 'stopClaim', 'study', 'stopStudy']);
const MOST_DEATHS = 3; // without an answer in between

/** One worker and the calls that wait for it. */
class Line {
  readonly pending = new Map<number, Pending>();
  #worker: WorkerLike;
  #ids: () => number;

  constructor(
    around: Surroundings,
    ids: () => number,
    receive: (message: ToClient) => void,
    died: (why: string) => void,
    more: boolean,
  ) {
    this.#ids = ids;
    this.#worker = around.spawn();
    this.#worker.onmessage = ({ data }) => receive(data);
    this.#worker.onerror = ({ message }) => died(message ?? 'it could not be started');
    this.#worker.onmessageerror = () => died('a message could not be read');
    this.#worker.postMessage({ kind: 'init', places: around.places, more }, []);
  }
  ask(name: string, params: unknown): { id: number; reply: Promise<unknown> } {
    const id = this.#ids();
    return { id, reply: this.#post(id, { kind: 'request', id, name, params }) };
  }
  recover(origin: Origin, rescue: Rescue | null, past: Past | null, aside: KeptRuns | null): Promise<unknown> {
    const id = this.#ids();
    return this.#post(id, { kind: 'recover', id, origin, rescue, past, aside });
  }
  drawn(buffer: ArrayBuffer | null): void {
    this.#worker.postMessage({ kind: 'drawn', buffer }, buffer ? [buffer] : []);
  }
  end(error: CoreError): void {
    this.#worker.onmessage = this.#worker.onerror = this.#worker.onmessageerror = null;
    this.#worker.terminate();
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }
  #post(id: number, message: ToServer): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.#worker.postMessage(message, []);
    });
  }
}

export class Client implements Bridge {
  #around: Surroundings;
  #lastId = 0;
  #main: Line;
  #beside: Line | null = null;
  #studying = new Set<number>();
  #listeners: Listeners = {
    frame: new Set(),
    progress: new Set(),
    replay: new Set(),
    past: new Set(),
    broke: new Set(),
    claim: new Set(),
    claimBroke: new Set(),
    studying: new Set(),
    studied: new Set(),
    studyBroke: new Set(),
    replaced: new Set(),
  };
  #closed: CoreError | null = null;
  #deaths = 0;
  #held: ArrayBuffer | null = null; // of the frame on screen
  #subscription = 0;
  #origin: Origin | null = null;
  #rescue: Rescue | null = null;
  #past: Past | null = null;
  #aside: KeptRuns | null = null;
  /** What a new worker is asked so that the page sees what it saw. */
  #seen: { walk?: Requests['walk'][0]; goto?: Requests['goto'][0]; subscribe?: Requests['subscribe'][0] } = {};

  constructor(around: Surroundings) {
    this.#around = around;
    this.#main = this.#open();
  }

  call<K extends keyof Requests>(
    name: K,
    ...params: Requests[K][0] extends void ? [] : [Requests[K][0]]
  ): Promise<Requests[K][1]> {
    if (this.#closed) return Promise.reject(this.#closed);
    const line = BESIDE.has(name) ? this.#besideLine(name) : this.#main;
    if (!line) return Promise.resolve(undefined as Requests[K][1]);
    const { id, reply } = line.ask(name, params[0]);
    if (name === 'study' || name === 'stopStudy') {
      const { id: of } = params[0] as { id: number };
      if (name === 'study') this.#studying.add(of);
      else this.#studying.delete(of);
      reply.catch(() => this.#studying.delete(of)); // refused
    }
    if (name === 'subscribe') {
      this.#subscription = id;
      this.#seen.subscribe = params[0] as Requests['subscribe'][0];
    }
    if (name === 'goto') this.#seen.goto = params[0] as Requests['goto'][0];
    if (name !== 'walk') return reply as Promise<Requests[K][1]>;
    return reply.then((schema) => {
      const { text, pair } = schema as WalkSchema;
      this.#seen.walk = pair ? { text, target: pair.target } : { text };
      return schema as Requests[K][1];
    });
  }

  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): () => void {
    this.#listeners[name].add(listener);
    return () => this.#listeners[name].delete(listener);
  }

  close(): void {
    this.#closed = { code: 'state', node: '', message: 'The bridge is closed.' };
    this.#main.end(this.#closed);
    this.#beside?.end(this.#closed);
  }

  #open(): Line {
    const line: Line = new Line(
      this.#around,
      () => ++this.#lastId,
      (message) => this.#receive(line, message),
      (why) => this.#died(why),
      false,
    );
    return line;
  }
  #besideLine(name: keyof Requests): Line | null {
    if (!this.#beside && (name === 'claim' || name === 'study')) {
      const line: Line = new Line(
        this.#around,
        () => ++this.#lastId,
        (message) => this.#receive(line, message),
        (why) => this.#besideDied(why),
        true,
      );
      this.#beside = line;
    }
    return this.#beside;
  }

  #receive(line: Line, message: ToClient): void {
    switch (message.kind) {
      case 'reply':
        this.#deaths = 0;
        line.pending.get(message.id)?.resolve(message.value);
        line.pending.delete(message.id);
        break;
      case 'error':
        line.pending.get(message.id)?.reject(message.error);
        line.pending.delete(message.id);
        break;
      case 'event':
        if (message.name === 'studied' || message.name === 'studyBroke') {
          this.#studying.delete((message.event as { id: number }).id);
        }
        this.#emit(message.name, message.event as Events[typeof message.name]);
        break;
      case 'frame':
        this.#frame(line, message.frame);
        break;
      case 'origin':
        this.#origin = message.origin;
        break;
      case 'rescue':
        this.#rescue = message.rescue;
        if (message.past) this.#past = message.past;
        if (message.aside) this.#aside = message.aside;
        break;
      case 'died':
        if (line === this.#main) this.#died(message.message);
        else this.#besideDied(message.message);
        break;
      case 'failed':
        if (line === this.#main) this.#fail(message.error);
        else this.#besideDied(message.error.message);
        break;
    }
  }
  #emit<K extends keyof Events>(name: K, event: Events[K]): void {
    for (const listener of this.#listeners[name]) listener(event);
  }

  #frame(line: Line, message: FrameMessage): void {
    let back: ArrayBuffer | null = message.buffer;
    // Answers to a subscription that is no longer in force have another order: what is on screen stays there.
    if (message.subscription === this.#subscription) {
      back = this.#held;
      this.#held = message.buffer;
      this.#emit('frame', unpack(message));
    }
    this.#around.nextFrame(() => {
      if (line === this.#main && !this.#closed) line.drawn(back);
    });
  }

  /** Without a core there is nothing to call: every call says why. */
  #fail(error: CoreError): void {
    this.#closed = error;
    this.#main.end(error);
  }
  #died(why: string): void {
    const error = { code: 'worker', node: '', message: `The core's worker stopped (${why}); a new one takes over.` };
    this.#main.end(error);
    this.#held = null;
    if (++this.#deaths > MOST_DEATHS) {
      this.#closed = {
        ...error,
        message: `The core's worker stopped ${MOST_DEATHS} times (${why}). Load the page again.`,
      };
      return;
    }
    this.#main = this.#open();
    if (this.#origin) void this.#restore(this.#main, this.#origin);
  }
  async #restore(line: Line, origin: Origin): Promise<void> {
    const { walk, goto, subscribe } = this.#seen;
    try {
      const { run } = (await line.recover(origin, this.#rescue, this.#past, this.#aside)) as { run: RunInfo };
      if (walk) await line.ask('walk', walk).reply;
      if (goto) await line.ask('goto', goto).reply;
      if (subscribe) {
        const { id, reply } = line.ask('subscribe', subscribe);
        this.#subscription = id;
        await reply;
      }
      this.#emit('replaced', { run });
    } catch (error) {
      // Where it died again, the next worker tries.
      if (line === this.#main) this.#closed = error as CoreError;
    }
  }
  #besideDied(why: string): void {
    const error = { code: 'worker', node: '', message: `The worker beside the run stopped (${why}).` };
    this.#beside?.end(error);
    this.#beside = null;
    this.#emit('claimBroke', { error });
    for (const id of this.#studying) this.#emit('studyBroke', { id, error });
    this.#studying.clear();
  }
}

function unpack({ step, position, gradNorm, clipScale, layout, buffer }: FrameMessage): Frame {
  const values = layout.map(({ offset, length, index }) =>
    index ? new Int32Array(buffer, offset, length) : new Float32Array(buffer, offset, length),
  );
  return { step, position, gradNorm, clipScale, values };
}
