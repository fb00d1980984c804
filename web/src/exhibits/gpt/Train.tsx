// A net as it learns: what its heads look at in the text that is read, and what it writes, at the update of the timeline.
import { useEffect } from 'preact/hooks';
import { Problem } from '../../components/Problem';
import { playOrPause } from '../../dock/clocks';
import { Samples } from '../../dock/Samples';
import { Sampling } from '../../dock/Sampling';
import { Stopped } from '../../dock/Stopped';
import type { Store } from '../../session/create';
import { Switches } from '../Switches';
import { TwoSizes, useHeads } from './heads';
import { type Lab, labFor, labOf, MOST_LETTERS } from './lab';
import { Prefix } from './Prefix';

export function Train({ store }: { store: Store }) {
  const lab = labOf(store.lab.value);
  const { now, problem } = useHeads(store, lab);
  useEffect(() => {
    const update = (by: 1 | -1) => store.session.move('update', by);
    return store.keyed({ playOrPause: () => playOrPause(store, 'update'), update, step: update });
  }, [store]);
  const set = (changed: Partial<Lab>): void => {
    store.lab.value = { ...store.lab.peek(), ...labFor(changed) };
  };
  const looked = now.value;
  return (
    <div class="panel gpt-panel gpt-train">
      <div class="gpt-tools">
        <Prefix store={store} text={lab.text} most={MOST_LETTERS} read={(text) => set({ text, row: '0' })} />
        <Switches store={store} />
        <Sampling store={store} />
      </div>
      <Stopped store={store} />
      <Problem of={problem.value} />
      {looked && <TwoSizes looked={looked} lab={lab} store={store} set={set} />}
      <div class="gpt-samples">
        <Samples store={store} />
      </div>
    </div>
  );
}
