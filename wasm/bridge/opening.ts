// A run from whatever it is asked from: settings, shipped weights, a file. What is shipped beside the module (weights,
// and texts that are too long to be in it) is fetched when it is wanted.

import { type CoreLike, failure, type RunLike } from './corelike.ts';
import { headOf } from './head.ts';
import type { Origin } from './wire.ts';

export interface Shipped {
  weights: Record<string, () => Promise<Uint8Array>>;
  texts: Record<string, () => Promise<Uint8Array>>; // by name
}

export class Opening {
  #core: CoreLike;
  #shipped: Shipped;
  #brought = new Set<string>();

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
      if (corpus === null) await this.bring(this.#core.textOf(settings ?? {}));
      return this.#core.create(settings ?? {}, corpus);
    }
    const bytes = weights === null ? new Uint8Array(file!) : await this.#bytes(weights);
    if (corpus === null) await this.bring(this.#textOf(bytes));
    const run = this.#core.load(bytes, corpus);
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
  /** The text that a file's task comes with; what is wrong with the file is told when it is loaded. */
  #textOf(file: Uint8Array): string {
    const settings = headOf(file)?.settings;
    try {
      return settings ? this.#core.textOf(settings) : '';
    } catch {
      return '';
    }
  }
  /** A text that is not in the module goes there, once. */
  async bring(name: string): Promise<void> {
    if (this.#brought.has(name) || !Object.hasOwn(this.#shipped.texts, name)) return;
    this.#core.bring(name, await this.#shipped.texts[name]!());
    this.#brought.add(name);
  }
}
