// The claim's contestants on the same names and batches, as far as the claim trains them.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CoreError } from '../../../../wasm/bridge/protocol';
import { Problem } from '../../components/Problem';
import type { Store } from '../../session/create';
import { arrayOf } from '../../session/studies';
import { NamesRace } from '../Race';

const COUNTED = [4]; // letters seen: with the next, five are counted
const GOAL = 3000;
const TOP = 2.8;

export function Race({ store }: { store: Store }) {
  const unseen = useSignal<Float64Array | null>(null);
  const problem = useSignal<CoreError | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    store.study({ study: 'contexts' }, { signal: stop.signal }).then(
      (study) => {
        unseen.value = arrayOf(study, 'unseen').values;
        store.seen.value = true;
      },
      (error) => {
        if (!stop.signal.aborted) problem.value = error as CoreError;
      },
    );
    return () => stop.abort();
  }, [store]);
  return (
    <div class="panel gpt-panel gpt-race">
      <Problem of={problem.value} />
      <NamesRace store={store} unseen={unseen.value} counted={COUNTED} goal={GOAL} top={TOP} />
    </div>
  );
}
