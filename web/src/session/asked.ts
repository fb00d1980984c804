// A study for as long as somebody looks at it, asked for anew whenever what it is of has changed.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type { CoreError, Study, StudyRequest } from '../../../wasm/bridge/protocol';
import { latest } from './latest';
import type { Watching } from './studies';

/** A study with what it was asked for. */
export interface Known {
  key: string;
  study: Study;
}
export interface Asked {
  found: ReadonlySignal<Known | null>;
  /** Is it of what is on screen? */
  fresh: ReadonlySignal<boolean>;
  /** Until the function that it gives is called. */
  watch(): () => void;
}
export interface Asking {
  study(request: StudyRequest, watching?: Watching): Promise<Study>;
}

/** Only once what it is of stays as it is (`moving`); one that is not wanted any more is stopped. What is wrong with it,
 *  another has said. */
export function watched(store: Asking, request: () => StudyRequest, moving: ReadonlySignal<boolean>): Asked {
  const found = signal<Known | null>(null);
  const key = computed(() => JSON.stringify(request()));
  const watch = () => {
    let stop: AbortController | null = null;
    const off = effect(() => {
      const mine = key.value;
      if (moving.value || found.peek()?.key === mine) return;
      stop?.abort();
      const mark = new AbortController();
      stop = mark;
      store.study(JSON.parse(mine), { signal: mark.signal }).then(
        (study) => {
          if (!mark.signal.aborted) found.value = { key: mine, study };
        },
        () => {},
      );
    });
    return () => {
      stop?.abort();
      off();
    };
  };
  return { found, fresh: computed(() => found.value?.key === key.value), watch };
}

/** As fast as it comes, one after the other, while something is dragged too; `came` once it is there, and what is wrong is
 *  told. */
export function followed(
  store: Asking,
  request: () => StudyRequest,
  problem: Signal<CoreError | null>,
  came: () => void,
): Asked {
  const found = signal<Known | null>(null);
  const key = computed(() => JSON.stringify(request()));
  const ask = latest(async (mine: string) => {
    try {
      const study = await store.study(JSON.parse(mine));
      batch(() => {
        problem.value = null;
        found.value = { key: mine, study };
        came();
      });
    } catch (error) {
      problem.value = error as CoreError;
    }
  });
  const watch = () =>
    effect(() => {
      const mine = key.value;
      untracked(() => ask(mine));
    });
  return { found, fresh: computed(() => found.value?.key === key.value), watch };
}
