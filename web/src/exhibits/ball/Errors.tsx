// Over unseen throws: how far off it is after so many own steps, and after so many frames, beside two simple ways.
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { fixed } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { useAsked } from '../asked';
import { useRight } from '../right';
import { Clocks } from './Clocks';
import { Lines } from './Lines';
import { type Lesson, THROWS, useThere } from './lesson';
import { Tools } from './Tools';

const STEPS = 10; // frames that even the most that can be given leave
const MOST = 20;
const WAYS = [
  ['net', 'solid'],
  ['velocity', 'dotted'],
  ['place', 'dashed'],
] as const;

export function Errors({ store, lesson }: { store: Store; lesson: Lesson }) {
  const given = Number(lesson.lab.value.given);
  const steps = Math.min(MOST, 31 - given);
  const { now, problem, settled } = useAsked(store, `${given}`, () =>
    store.session.bridge.call('rollErrors', { throws: THROWS, given, steps }),
  );
  const errors = now.value;
  useThere(store, errors !== null);
  const frame = Number(lesson.lab.value.frame);
  const covered = lesson.covered.value === 'far';
  useRight(
    store,
    settled && errors && lesson.asked.value === 'far'
      ? { value: errors.velocity.ahead[STEPS - 1] ?? 0, than: errors.place.ahead[STEPS - 1] ?? 0 }
      : null,
  );
  const lines = (of: 'ahead' | 'seen') =>
    WAYS.map(([way, form]) => ({ name: t(`ball.way.${way}`), form, values: errors?.[way][of] ?? [] }));
  const at = frame > given && frame - given <= steps ? { now: frame - given } : {};
  return (
    <>
      <Tools store={store} lesson={lesson} has={['given']} />
      <Problem of={problem.value} />
      <section class="sided-figure" aria-label={t('ball.errors')} {...control(store.session, 'lab.errors')}>
        {covered ? (
          <p class="small">{t('ball.covered')}</p>
        ) : (
          <>
            <Lines
              title={t('ball.errors.own')}
              label={t('ball.errors.own.label', { throws: THROWS })}
              across={t('ball.errors.own.axis')}
              lines={lines('ahead')}
              y={{ from: 0, to: 0.8, ticks: [0, 0.2, 0.4, 0.6, 0.8] }}
              {...at}
            />
            <Lines
              title={t('ball.errors.seen')}
              label={t('ball.errors.seen.label', { throws: THROWS })}
              across={t('ball.errors.seen.axis')}
              lines={lines('seen')}
              y={{ from: 0, to: 0.12, ticks: [0, 0.04, 0.08, 0.12] }}
              now={Math.min(30, frame)}
            />
          </>
        )}
      </section>
      <section class="side-column ball-side" aria-label={t('ball.side')}>
        <h2>{t('ball.errors.table', { throws: THROWS })}</h2>
        {errors && !covered && (
          <table data-update={errors.step}>
            <thead>
              <tr>
                <th scope="col">{t('ball.errors.after')}</th>
                {WAYS.map(([way]) => (
                  <th scope="col" key={way}>
                    {t(`ball.way.${way}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">{t('ball.errors.next')}</th>
                {WAYS.map(([way]) => (
                  <td key={way}>{fixed(errors[way].next, 4)}</td>
                ))}
              </tr>
              {[1, 2, 5, 10, 15, 20]
                .filter((step) => step <= steps)
                .map((step) => (
                  <tr key={step} aria-current={step === frame - given ? 'true' : undefined}>
                    <th scope="row">{t(step === 1 ? 'ball.errors.step' : 'ball.errors.steps', { step })}</th>
                    {WAYS.map(([way]) => (
                      <td key={way}>{fixed(errors[way].ahead[step - 1] ?? Number.NaN, 3)}</td>
                    ))}
                  </tr>
                ))}
            </tbody>
          </table>
        )}
        <p class="small">{t('ball.errors.about')}</p>
      </section>
      <Clocks store={store} lesson={lesson} />
    </>
  );
}
