// What is asked of a program that is compared, in turns with all others.

import { write } from './data.ts';

export interface Result {
  /** How far from the same worked out plainly in double, as a share of the largest number. */
  off?: number;
  loss_first?: number;
  loss_last?: number;
  /** One number that says what came out: the same in every program. */
  answer?: number;
}
export interface Turn {
  /** Milliseconds of a step, the median of this turn. */
  ms: number;
  /** Of the core: its share of the machine's multiply-add peak, in turns with the steps. */
  peak_percent?: number;
}
export interface Opened {
  turn(ms: number): Promise<Turn>;
  result(): Promise<Result>;
}
/** null: it has no such workload. */
export type Open = (workload: string) => Promise<Opened | null>;

/** Writes as `write` of data.ts does; the tokens are the answer. */
export function writing(next: Parameters<typeof write>[0]): Opened {
  let answer = 0;
  return stepped(
    async () => {
      answer = await write(next);
    },
    () => ({ answer }),
  );
}

/** Timed as `unroll bench` times: a third of a turn to warm up, a sample of something very short is the mean of several
 *  steps. */
export function stepped(step: () => unknown, result: () => Result | Promise<Result>): Opened {
  const now = () => performance.now();
  const call = async () => {
    const made = step();
    if (made instanceof Promise) await made;
  };
  return {
    async turn(ms) {
      const began = now();
      for (let calls = 0; (calls < 3 && now() - began < 1000) || now() - began < ms / 3; calls++) await call();
      const before = now();
      await call();
      const once = now() - before;
      const repeats = once > 4 ? 1 : Math.floor(4 / Math.max(once, 1e-3)) + 1;
      const samples: number[] = [];
      for (const from = now(); samples.length < 3 || now() - from < ms; ) {
        const start = now();
        for (let i = 0; i < repeats; i++) await call();
        samples.push((now() - start) / repeats);
      }
      return { ms: samples.sort((a, b) => a - b)[samples.length >> 1]! };
    },
    result: async () => result(),
  };
}

/** A program that prints the lines of `unroll bench`: every turn is a run of it. */
export function lines(run: (args: string[]) => Promise<string>): Open {
  return async (workload) => {
    let last: Result = {};
    return {
      async turn(ms) {
        const row = JSON.parse(await run(['bench', '--workload', workload, '--ms', String(ms)]));
        const { off, loss_first, loss_last, answer } = row;
        last = { off, loss_first, loss_last, answer };
        return { ms: row.ms_median, peak_percent: row.peak_percent };
      },
      result: async () => last,
    };
  };
}
