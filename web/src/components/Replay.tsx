// What is said while a past update is brought back: which, how far, how long, and that it can be stopped.

import { t } from '../i18n';
import type { Replaying } from '../session/create';
import { Bar } from './Bar';
import { Words } from './Words';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** About so long, so that it does not change at every look. */
export function howLong(seconds: number): string {
  if (seconds < 10) return t('replay.seconds', { count: Math.max(1, Math.ceil(seconds)) });
  if (seconds < 1.5 * MINUTE) return t('replay.seconds', { count: 5 * Math.ceil(seconds / 5) });
  if (seconds < 1.5 * HOUR) return t('replay.minutes', { count: Math.round(seconds / MINUTE) });
  if (seconds < 2 * DAY) return t('replay.hours', { count: Math.round(seconds / HOUR) });
  return t('replay.days', { count: Math.round(seconds / DAY) });
}

export function Replay({ of: { bringing, halt } }: { of: Replaying }) {
  const now = bringing.shown.value;
  if (!now) return null;
  const { to, from, step, seconds, asking } = now;
  if (asking) {
    return (
      <div class="notice" role="alert">
        <span>
          <Words>{t('replay.far', { to, step, time: howLong(seconds) })}</Words>
        </span>
        <span class="acts">
          <button type="button" class="btn primary low" onClick={bringing.go}>
            {t('replay.go')}
          </button>
          <button type="button" class="btn low" onClick={halt}>
            {t('replay.stay', { step })}
          </button>
        </span>
      </div>
    );
  }
  const percent = Math.round((100 * (step - from)) / (to - from));
  return (
    <section class="notice" aria-label={t('replay.label')}>
      <span>
        <b role="status">{t('replay.what', { to })}</b>{' '}
        <span class="num">{t('replay.left', { left: to - step, time: howLong(seconds) })}</span>
      </span>
      <Bar label={t('replay.progress', { percent })} percent={percent} />
      <span class="acts">
        <button type="button" class="btn low" onClick={halt}>
          {t('replay.stop')}
        </button>
      </span>
    </section>
  );
}
