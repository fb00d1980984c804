// What plays of a view's own clocks: one on at every beat, until there is no more, from the start again once it has ended.
import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';

interface Played<T extends string> {
  /** Milliseconds from one to the next. */
  pace: Record<T, number>;
  /** Goes one on. False: that was the last, or there is none. */
  onward(what: T): boolean;
  /** Whether it stands at its end, and what brings it back from there. */
  ended(what: T): boolean;
  rewind(what: T): void;
}
export interface Playing<T extends string> {
  now: ReadonlySignal<T | null>;
  playOrPause(what: T): void;
  stop(): void;
}

/** One of the view's clocks plays, or none. */
export function usePlaying<T extends string>(played: Played<T>): Playing<T> {
  const now = useSignal<T | null>(null);
  const latest = useRef(played);
  latest.current = played;
  const what = now.value;
  useEffect(() => {
    if (what === null) return;
    const timer = setInterval(() => {
      if (!latest.current.onward(what)) now.value = null;
    }, latest.current.pace[what]);
    return () => clearInterval(timer);
  }, [what, now]);
  return useMemo(
    () => ({
      now,
      stop: () => {
        now.value = null;
      },
      playOrPause: (what) => {
        const { ended, rewind } = latest.current;
        if (now.peek() !== what && ended(what)) rewind(what);
        now.value = now.peek() === what ? null : what;
      },
    }),
    [now],
  );
}
