// One run's past: the losses seen, the live settings changed and when, and snapshots from which any update is
// brought back by exact replay. Nothing here computes or waits. What an edit throws away (a future, a log) is kept
// in it, so that undo brings it back; undone, it keeps what undo threw away, for redo.
//
// Snapshots share a budget of bytes. When it is full, the one goes whose absence leaves the smallest gap for its
// distance from the tip, so that gaps widen evenly into the past. The first and the last always stay. Which ones
// stay depends on nothing but the steps recorded.

import { type CurveData, LossCurve } from './curve.ts';

export interface Point {
  step: number;
  loss: number;
}
export interface Change {
  step: number; // in force from update step + 1 on
  key: string;
  value: string;
}
export interface Snapshot {
  step: number;
  bytes: Uint8Array<ArrayBuffer>;
}
/** What was done: a live setting changed, or trained. */
export type Deed = { what: 'set'; key: string; from: string; to: string } | { what: 'train'; updates: number };
/** A deed, and the other side of it: the log and everything after update `at`, as they were before it or, of one that
 *  is undone, after it. */
interface Edit {
  number: number; // from 1, never given twice
  at: number;
  deed: Deed;
  log: Change[];
  curve: LossCurve;
  validation: Point[];
  snapshots: Snapshot[];
  shown: number; // the update that was on screen when it was undone
}

/** Edits as they go over the port. */
export interface SavedEdits {
  last: number; // number given
  done: SavedEdit[];
  undone: SavedEdit[];
}
type SavedEdit = Omit<Edit, 'curve' | 'snapshots'> & { curve: CurveData };
/** A timeline without its snapshots, as it goes over the port: every update of it can be replayed. */
export interface Saved {
  curve: CurveData;
  validation: Point[];
  log: Change[];
  initial: [string, string][];
}

export const SNAPSHOT_BUDGET = 64 * 2 ** 20;
export const SNAPSHOT_EVERY = 10;
const MOST_SNAPSHOTS = 512;
const MOST_EDITS = 128;

const sizeOf = (snapshots: readonly Snapshot[]) => snapshots.reduce((sum, s) => sum + s.bytes.byteLength, 0);

export class Timeline {
  curve: LossCurve;
  validation: Point[] = [];
  log: Change[] = [];
  readonly first: number; // the earliest update that can be brought back
  #snapshots: Snapshot[];
  #done: Edit[] = [];
  #undone: Edit[] = []; // the last of them is redone first
  #lastEdit = 0;
  #moving = false; // the last edit is a setting that is still being moved
  #initial = new Map<string, string>(); // of settings in the log: value at `first`
  #budget: number;
  #version = 0;

  constructor(start: Snapshot, budget = SNAPSHOT_BUDGET) {
    this.first = start.step;
    this.curve = new LossCurve(start.step);
    this.#snapshots = [start];
    this.#budget = budget;
  }

  get tip(): number {
    return this.curve.tip;
  }
  get bytes(): number {
    return sizeOf(this.#snapshots) + this.#edits.reduce((sum, edit) => sum + sizeOf(edit.snapshots), 0);
  }
  get #edits(): Edit[] {
    return [...this.#done, ...this.#undone];
  }
  /** What undo takes back, the last first to go. */
  get done(): { number: number; deed: Deed }[] {
    this.#count();
    return this.#done.map(({ number, deed }) => ({ number, deed }));
  }
  /** What redo brings back, the last first. */
  get undone(): { number: number; deed: Deed }[] {
    return this.#undone.map(({ number, deed }) => ({ number, deed }));
  }
  get steps(): number[] {
    return this.#snapshots.map((s) => s.step);
  }

  /** The loss of the update after the tip. */
  record(loss: number): void {
    this.curve.push(loss);
  }
  snapshotDue(step: number): boolean {
    return step % SNAPSHOT_EVERY === 0 && this.#snapshots.at(-1)!.step < step;
  }
  keep(snapshot: Snapshot): void {
    this.#snapshots.push(snapshot);
    this.#thin();
  }
  /** The last snapshot at or before this update. */
  nearest(step: number): Snapshot {
    return this.#snapshots.findLast((s) => s.step <= step) ?? this.#snapshots[0]!;
  }

  /** Settings of the log, with the values in force for update step + 1. */
  settingsAt(step: number): Map<string, string> {
    const values = new Map(this.#initial);
    for (const change of this.log) if (change.step <= step) values.set(change.key, change.value);
    return values;
  }
  changesAt(step: number): Change[] {
    return this.log.filter((change) => change.step === step);
  }

  /** A live setting was changed at this update: what came after it no longer follows. Moving one control on at one
   *  update is one change; what is done apart is one of its own. */
  change(step: number, key: string, from: string, to: string, apart = false): void {
    const last = this.#done.at(-1);
    const here = this.#moving && !apart && last?.at === step && this.tip === step;
    if (here && last.deed.what === 'set' && last.deed.key === key) {
      last.deed = { ...last.deed, to };
      this.#version++;
    } else this.#edit(step, { what: 'set', key, from, to });
    this.#moving = !apart;
    if (!this.#initial.has(key)) this.#initial.set(key, from);
    this.log = this.log.filter((change) => change.step !== step || change.key !== key);
    this.log.push({ step, key, value: to });
  }
  /** Training goes on from here. */
  branch(step: number): void {
    this.#edit(step, { what: 'train', updates: 0 });
  }
  /** Takes the last edit back; the update at which it was made, which the caller brings on screen in place of `shown`. */
  undo(shown: number): number | null {
    this.#count();
    const edit = this.#done.pop();
    if (!edit) return null;
    this.#undone.push(edit);
    this.#swap(edit);
    edit.shown = shown;
    return edit.at;
  }
  /** Brings back what was undone last: from which update on all is another, and the one that was on screen. */
  redo(): { at: number; shown: number } | null {
    const edit = this.#undone.pop();
    if (!edit) return null;
    this.#done.push(edit);
    this.#swap(edit);
    return edit;
  }
  /** Nothing can be redone any more. */
  forgetUndone(): void {
    if (this.#undone.length > 0) this.#version++;
    this.#undone = [];
  }

  /** A smaller budget, for a run that was replaced and waits to be brought back. */
  shrink(budget: number): void {
    this.#budget = budget;
    this.#thin();
  }
  /** That of a run which another worker had begun, with what is known of its snapshots. */
  static of(start: Snapshot, saved: Saved, edits: SavedEdits | null, snapshots: readonly Snapshot[]): Timeline {
    const timeline = new Timeline(start);
    timeline.curve = LossCurve.of(saved.curve);
    timeline.validation = saved.validation;
    timeline.log = saved.log;
    timeline.#initial = new Map(saved.initial);
    const whole = (list: SavedEdit[]): Edit[] =>
      list.map((edit) => ({ ...edit, curve: LossCurve.of(edit.curve), snapshots: [] }));
    timeline.#lastEdit = edits?.last ?? 0;
    timeline.#done = whole(edits?.done ?? []);
    timeline.#undone = whole(edits?.undone ?? []);
    timeline.#snapshots.push(...snapshots.filter(({ step }) => step > start.step));
    return timeline;
  }
  /** As many of its snapshots as fit, spread as it spreads them; without the first, which its origin gives. */
  some(most: number): Snapshot[] {
    const some = [...this.#snapshots];
    while (some.length > 2 && sizeOf(some.slice(1)) > most) some.splice(leastMissed(some), 1);
    return sizeOf(some.slice(1)) > most ? [] : some.slice(1);
  }
  saved(): Saved {
    const { curve, validation, log } = this;
    return { curve: curve.data(), validation, log, initial: [...this.#initial] };
  }
  savedEdits(): SavedEdits {
    this.#count();
    const light = (list: Edit[]): SavedEdit[] =>
      list.map(({ curve, snapshots: _, ...edit }) => ({ ...edit, curve: curve.data() }));
    return { last: this.#lastEdit, done: light(this.#done), undone: light(this.#undone) };
  }
  /** Another number, other edits. */
  get version(): number {
    return this.#version;
  }

  #edit(at: number, deed: Deed): void {
    this.#count();
    this.forgetUndone();
    this.#version++;
    this.#moving = false;
    const { log } = this;
    const curve = this.curve.copy();
    this.#done.push({ number: ++this.#lastEdit, at, deed, log, curve, ...this.#cut(at), shown: at });
    this.curve.cut(at);
    this.log = log.filter((change) => change.step <= at);
    if (this.#done.length > MOST_EDITS) this.#done.shift();
  }
  /** Training is the last edit as long as it goes on: so far, so many updates. */
  #count(): void {
    const last = this.#done.at(-1);
    if (last?.deed.what === 'train') last.deed = { what: 'train', updates: this.tip - last.at };
  }
  /** What the edit holds against what is here. */
  #swap(edit: Edit): void {
    this.#version++;
    this.#moving = false;
    const { log, curve, validation, snapshots } = edit;
    Object.assign(edit, { log: this.log, curve: this.curve, ...this.#cut(edit.at) });
    this.log = log;
    this.curve = curve;
    this.validation.push(...validation);
    this.#snapshots.push(...snapshots);
  }
  /** Takes away what was seen and kept after this update. */
  #cut(at: number): Pick<Edit, 'validation' | 'snapshots'> {
    const split = <T extends { step: number }>(list: T[]): [T[], T[]] => [
      list.filter((x) => x.step <= at),
      list.filter((x) => x.step > at),
    ];
    const [seen, validation] = split(this.validation);
    const [kept, snapshots] = split(this.#snapshots);
    this.validation = seen;
    this.#snapshots = kept;
    return { validation, snapshots };
  }

  #thin(): void {
    while (this.bytes > this.#budget || this.#snapshots.length > MOST_SNAPSHOTS) {
      // Old futures can be replayed too: they may hold a quarter.
      const old = this.#edits.find((edit) => edit.snapshots.length > 0);
      const oldBytes = this.bytes - sizeOf(this.#snapshots);
      if (old && (oldBytes > this.#budget / 4 || this.#snapshots.length <= 2)) old.snapshots.shift();
      else if (this.#snapshots.length > 2) this.#snapshots.splice(leastMissed(this.#snapshots), 1);
      else return;
    }
  }
}

function leastMissed(snapshots: readonly Snapshot[]): number {
  const tip = snapshots.at(-1)!.step;
  let least = 1;
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < snapshots.length - 1; i++) {
    const score = (snapshots[i + 1]!.step - snapshots[i - 1]!.step) / (tip - snapshots[i]!.step + SNAPSHOT_EVERY);
    if (score < smallest) {
      smallest = score;
      least = i;
    }
  }
  return least;
}
