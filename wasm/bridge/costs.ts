// How far a claim is, in time, and how long the rest takes: its pieces are unequal, so what each takes of the whole was
// measured once (`./dev claims --costs`), and this run only says how fast this machine is.
import type { RowCost } from './protocol.ts';

const SOON = 1; // seconds of its own progress, before it is said how long it will take

export class Costs {
  #rows: RowCost[];
  #all: number;
  #spent = 0;

  constructor(rows: RowCost[]) {
    this.#rows = rows;
    this.#all = rows.flat().reduce((a, b) => a + b, 0);
  }
  /** One piece more: update `step` of `steps` of a row, or what is measured after them. */
  spend(row: number, step: number | 'measured', steps: number): void {
    const [first, others, measuring] = this.#rows[row] ?? [0, 0, 0];
    this.#spent += step === 'measured' ? measuring : step === 1 ? first : others / (steps - 1);
  }
  /** The share of the whole that is done. */
  get done(): number {
    return this.#all > 0 ? Math.min(1, this.#spent / this.#all) : 0;
  }
  /** Seconds to go after so many; null before that can be said. */
  left(seconds: number): number | null {
    return seconds < SOON || this.done === 0 ? null : (seconds / this.done) * (1 - this.done);
  }
}
