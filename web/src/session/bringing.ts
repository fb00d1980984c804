// A past update that is being brought back: how far it is, how long it will take by its own rate so far, and whether
// that is so long that whoever waits for it is asked first.
import { signal } from '@preact/signals';

export interface Bringing {
  to: number; // the update that is brought back
  from: number;
  step: number;
  seconds: number; // that are left
  asking: boolean; // it waits for an answer, at this step
}

const MEASURED = 500; // ms before anything is said
const LONG = 60; // s, from which on it asks
const SHORT = 1; // s, up to which it is not worth a word

export function createBringing(now: () => number = () => performance.now()) {
  const shown = signal<Bringing | null>(null);
  let job: { to: number; first: number; from: number; at: number; allowed: boolean } | null = null;
  let answer: (go: boolean) => void = () => {};
  let question: Promise<boolean> | null = null;

  function end(): void {
    job = null;
    shown.value = null;
    answer(false);
  }
  return {
    shown,
    /** It is at this update. True: it would take long, and stops until asked() is answered. */
    seen(step: number, to: number): boolean {
      if (shown.peek()?.asking) return false; // what was under way still ends
      if (job?.to !== to || step < job.from) {
        end();
        job = { to, first: step, from: step, at: now(), allowed: false };
      }
      const { first, from, at, allowed } = job;
      const spent = now() - at;
      if (step <= from || spent < MEASURED) return false;
      const seconds = ((to - step) * spent) / (step - from) / 1000;
      const asking = !allowed && seconds > LONG;
      if (shown.peek() || seconds >= SHORT) shown.value = { to, from: first, step, seconds, asking };
      if (asking) {
        question = new Promise((resolve) => {
          answer = resolve;
        });
      }
      return asking;
    },
    /** Where it stands by now, since to stop takes an update or two. */
    stands(step: number): void {
      const now = shown.peek();
      if (now?.asking) shown.value = { ...now, step };
    },
    /** True: what it asked since it was last heard is wanted all the same. */
    asked(): Promise<boolean> {
      const last = question ?? Promise.resolve(false);
      question = null;
      return last;
    },
    go(): void {
      const last = shown.peek();
      if (!job || !last?.asking) return;
      job = { ...job, from: last.step, at: now(), allowed: true };
      shown.value = { ...last, asking: false };
      answer(true);
    },
    end,
  };
}
export type BringingBack = ReturnType<typeof createBringing>;
