// One run and its timeline: training, exact replay, live settings, undo and redo. One job at a time, in slices.

import { CoreFailure, failure, type RunLike } from './corelike.ts';
import { Job, type Pace } from './pace.ts';
import type { CoreError, KeptRun, Progress } from './protocol.ts';
import { Timeline } from './timeline.ts';

export interface Listener {
  /** Parameters are others than before. */
  changed(): void;
  /** The first update of a training is made: from here on it can be undone. */
  begun(): void;
  progress(progress: Progress): void;
  replay(replay: { step: number; from: number; to: number }): void;
  broke(error: CoreError, at: number): void;
}
const PROGRESS_MS = 50;
const RATE_MS = 1000;
const DENSE = 512; // points at the first distance
const ERA = 50; // updates between two looks at the validation loss, or a multiple

/** Updates between two looks at the validation loss: looking costs at most about a fifth of training. A function of
 *  the run alone, so that a replay meets the same points. */
export function validationEvery(validationSequences: number, batch: number): number {
  const updatesItCosts = validationSequences / (3 * Math.max(1, batch)); // forward only: a third of an update
  return Math.max(1, Math.ceil((5 * updatesItCosts) / ERA)) * ERA;
}

/** Ever further apart as a run goes on, twice as far whenever it is twice as long, so that there is an end of points. */
export function validationDue(step: number, every: number): boolean {
  const doublings = Math.max(0, Math.ceil(Math.log2((step + 1) / (DENSE * every))));
  return step % (every * 2 ** doublings) === 0;
}

export class Training {
  readonly run: RunLike;
  readonly timeline: Timeline;
  readonly every: number;
  #pace: Pace;
  #listener: Listener;
  #job: Job | null = null;
  #ended: (() => void)[] = []; // who waits for the present replay
  #replaying = false;
  #begun = false; // the training under way is an edit of the timeline
  #step: number;
  #meant: number; // the update that was asked for, while a replay is on its way there or was cut short
  #gradNorm = Number.NaN;
  #fresh: number[] = []; // losses not yet reported
  #reported = { tip: 0, validation: 0, at: 0 };
  #rate = { since: 0, tokens: 0, perSecond: 0 };

  constructor(run: RunLike, pace: Pace, listener: Listener, timeline?: Timeline) {
    this.run = run;
    this.#pace = pace;
    this.#listener = listener;
    this.#step = this.#meant = run.updates();
    this.timeline = timeline ?? new Timeline({ step: this.#step, bytes: run.save(true) });
    this.every = validationEvery(run.sequences.validation, Number(run.settings().batch_size ?? 1));
    this.#forget();
  }

  get step(): number {
    return this.#step;
  }
  /** The update that is on screen once what was asked for is there. */
  get meant(): number {
    return this.running ? this.#step : this.#meant;
  }
  get running(): boolean {
    return this.#job !== null && !this.#replaying;
  }

  /** At most so many updates a second, so that a class can watch a small net learn. */
  train(updates: number, perSecond = Number.POSITIVE_INFINITY): void {
    if (!(updates >= 1)) throw failure('argument', 'updates', 'Train for at least one update.');
    if (!(perSecond > 0)) throw failure('argument', 'perSecond', 'Train at more than 0 updates a second.');
    const same = this.running && this.#begun; // another pace is no other training
    this.stop();
    this.#begun = same;
    this.#forget();
    const until = this.#step + updates;
    const begun = { step: this.#step, at: this.#pace.now() };
    const early = () => begun.at + ((this.#step - begun.step) * 1000) / perSecond - this.#pace.now();
    this.#rate = { since: begun.at, tokens: 0, perSecond: 0 };
    this.#job = new Job(
      this.#pace,
      () => (early() > 0 ? early() : this.#update(until)),
      () => {
        this.#listener.changed();
        if (this.#pace.now() - this.#reported.at >= PROGRESS_MS) this.#report();
      },
    );
  }

  /** Whatever is under way ends between two updates. */
  stop(): void {
    const wasRunning = this.running;
    this.#end();
    this.#meant = this.#step;
    if (wasRunning) this.#report();
  }

  /** Resolves when this update is back, or when something else was asked for meanwhile. */
  seek(step: number): Promise<void> {
    const { first, tip } = this.timeline;
    if (!Number.isInteger(step) || step < first || step > tip) {
      throw failure('argument', 'step', `There is no update ${step} here: this run has updates ${first} to ${tip}.`);
    }
    this.stop();
    return this.#replay(step, step);
  }
  /** The present is of this timeline up to update `shared`. */
  #replay(step: number, shared: number): Promise<void> {
    this.#meant = step;
    const base = this.timeline.nearest(step);
    // It is as exact as any snapshot, if it lies nearer.
    if (this.#step > Math.min(step, shared) || this.#step < base.step) {
      this.run.restore(base.bytes);
      this.#step = base.step;
    }
    this.#apply(this.timeline.settingsAt(this.#step));
    const from = this.#step;
    if (from === step) {
      this.#listener.changed();
      return Promise.resolve();
    }
    this.#replaying = true;
    this.#job = new Job(
      this.#pace,
      () => this.#again(step),
      () => this.#listener.replay({ step: this.#step, from, to: step }),
    );
    return new Promise((resolve) => this.#ended.push(resolve));
  }

  /** A replay under way ends where it is: at an update as exact as any. */
  interrupt(): void {
    if (this.#replaying) this.#end();
  }

  set(key: string, value: string, apart = false): void {
    const before = this.run.settings()[key];
    this.run.set(key, value);
    const now = this.run.settings()[key];
    if (before === undefined || now === undefined || before === now) return;
    this.timeline.change(this.#step, key, before, now, apart);
    this.#begun = false; // what is trained from here on is another thing to take back
    this.#forget();
    this.#listener.changed();
  }

  /** False where there is nothing to take back. */
  async undo(): Promise<boolean> {
    const shown = this.meant;
    this.stop();
    const at = this.timeline.undo(shown);
    if (at === null) return false;
    this.#forget();
    await this.#replay(at, at);
    return true;
  }
  /** False where there is nothing to bring back. */
  async redo(): Promise<boolean> {
    this.stop();
    const edit = this.timeline.redo();
    if (edit === null) return false;
    this.#forget();
    await this.#replay(edit.shown, edit.at);
    return true;
  }

  /** Its past with at most so many bytes of snapshots, the present one among them. */
  keep(most: number): KeptRun {
    const { timeline, run } = this;
    const now = { step: this.#step, bytes: run.save(true) };
    const others = timeline.some(most - now.bytes.byteLength).filter(({ step }) => step !== now.step);
    const snapshots = now.step > timeline.first ? [...others, now].sort((a, b) => a.step - b.step) : others;
    return { saved: timeline.saved(), snapshots };
  }

  close(): void {
    this.#end();
    this.run.free();
  }

  #update(until: number): boolean {
    const { run, timeline } = this;
    try {
      this.#validate();
      const report = run.step();
      const first = !this.#begun;
      if (first) {
        this.#begun = true;
        timeline.branch(this.#step);
        const { validation } = this.#reported;
        Object.assign(this.#reported, {
          tip: this.#step,
          validation: Math.min(validation, timeline.validation.length),
        });
      }
      timeline.record(report.loss);
      this.#fresh.push(report.loss);
      this.#step = report.step;
      this.#gradNorm = report.gradNorm;
      this.#rate.tokens += report.tokens;
      if (timeline.snapshotDue(this.#step)) timeline.keep({ step: this.#step, bytes: run.save(true) });
      this.#validate();
      if (first) this.#listener.begun();
    } catch (error) {
      if (!(error instanceof CoreFailure)) throw error;
      this.stop();
      this.#listener.changed();
      this.#listener.broke(error.error, this.#step + 1);
      return true;
    }
    if (this.#step < until) return false;
    this.stop();
    this.#listener.changed();
    return true;
  }

  #again(to: number): boolean {
    this.#step = this.run.step().step;
    for (const change of this.timeline.changesAt(this.#step)) this.run.set(change.key, change.value);
    if (this.#step < to) return false;
    this.#end();
    this.#listener.changed();
    return true;
  }

  #validate(): void {
    const { validation, first } = this.timeline;
    const due = validationDue(this.#step, this.every) || this.#step === first;
    if (!due || (validation.at(-1)?.step ?? -1) >= this.#step || this.run.sequences.validation === 0) return;
    validation.push({ step: this.#step, loss: this.run.evaluate(true).loss });
  }

  #apply(settings: Map<string, string>): void {
    for (const [key, value] of settings) this.run.set(key, value);
  }

  #end(): void {
    this.#job?.cancel();
    this.#job = null;
    this.#replaying = false;
    for (const resolve of this.#ended.splice(0)) resolve();
  }

  #forget(): void {
    const { tip, validation } = this.timeline;
    this.#fresh = [];
    this.#reported = { tip, validation: validation.length, at: this.#pace.now() };
  }

  #report(): void {
    const { validation, tip } = this.timeline;
    const now = this.#pace.now();
    const elapsed = now - this.#rate.since;
    if (elapsed >= RATE_MS || this.#rate.perSecond === 0) {
      this.#rate.perSecond = elapsed > 0 ? (this.#rate.tokens * 1000) / elapsed : 0;
      if (elapsed >= RATE_MS) Object.assign(this.#rate, { since: now, tokens: 0 });
    }
    this.#listener.progress({
      step: this.#step,
      tip,
      from: this.#reported.tip,
      losses: this.#fresh,
      validation: validation.slice(this.#reported.validation),
      gradNorm: this.#gradNorm,
      tokensPerSecond: this.#rate.perSecond,
      running: this.running,
    });
    this.#fresh = [];
    this.#reported = { tip, validation: validation.length, at: now };
  }
}
