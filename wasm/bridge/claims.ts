// An exhibit's experiment, in slices. It runs in a worker of its own, so that the exhibit goes on undisturbed.

import { type ClaimLike, CoreFailure, type CoreLike } from './corelike.ts';
import { Job, type Pace } from './pace.ts';
import type { ClaimProgress, CoreError } from './protocol.ts';

const PROGRESS_MS = 100;
type Tell = (name: 'claim' | 'claimBroke', event: ClaimProgress | { error: CoreError }) => void;

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

  start(id: string, seed: number, short: boolean): void {
    this.stop();
    const claim = this.#core.claim(id, seed, short);
    this.#claim = claim;
    const began = this.#pace.now();
    let toldAt = began;
    let rows = 0;
    let last: ClaimProgress | null = null;
    const tell = () => {
      toldAt = this.#pace.now();
      if (last) this.#tell('claim', last);
    };
    const unit = () => {
      try {
        const report = claim.step();
        last = { id, seed, ...report, seconds: (this.#pace.now() - began) / 1000 };
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
