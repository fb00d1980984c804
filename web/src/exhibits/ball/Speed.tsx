// The speed, which the net is never shown, read from its state: of this throw, frame by frame, and tested on others.
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { fixed } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { useRight } from '../right';
import { Clocks } from './Clocks';
import { Lines } from './Lines';
import { type Lesson, type Place, placeAt, speedSaid, THROWS, useRolled, useSpeed } from './lesson';
import { Tools } from './Tools';

const FRAME = 0.05; // of a unit of time

export function Speed({ store, lesson }: { store: Store; lesson: Lesson }) {
  const rolled = useRolled(store, lesson);
  const speed = useSpeed(store);
  const [throwed, read] = [rolled.now.value, speed.now.value];
  const frame = Math.min(30, Number(lesson.lab.value.frame));
  const covered = lesson.covered.value === 'speed';
  useRight(
    store,
    speed.settled && read && lesson.asked.value === 'speed' ? { value: read.error, than: read.byPlaces } : null,
  );
  const frames = Array.from({ length: 30 }, (_, i) => i + 1);
  const states = throwed && read && throwed.hidden === read.hidden;
  const real = (one: number): Place => (throwed ? placeAt(throwed.speed, one) : none);
  const said = (one: number): Place => (throwed && read && states ? speedSaid(read, throwed, one) : none);
  const lines = (axis: 'x' | 'y') => [
    { name: t('ball.speed.real'), form: 'dashed' as const, values: frames.map((one) => real(one)[axis]) },
    { name: t('ball.speed.read'), form: 'solid' as const, values: frames.map((one) => said(one)[axis]) },
  ];
  return (
    <>
      <Tools store={store} lesson={lesson} has={['reads', 'given']} />
      <Problem of={rolled.problem.value ?? speed.problem.value} />
      <section class="sided-figure" aria-label={t('ball.speed')} {...control(store.session, 'lab.speed')}>
        {(['x', 'y'] as const).map((axis) => (
          <Lines
            key={axis}
            title={t(`ball.speed.${axis}`)}
            label={t('ball.speed.label', { axis })}
            across={t('ball.speed.axis')}
            lines={lines(axis)}
            y={{ from: -2, to: 2, ticks: [-2, -1, 0, 1, 2] }}
            now={frame}
          />
        ))}
      </section>
      <section class="side-column ball-side" aria-label={t('ball.side')}>
        <h2>{t('ball.frame.at', { frame })}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('ball.speed.of')}</th>
              <th scope="col">x</th>
              <th scope="col">y</th>
            </tr>
          </thead>
          <tbody>
            {(
              [
                ['ball.speed.real', real(frame)],
                ['ball.speed.read', said(frame)],
                ['ball.speed.places', byPlaces(throwed?.own, frame)],
              ] as const
            ).map(([name, { x, y }]) => (
              <tr key={name}>
                <th scope="row">{t(name)}</th>
                <td>{Number.isNaN(x) ? '·' : fixed(x)}</td>
                <td>{Number.isNaN(y) ? '·' : fixed(y)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {read && (
          <>
            <h2>{t('ball.speed.tested', { throws: THROWS })}</h2>
            <table data-update={read.step}>
              <tbody>
                <tr>
                  <th scope="row">{t('ball.speed.error')}</th>
                  <td>{covered ? '?' : fixed(read.error, 3)}</td>
                </tr>
                <tr>
                  <th scope="row">{t('ball.speed.byPlaces')}</th>
                  <td>{covered ? '?' : fixed(read.byPlaces, 3)}</td>
                </tr>
                <tr>
                  <th scope="row">{t('ball.speed.spread')}</th>
                  <td>{fixed(read.spread, 3)}</td>
                </tr>
              </tbody>
            </table>
            <p class="small">{t('ball.speed.how', { fitted: read.fitted, units: read.hidden, ridge: read.ridge })}</p>
          </>
        )}
      </section>
      <Clocks store={store} lesson={lesson} last={30} />
    </>
  );
}

const none: Place = { x: Number.NaN, y: Number.NaN };
function byPlaces(places: ArrayLike<number> | undefined, frame: number): Place {
  if (!places || frame < 2) return none;
  const [now, before] = [placeAt(places, frame), placeAt(places, frame - 1)];
  return { x: (now.x - before.x) / FRAME, y: (now.y - before.y) / FRAME };
}
