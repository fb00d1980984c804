// One run's past: the losses seen, the live settings changed and when, and snapshots from which any update is
// brought back by exact replay. Nothing here computes or waits. What a change throws away (a future, a log) is kept
// in an edit, so that undo brings it back.
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
/** The present log and everything after step `at`, as they were before a change. */
interface Edit {
  at: number;
  key: string | null; // of a setting that was changed; null: trained on from the past
  log: Change[];
  curve: LossCurve;
  validation: Point[];
  snapshots: Snapshot[];
}

/** A timeline without its snapshots, as it goes over the port: every update of it can be replayed. */
export interface Saved {
  curve: CurveData;
  validation: Point[];
  log: Change[];
  initial: [string, string][];
  edits: { at: number; key: string | null; log: Change[]; curve: CurveData; validation: Point[] }[];
}

export const SNAPSHOT_BUDGET = 64 * 2 ** 20;
export const SNAPSHOT_EVERY = 10;
const MOST_SNAPSHOTS = 512;
const MOST_EDITS = 64;

const sizeOf = (snapshots: readonly Snapshot[]) => snapshots.reduce((sum, s) => sum + s.bytes.byteLength, 0);

export class Timeline {
  curve: LossCurve;
  validation: Point[] = [];
  log: Change[] = [];
  readonly first: number; // the earliest update that can be brought back
  #snapshots: Snapshot[];
  #edits: Edit[] = [];
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
  get canUndo(): boolean {
    return this.#edits.length > 0;
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
   *  update is one change. */
  change(step: number, key: string, from: string, value: string): void {
    const last = this.#edits.at(-1);
    const again = last?.key === key && last.at === step && this.tip === step;
    if (!again) this.#edit(step, key);
    if (!this.#initial.has(key)) this.#initial.set(key, from);
    this.log = this.log.filter((change) => change.step !== step || change.key !== key);
    this.log.push({ step, key, value });
  }
  /** Training goes on from here. */
  branch(step: number): void {
    if (step < this.tip) this.#edit(step, null);
  }
  /** Takes the last edit back; the update at which it was made, which the caller brings on screen. */
  undo(): number | null {
    const edit = this.#edits.pop();
    if (!edit) return null;
    this.#version++;
    this.#cut(edit.at);
    this.log = edit.log;
    this.curve = edit.curve;
    this.validation.push(...edit.validation);
    this.#snapshots.push(...edit.snapshots);
    return edit.at;
  }

  /** A smaller budget, for a run that was replaced and waits to be brought back. */
  shrink(budget: number): void {
    this.#budget = budget;
    this.#thin();
  }
  /** That of a run which another worker had begun; last: where it stood, if that is known. */
  static of(start: Snapshot, saved: Saved, last: Snapshot | null): Timeline {
    const timeline = new Timeline(start);
    timeline.curve = LossCurve.of(saved.curve);
    timeline.validation = saved.validation;
    timeline.log = saved.log;
    timeline.#initial = new Map(saved.initial);
    timeline.#edits = saved.edits.map((edit) => ({ ...edit, curve: LossCurve.of(edit.curve), snapshots: [] }));
    if (last && last.step > start.step) timeline.#snapshots.push(last);
    return timeline;
  }
  /** With its edits, or without, where they are known to be as they were. */
  saved(edits: boolean): Saved {
    const { curve, validation, log } = this;
    const kept = edits ? this.#edits : [];
    return {
      curve: curve.data(),
      validation,
      log,
      initial: [...this.#initial],
      edits: kept.map(({ at, key, log, curve, validation }) => ({ at, key, log, curve: curve.data(), validation })),
    };
  }
  /** Another number, other edits. */
  get version(): number {
    return this.#version;
  }

  #edit(at: number, key: string | null): void {
    this.#version++;
    const { log } = this;
    const curve = this.curve.copy();
    this.#edits.push({ at, key, log, curve, ...this.#cut(at) });
    if (this.#edits.length > MOST_EDITS) this.#edits.shift();
  }
  /** Takes away all that is after this update. The log keeps what was changed at it. */
  #cut(at: number): Pick<Edit, 'validation' | 'snapshots'> {
    const split = <T extends { step: number }>(list: T[]): [T[], T[]] => [
      list.filter((x) => x.step <= at),
      list.filter((x) => x.step > at),
    ];
    const [seen, validation] = split(this.validation);
    const [kept, snapshots] = split(this.#snapshots);
    this.validation = seen;
    this.#snapshots = kept;
    this.log = split(this.log)[0];
    this.curve.cut(at);
    return { validation, snapshots };
  }

  #thin(): void {
    while (this.bytes > this.#budget || this.#snapshots.length > MOST_SNAPSHOTS) {
      // Old futures can be replayed too: they may hold a quarter.
      const old = this.#edits.find((edit) => edit.snapshots.length > 0);
      const oldBytes = this.bytes - sizeOf(this.#snapshots);
      if (old && (oldBytes > this.#budget / 4 || this.#snapshots.length <= 2)) old.snapshots.shift();
      else if (this.#snapshots.length > 2) this.#snapshots.splice(this.#leastMissed(), 1);
      else return;
    }
  }
  #leastMissed(): number {
    const steps = this.steps;
    const tip = steps.at(-1)!;
    let least = 1;
    let smallest = Number.POSITIVE_INFINITY;
    for (let i = 1; i < steps.length - 1; i++) {
      const score = (steps[i + 1]! - steps[i - 1]!) / (tip - steps[i]! + SNAPSHOT_EVERY);
      if (score < smallest) {
        smallest = score;
        least = i;
      }
    }
    return least;
  }
}
