// Work in slices: about ten milliseconds or one unit of work, whichever is longer, then whatever waits in the
// message queue. A MessageChannel gives way without the 4 ms that browsers put between nested timers.

export interface Pace {
  now(): number; // milliseconds
  later(task: () => void): void;
  after(ms: number, task: () => void): void;
}
/** What a unit of work says: done (true), more to do (false), or nothing to do for so many milliseconds. */
export type Unit = () => boolean | number;
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
    after: (ms, task) => void setTimeout(task, ms),
  };
}

/** Calls `unit` until it says that it is done or the job is cancelled; `between` after each slice. */
export class Job {
  #pace: Pace;
  #unit: Unit;
  #between: () => void;
  #alive = true;

  constructor(pace: Pace, unit: Unit, between: () => void) {
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
    let said: boolean | number = false;
    do said = this.#unit();
    while (said === false && this.#alive && this.#pace.now() < end);
    if (said === true || !this.#alive) return;
    this.#between();
    if (said === false) this.#pace.later(this.#slice);
    else this.#pace.after(said, this.#slice);
  };
}
