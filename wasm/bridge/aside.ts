// The runs that made room for another, so that undo brings them back, and those that undo took away, so that redo does:
// the last few.

import type { RunLike } from './corelike.ts';
import { type Deed, type Saved, type SavedEdits, SNAPSHOT_BUDGET, Timeline } from './timeline.ts';
import type { Kept, KeptRuns, Origin } from './wire.ts';

const MOST = 16;

interface Run {
  id: number;
  origin: Origin;
  step: number;
  timeline: Timeline | { saved: Saved; edits: SavedEdits };
}
/** What was done to a run, as undo and redo name it. */
export interface Edits {
  id: number;
  done: readonly { number: number; deed: Deed }[];
  undone: readonly { number: number; deed: Deed }[];
}

const editsOf = ({ id, timeline }: Run): Edits =>
  timeline instanceof Timeline ? { id, done: timeline.done, undone: timeline.undone } : { id, ...timeline.edits };

export class Aside {
  #before: Run[];
  #after: Run[]; // the last of them comes back first

  constructor({ before, after }: KeptRuns = { before: [], after: [] }) {
    const runs = (kept: Kept[]): Run[] =>
      kept.map(({ saved, edits, ...run }) => ({ ...run, timeline: { saved, edits } }));
    this.#before = runs(before);
    this.#after = runs(after);
  }
  /** Another name, other runs. */
  get name(): string {
    return [...this.#before, { id: 0 }, ...this.#after].map(({ id }) => id).join();
  }
  /** The run that undo brings back, and the one that redo does. */
  get before(): Run | undefined {
    return this.#before.at(-1);
  }
  get after(): Run | undefined {
    return this.#after.at(-1);
  }
  get edits(): { before: Edits[]; after: Edits[] } {
    return { before: this.#before.map(editsOf), after: this.#after.map(editsOf) };
  }
  /** The run on screen makes room for a new one: those that were undone are gone. */
  replaced(run: Run): void {
    this.#after = [];
    this.#put(this.#before, run);
  }
  /** The one before, or after, is on screen again, as `run`, which is at its first update, in place of `present`. */
  swap(to: 'before' | 'after', run: RunLike, present: Run): Timeline {
    const [from, other] = to === 'before' ? [this.#before, this.#after] : [this.#after, this.#before];
    const { timeline } = from.pop()!;
    this.#put(other, present);
    if (!(timeline instanceof Timeline)) {
      return Timeline.of({ step: run.updates(), bytes: run.save(true) }, timeline.saved, timeline.edits, []);
    }
    timeline.shrink(SNAPSHOT_BUDGET);
    return timeline;
  }
  forgetUndone(): void {
    this.#after = [];
  }
  /** What another worker needs to bring them back. */
  kept(): KeptRuns {
    const light = (runs: Run[]): Kept[] =>
      runs.map(({ timeline, ...run }) => ({
        ...run,
        ...(timeline instanceof Timeline ? { saved: timeline.saved(), edits: timeline.savedEdits() } : timeline),
      }));
    return { before: light(this.#before), after: light(this.#after) };
  }
  #put(list: Run[], run: Run): void {
    if (run.timeline instanceof Timeline) run.timeline.shrink(SNAPSHOT_BUDGET / (2 * MOST));
    list.push(run);
    if (this.#before.length + this.#after.length > MOST) this.#before.shift();
  }
}
