// Counting, a window, a recurrent net, one with gates and a small GPT on the same names, along one axis of loss.
import { useMemo, useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { useBox } from '../../draw/box';
import { fixed, whole } from '../../draw/format';
import { Axes, ticks, Within } from '../../figures/plane/Axes';
import { pathOf, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { ContestButtons, useContest } from '../Contest';
import { apart } from './apart';
import type { Props } from './Chain';
import { type Contest, createContest, EVERY, GOAL, LANES } from './contest';

export function Race({ store, counting }: Props) {
  const contest = useMemo(() => createContest(store.spawn), [store]);
  useContest({ store, contest, every: EVERY });
  const unseen = counting.contexts.value?.unseen;
  return (
    <>
      <Transport store={store} contest={contest} />
      <section class="nw-race" aria-label={t('next-word.race.label')} {...control(store.session, 'lab.race')}>
        {unseen && <Curves contest={contest} unseen={unseen} />}
        {unseen && <Twin contest={contest} unseen={unseen} />}
      </section>
    </>
  );
}

function Transport({ store, contest }: { store: Store; contest: Contest }) {
  const { race } = contest;
  const words = {
    play: t('next-word.race.play'),
    pause: t('next-word.race.pause'),
    more: t('next-word.race.more', { count: EVERY }),
    again: t('next-word.race.again'),
  };
  return (
    <ContestButtons class="nw-tools" store={store} contest={contest} every={EVERY} words={words}>
      {race.ready.value
        ? t('next-word.race.at', { step: whole(race.step.value), ...spread(contest) })
        : t('next-word.race.opening')}
    </ContestButtons>
  );
}

/** How many parameters the smallest has, and the largest. */
function spread({ race }: Contest) {
  const all = race.lanes.map(({ run }) => run.value?.parameters ?? 0);
  return { least: whole(Math.min(...all)), most: whole(Math.max(...all)) };
}

const ROOM = { left: 34, right: 176, top: 14, bottom: 26 };
const COUNTED = [1, 2, 5]; // letters seen
function Curves({ contest, unseen }: { contest: Contest; unseen: Float64Array }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const points = contest.points.value;
  const step = contest.race.step.value;
  const end = GOAL * Math.max(1, Math.ceil(step / GOAL));
  const plane = box && planeOf(box, { from: 0, to: end }, { from: 1.9, to: 3.4 }, ROOM);
  if (!plane || !box) return <div class="nw-curves plane" ref={area} />;
  const lines = [
    ...COUNTED.map((seen) => ({
      name: t('next-word.race.counting', { seen }),
      loss: unseen[seen] ?? Number.NaN,
      lane: -1,
    })),
    ...LANES.flatMap((id, lane) => {
      const last = points[lane]?.at(-1);
      return last ? [{ name: t(`next-word.race.${id}`), loss: last.loss, lane }] : [];
    }),
  ];
  const heights = apart(lines.map(({ loss }) => Math.max(plane.top + 8, plane.y(loss))));
  return (
    <div class="nw-curves plane" ref={area}>
      <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('next-word.race.label')}>
        <Axes plane={plane} x={ticks([0, end / 2, end])} y={ticks([2, 2.5, 3], 1)} />
        {COUNTED.map((seen) => (
          <path key={seen} class="l-edge dash" d={`M${plane.left} ${plane.y(unseen[seen] ?? 0)}H${plane.right}`} />
        ))}
        <Within plane={plane}>
          {LANES.map((id, lane) => {
            const of = points[lane] ?? [];
            const [xs, ys] = [of.map((one) => one.step), of.map(({ loss }) => loss)];
            return <path key={id} class={`nw-lane ${id}`} d={pathOf(plane, xs, ys)} />;
          })}
        </Within>
        {lines.map(({ name, loss, lane }, i) => (
          <g key={name}>
            <path
              class={lane < 0 ? 'l-edge dash' : `nw-lane ${LANES[lane]}`}
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

function Twin({ contest, unseen }: { contest: Contest; unseen: Float64Array }) {
  const points = contest.points.value;
  return (
    <div class="sr">
      <table>
        <caption>{t('next-word.race.label')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('clock.update')}</th>
            {LANES.map((id) => (
              <th scope="col" key={id}>
                {t(`next-word.race.${id}`)}
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
        {COUNTED.map((seen) => (
          <li key={seen}>
            {t('next-word.race.counting', { seen })} {fixed(unseen[seen] ?? Number.NaN, 3)}
          </li>
        ))}
      </ul>
    </div>
  );
}
