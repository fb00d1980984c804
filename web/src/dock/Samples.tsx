import { t } from '../i18n';
import type { Store } from '../session/create';

/** Eight names, written at the update that is on screen. */
export function Samples({ store }: { store: Store }) {
  const written = store.session.samples.value;
  return (
    <section aria-label={t('samples.title')}>
      <h2>
        {t('samples.title')}
        <span class="num">{written && t('samples.at', { step: written.step })}</span>
      </h2>
      {written ? (
        <ul class="samples">
          {written.samples.map((sample, i) => (
            <li key={`${i}${sample}`}>{sample === '' ? t('samples.nothing') : sample}</li>
          ))}
        </ul>
      ) : (
        <p class="small dim">{t('samples.none')}</p>
      )}
    </section>
  );
}
