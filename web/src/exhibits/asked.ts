// What a view asks of the core about the run on screen: asked again when the run, its update or the question changed, one
// at a time; what stands is the last that came.
import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { CoreError } from '../../../wasm/bridge/protocol';
import type { Store } from '../session/create';
import { latest } from '../session/latest';

export interface Asked<T> {
  now: ReadonlySignal<T | null>;
  problem: ReadonlySignal<CoreError | null>;
}

/** key: what the question hangs on beside the run and its update. */
export function useAsked<T>(store: Store, key: string, ask: () => Promise<T>): Asked<T> {
  const now = useSignal<T | null>(null);
  const problem = useSignal<CoreError | null>(null);
  const alive = useSignal(true);
  const go = useMemo(
    () =>
      latest(async (call: () => Promise<T>) => {
        try {
          const found = await call();
          if (!alive.peek()) return;
          now.value = found;
          problem.value = null;
        } catch (error) {
          if (!alive.peek()) return;
          now.value = null;
          problem.value = error as CoreError;
        }
      }),
    [store],
  );
  useEffect(
    () => () => {
      alive.value = false;
    },
    [],
  );
  const { run, step } = store.session;
  const [id, update] = [run.value?.id, step.value];
  useEffect(() => {
    if (id !== undefined) go(ask);
  }, [id, update, key]);
  return { now, problem };
}
