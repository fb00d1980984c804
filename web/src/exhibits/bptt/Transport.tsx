import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { control } from '../../components/control';
import { IconButton } from '../../components/IconButton';
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
      <div class="bptt-both-id">
        <b>{t('bptt.both')}</b>
        <span class="num">{t('bptt.update', { step })}</span>
      </div>
      <fieldset class="btns" aria-label={t('bptt.both')} {...control(store.session, 'clock.both')}>
        <IconButton
          icon="back"
          label={t('bptt.zero')}
          title={t('bptt.zero')}
          disabled={step === 0}
          onPress={() => void race.seek(0)}
        />
        <IconButton
          icon={running ? 'pause' : 'play'}
          label={t(running ? 'bptt.pause' : 'bptt.play')}
          title={t(running ? 'bptt.pause' : 'bptt.play')}
          primary
          disabled={still}
          onPress={() => (running ? race.pause() : race.play(pace.value))}
        />
        <IconButton
          icon="step"
          label={t('bptt.one')}
          title={t('bptt.one')}
          disabled={still || running}
          onPress={() => void race.advance(1)}
        />
      </fieldset>
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
