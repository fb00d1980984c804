import { control } from '../components/control';
import { Words } from '../components/Words';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { deedText } from './deeds';

/** Undo and Redo, each with what it would do. */
export function Undo({ store, look }: { store: Store; look: string }) {
  const { done, undone, undo, redo } = store.history;
  const [last, next] = [done.value.at(-1), undone.value.at(-1)];
  return (
    <span class="undo-redo" {...control(store.session, 'undo')}>
      <button
        type="button"
        class={`btn ${look}`}
        disabled={!last}
        title={last && t('undo.undo.what', { what: deedText(store, last) })}
        onClick={() => void undo()}
      >
        {t('undo.undo')}
      </button>
      <button
        type="button"
        class={`btn ${look}`}
        disabled={!next}
        title={next && t('undo.redo.what', { what: deedText(store, next) })}
        onClick={() => void redo()}
      >
        {t('undo.redo')}
      </button>
    </span>
  );
}

/** What was undone or redone last, until something is done. */
export function Undone({ store }: { store: Store }) {
  const said = store.history.said.value;
  if (!said) return null;
  const what = said.entries.map((entry) => deedText(store, entry)).join(', ');
  return <Words>{t(`undo.${said.way}.said`, { what })}</Words>;
}
