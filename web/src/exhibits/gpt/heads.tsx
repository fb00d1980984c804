// Every head over the text that is read, small, and one of them large: asked of the core at the update on screen.
import type { Looked } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Head, Heads } from '../../figures/heads/Heads';
import { type Looks, looksOf } from '../../figures/heads/looks';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { useAsked } from '../asked';
import type { Lab } from './lab';
import { letterOf } from './letters';

export interface LookedAt {
  looked: Looked;
  lab: Lab;
  store: Store;
  set: (changed: Partial<Lab>) => void;
}

/** Of the row that is looked at, or of the last. */
export function useHeads(store: Store, { text, row }: Lab) {
  const at = Number(row);
  return useAsked<Looked>(store, JSON.stringify([text, at]), async () => {
    const letters = [...text];
    const asked = at > 0 && at <= letters.length + 1 ? at : letters.length + 1;
    const looked = await store.session.bridge.call('looked', { text, at: asked });
    store.seen.value = true;
    return looked;
  });
}

export const wordsOf = ({ tokens }: Looked, vocabulary: readonly string[]) =>
  tokens.map((token, i) => (i === 0 ? t('mark.start') : letterOf(vocabulary[token] ?? '')));

export function TwoSizes({ looked, lab, store, set }: LookedAt) {
  const { blocks, heads, weights } = looked;
  const words = wordsOf(looked, store.session.run.value?.vocabulary ?? []);
  const masked = store.session.run.value?.settings.mask !== 'off';
  const looks: Looks = looksOf(weights, { blocks, heads, words, masked });
  const chosen = { block: Math.min(Number(lab.block), blocks) - 1, head: Math.min(Number(lab.head), heads) - 1 };
  const row = looked.at - 1;
  const theme = store.session.theme.value;
  return (
    <>
      <section
        class="gpt-every"
        aria-label={t('gpt.every')}
        data-update={looked.step}
        {...control(store.session, 'lab.head')}
      >
        <Heads
          looks={looks}
          chosen={chosen}
          row={row}
          theme={theme}
          onChoose={({ block, head }) => set({ block: String(block + 1), head: String(head + 1) })}
        />
      </section>
      <section class="gpt-one" aria-label={t('gpt.one')}>
        <Head looks={looks} chosen={chosen} row={row} theme={theme} onRow={(i) => set({ row: String(i + 1) })} />
      </section>
    </>
  );
}
