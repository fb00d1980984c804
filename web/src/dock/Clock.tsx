import type { ComponentChildren } from 'preact';
import { control } from '../components/control';
import { IconButton } from '../components/IconButton';
import { t } from '../i18n';
import type { Store } from '../session/create';
import type { Clock } from '../session/types';
import { clockState, playOrPause, speed } from './clocks';

/** One transport: name and position, back, play, step, track. */
export function ClockRow({ store, clock, children }: { store: Store; clock: Clock; children: ComponentChildren }) {
  return (
    <div class={`clock${clock === 'update' ? ' tall' : ''}`} data-clock={clock}>
      <ClockHead store={store} clock={clock} />
      <div class="track">{children}</div>
    </div>
  );
}

function ClockHead({ store, clock }: { store: Store; clock: Clock }) {
  const { words, playing, canBack, canForward, canPlay } = clockState(store, clock);
  return (
    <div class="clock-id">
      <div>
        <b>{t(`clock.${clock}`)}</b>
        <span class="num">{words}</span>
        {clock === 'update' && <span class="num">{speed(store)}</span>}
      </div>
      <div class="clock-acts">
        <fieldset class="btns" aria-label={t(`clock.${clock}`)} {...control(store.session, `clock.${clock}`)}>
          <IconButton
            icon="back"
            label={t(`clock.${clock}.back`)}
            disabled={!canBack}
            onPress={() => store.session.move(clock, -1)}
          />
          <IconButton
            icon={playing ? 'pause' : 'play'}
            label={t(playing ? `clock.${clock}.pause` : `clock.${clock}.play`)}
            pressed={playing}
            disabled={!canPlay}
            onPress={() => playOrPause(store, clock)}
          />
          <IconButton
            icon="step"
            label={t(`clock.${clock}.forward`)}
            title={clock === 'operation' ? t('clock.step.hint') : undefined}
            primary={clock === 'operation'}
            disabled={!canForward}
            onPress={() => store.session.move(clock, 1)}
          />
        </fieldset>
        {clock === 'update' && <Pace store={store} />}
      </div>
    </div>
  );
}

const PACES = [20, 200, 0];

/** A small net does thousands of updates a second: too many to watch. */
function Pace({ store }: { store: Store }) {
  const now = store.runs.pace.value;
  return (
    <select
      class="field low"
      aria-label={t('pace.label')}
      value={String(now)}
      onChange={(event) => void store.runs.setPace(Number(event.currentTarget.value))}
    >
      {[...new Set([...PACES, now])].map((pace) => (
        <option key={pace} value={String(pace)}>
          {pace === 0 ? t('pace.full') : t('pace.of', { pace })}
        </option>
      ))}
    </select>
  );
}
