// The clock of the sum: a cell a step, a word a leap.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ClockButtons } from '../../components/ClockButtons';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { cellsOf, partsOf } from './lab';
import type { Places } from './places';

const PACE = 250; // ms a cell

export function Clock({ store, places, covered }: { store: Store; places: Places; covered: boolean }) {
  const playing = useSignal(false);
  const lab = places.lab.value;
  const end = cellsOf(lab.text, lab.kind);
  const done = Number(lab.done);
  useEffect(() => {
    const at = () => Number(places.lab.peek().done);
    const last = () => cellsOf(places.lab.peek().text, places.lab.peek().kind);
    const move = (by: 1 | -1) => {
      playing.value = false;
      places.goto(at() + by);
    };
    const word = (by: 1 | -1) => {
      const parts = partsOf(places.lab.peek().kind);
      playing.value = false;
      places.goto(by > 0 ? (Math.floor(at() / parts) + 1) * parts : (Math.ceil(at() / parts) - 1) * parts);
    };
    const playOrPause = () => {
      if (!playing.peek() && at() >= last()) places.goto(0);
      playing.value = !playing.peek();
    };
    return store.keyed({ playOrPause, update: word, step: move });
  }, [store, places, playing]);
  useEffect(() => {
    if (!playing.value) return;
    const timer = setInterval(() => {
      const { done, text, kind } = places.lab.peek();
      places.goto(Number(done) + 1);
      if (Number(done) + 1 >= cellsOf(text, kind)) playing.value = false;
    }, PACE);
    return () => clearInterval(timer);
  }, [playing.value, places, playing]);
  const go = (to: number) => {
    playing.value = false;
    places.goto(to);
  };
  const parts = partsOf(lab.kind);
  const said = t('positions.clock.of', { done, end: covered ? '?' : end });
  return (
    <div class="pos-clock-row">
      <ClockButtons
        session={store.session}
        id="clock.step"
        name={t('positions.clock')}
        said={said}
        labels={{
          back: t('positions.back'),
          play: t('positions.play'),
          pause: t('positions.pause'),
          step: t('positions.step'),
        }}
        playing={playing.value}
        canBack={done > 0}
        canStep={done < end}
        primary
        locked={covered}
        play={() => store.transport.peek()?.playOrPause()}
        go={(by) => go(done + by)}
      />
      <input
        type="range"
        aria-label={t('positions.scrub')}
        aria-valuetext={said}
        min={0}
        max={covered ? Math.max(1, done) : end}
        value={done}
        disabled={covered}
        onInput={(event) => go(Number(event.currentTarget.value))}
      />
      <button
        type="button"
        class="btn low"
        disabled={covered || done >= end}
        onClick={() => go((Math.floor(done / parts) + 1) * parts)}
      >
        {t('positions.word')}
      </button>
    </div>
  );
}
