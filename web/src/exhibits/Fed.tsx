// What each step of the decoder is given: the true word, or the net's own guess.
import { control } from '../components/control';
import { t } from '../i18n';
import { speak } from '../i18n/en';
import { fed } from '../i18n/en.fed';
import type { Store } from '../session/create';

speak(fed);

export const fedSaid = (store: Store): string =>
  t(store.session.target.value === null ? 'coder.given.own' : 'coder.given.truth');

/** What is right for the source: of the exhibit's own it says so itself, as its task need not know it. */
export function feedTruth(store: Store): Promise<boolean> {
  const { text, target } = store.exhibit;
  return store.readTarget(store.session.text.peek() === text ? (target ?? undefined) : undefined);
}

export function Fed({ store }: { store: Store }) {
  const { session } = store;
  const own = session.target.value === null;
  return (
    <fieldset class="seg" aria-label={t('coder.given')} {...control(session, 'lab.fed')}>
      <button type="button" aria-pressed={!own} onClick={() => void feedTruth(store)}>
        {t('coder.given.truth')}
      </button>
      <button type="button" aria-pressed={own} onClick={() => void store.readTarget(null)}>
        {t('coder.given.own')}
      </button>
    </fieldset>
  );
}
