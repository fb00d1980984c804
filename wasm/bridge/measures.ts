// The measure that was asked last: a panel asks of one text again and again, at other steps or other updates.

import type { MeasureLike, RunLike } from './corelike.ts';

export class Measures {
  #held: { run: RunLike; text: string; measure: MeasureLike } | null = null;

  of(run: RunLike, text: string): MeasureLike {
    if (this.#held?.run === run && this.#held.text === text) return this.#held.measure;
    const measure = run.measure(text);
    this.drop();
    this.#held = { run, text, measure };
    return measure;
  }
  drop(): void {
    this.#held?.measure.free();
    this.#held = null;
  }
}
