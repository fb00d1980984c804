// Every head of every block over what is read, side by side; one of them large, row by row.
import { Problem } from '../../components/Problem';
import { cell } from '../../draw/format';
import { Head, Heads } from '../../figures/heads/Heads';
import { most } from '../../figures/heads/looks';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Twin } from '../../stage/Twin';
import { Switches } from '../Switches';
import { labOf } from './lab';
import { useLooks } from './looked';

export function LookedPanel({ store }: { store: Store }) {
  const { looks, problem, step } = useLooks(store);
  const lab = labOf(store.lab.value);
  const set = (changed: Record<string, number>) => {
    const words = Object.entries(changed).map(([key, value]) => [key, String(value)]);
    store.lab.value = { ...store.lab.peek(), ...Object.fromEntries(words) };
  };
  const theme = store.session.theme.value;
  if (!looks) return <div class="panel block-panel">{<Problem of={problem} />}</div>;
  const chosen = { block: Math.min(lab.block, looks.blocks) - 1, head: Math.min(lab.head, looks.heads) - 1 };
  const row = Math.min(lab.row, looks.words.length) - 1;
  const keys = looks.keys.length;
  const all = Array.from({ length: looks.blocks * looks.heads }, (_, i) => ({
    block: Math.floor(i / looks.heads),
    head: i % looks.heads,
  }));
  return (
    <div class="panel block-panel" data-update={step}>
      <div class="block-tools">
        <Switches store={store} />
      </div>
      <div class="block-heads">
        <Heads
          looks={looks}
          chosen={chosen}
          row={row}
          theme={theme}
          onChoose={({ block, head }) => set({ block: block + 1, head: head + 1 })}
        />
        <Head looks={looks} chosen={chosen} row={row} theme={theme} onRow={(to) => set({ row: to + 1 })} />
      </div>
      <Twin
        caption={t('block.heads.table')}
        update={step}
        head={[
          t('block.heads.row'),
          ...all.map(({ block, head }) => t('block.heads.of', { block: block + 1, head: head + 1 })),
        ]}
        rows={looks.words.map((word, i) => [
          `${i + 1} ${word}`,
          ...all.map(({ block, head }) => {
            const weights = looks.at(block, head);
            if (!weights) return '·';
            const best = most(weights, i, keys);
            return `${looks.keys[best]} ${cell(weights[i * keys + best] as number)}`;
          }),
        ])}
      />
    </div>
  );
}
