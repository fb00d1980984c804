// Which came first, a or b? Three nets learn it on the page: what each knows by update, and by the length of the text.
import { useEffect, useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { useBox } from '../../draw/box';
import { fixed, whole } from '../../draw/format';
import { Axes, ticks } from '../../figures/plane/Axes';
import { pathOf, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Twin } from '../../stage/Twin';
import { apart } from '../apart';
import { ContestButtons, useContest } from '../Contest';
import {
  type Contest,
  choiceOf,
  createContest,
  EVERY,
  GOAL,
  isAnywhere,
  type Join,
  keyOf,
  LANES,
  LENGTHS,
  TRAINED,
} from './contest';

const JOINS: Join[] = ['added', 'concatenated'];
const LONGEST = LENGTHS.at(-1) ?? TRAINED;

/** Another choice is another race; the switch thrown while one trains is not. */
function useChosen(store: Store) {
  const choice = choiceOf(store.lab.value);
  const key = keyOf(choice);
  const held = useRef<{ key: string; contest: Contest } | null>(null);
  if (held.current?.key !== key) held.current = { key, contest: createContest(store.spawn, choice) };
  const now = held.current;
  const turn = async () => {
    const { contest } = now;
    await contest.turn();
    const [thrown, at] = [contest.thrown.peek(), contest.race.step.peek()];
    now.key = keyOf({ ...choice, thrown });
    store.lab.value = { ...store.lab.peek(), thrown: thrown.join('.'), at: String(at) };
  };
  return { contest: now.contest, turn };
}

export function Order({ store }: { store: Store }) {
  const { contest, turn } = useChosen(store);
  useContest({ store, contest, every: EVERY });
  useEffect(
    () =>
      contest.race.each(() => {
        store.seen.value = true;
      }),
    [contest],
  );
  return (
    <div class="panel order-panel">
      <Transport store={store} contest={contest} turn={turn} />
      <section class="order-plots" aria-label={t('positions.order.figure')} {...control(store.session, 'lab.order')}>
        <Plot title={t('positions.order.by.update')} axis={t('positions.order.updates')} of={byUpdate(contest)} />
        <Plot title={t('positions.order.by.length')} axis={t('positions.order.letters')} of={byLength(contest)} />
        <Table contest={contest} />
      </section>
      <p class="small dim">{t('positions.order.how')}</p>
    </div>
  );
}

interface TransportProps {
  store: Store;
  contest: Contest;
  turn: () => Promise<void>;
}
function Transport({ store, contest, turn }: TransportProps) {
  const { race, playing } = contest;
  const { join } = choiceOf(store.lab.value);
  const on = isAnywhere(contest.thrown.value);
  const example = contest.example.value;
  const words = {
    play: t('positions.order.play'),
    pause: t('positions.order.pause'),
    more: t('positions.order.more', { count: EVERY }),
    again: t('positions.order.again'),
  };
  return (
    <div class="order-tools">
      <fieldset class="seg" aria-label={t('positions.order.join')} {...control(store.session, 'lab.join')}>
        {JOINS.map((one) => (
          <button
            type="button"
            key={one}
            aria-pressed={join === one}
            disabled={playing.value}
            onClick={() => {
              store.lab.value = { ...store.lab.peek(), join: one, at: '0', thrown: on ? '0' : '' };
            }}
          >
            {t(`positions.kind.${one}`)}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        role="switch"
        class="btn low switched"
        aria-checked={on}
        disabled={!race.ready.value}
        {...control(store.session, 'lab.anywhere')}
        onClick={() => void turn()}
      >
        {t('positions.order.anywhere')}
      </button>
      <ContestButtons class="order-clock" store={store} contest={contest} every={EVERY} words={words}>
        {race.ready.value && example !== null
          ? t('positions.order.at', { step: whole(race.step.value), example })
          : t('positions.order.opening')}
      </ContestButtons>
    </div>
  );
}

interface Drawn {
  end: number; // of the axis
  marks: readonly number[];
  lines: { xs: number[]; ys: number[]; dots: boolean }[];
  /** Up to here it was trained. */
  trained?: number;
  /** Where the switch was thrown. */
  thrown?: readonly number[];
}
function byUpdate({ points, race, thrown }: Contest): Drawn {
  const end = GOAL * Math.max(1, Math.ceil(race.step.value / GOAL));
  return {
    end,
    marks: [0, end / 2, end],
    lines: points.value.map((of) => ({ xs: of.map(({ step }) => step), ys: of.map(({ right }) => right), dots: true })),
    thrown: thrown.value,
  };
}
function byLength({ points }: Contest): Drawn {
  return {
    end: LONGEST,
    marks: LENGTHS.filter((length) => length % 8 === 0),
    lines: points.value.map((of) => ({ xs: LENGTHS, ys: of.at(-1)?.by ?? [], dots: true })),
    trained: TRAINED,
  };
}

const ROOM = { left: 40, right: 108, top: 26, bottom: 40 };
function Plot({ title, axis, of }: { title: string; axis: string; of: Drawn }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const plane = box && planeOf(box, { from: 0, to: of.end }, { from: 0, to: 1 }, ROOM);
  const last = of.lines.map(({ ys }) => ys.at(-1) ?? Number.NaN);
  const heights = plane ? apart(last.map((share) => (Number.isFinite(share) ? plane.y(share) : plane.bottom))) : [];
  return (
    <div class="order-plot">
      <div class="pos-area" ref={area}>
        {plane && box && (
          <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={title}>
            <text class="t12 b" x={0} y={12}>
              {title}
            </text>
            {of.trained !== undefined && (
              <>
                <rect
                  class="order-trained"
                  x={plane.x(0)}
                  y={plane.top}
                  width={plane.x(of.trained) - plane.x(0)}
                  height={plane.bottom - plane.top}
                />
                <text class="t12 t2 halo-paper" x={plane.x(0) + 5} y={plane.bottom - 6}>
                  {t('positions.order.trained')}
                </text>
              </>
            )}
            <Axes plane={plane} x={ticks(of.marks)} y={ticks([0, 0.5, 1], 1)} />
            <path class="l-edge dash" d={`M${plane.left} ${plane.y(0.5)}H${plane.right}`} />
            <text class="t12 t2 halo-paper" x={plane.left + 5} y={plane.y(0.5) + 15}>
              {t('positions.order.chance')}
            </text>
            {of.thrown?.map((at, i) => (
              <g key={at}>
                <path class="l-edge" d={`M${plane.x(at)} ${plane.top}V${plane.bottom}`} />
                <text class="t12 t2" x={plane.x(at) + 5} y={plane.bottom - 6 - 14 * (i % 3)}>
                  {t(i % 2 === 0 ? 'positions.order.from.anywhere' : 'positions.order.from.one')}
                </text>
              </g>
            ))}
            {of.lines.map(({ xs, ys }, lane) => (
              <g key={LANES[lane]}>
                <path class={`order-lane ${LANES[lane]}`} d={pathOf(plane, xs, ys)} />
                {ys.map((share, i) => (
                  <circle
                    key={xs[i]}
                    class={lane === 0 ? 'f-ink' : 'f-paper pos-ring'}
                    cx={plane.x(xs[i] ?? 0)}
                    cy={plane.y(share)}
                    r={2.6}
                  />
                ))}
              </g>
            ))}
            {of.lines.map((_, lane) =>
              Number.isFinite(last[lane]) ? (
                <g key={LANES[lane]}>
                  <path class={`order-lane ${LANES[lane]}`} d={`M${plane.right + 8} ${heights[lane] ?? 0}h20`} />
                  <text class="t12 b" x={plane.right + 33} y={(heights[lane] ?? 0) + 4}>
                    {t(`positions.lane.${LANES[lane] as 'none'}`)} <tspan class="num">{fixed(last[lane] ?? 0)}</tspan>
                  </text>
                </g>
              ) : null,
            )}
            <text class="t12 t2 end" x={plane.right} y={plane.bottom + 33}>
              {axis}
            </text>
          </svg>
        )}
      </div>
    </div>
  );
}

/** The same as numbers, at the update on screen. */
function Table({ contest }: { contest: Contest }) {
  const last = contest.points.value.map((of) => of.at(-1));
  const share = (value: number | undefined) => (value === undefined ? '' : fixed(value, 3));
  return (
    <Twin
      caption={t('positions.order.by.length')}
      update={last[0]?.step ?? 0}
      head={[t('positions.order.letters'), ...LANES.map((id) => t(`positions.lane.${id}`))]}
      rows={[
        [t('positions.order.as.trained'), ...last.map((one) => share(one?.right))],
        ...LENGTHS.map((length, i) => [String(length), ...last.map((one) => share(one?.by[i]))]),
      ]}
    />
  );
}
