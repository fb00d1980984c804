// Three clocks: moments of the walk with their units, points of the class, updates.
import { useEffect } from 'preact/hooks';
import { ClockButtons } from '../../components/ClockButtons';
import { control } from '../../components/control';
import { IconButton } from '../../components/IconButton';
import { usePlaying } from '../../components/playing';
import { Curves } from '../../dock/Curves';
import { clockState, playOrPause } from '../../dock/clocks';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { UpdateTrack } from '../../tracks';
import type { Lesson } from './lesson';

const PACE = { step: 900 }; // ms a moment

export function Clocks({ store, lesson }: { store: Store; lesson: Lesson }) {
  const seen = lesson.seen.value;
  const end = seen?.moments.length ?? 0;
  const at = lesson.index.value;
  const ended = () => lesson.index.peek() >= (lesson.seen.peek()?.moments.length ?? 0);
  const playing = usePlaying({
    pace: PACE,
    onward: () => {
      lesson.goto(lesson.index.peek() + 1);
      return !ended();
    },
    ended,
    rewind: () => lesson.goto(0),
  });
  useEffect(
    () =>
      store.keyed({
        playOrPause: (what) => (what === 'update' ? playOrPause(store, 'update') : playing.playOrPause('step')),
        update: (by) => store.session.move('update', by),
        step: (by) => {
          playing.stop();
          lesson.goto(lesson.index.peek() + by);
        },
      }),
    [store, lesson, playing],
  );
  const moment = lesson.moment.value;
  const points = seen?.each.points ?? 0;
  const point = (seen?.point ?? 0) + 1;
  const unit = moment?.units.join(', ') ?? '';
  const update = clockState(store, 'update');
  return (
    <section class="bp-clocks" aria-label={t('clock.label')}>
      <div class="bp-clock">
        <ClockButtons
          session={store.session}
          id="clock.step"
          name={t('backprop.clock')}
          said={t('clock.of', { at, end })}
          labels={{
            back: t('backprop.back'),
            play: t('backprop.play'),
            pause: t('backprop.pause'),
            step: t('backprop.step'),
          }}
          playing={playing.now.value === 'step'}
          canBack={at > 0}
          canStep={at < end}
          primary
          play={() => store.transport.peek()?.playOrPause()}
          go={(by) => lesson.goto(at + by)}
        />
        <input
          type="range"
          aria-label={t('backprop.scrub')}
          aria-valuetext={t('clock.of', { at, end })}
          min={0}
          max={Math.max(1, end)}
          value={at}
          onInput={(event) => lesson.goto(Number(event.currentTarget.value))}
        />
      </div>
      <div class="bp-clock two">
        <div class="clock-title">
          <b>{t('backprop.unit')}</b>
          <span class="num small dim">{unit === '' ? t('backprop.unit.none') : unit}</span>
        </div>
        <fieldset class="btns" aria-label={t('backprop.unit')} {...control(store.session, 'clock.unit')}>
          <IconButton
            icon="back"
            label={t('backprop.unit.back')}
            disabled={at === 0}
            onPress={() => lesson.gotoUnit(-1)}
          />
          <IconButton
            icon="step"
            label={t('backprop.unit.step')}
            disabled={at >= end}
            onPress={() => lesson.gotoUnit(1)}
          />
        </fieldset>
        <div class="clock-title">
          <b>{t('backprop.point')}</b>
          <span class="num small dim">{t('clock.of', { at: point, end: points })}</span>
        </div>
        <fieldset class="btns" aria-label={t('backprop.point')} {...control(store.session, 'clock.point')}>
          <IconButton
            icon="back"
            label={t('backprop.point.back')}
            disabled={point <= 1}
            onPress={() => lesson.set({ point: String(point - 1) })}
          />
          <IconButton
            icon="step"
            label={t('backprop.point.step')}
            disabled={point >= points}
            onPress={() => lesson.set({ point: String(point + 1) })}
          />
        </fieldset>
      </div>
      <div class="bp-clock">
        <ClockButtons
          session={store.session}
          id="clock.update"
          name={t('clock.update')}
          said={update.words}
          labels={{
            back: t('clock.update.back'),
            play: t('clock.update.play'),
            pause: t('clock.update.pause'),
            step: t('clock.update.forward'),
          }}
          playing={update.playing}
          canBack={update.canBack}
          canStep={update.canForward}
          play={() => playOrPause(store, 'update')}
          go={(by) => store.session.move('update', by)}
        />
        <div class="bp-updates">
          <div class="track">
            <Curves session={store.session} />
            <UpdateTrack session={store.session} />
          </div>
        </div>
      </div>
    </section>
  );
}
