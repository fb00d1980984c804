// One start and several rules: the map with the way of one of them, all of them small, their errors along the epochs, and
// the update that is done now, number by number.
import { useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { useBox } from '../../draw/box';
import { fixed, plain } from '../../draw/format';
import { Axes, ticks } from '../../figures/plane/Axes';
import { Handles } from '../../figures/plane/Handles';
import { planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { useCovered } from './asked';
import { Chart } from './Chart';
import { Clocks } from './Clocks';
import { Doing } from './Doing';
import type { Descent } from './descent';
import { Frame, RateSlider, useWatch } from './Frame';
import { Heights, StillPlaces, Way } from './Ground';
import { ACROSS, EPOCHS, MUS, presentOf, RULES, type Rule, UP } from './lab';
import { Seg } from './Seg';
import { Bends } from './Still';
import { PointTable, StillTable, Update, UpdateTable } from './Update';

export function Rules({ store, descent }: { store: Store; descent: Descent }) {
  useWatch(descent.surface, descent.ways);
  const lab = descent.lab.value;
  const rule = lab.rule as Rule;
  const covered = useCovered(store, descent);
  return (
    <Frame
      store={store}
      descent={descent}
      covered={covered}
      tools={
        <Seg
          store={store}
          id="rule"
          name={t('descent.rules')}
          all={RULES}
          now={rule}
          locked={covered}
          words={(one) => t(`descent.rule.${one}`)}
          set={(one) => descent.edit(t('descent.rules'), { rule: one, update: '0', op: '0' })}
        />
      }
      figure={
        <>
          <div class="descent-top">
            <Walk store={store} descent={descent} covered={covered} />
            {!covered && <Errors store={store} descent={descent} />}
          </div>
          {!covered && <Few store={store} descent={descent} />}
          <Doing store={store} descent={descent} />
        </>
      }
      sliders={
        <>
          <RateSlider store={store} descent={descent} of={rule} words={t('descent.eta')} covered={covered} />
          {rule === 'momentum' && (
            <Seg
              store={store}
              id="mu"
              name={t('descent.mu')}
              all={MUS}
              now={lab.mu}
              locked={covered}
              set={(mu) => descent.edit(t('descent.mu'), { mu })}
            />
          )}
        </>
      }
      plots={
        <>
          <Update store={store} descent={descent} />
          <Bends store={store} descent={descent} />
          <StillTable descent={descent} />
        </>
      }
      table={
        <>
          <UpdateTable descent={descent} />
          <PointTable descent={descent} />
          <StillTable descent={descent} />
        </>
      }
      clocks={<Clocks store={store} descent={descent} covered={covered} />}
    />
  );
}

const X = ticks([-3, -2, -1, 0, 1, 2, 3]);
const Y = ticks([-2, -1, 0, 1, 2]);
const held = (value: number, { from, to }: { from: number; to: number }) =>
  String(Number(Math.max(from, Math.min(to, value)).toFixed(2)));

function Walk({ store, descent, covered }: { store: Store; descent: Descent; covered: boolean }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const lab = descent.lab.value;
  const ground = descent.ground.value;
  const path = descent.paths.value?.[RULES.indexOf(lab.rule as Rule)];
  const plane = box && planeOf(box, ACROSS, UP, { left: 26, right: 22, top: 20, bottom: 24 });
  const done = Number(lab.update);
  const start = { x: Number(lab.w1), y: Number(lab.w2) };
  const to = ({ x, y }: { x: number; y: number }) => ({ w1: held(x, ACROSS), w2: held(y, UP) });
  const move = (at: { x: number; y: number }) =>
    descent.edit(t('descent.start'), { ...to(at), update: lab.update, op: lab.op });
  const now = path?.at(Math.min(done, path.updates));
  return (
    <div class="plane descent-map" ref={area} {...control(store.session, 'lab.map')}>
      {box && plane && (
        <>
          <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('descent.map')}>
            {ground && <Heights store={store} plane={plane} of={ground} />}
            <Axes plane={plane} x={X} y={[]} names={{ x: '\\p{w}_1', y: '\\p{w}_2' }} />
            {Y.map(({ at, text }) => (
              <text key={at} class="t12 t2 end" x={plane.left - 6} y={plane.y(at) + 4}>
                {text}
              </text>
            ))}
            {ground && <StillPlaces plane={plane} of={ground.still} />}
            {path && <Way plane={plane} path={path} done={done} ahead={!covered} />}
            {now && done > 0 && Number.isFinite(now[0]) && (
              <g class="descent-ring">
                <circle cx={plane.x(now[0])} cy={plane.y(now[1])} r={6.5} />
                <circle class="dot" cx={plane.x(now[0])} cy={plane.y(now[1])} r={2} />
              </g>
            )}
          </svg>
          <Handles
            plane={plane}
            unit={box.unit}
            places={[start]}
            picked={null}
            locked={covered}
            label={t('descent.start.move')}
            name={() => t('descent.start.at', { w1: plain(start.x, 2), w2: plain(start.y, 2) })}
            pick={() => {}}
            move={(_, at, done) => (done ? move(at) : descent.follow(to(at)))}
            add={move}
            remove={() => {}}
          />
        </>
      )}
    </div>
  );
}

const EPOCH_TICKS = ticks([0, 6, 12, 18, 24]);
/** From the lowest to the highest power of ten that the lines need. */
export function decades(values: readonly number[]): { from: number; to: number } {
  const all = values.filter((one) => Number.isFinite(one) && one > 0);
  const [least, most] = [Math.min(1, ...all), Math.max(1, ...all)];
  return { from: least * 0.8, to: Math.min(most, 1e5) * 1.2 };
}

function Errors({ store, descent }: { store: Store; descent: Descent }) {
  const lab = descent.lab.value;
  const paths = descent.paths.value;
  const points = paths ? paths[0]?.seen(1) || 1 : 1;
  const lines = RULES.map((id, i) => {
    const path = paths?.[i];
    const all = Array.from({ length: (path?.updates ?? -1) + 1 }, (_, u) => u);
    return {
      ...{ id, name: t(`descent.rule.${id}`), now: id === lab.rule },
      xs: all.map((u) => (path?.seen(u) ?? 0) / points),
      ys: all.map((u) => path?.error(u) ?? Number.NaN),
      ...(id === lab.rule && { mark: Number(lab.update) }),
    };
  });
  const y = decades(lines.flatMap(({ ys }) => ys));
  return (
    <figure class="descent-errors" {...control(store.session, 'lab.errors')}>
      <figcaption>
        <b>{t('descent.errors')}</b>
      </figcaption>
      <Chart
        label={t('descent.errors.said', {
          said: lines.map(({ name, ys }) => `${name} ${plain(ys.at(-1) ?? Number.NaN)}`).join(', '),
        })}
        lines={lines}
        x={{ from: 0, to: EPOCHS, ticks: EPOCH_TICKS, name: t('descent.epochs') }}
        y={y}
        names={84}
      />
    </figure>
  );
}

/** All rules small, after as many points seen as the one on screen. */
function Few({ store, descent }: { store: Store; descent: Descent }) {
  const lab = descent.lab.value;
  const paths = descent.paths.value;
  const seen = paths?.[RULES.indexOf(lab.rule as Rule)]?.seen(Number(lab.update)) ?? 0;
  return (
    <div class="descent-few" {...control(store.session, 'lab.few')}>
      {RULES.map((rule, i) => {
        const path = paths?.[i];
        let done = 0;
        while (path && done < path.updates && path.seen(done + 1) <= seen) done++;
        return (
          <button
            type="button"
            key={rule}
            class={rule === lab.rule ? 'descent-small present' : 'descent-small'}
            aria-pressed={rule === lab.rule}
            onClick={() => {
              const { update } = presentOf({ rule, update: String(done), op: '0' });
              descent.edit(t('descent.rules'), { rule, update: String(Math.min(done, update)), op: '0' });
            }}
          >
            <span class="descent-small-name">
              <b>{t(`descent.rule.${rule}`)}</b> <span class="num">η {lab[rule]}</span>
            </span>
            <SmallMap store={store} descent={descent} rule={i} done={done} />
            <span class="num small dim">E {path ? fixed(path.error(done)) : '·'}</span>
          </button>
        );
      })}
    </div>
  );
}

function SmallMap({ store, descent, rule, done }: { store: Store; descent: Descent; rule: number; done: number }) {
  const area = useRef<HTMLSpanElement>(null);
  const box = useBox(area);
  const ground = descent.ground.value;
  const path = descent.paths.value?.[rule];
  const plane = box && planeOf(box, ACROSS, UP, { left: 0, right: 0, top: 0, bottom: 0 });
  const now = path?.at(done);
  return (
    <span class="plane descent-small-map" ref={area}>
      {box && plane && ground && path && now && (
        <svg viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
          <Heights store={store} plane={plane} of={ground} bands={8} />
          <Way plane={plane} path={path} done={done} />
          <circle class="descent-dot" cx={plane.x(now[0])} cy={plane.y(now[1])} r={3.5} />
        </svg>
      )}
    </span>
  );
}
