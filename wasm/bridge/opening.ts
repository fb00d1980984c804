// A run from whatever it is asked from: settings, shipped weights, a file. What is shipped beside the module (weights,
// and texts that are too long to be in it) is fetched when it is wanted.

import { type CoreLike, failure, type RunLike } from './corelike.ts';
import { headOf } from './head.ts';
import type { Origin } from './wire.ts';

export interface Shipped {
  weights: Record<string, () => Promise<Uint8Array>>;
  texts: Record<string, () => Promise<Uint8Array>>; // by task
}

export class Opening {
  #core: CoreLike;
  #shipped: Shipped;
  #texts = new Map<string, string>();

  constructor(core: CoreLike, shipped: Shipped) {
    this.#core = core;
    this.#shipped = shipped;
  }
  get weights(): string[] {
    return Object.keys(this.#shipped.weights);
  }

  /** A run as it was opened, at its first update. */
  async begin({ weights, file, settings, corpus }: Origin): Promise<RunLike> {
    if (weights === null && file === null) {
      return this.#core.create(settings ?? {}, corpus ?? (await this.#text(settings?.task)));
    }
    const bytes = weights === null ? new Uint8Array(file!) : await this.#bytes(weights);
    const run = this.#core.load(bytes, corpus ?? (await this.#text(headOf(bytes)?.task)));
    try {
      const own = run.settings();
      for (const [key, value] of Object.entries(settings ?? {})) if (own[key] !== value) run.set(key, value);
    } catch (error) {
      run.free();
      throw error;
    }
    return run;
  }

  async #bytes(weights: string): Promise<Uint8Array> {
    if (Object.hasOwn(this.#shipped.weights, weights)) return this.#shipped.weights[weights]!();
    const there = this.weights.join(', ') || 'none';
    throw failure('name', weights, `No weights are called ${weights}; there are: ${there}.`);
  }
  /** The text of a task whose text is not in the module. */
  async #text(task: string | undefined): Promise<string | null> {
    if (task === undefined || !Object.hasOwn(this.#shipped.texts, task)) return null;
    const text = this.#texts.get(task) ?? new TextDecoder().decode(await this.#shipped.texts[task]!());
    this.#texts.set(task, text);
    return text;
  }
}
