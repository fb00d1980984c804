import { control } from '../components/control';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { inTokens } from '../session/reading';

/** Letters that fit where two samples stand beside one another. */
const TWO_COLUMNS = 10;

/** Eight names, or targets, written at the update that is on screen; words as the figure has them. */
export function Samples({ store }: { store: Store }) {
  const written = store.session.samples.value;
  const vocabulary = store.session.run.value?.vocabulary ?? [];
  const samples = written?.samples.map((sample) => inTokens(sample, vocabulary)) ?? [];
  const long = samples.some((sample) => [...sample].length > TWO_COLUMNS);
  return (
    <section aria-label={t('samples.title')} {...control(store.session, 'samples')}>
      <h2>
        {t('samples.title')}
        <span class="num">{written && t('samples.at', { step: written.step })}</span>
      </h2>
      {written ? (
        <ul class={long ? 'samples long' : 'samples'} tabIndex={long ? 0 : undefined}>
          {samples.map((sample, i) => (
            <li key={`${i}${sample}`}>{sample === '' ? t('samples.nothing') : sample}</li>
          ))}
        </ul>
      ) : (
        <p class="small dim">{t(store.session.answers.value ? 'samples.answers' : 'samples.none')}</p>
      )}
    </section>
  );
}
