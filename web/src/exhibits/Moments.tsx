// Three clocks: moments of the walk with their units, points of the class, updates.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ClockButtons } from '../components/ClockButtons';
import { control } from '../components/control';
import { IconButton } from '../components/IconButton';
import { playOrPause } from '../dock/clocks';
import { t } from '../i18n';
import { speak } from '../i18n/en';
import { moments } from '../i18n/en.moments';
import type { Store } from '../session/create';
import './moments.css';
import { UpdateRow } from './UpdateRow';
import type { Walking } from './walked';

speak(moments);

const PACE = 900; // ms a moment

interface MomentsProps {
  store: Store;
  lesson: Walking;
  /** What its points are called. */
  points: { back: string; step: string };
}
export function Moments({ store, lesson, points: called }: MomentsProps) {
  const playing = useSignal(false);
  const seen = lesson.seen.value;
  const end = seen?.moments.length ?? 0;
  const at = lesson.index.value;
  useEffect(() => {
    const move = (by: 1 | -1) => {
      playing.value = false;
      lesson.goto(lesson.index.peek() + by);
    };
    const playOrStop = () => {
      const last = lesson.seen.peek()?.moments.length ?? 0;
      if (!playing.peek() && lesson.index.peek() >= last) lesson.goto(0);
      playing.value = !playing.peek();
    };
    return store.keyed({
      playOrPause: (what) => (what === 'update' ? playOrPause(store, 'update') : playOrStop()),
      update: (by) => store.session.move('update', by),
      step: move,
    });
  }, [store, lesson, playing]);
  useEffect(() => {
    if (!playing.value) return;
    const timer = setInterval(() => {
      lesson.goto(lesson.index.peek() + 1);
      if (lesson.index.peek() >= (lesson.seen.peek()?.moments.length ?? 0)) playing.value = false;
    }, PACE);
    return () => clearInterval(timer);
  }, [playing.value, lesson, playing]);
  const moment = lesson.moment.value;
  const points = seen?.each.points ?? 0;
  const point = (seen?.point ?? 0) + 1;
  const units = moment?.units ?? [];
  // of a whole layer the first and the last
  const unit = units.length > 2 ? `${units[0]}–${units.at(-1)}` : units.join(', ');
  return (
    <section class="net-clocks" aria-label={t('clock.label')}>
      <div class="net-clock">
        <ClockButtons
          session={store.session}
          id="clock.step"
          name={t('net.clock')}
          said={t('clock.of', { at, end })}
          labels={{
            back: t('net.back'),
            play: t('net.play'),
            pause: t('net.pause'),
            step: t('net.step'),
          }}
          playing={playing.value}
          canBack={at > 0}
          canStep={at < end}
          primary
          play={() => store.transport.peek()?.playOrPause()}
          go={(by) => lesson.goto(at + by)}
        />
        <input
          type="range"
          aria-label={t('net.scrub')}
          aria-valuetext={t('clock.of', { at, end })}
          min={0}
          max={Math.max(1, end)}
          value={at}
          onInput={(event) => lesson.goto(Number(event.currentTarget.value))}
        />
      </div>
      <div class="net-clock two">
        <div class="clock-title">
          <b>{t('net.unit')}</b>
          <span class="num small dim">{unit === '' ? t('net.unit.none') : unit}</span>
        </div>
        <fieldset class="btns" aria-label={t('net.unit')} {...control(store.session, 'clock.unit')}>
          <IconButton icon="back" label={t('net.unit.back')} disabled={at === 0} onPress={() => lesson.gotoUnit(-1)} />
          <IconButton icon="step" label={t('net.unit.step')} disabled={at >= end} onPress={() => lesson.gotoUnit(1)} />
        </fieldset>
        <div class="clock-title">
          <b>{t('net.point')}</b>
          <span class="num small dim">{t('clock.of', { at: point, end: points })}</span>
        </div>
        <fieldset class="btns" aria-label={t('net.point')} {...control(store.session, 'clock.point')}>
          <IconButton
            icon="back"
            label={called.back}
            disabled={point <= 1}
            onPress={() => lesson.set({ point: String(point - 1) })}
          />
          <IconButton
            icon="step"
            label={called.step}
            disabled={point >= points}
            onPress={() => lesson.set({ point: String(point + 1) })}
          />
        </fieldset>
      </div>
      <UpdateRow store={store} />
    </section>
  );
}
