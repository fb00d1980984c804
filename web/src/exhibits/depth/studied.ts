// A study that a view looks at: what is there of it, the last that was asked for.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CoreError, Study, StudyRequest } from '../../../../wasm/bridge/protocol';
import type { Store } from '../../session/create';

/** `grows`: with what is there of it on its way. */
export function useStudy(store: Store, request: StudyRequest, problem: Signal<CoreError | null>, grows = false) {
  const found = useSignal<Study | null>(null);
  const key = JSON.stringify(request);
  useEffect(() => {
    const stop = new AbortController();
    const show = (study: Study) => {
      found.value = study;
      store.seen.value = true;
    };
    const more = grows ? { watch: show } : {};
    store.study(request, { signal: stop.signal, ...more }).then(
      (study) => {
        problem.value = null;
        show(study);
      },
      (error: unknown) => {
        if (!stop.signal.aborted) problem.value = error as CoreError;
      },
    );
    return () => stop.abort(new Error('another is asked for'));
  }, [store, key]);
  return found.value;
}
