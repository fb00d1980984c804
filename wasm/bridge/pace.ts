// Work in slices: about ten milliseconds or one unit of work, whichever is longer, then whatever waits in the
// message queue. A MessageChannel gives way without the 4 ms that browsers put between nested timers.

export interface Pace {
  now(): number; // milliseconds
  later(task: () => void): void;
}
export const SLICE_MS = 10;

export function messagePace(): Pace {
  const tasks: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => tasks.shift()?.();
  return {
    now: () => performance.now(),
    later: (task) => {
      tasks.push(task);
      port2.postMessage(0);
    },
  };
}

/** Calls `unit` until it says that it is done (true) or the job is cancelled; `between` after each slice. */
export class Job {
  #pace: Pace;
  #unit: () => boolean;
  #between: () => void;
  #alive = true;

  constructor(pace: Pace, unit: () => boolean, between: () => void) {
    this.#pace = pace;
    this.#unit = unit;
    this.#between = between;
    pace.later(this.#slice);
  }
  cancel(): void {
    this.#alive = false;
  }
  #slice = (): void => {
    if (!this.#alive) return;
    const end = this.#pace.now() + SLICE_MS;
    let done = false;
    do done = this.#unit();
    while (!done && this.#alive && this.#pace.now() < end);
    if (!done && this.#alive) {
      this.#between();
      this.#pace.later(this.#slice);
    }
  };
}
