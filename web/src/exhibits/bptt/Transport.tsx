import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ClockButtons } from '../../components/ClockButtons';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import type { Race } from '../../session/race';

const PACES = [5, 20, 100, 0];

/** The updates of both networks: none goes on before the other has done its own. */
export function Transport({ store, race }: { store: Store; race: Race }) {
  const pace = useSignal(20);
  useEffect(() => {
    const playOrPause = () => (race.running.peek() ? race.pause() : race.play(pace.peek()));
    const update = (by: 1 | -1) => void (by > 0 ? race.advance(1) : race.seek(race.step.peek() - 1));
    return store.keyed({ playOrPause, update });
  }, [store, race, pace]);
  const running = race.running.value;
  const step = race.step.value;
  const tip = race.tip.value;
  // What is pressed before both are there waits for them.
  const still = race.ended.value;
  const play = (perSecond: number) => {
    pace.value = perSecond;
    if (!race.running.peek()) return;
    race.pause();
    race.play(perSecond);
  };
  return (
    <div class="bptt-both">
      <ClockButtons
        session={store.session}
        id="clock.both"
        name={t('bptt.both')}
        said={t('bptt.update', { step })}
        labels={{ back: t('bptt.zero'), play: t('bptt.play'), pause: t('bptt.pause'), step: t('bptt.one') }}
        playing={running}
        canBack={step > 0}
        canPlay={!still}
        canStep={!still && !running}
        primary
        play={() => (running ? race.pause() : race.play(pace.value))}
        go={(by) => void (by > 0 ? race.advance(1) : race.seek(0))}
      />
      <select
        class="field low"
        aria-label={t('pace.label')}
        value={String(pace.value)}
        onChange={(event) => play(Number(event.currentTarget.value))}
      >
        {PACES.map((each) => (
          <option key={each} value={String(each)}>
            {each === 0 ? t('pace.full') : t('pace.of', { pace: each })}
          </option>
        ))}
      </select>
      <input
        type="range"
        aria-label={t('bptt.scrub')}
        aria-valuetext={t('bptt.update', { step })}
        min={0}
        max={Math.max(1, tip)}
        value={step}
        disabled={tip === 0}
        onInput={(event) => void race.seek(Number(event.currentTarget.value))}
      />
      <span class="num small dim">{tip}</span>
    </div>
  );
}
