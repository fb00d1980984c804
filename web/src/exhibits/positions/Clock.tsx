// The clock of the sum: a cell a step, a word a leap.
import { useEffect } from 'preact/hooks';
import { ClockButtons } from '../../components/ClockButtons';
import { usePlaying } from '../../components/playing';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { cellsOf, partsOf } from './lab';
import type { Places } from './places';

const PACE = { step: 250 }; // ms a cell

export function Clock({ store, places, covered }: { store: Store; places: Places; covered: boolean }) {
  const lab = places.lab.value;
  const end = cellsOf(lab.text, lab.kind);
  const done = Number(lab.done);
  const at = () => Number(places.lab.peek().done);
  const ended = () => at() >= cellsOf(places.lab.peek().text, places.lab.peek().kind);
  const playing = usePlaying({
    pace: PACE,
    onward: () => {
      places.goto(at() + 1);
      return !ended();
    },
    ended,
    rewind: () => places.goto(0),
  });
  const go = (to: number) => {
    playing.stop();
    places.goto(to);
  };
  useEffect(() => {
    const word = (by: 1 | -1) => {
      const parts = partsOf(places.lab.peek().kind);
      go(by > 0 ? (Math.floor(at() / parts) + 1) * parts : (Math.ceil(at() / parts) - 1) * parts);
    };
    return store.keyed({
      playOrPause: () => playing.playOrPause('step'),
      update: word,
      step: (by) => go(at() + by),
    });
  }, [store, places, playing]);
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
        playing={playing.now.value === 'step'}
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
