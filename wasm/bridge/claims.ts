// An exhibit's experiment, in slices. It runs in a worker of its own, so that the exhibit goes on undisturbed.

import { type ClaimLike, CoreFailure, type CoreLike } from './corelike.ts';
import { Costs } from './costs.ts';
import { Job, type Pace } from './pace.ts';
import type { ClaimCurve, ClaimProgress, CoreError, RowCost } from './protocol.ts';

const PROGRESS_MS = 100;
const MEANS = 60; // points of a curve
type Tell = (name: 'claim' | 'claimBroke', event: ClaimProgress | { error: CoreError }) => void;

/** Means of the losses of one contestant, as they come. */
class Curve {
  #sum = 0;
  #count = 0;
  readonly curve: ClaimCurve;

  constructor(name: string, task: string, steps: number) {
    this.curve = { name, task, steps, each: Math.max(1, Math.ceil(steps / MEANS)), losses: [] };
  }
  push(loss: number): void {
    this.#sum += loss;
    if (++this.#count < this.curve.each) return;
    this.curve.losses.push(this.#sum / this.#count);
    this.#sum = this.#count = 0;
  }
}

export class ClaimRunner {
  #core: CoreLike;
  #pace: Pace;
  #tell: Tell;
  #job: Job | null = null;
  #claim: ClaimLike | null = null;

  constructor(core: CoreLike, pace: Pace, tell: Tell) {
    this.#core = core;
    this.#pace = pace;
    this.#tell = tell;
  }

  start(id: string, seed: number, short: boolean, each: RowCost[]): void {
    this.stop();
    const claim = this.#core.claim(id, seed, short);
    this.#claim = claim;
    const began = this.#pace.now();
    let toldAt = began;
    let rows = 0;
    let last: ClaimProgress | null = null;
    const curves: Curve[] = [];
    const costs = new Costs(each);
    const tell = () => {
      toldAt = this.#pace.now();
      if (last) {
        const seconds = (toldAt - began) / 1000;
        const left = last.done ? null : costs.left(seconds);
        const fraction = last.done ? 1 : costs.done;
        this.#tell('claim', { ...last, fraction, curves: curves.map(({ curve }) => curve), seconds, left });
      }
    };
    const unit = () => {
      try {
        const { row, task, loss, ...rest } = claim.step();
        costs.spend(row, rest.rows.length > rows ? 'measured' : rest.step, rest.steps);
        last = { id, seed, ...rest, curves: [], seconds: 0, left: null };
        if (!Number.isNaN(loss)) {
          curves[row] ??= new Curve(rest.now, task, rest.steps);
          curves[row].push(loss);
        }
      } catch (error) {
        if (!(error instanceof CoreFailure)) throw error;
        this.stop();
        this.#tell('claimBroke', { error: error.error });
        return true;
      }
      if (last.rows.length > rows || last.done) tell();
      rows = last.rows.length;
      if (last.done) this.stop();
      return last.done;
    };
    this.#job = new Job(this.#pace, unit, () => {
      if (this.#pace.now() - toldAt >= PROGRESS_MS) tell();
    });
  }
  stop(): void {
    this.#job?.cancel();
    this.#job = null;
    this.#claim?.free();
    this.#claim = null;
  }
}
