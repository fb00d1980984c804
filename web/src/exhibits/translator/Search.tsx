// The search for what to write, step by step: the tree grows, and at each step what the heads look at across, for the
// beginning that is pointed at, or the one that stands likeliest.
import { useSignal } from '@preact/signals';
import type { Beam } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { HeadRows } from '../../figures/heads/Rows';
import { Settings } from '../../figures/search/Settings';
import { searchOf } from '../../figures/search/set';
import { Legend, Look, Outcome, Table, Tree } from '../../figures/search/Tree';
import { leading, stepsOf, tokensOf } from '../../figures/search/tree';
import { type Searched, said } from '../../figures/search/words';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { bare, tokenText } from '../../stage/tokens';
import { Clocks } from '../Clocks';
import { setSearch, useSearched } from '../searched';
import { labOf } from './lab';

export function Search({ store }: { store: Store }) {
  const { session } = store;
  const set = searchOf(store.lab.value);
  const { step } = labOf(store.lab.value);
  const { now, problem } = useSearched(store, set);
  const found = now.value;
  const end = found ? stepsOf(found.beam) : 0;
  const at = Math.min(end, step ?? end);
  return (
    <div class="panel sided translator-search">
      <div class="sided-tools">
        <Settings session={session} set={set} onSet={(change) => setSearch(store, change)} />
      </div>
      <Problem of={problem.value} />
      {found && <Grown store={store} found={found} at={at} width={set.width} node={set.node} />}
      <Clocks
        store={store}
        clocks={[{ id: 'step', at, end, go: (to) => setSearch(store, { step: String(to) }) }]}
        words={{
          step: {
            ...{ name: 'search.clock', back: 'search.clock.back', step: 'search.clock.step' },
            ...{ play: 'search.clock.play', pause: 'search.clock.pause', scrub: 'search.clock.done' },
          },
        }}
        pace={{ step: 1200 }}
      />
    </div>
  );
}

interface GrownProps {
  store: Store;
  found: Searched;
  at: number;
  width: number;
  node: number | null;
}
function Grown({ store, found, at, width, node }: GrownProps) {
  const { beam } = found;
  const vocabulary = store.session.run.value?.vocabulary ?? [];
  const pointed = useSignal<number | null>(null);
  const there = (index: number | null) => index !== null && (beam.nodes[index]?.step ?? at + 1) <= at;
  const open = there(node) ? node : leading(beam, at);
  const looked = there(pointed.value) ? pointed.value : open;
  return (
    <>
      <div class="sided-figure" data-update={found.step}>
        <Outcome found={found} vocabulary={vocabulary} there={at >= stepsOf(beam)} />
        <Tree
          {...{ found, vocabulary, width, at, open: open ?? -1 }}
          onOpen={(index) => store.setLab('node', String(index))}
          onPoint={(index) => {
            pointed.value = index;
          }}
        />
        <Legend />
        <Table found={found} vocabulary={vocabulary} at={at} />
      </div>
      <section class="side-column" aria-label={t('translator.search.side')} {...control(store.session, 'lab.looks')}>
        <p>{stepSaid(beam, at)}</p>
        <HeadRows
          caption={t('translator.search.looks', { word: looked === null ? '…' : wordOf(vocabulary, beam, looked) })}
          keys={beam.source.map((token) => bare(tokenText(vocabulary)(token)))}
          heads={beam.heads}
          weights={looked === null ? null : looksOf(beam, looked)}
          theme={store.session.theme.value}
        />
        {looked !== null && <Look found={found} vocabulary={vocabulary} open={looked} />}
      </section>
    </>
  );
}

const wordOf = (vocabulary: string[], { nodes }: Beam, index: number) =>
  said(vocabulary, tokensOf({ nodes }, index).slice(-1));

/** What was looked at as a node's token was written, [block, head, source]. */
function looksOf(beam: Beam, index: number): Float32Array {
  const size = beam.blocks * beam.heads * beam.source.length;
  const look = beam.nodes[index]?.look ?? 0;
  return beam.looks.subarray(look * size, (look + 1) * size);
}

/** What was done at a step, counted. */
function stepSaid({ nodes }: Beam, at: number): string {
  if (at === 0) return t('translator.search.none');
  const here = nodes.filter(({ step }) => step === at);
  const count = (...fates: string[]) => here.filter(({ fate }) => fates.includes(fate)).length;
  return t('translator.search.at', {
    ...{ step: at, looked: here.length, cut: count('cut') },
    ...{ kept: count('kept', 'left'), ended: count('ended') },
  });
}
