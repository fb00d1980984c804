// How far a claim is, in time, and how long the rest takes: its pieces are unequal, so what each takes of the whole was
// measured once (`./dev claims --costs`), and this run only says how fast this machine has been of late.
import type { RowCost } from './protocol.ts';

const SOON = 1; // seconds of its own progress, before it is said how long it will take
const LATELY = 4; // seconds, or a third of all: a machine gets slower and faster

interface Mark {
  seconds: number;
  spent: number;
}
export class Costs {
  #rows: RowCost[];
  #all: number;
  #spent = 0;
  #marks: Mark[] = [{ seconds: 0, spent: 0 }];

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
  /** Seconds to go after so many, of which none may be fewer than before; null before that can be said. */
  left(seconds: number): number | null {
    const marks = this.#marks;
    const since = seconds - Math.max(LATELY, seconds / 3);
    marks.push({ seconds, spent: this.#spent });
    while (marks[1] && marks[1].seconds <= since) marks.shift();
    const from = marks[0] as Mark;
    const lately = (this.#spent - from.spent) / (seconds - from.seconds);
    const speed = lately > 0 ? lately : this.#spent / seconds; // one long piece
    return seconds < SOON || !(speed > 0) ? null : Math.max(0, this.#all - this.#spent) / speed;
  }
}
