// The search for what to write: at each step the likeliest continuations are kept, the others cut. The tree of all that
// was looked at, with how likely each beginning is.
import { Settings } from '../../figures/search/Settings';
import { searchOf } from '../../figures/search/set';
import { Legend, Look, Outcome, Table, Tree } from '../../figures/search/Tree';
import type { Store } from '../../session/create';
import { setSearch, useSearched } from '../searched';
import { Problem } from './asked';

export function Search({ store }: { store: Store }) {
  const { session } = store;
  const set = searchOf(store.lab.value);
  const { now, problem } = useSearched(store, set);
  const found = now.value;
  const vocabulary = session.run.value?.vocabulary ?? [];
  const open = found?.beam.nodes[set.node ?? -1] ? (set.node as number) : (found?.beam.best ?? 0);
  return (
    <div class="panel seq2seq-panel">
      <Settings session={session} set={set} onSet={(change) => setSearch(store, change)} />
      <Problem of={problem} />
      {found && (
        <>
          <Outcome found={found} vocabulary={vocabulary} />
          <Tree
            {...{ found, vocabulary, open, width: set.width }}
            onOpen={(node) => store.setLab('node', String(node))}
          />
          <Look found={found} vocabulary={vocabulary} open={open} />
          <Legend />
          <Table found={found} vocabulary={vocabulary} />
        </>
      )}
    </div>
  );
}
