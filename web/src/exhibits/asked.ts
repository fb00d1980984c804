// What a view asks of the core about the run on screen: asked again when the run, its update or the question changed, one
// at a time, and while it trains not all the time; what stands is the last that came.
import { batch, type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { CoreError } from '../../../wasm/bridge/protocol';
import type { Store } from '../session/create';
import { latest } from '../session/latest';
import { rest } from '../session/rest';

export interface Asked<T> {
  now: ReadonlySignal<T | null>;
  problem: ReadonlySignal<CoreError | null>;
  /** What stands answers what is asked now: before that it is of another question, and nobody is judged by it. */
  settled: boolean;
}

/** key: what the question hangs on beside the run and its update. */
export function useAsked<T>(store: Store, key: string, ask: () => Promise<T>): Asked<T> {
  const now = useSignal<T | null>(null);
  const problem = useSignal<CoreError | null>(null);
  const alive = useSignal(true);
  const last = useRef(''); // what is asked for by now
  const answered = useSignal(''); // what `now` is of
  const go = useMemo(
    () =>
      latest(async ({ of, ask: call }: { of: string; ask: () => Promise<T> }) => {
        const began = performance.now();
        try {
          const found = await call();
          if (!alive.peek()) return;
          batch(() => {
            now.value = found;
            answered.value = of;
            problem.value = null;
          });
        } catch (error) {
          if (!alive.peek()) return;
          now.value = null;
          problem.value = error as CoreError;
        }
        const atOnce = () => !alive.peek() || !store.session.training.peek().running || last.current !== of;
        await rest(performance.now() - began, atOnce);
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
  const of = `${id} ${key}`;
  useEffect(() => {
    last.current = of;
    if (id !== undefined) go({ of, ask });
  }, [id, update, key]);
  return { now, problem, settled: answered.value === of };
}
