// One frame has no answer: where throws that begin at one place are a frame later, their middle, and what the net says.
import { useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { useBox } from '../../draw/box';
import { fixed } from '../../draw/format';
import { Axes, ticks } from '../../figures/plane/Axes';
import { planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { useAsked } from '../asked';
import { useRight } from '../right';
import { Clocks } from './Clocks';
import { apart, type Lesson, type Place, placeAt, useRolled } from './lesson';
import { Tools } from './Tools';

const COUNT = 32;
const LAST = 30; // frame that has a next one
const held = ({ x, y }: Place): Place => ({ x: inside(x), y: inside(y) });
/** As it is written in a text; what is seen off may lie beyond a wall. */
const inside = (value: number) => Math.round(1e6 * Math.max(0, Math.min(1, value))) / 1e6;
const REACH = 0.07; // of a side, around the place

export function One({ store, lesson }: { store: Store; lesson: Lesson }) {
  const { now, problem, settled } = useRolled(store, lesson);
  const frame = Math.min(LAST, Number(lesson.lab.value.frame));
  const from = now.value ? held(placeAt(now.value.seen, frame)) : lesson.ball.value;
  const { x, y } = from;
  const fan = useAsked(store, `${x} ${y}`, () => store.session.bridge.call('rollFan', { x, y, count: COUNT }));
  const alone = useAsked(store, `${x} ${y}`, () =>
    store.session.bridge.call('rolled', { text: `${x},${y} ${x},${y}`, given: 1 }),
  );
  const all = fan.now.value?.places;
  const ends = all ? Array.from({ length: COUNT }, (_, i) => placeAt(all, i + 1)) : [];
  const middle = meanOf(ends);
  const said = alone.now.value ? placeAt(alone.now.value.guess, 2) : null;
  const off = (to: Place | null) =>
    to ? ends.reduce((sum, one) => sum + apart(one, to), 0) / Math.max(1, ends.length) : Number.NaN;
  const covered = lesson.covered.value === 'one';
  useRight(
    store,
    settled && fan.settled && alone.settled && said && ends.length > 0 && lesson.asked.value === 'one'
      ? { value: off(said), than: off(from) }
      : null,
  );
  const rows: [string, Place | null][] = [
    [t('ball.one.same'), from],
    [t('ball.one.middle'), middle],
    [t('ball.one.net'), said],
  ];
  return (
    <>
      <Tools store={store} lesson={lesson} has={[]} />
      <Problem of={problem.value ?? fan.problem.value ?? alone.problem.value} />
      <section class="sided-figure" aria-label={t('ball.one')} {...control(store.session, 'lab.fan')}>
        <Fan from={from} ends={ends} middle={middle} said={covered ? null : said} />
        <p class="small">{t('ball.one.legend', { count: COUNT })}</p>
      </section>
      <section class="side-column ball-side" aria-label={t('ball.side')}>
        <h2>{t('ball.one.off')}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('ball.one.say')}</th>
              <th scope="col">x</th>
              <th scope="col">y</th>
              <th scope="col">{t('ball.table.off')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, to], i) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {covered && i !== 1 ? (
                  <td colSpan={3}>?</td>
                ) : (
                  <>
                    <td>{to ? fixed(to.x, 3) : '·'}</td>
                    <td>{to ? fixed(to.y, 3) : '·'}</td>
                    <td>{to && ends.length > 0 ? fixed(off(to), 3) : '·'}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        <p class="small">{t('ball.one.about')}</p>
      </section>
      <Clocks store={store} lesson={lesson} last={LAST} />
    </>
  );
}

const meanOf = (all: readonly Place[]): Place | null =>
  all.length === 0
    ? null
    : {
        x: all.reduce((sum, one) => sum + one.x, 0) / all.length,
        y: all.reduce((sum, one) => sum + one.y, 0) / all.length,
      };

function Fan({ from, ends, middle, said }: { from: Place; ends: Place[]; middle: Place | null; said: Place | null }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  if (!box) return <div class="plane ball-area" ref={area} />;
  const side = Math.max(10, Math.min(box.width - 80, box.height - 60));
  const [left, top] = [(box.width - side) / 2, (box.height - side) / 2 - 6];
  const span = (at: number) => ({ from: at - REACH, to: at + REACH });
  const margins = { left, right: box.width - left - side, top, bottom: box.height - top - side };
  const plane = planeOf(box, span(from.x), span(from.y), margins);
  const three = (at: number) => ticks([at - 0.05, at, at + 0.05], 2);
  return (
    <div class="plane ball-area" ref={area} data-ends={ends.length}>
      <svg
        viewBox={`0 0 ${box.width} ${box.height}`}
        role="img"
        aria-label={t('ball.one.label', { count: ends.length })}
      >
        <Axes plane={plane} x={three(from.x)} y={three(from.y)} names={{ x: 'x', y: 'y' }} />
        {ends.map((to, i) => (
          <g key={i}>
            <path class="l-rule" d={`M${plane.x(from.x)} ${plane.y(from.y)}L${plane.x(to.x)} ${plane.y(to.y)}`} />
            <circle class="ball-ring small" cx={plane.x(to.x)} cy={plane.y(to.y)} r={3} />
          </g>
        ))}
        <circle class="f-ink" cx={plane.x(from.x)} cy={plane.y(from.y)} r={7} />
        {middle && <circle class="ball-ring" cx={plane.x(middle.x)} cy={plane.y(middle.y)} r={6} />}
        {said && (
          <path
            class="l-ink"
            d={`M${plane.x(said.x) - 7} ${plane.y(said.y)}h14M${plane.x(said.x)} ${plane.y(said.y) - 7}v14`}
          />
        )}
      </svg>
    </div>
  );
}
