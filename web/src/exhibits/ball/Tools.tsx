// What is thrown, how much of it is shown, and what the net reads after that.
import { control } from '../../components/control';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { isFast, MOST_GIVEN, READS } from './lab';
import type { Lesson } from './lesson';
import { Sides } from './Sides';

/** What a view can be set to, beside the throw and the memory. */
export type Tool = 'reads' | 'given' | 'sides';
export function Tools({ store, lesson, has }: { store: Store; lesson: Lesson; has: readonly Tool[] }) {
  const lab = lesson.lab.value;
  const locked = lesson.covered.value !== null;
  const forgets = store.session.run.value?.settings.hold_z === '0';
  return (
    <div class="sided-tools">
      {has.includes('reads') && (
        <fieldset class="seg" aria-label={t('ball.reads')} {...control(store.session, 'lab.reads')}>
          {READS.map((one) => (
            <button
              type="button"
              key={one}
              aria-pressed={lab.reads === one}
              disabled={locked}
              onClick={() => lesson.set({ reads: one })}
            >
              {t(`ball.reads.${one}`)}
            </button>
          ))}
        </fieldset>
      )}
      {has.includes('given') && (
        <label class="ball-given" {...control(store.session, 'lab.given')}>
          {t('ball.given')}
          <input
            type="range"
            min={1}
            max={MOST_GIVEN}
            value={lab.given}
            disabled={locked}
            aria-valuetext={t('ball.given.of', { given: lab.given })}
            onInput={(event) => lesson.set({ given: event.currentTarget.value })}
          />
          <span class="num">{lab.given}</span>
        </label>
      )}
      <button
        type="button"
        class="btn low"
        aria-pressed={forgets}
        disabled={locked}
        {...control(store.session, 'lab.memory')}
        onClick={() => void holdMemory(store, !forgets)}
      >
        {t(forgets ? 'ball.memory.on' : 'ball.memory.off')}
      </button>
      {isFast(lesson.ball.value) && <span class="small">{t('ball.fast')}</span>}
      {has.includes('sides') && <Sides store={store} lesson={lesson} />}
    </div>
  );
}

/** Both gates held at 0, or let go: nothing is then carried from frame to frame. */
async function holdMemory(store: Store, hold: boolean): Promise<void> {
  const to = hold ? '0' : '2';
  await store.set('hold_z', to, true);
  await store.set('hold_r', to, true);
}
