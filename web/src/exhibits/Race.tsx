// Counting, a window, a recurrent net, one with gates and a small GPT on the same names, along one axis of loss.
import { useMemo, useRef } from 'preact/hooks';
import { control } from '../components/control';
import { useBox } from '../draw/box';
import { fixed, whole } from '../draw/format';
import { Axes, ticks, Within } from '../figures/plane/Axes';
import { pathOf, planeOf } from '../figures/plane/plane';
import { t } from '../i18n';
import { speak } from '../i18n/en';
import { race as words } from '../i18n/en.race';
import type { Store } from '../session/create';
import { apart } from './apart';
import { ContestButtons, useContest } from './Contest';
import { type Contest, createContest, EVERY, LANES } from './contest';
import './race.css';

speak(words);

interface RaceProps {
  store: Store;
  /** What counting loses, by letters seen; null until it is known. */
  unseen: ArrayLike<number> | null;
  /** Letters seen, of the counts that are shown. */
  counted: readonly number[];
  /** Updates after which it stops by itself. */
  goal: number;
  /** The largest loss on the axis, in nats. */
  top: number;
}
export function NamesRace(of: RaceProps) {
  const { store, goal, unseen } = of;
  const contest = useMemo(() => createContest(store.spawn, goal), [store, goal]);
  useContest({ store, contest, every: EVERY });
  return (
    <>
      <Transport store={store} contest={contest} />
      <section class="names-race" aria-label={t('race.label')} {...control(store.session, 'lab.race')}>
        {unseen && <Curves {...of} contest={contest} unseen={unseen} />}
        {unseen && <Twin {...of} contest={contest} unseen={unseen} />}
      </section>
    </>
  );
}

type Shown = Omit<RaceProps, 'unseen'> & { contest: Contest; unseen: ArrayLike<number> };

function Transport({ store, contest }: { store: Store; contest: Contest }) {
  const { race } = contest;
  const words = {
    play: t('race.play'),
    pause: t('race.pause'),
    more: t('race.more', { count: EVERY }),
    again: t('race.again'),
  };
  return (
    <ContestButtons class="race-tools" store={store} contest={contest} every={EVERY} words={words}>
      {race.ready.value ? t('race.at', { step: whole(race.step.value), ...spread(contest) }) : t('race.opening')}
    </ContestButtons>
  );
}

/** How many parameters the smallest has, and the largest. */
function spread({ race }: Contest) {
  const all = race.lanes.map(({ run }) => run.value?.parameters ?? 0);
  return { least: whole(Math.min(...all)), most: whole(Math.max(...all)) };
}

const ROOM = { left: 34, right: 176, top: 14, bottom: 38 };
const LEAST = 1.9; // nats
const NATS = [2, 2.5, 3];
function Curves({ contest, unseen, counted, goal, top }: Shown) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const points = contest.points.value;
  const step = contest.race.step.value;
  const end = goal * Math.max(1, Math.ceil(step / goal));
  const plane = box && planeOf(box, { from: 0, to: end }, { from: LEAST, to: top }, ROOM);
  if (!plane || !box) return <div class="race-curves plane" ref={area} />;
  const lines = [
    ...counted.map((seen) => ({
      name: t('race.counting', { seen }),
      loss: unseen[seen] ?? Number.NaN,
      lane: -1,
    })),
    ...LANES.flatMap((id, lane) => {
      const last = points[lane]?.at(-1);
      return last ? [{ name: t(`race.${id}`), loss: last.loss, lane }] : [];
    }),
  ];
  const heights = apart(lines.map(({ loss }) => Math.max(plane.top + 8, plane.y(loss))));
  return (
    <div class="race-curves plane" ref={area}>
      <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('race.label')}>
        <Axes
          plane={plane}
          x={ticks([0, end / 2, end])}
          y={ticks(
            NATS.filter((one) => one < top),
            1,
          )}
        />
        <text class="t12 t2 end" x={plane.right} y={plane.top + 8}>
          {t('race.axis.loss')}
        </text>
        <text class="t12 t2 end" x={plane.right} y={plane.bottom + 31}>
          {t('race.axis')}
        </text>
        {counted.map((seen) => (
          <path key={seen} class="l-edge dash" d={`M${plane.left} ${plane.y(unseen[seen] ?? 0)}H${plane.right}`} />
        ))}
        <Within plane={plane}>
          {LANES.map((id, lane) => {
            const of = points[lane] ?? [];
            const [xs, ys] = [of.map((one) => one.step), of.map(({ loss }) => loss)];
            return <path key={id} class={`race-lane ${id}`} d={pathOf(plane, xs, ys)} />;
          })}
        </Within>
        {lines.map(({ name, loss, lane }, i) => (
          <g key={name}>
            <path
              class={lane < 0 ? 'l-edge dash' : `race-lane ${LANES[lane]}`}
              d={`M${plane.right + 8} ${heights[i] ?? 0}h22`}
            />
            <text class={lane < 0 ? 't12 t2' : 't12 b'} x={plane.right + 36} y={(heights[i] ?? 0) + 4}>
              {name} <tspan class="num">{fixed(loss)}</tspan>
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

function Twin({ contest, unseen, counted }: Shown) {
  const points = contest.points.value;
  return (
    <div class="sr">
      <table>
        <caption>{t('race.label')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('clock.update')}</th>
            {LANES.map((id) => (
              <th scope="col" key={id}>
                {t(`race.${id}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(points[0] ?? []).map(({ step }, row) => (
            <tr key={step}>
              <th scope="row">{step}</th>
              {points.map((of, lane) => (
                <td key={lane}>{fixed(of[row]?.loss ?? Number.NaN, 3)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul>
        {counted.map((seen) => (
          <li key={seen}>
            {t('race.counting', { seen })} {fixed(unseen[seen] ?? Number.NaN, 3)}
          </li>
        ))}
      </ul>
    </div>
  );
}
