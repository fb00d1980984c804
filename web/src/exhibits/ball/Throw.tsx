// The view one begins with: the box, the ball as it came, and the net's own steps; the numbers of the present frame beside.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Rolled } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { useBox } from '../../draw/box';
import { fixed } from '../../draw/format';
import { Handles } from '../../figures/plane/Handles';
import { type Plane, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { useRight } from '../right';
import { Clocks } from './Clocks';
import type { Throw } from './lab';
import { apart, type Lesson, type Place, placeAt, useRolled } from './lesson';
import { Tools } from './Tools';

const REACH = 0.3; // of a unit of time: how long the line is that throws

export function ThrowView({ store, lesson }: { store: Store; lesson: Lesson }) {
  const { now, problem, settled } = useRolled(store, lesson);
  const rolled = now.value;
  const covered = lesson.covered.value === 'bounce';
  const off = (frame: number) => (rolled ? apart(placeAt(rolled.own, frame), placeAt(rolled.seen, frame)) : Number.NaN);
  useRight(store, settled && rolled && lesson.asked.value === 'bounce' ? { value: off(30), than: off(15) } : null);
  return (
    <>
      <Tools store={store} lesson={lesson} has={['reads', 'given', 'sides']} />
      <Problem of={problem.value ?? store.runs.problem.value} />
      <section class="sided-figure" aria-label={t('ball.box')} {...control(store.session, 'lab.box')}>
        <Box lesson={lesson} rolled={rolled} covered={covered} />
        <Legend own={lesson.lab.value.reads === 'own'} />
      </section>
      <section class="side-column ball-side" aria-label={t('ball.side')}>
        {covered ? (
          <p class="small">{t('ball.covered')}</p>
        ) : lesson.lab.value.side === 'table' ? (
          <Table lesson={lesson} rolled={rolled} />
        ) : (
          <Numbers store={store} lesson={lesson} rolled={rolled} />
        )}
      </section>
      <Clocks store={store} lesson={lesson} />
    </>
  );
}

/** What the net has read as frame t, and what it says of it. */
const readAt = (rolled: Rolled, own: boolean, frame: number) => placeAt(own ? rolled.own : rolled.seen, frame);
const saidAt = (rolled: Rolled, own: boolean, frame: number) =>
  placeAt(own && frame > rolled.given ? rolled.own : rolled.guess, frame);

const dots = (plane: Plane, places: readonly Place[]) =>
  places.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${plane.x(x).toFixed(1)} ${plane.y(y).toFixed(1)}`).join('');
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

function Box({ lesson, rolled, covered }: { lesson: Lesson; rolled: Rolled | null; covered: boolean }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const lab = lesson.lab.value;
  const ball = lesson.ball.value;
  if (!box) return <div class="plane ball-area" ref={area} />;
  const side = Math.max(10, Math.min(box.width, box.height) - 24);
  const [left, top] = [(box.width - side) / 2, (box.height - side) / 2];
  const span = { from: 0, to: 1 };
  const plane = planeOf(box, span, span, {
    left,
    right: box.width - left - side,
    top,
    bottom: box.height - top - side,
  });
  const own = lab.reads === 'own';
  const frame = Number(lab.frame);
  const given = Number(lab.given);
  const shown = own ? Math.min(frame, given) : frame;
  const places = [
    { x: ball.x, y: ball.y },
    { x: ball.x + ball.vx * REACH, y: ball.y + ball.vy * REACH },
  ];
  const moved = (i: number, to: Place): Throw =>
    i === 0 ? { ...ball, ...to } : { ...ball, vx: (to.x - ball.x) / REACH, vy: (to.y - ball.y) / REACH };
  return (
    <div class="plane ball-area" ref={area} data-frame={frame}>
      <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={describe(lesson, rolled, covered)}>
        <rect class="l-edge ball-walls" x={left} y={top} width={side} height={side} />
        <path class="l-ink ball-aim" d={dots(plane, places)} style={{ strokeWidth: 1 }} />
        {rolled && !covered && <Flight plane={plane} rolled={rolled} own={own} frame={frame} />}
        {rolled &&
          range(1, covered ? Math.min(shown, given) : shown).map((one) => {
            const { x, y } = placeAt(rolled.seen, one);
            const now = one === shown;
            return (
              <g key={one}>
                {now && <circle class="ball-now" cx={plane.x(x)} cy={plane.y(y)} r={9} />}
                <circle class="f-ink" cx={plane.x(x)} cy={plane.y(y)} r={now ? 6 : 1.5 + (3 * one) / shown} />
              </g>
            );
          })}
      </svg>
      <Handles
        plane={plane}
        unit={box.unit}
        places={places}
        picked={null}
        label={t('ball.handles')}
        locked={covered}
        name={(i) =>
          t(i === 0 ? 'ball.handle.place' : 'ball.handle.speed', said(i === 0 ? [ball.x, ball.y] : [ball.vx, ball.vy]))
        }
        pick={() => undefined}
        move={(i, to, done) => {
          const next = moved(i, i === 0 ? { x: clamped(to.x), y: clamped(to.y) } : to);
          if (done) lesson.throwTo(t('ball.thrown'), next);
          else lesson.follow(next);
        }}
        add={(to) => lesson.throwTo(t('ball.thrown'), { ...ball, x: clamped(to.x), y: clamped(to.y) })}
        remove={() => undefined}
      />
    </div>
  );
}
const clamped = (value: number) => Math.max(0, Math.min(1, value));
const said = ([x = 0, y = 0]: number[]) => ({ x: fixed(x), y: fixed(y) });

/** What came after the frames that were given, and what the net says: its own steps, or the next one each time. */
function Flight({ plane, rolled, own, frame }: { plane: Plane; rolled: Rolled; own: boolean; frame: number }) {
  const { given } = rolled;
  if (!own) {
    const next = frame < rolled.frames ? saidAt(rolled, false, frame + 1) : null;
    return next && <circle class="ball-ring" cx={plane.x(next.x)} cy={plane.y(next.y)} r={5} />;
  }
  if (frame <= given) return null;
  const came = range(given, frame).map((one) => placeAt(rolled.seen, one));
  const steps = range(given, frame).map((one) => placeAt(rolled.own, one));
  return (
    <>
      <path class="ball-came" d={dots(plane, came)} />
      <path class="l-ink dash ball-own" d={dots(plane, steps)} />
      {range(given + 1, frame)
        .filter((one) => (one - given) % 5 === 0 || one === frame)
        .map((one) => {
          const [said, seen] = [placeAt(rolled.own, one), placeAt(rolled.seen, one)];
          return (
            <g key={one}>
              <path class="l-edge" d={dots(plane, [said, seen])} />
              <circle class="ball-dot" cx={plane.x(seen.x)} cy={plane.y(seen.y)} r={3} />
              <circle class="ball-ring" cx={plane.x(said.x)} cy={plane.y(said.y)} r={5} />
            </g>
          );
        })}
    </>
  );
}

function describe(lesson: Lesson, rolled: Rolled | null, covered: boolean): string {
  const frame = Number(lesson.lab.value.frame);
  if (!rolled || covered) return t('ball.box');
  const own = lesson.lab.value.reads === 'own';
  const { x, y } = placeAt(rolled.seen, frame);
  const where = saidAt(rolled, own, Math.max(2, frame));
  return t('ball.box.label', { frame, ...said([x, y]), sx: fixed(where.x), sy: fixed(where.y) });
}

function Legend({ own }: { own: boolean }) {
  return (
    <ul class="ball-legend small">
      <li>
        <i class="ball-key throw" aria-hidden="true" />
        {t('ball.legend.throw')}
      </li>
      <li>
        <i class="ball-key seen" aria-hidden="true" />
        {t('ball.legend.seen')}
      </li>
      {own && (
        <li>
          <i class="ball-key came" aria-hidden="true" />
          {t('ball.legend.came')}
        </li>
      )}
      <li>
        <i class={`ball-key ${own ? 'own' : 'next'}`} aria-hidden="true" />
        {t(own ? 'ball.legend.own' : 'ball.legend.next')}
      </li>
    </ul>
  );
}

/** From the place that is read to what is said, and what came. */
function Numbers({ store, lesson, rolled }: { store: Store; lesson: Lesson; rolled: Rolled | null }) {
  if (!rolled) return null;
  const own = lesson.lab.value.reads === 'own';
  const frame = Math.max(2, Number(lesson.lab.value.frame));
  const from = readAt(rolled, own, frame - 1);
  const to = saidAt(rolled, own, frame);
  const came = placeAt(rolled.seen, frame);
  const rows: [string, number, number][] = [
    [t(own && frame - 1 > rolled.given ? 'ball.row.own' : 'ball.row.place', { frame: frame - 1 }), from.x, from.y],
    [t('ball.row.step'), to.x - from.x, to.y - from.y],
    [t('ball.row.said', { frame }), to.x, to.y],
    [t('ball.row.came', { frame }), came.x, came.y],
  ];
  return (
    <div {...control(store.session, 'lab.numbers')}>
      <h2>{t('ball.numbers', { frame })}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('ball.row')}</th>
            <th scope="col">x</th>
            <th scope="col">y</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, x, y]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{fixed(x, 3)}</td>
              <td>{fixed(y, 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {t('ball.off')} <b class="num">{fixed(apart(to, came), 3)}</b>
      </p>
    </div>
  );
}

function Table({ lesson, rolled }: { lesson: Lesson; rolled: Rolled | null }) {
  const area = useRef<HTMLElement>(null);
  const { reads, frame: present } = lesson.lab.value;
  // the row of the present frame is in sight
  useLayoutEffect(() => {
    const row = area.current?.querySelector<HTMLElement>('[aria-current]');
    if (area.current && row) area.current.scrollTop = row.offsetTop - area.current.clientHeight / 2;
  }, [present, rolled === null]);
  if (!rolled) return null;
  const own = reads === 'own';
  return (
    <section
      class="ball-table"
      ref={area}
      aria-label={t('ball.table')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
    >
      <table data-update={rolled.step}>
        <caption>{t('ball.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('ball.frame')}</th>
            <th scope="col">{t('ball.table.came')}</th>
            <th scope="col">{t('ball.table.said')}</th>
            <th scope="col">{t('ball.table.off')}</th>
          </tr>
        </thead>
        <tbody>
          {range(1, rolled.frames).map((frame) => {
            const came = placeAt(rolled.seen, frame);
            const to = saidAt(rolled, own, frame);
            const pair = ({ x, y }: Place) => `${fixed(x, 3)} ${fixed(y, 3)}`;
            return (
              <tr key={frame} aria-current={frame === Number(present) ? 'true' : undefined}>
                <th scope="row">{frame}</th>
                <td>{pair(came)}</td>
                <td>{frame === 1 ? '·' : pair(to)}</td>
                <td>{frame === 1 ? '·' : fixed(apart(to, came), 3)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
