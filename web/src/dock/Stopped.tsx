import { Words } from '../components/Words';
import { t } from '../i18n';
import type { Store } from '../session/create';

/** The core's words begin in lower case. */
const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Training stopped by itself, or the core was replaced: what, where, what is on screen now, and ways on. */
export function Stopped({ store }: { store: Store }) {
  const { session, runs } = store;
  const broken = session.broken.value;
  const step = session.step.value;
  if (runs.replaced.value) {
    return (
      <div class="notice" role="alert">
        <span>
          <Words>{t('replaced', { step })}</Words>
        </span>
        <span class="acts">
          <button
            type="button"
            class="btn low"
            onClick={() => {
              runs.replaced.value = false;
            }}
          >
            {t('close')}
          </button>
        </span>
      </div>
    );
  }
  if (!broken) return null;
  if (broken.error.code !== 'number') {
    return (
      <div class="notice" role="alert">
        <span>
          <Words>{t('error.any', { message: sentence(broken.error.message) })}</Words>
        </span>
      </div>
    );
  }
  const rate = Number(session.run.value?.settings.learning_rate ?? 0);
  const clip = Number(session.run.value?.settings.clip_norm ?? 0);
  const from = session.history.value.curve.lastSane();
  return (
    <div class="notice" role="alert">
      <span>
        <Words>{t('broken.what', { message: sentence(broken.error.message) })}</Words>
      </span>
      <span>{t('broken.shown', { step })}</span>
      <span class="acts">
        {session.schema.value && (
          <button type="button" class="btn primary low" onClick={() => store.showNode(broken.error.node)}>
            {t('broken.show')}
          </button>
        )}
        <button type="button" class="btn low" onClick={() => void store.goOn('learning_rate', String(rate / 2))}>
          {t('broken.halve', { from })}
        </button>
        {clip !== 1 && (
          <button type="button" class="btn low" onClick={() => void store.goOn('clip_norm', '1')}>
            {t('broken.clip', { from })}
          </button>
        )}
      </span>
    </div>
  );
}
