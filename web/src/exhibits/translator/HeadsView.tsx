// The heads that look across, of every block side by side, and one of them large: those of the walk, where it has come to
// them, of the whole phrase.
import { useEffect } from 'preact/hooks';
import { control } from '../../components/control';
import type { Crossed } from '../../figures/crossed/anatomy';
import { Head, Heads } from '../../figures/heads/Heads';
import type { Looks } from '../../figures/heads/looks';
import { drawnFrame, shared } from '../../figures/shared';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { hasValue } from '../../stage/tape';
import { bare, tokenText } from '../../stage/tokens';
import { labOf } from './lab';

export function HeadsView({ store }: { store: Store }) {
  const { session } = store;
  const picture = shared(session).picture.value;
  const a = picture?.kind.id === 'crossed' ? (picture.anatomy as Crossed) : null;
  const back = session.position.value > (session.schema.value?.forward ?? 0);
  useEffect(() => {
    if (!a) return;
    return session.want(
      a.written.across.flatMap(({ heads }) => heads.map((head) => ({ node: head.a.id, what: 'value' as const }))),
    );
  }, [a, back, session]);
  const frame = drawnFrame(session);
  if (!a || !frame) return null;
  const text = tokenText(session.run.value?.vocabulary ?? []);
  const name = (token: number) => bare(text(token));
  const { across } = a.written;
  const looks: Looks = {
    blocks: across.length,
    heads: across[0]?.heads.length ?? 1,
    words: a.writes.map(name),
    keys: a.source.map(name),
    masked: false,
    at(block, head) {
      const node = across[block]?.heads[head]?.a;
      return node && hasValue(node, frame.position) ? frame.values(node.id, 'value') : null;
    },
  };
  const lab = labOf(store.lab.value);
  const within = (one: number | null, most: number) => Math.max(0, Math.min(most, one ?? most) - 1);
  const chosen = { block: within(lab.block, looks.blocks), head: within(lab.head, looks.heads) };
  const row = within(lab.row ?? 1, looks.words.length);
  const { theme } = session;
  const there = looks.at(chosen.block, chosen.head) !== null;
  return (
    <div class={`panel translator-heads ${looks.blocks === 1 ? 'one-block' : ''}`}>
      <div {...control(session, 'lab.heads')}>
        <Heads
          {...{ looks, chosen, row, theme: theme.value }}
          onChoose={({ block, head }) => {
            store.lab.value = { ...store.lab.peek(), block: String(block + 1), head: String(head + 1) };
          }}
        />
      </div>
      {there ? (
        <Head {...{ looks, chosen, row, theme: theme.value }} onRow={(i) => store.setLab('row', String(i + 1))} />
      ) : (
        <p class="empty">
          {t('translator.ahead')}{' '}
          <button type="button" class="btn low" onClick={() => session.goto(session.schema.peek()?.forward ?? 0)}>
            {t('translator.ahead.go')}
          </button>
        </p>
      )}
    </div>
  );
}
