// The runs that made room for another, so that undo brings them back: the last few.

import type { RunLike } from './corelike.ts';
import { type Saved, SNAPSHOT_BUDGET, Timeline } from './timeline.ts';
import type { Kept, Origin } from './wire.ts';

const MOST = 4;

interface Run {
  id: number;
  origin: Origin;
  step: number;
  timeline: Timeline | Saved;
}

export class Aside {
  #runs: Run[];

  constructor(kept: Kept[] = []) {
    this.#runs = kept.map(({ saved, ...run }) => ({ ...run, timeline: saved }));
  }
  get size(): number {
    return this.#runs.length;
  }
  get last(): Run | undefined {
    return this.#runs.at(-1);
  }
  push(run: Run & { timeline: Timeline }): void {
    run.timeline.shrink(SNAPSHOT_BUDGET / 16);
    this.#runs.push(run);
    if (this.#runs.length > MOST) this.#runs.shift();
  }
  /** The last one is on screen again, as `run`, which is at its first update; its timeline. */
  pop(run: RunLike): Timeline {
    const { timeline } = this.#runs.pop()!;
    if (!(timeline instanceof Timeline))
      return Timeline.of({ step: run.updates(), bytes: run.save(true) }, timeline, null);
    timeline.shrink(SNAPSHOT_BUDGET);
    return timeline;
  }
  /** What another worker needs to bring them back. */
  kept(): Kept[] {
    return this.#runs.map(({ timeline, ...run }) => ({
      ...run,
      saved: timeline instanceof Timeline ? timeline.saved(true) : timeline,
    }));
  }
}
