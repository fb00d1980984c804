import { useSignal } from '@preact/signals';
import { control } from '../components/control';
import { Icon } from '../components/Icon';
import { t } from '../i18n';
import type { Store } from '../session/create';
import type { Clock } from '../session/types';
import { clockState, playOrPause } from './clocks';

const CLOCKS: Clock[] = ['operation', 'token', 'update'];

/** The clocks on a phone: one at a time, under the thumb. Where nothing is walked there is that of training. */
export function PhoneBar({ store }: { store: Store }) {
  const walks = store.exhibit.walks !== false;
  const clock = useSignal<Clock>(walks ? 'operation' : 'update');
  const now = clock.value;
  const { words, playing, canBack, canForward, canPlay } = clockState(store, now);
  return (
    <section class="phonebar" aria-label={t('clock.label')}>
      <div class="row">
        {walks ? (
          <fieldset class="seg" aria-label={t('clock.label')}>
            {CLOCKS.map((one) => (
              <button
                type="button"
                key={one}
                aria-pressed={one === now}
                {...(one === now ? {} : control(store.session, `clock.${one}`))} // leads to the clock that is meant
                onClick={() => {
                  clock.value = one;
                }}
              >
                {t(`clock.${one}`)}
              </button>
            ))}
          </fieldset>
        ) : (
          <b>{t(`clock.${now}`)}</b>
        )}
        <span class="pos num">{words}</span>
      </div>
      <div class="row" {...control(store.session, `clock.${now}`)}>
        <button
          type="button"
          class="btn"
          aria-label={t(`clock.${now}.back`)}
          disabled={!canBack}
          onClick={() => store.session.move(now, -1)}
        >
          <Icon name="back" />
        </button>
        <button
          type="button"
          class="btn"
          aria-label={t(playing ? `clock.${now}.pause` : `clock.${now}.play`)}
          aria-pressed={playing}
          disabled={!canPlay}
          onClick={() => playOrPause(store, now)}
        >
          <Icon name={playing ? 'pause' : 'play'} />
        </button>
        <button
          type="button"
          class="btn primary"
          aria-label={t(`clock.${now}.forward`)}
          disabled={!canForward}
          onClick={() => store.session.move(now, 1)}
        >
          <Icon name="step" /> {t('clock.step')}
        </button>
      </div>
    </section>
  );
}
