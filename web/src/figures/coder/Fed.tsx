// What each step of the decoder is given: the true word, or the net's own guess.
import { control } from '../../components/control';
import { t } from '../../i18n';
import type { Store } from '../../session/create';

export const fedSaid = (store: Store): string =>
  t(store.session.target.value === null ? 'coder.given.own' : 'coder.given.truth');

export function Fed({ store }: { store: Store }) {
  const { session } = store;
  const own = session.target.value === null;
  return (
    <fieldset class="seg" aria-label={t('coder.given')} {...control(session, 'lab.fed')}>
      <button type="button" aria-pressed={!own} onClick={() => void store.readTarget()}>
        {t('coder.given.truth')}
      </button>
      <button type="button" aria-pressed={own} onClick={() => void store.readTarget(null)}>
        {t('coder.given.own')}
      </button>
    </fieldset>
  );
}
