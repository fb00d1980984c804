// What it means that a few points disagree with all: a shallow minimum is left, the error of a batch's gradient falls as
// the root of its size, and points that say the same twice cost a batch twice.
import { useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { useBox } from '../../draw/box';
import { fixed, plain } from '../../draw/format';
import { M as Tex } from '../../draw/Math';
import { Axes, ticks } from '../../figures/plane/Axes';
import { planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { arrayOf } from '../../session/studies';
import { useCovered } from './asked';
import { Chart } from './Chart';
import type { Descent, Path } from './descent';
import { Frame, useWatch } from './Frame';
import { Heights, StillPlaces, Way } from './Ground';
import { EPOCHS, LEAVE_EPOCHS, LEAVE_RATE, LEAVE_X, LEAVE_Y, N } from './lab';
import { decades } from './Rules';

export function Noise({ store, descent }: { store: Store; descent: Descent }) {
  useWatch(descent.slice, descent.leaving, descent.noise, descent.once, descent.twice);
  const covered = useCovered(store, descent);
  const epoch = Number(descent.lab.value.leave);
  return (
    <Frame
      store={store}
      descent={descent}
      covered={covered}
      tools={
        <p class="descent-formula">
          <Tex tex="y = -3.2 \t{tanh}\,(\p{w}_1 x - 0.8) + \p{w}_0" />{' '}
          <span class="small dim">{t('descent.slice', { rate: LEAVE_RATE })}</span>
        </p>
      }
      figure={
        <>
          <div class="descent-two" {...control(store.session, 'lab.leave')}>
            {([0, 1] as const).map((i) => (
              <Leaver key={i} store={store} descent={descent} i={i} epoch={epoch} />
            ))}
          </div>
          {covered ? <p class="small dim">{t('descent.covered')}</p> : <Leaving descent={descent} epoch={epoch} />}
        </>
      }
      sliders={
        <label>
          <span>{t('descent.epochs.done')}</span>
          <input
            type="range"
            min={0}
            max={LEAVE_EPOCHS}
            value={epoch}
            disabled={covered}
            {...control(store.session, 'lab.epoch')}
            onInput={(event) => descent.set({ leave: event.currentTarget.value })}
          />
          <output class="num">{epoch}</output>
        </label>
      }
      plots={
        <>
          <Root store={store} descent={descent} />
          <Twice store={store} descent={descent} />
        </>
      }
      table={<NoiseTables descent={descent} epoch={epoch} />}
    />
  );
}

const NAMES = ['batch', 'one'] as const;
const X = ticks([0, 5, 10]);
const Y = ticks([-4, -2, 0, 2, 4]);
interface LeaverProps {
  store: Store;
  descent: Descent;
  i: 0 | 1;
  epoch: number;
}
/** Updates of the path within so many epochs. */
const updatesIn = (path: Path, epoch: number) => Math.round((path.updates * epoch) / LEAVE_EPOCHS);

function Leaver({ store, descent, i, epoch }: LeaverProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const ground = descent.plateau.value;
  const path = descent.leavers.value?.[i];
  const plane = box && planeOf(box, LEAVE_X, LEAVE_Y, { left: 26, right: 22, top: 16, bottom: 22 });
  const done = path ? updatesIn(path, epoch) : 0;
  const [start, now] = [path?.at(0), path?.at(done)];
  const name = t(`descent.rule.${NAMES[i]}`);
  return (
    <section aria-label={name}>
      <h2>
        <span>{name}</span> <span class="num">E {path ? plain(path.error(done)) : '·'}</span>
      </h2>
      <div class="plane descent-bowl" ref={area}>
        {box && plane && ground && path && start && now && (
          <svg
            viewBox={`0 0 ${box.width} ${box.height}`}
            role="img"
            aria-label={t('descent.leaver', { name, epoch, E: plain(path.error(done)) })}
          >
            <Heights store={store} plane={plane} of={ground} />
            <Axes plane={plane} x={X} names={{ x: '\\p{w}_1', y: '\\p{w}_0' }} />
            {Y.map(({ at, text }) => (
              <text key={at} class="t12 t2 end" x={plane.left - 6} y={plane.y(at) + 4}>
                {text}
              </text>
            ))}
            <StillPlaces plane={plane} of={ground.still} />
            <Way plane={plane} path={path} done={done} />
            <rect class="descent-start" x={plane.x(start[0]) - 4} y={plane.y(start[1]) - 4} width={8} height={8} />
            <g class="descent-ring">
              <circle cx={plane.x(now[0])} cy={plane.y(now[1])} r={6.5} />
            </g>
          </svg>
        )}
      </div>
    </section>
  );
}

const EPOCH_TICKS = ticks([0, 10, 20, 30, 40, 50, 60]);
function Leaving({ descent, epoch }: { descent: Descent; epoch: number }) {
  const both = descent.leavers.value;
  if (!both) return null;
  const lines = both.map((path, i) => {
    const all = Array.from({ length: updatesIn(path, epoch) + 1 }, (_, u) => u);
    return {
      ...{ id: NAMES[i] as string, name: t(`descent.rule.${NAMES[i] as 'batch' | 'one'}`) },
      xs: all.map((u) => (u * LEAVE_EPOCHS) / path.updates),
      ys: all.map((u) => path.error(u)),
    };
  });
  const whole = both.flatMap((path) => Array.from({ length: path.updates + 1 }, (_, u) => path.error(u)));
  return (
    <figure class="descent-errors">
      <figcaption>
        <b>{t('descent.errors')}</b>
      </figcaption>
      <Chart
        label={t('descent.errors.said', {
          said: lines.map(({ name, ys }) => `${name} ${plain(ys.at(-1) ?? Number.NaN)}`).join(', '),
        })}
        lines={lines}
        x={{ from: 0, to: LEAVE_EPOCHS, ticks: EPOCH_TICKS, name: t('descent.epochs') }}
        y={decades(whole)}
        names={84}
      />
    </figure>
  );
}

/** What a line through the logarithms rises by. */
export function slopeOf(xs: readonly number[], ys: readonly number[]): number {
  const [x, y] = [xs.map(Math.log), ys.map(Math.log)];
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const [mx, my] = [mean(x), mean(y)];
  const over = x.reduce((sum, one, i) => sum + (one - mx) * ((y[i] ?? 0) - my), 0);
  return over / x.reduce((sum, one) => sum + (one - mx) ** 2, 0);
}
function measured(descent: Descent): { batch: number[]; noise: number[] } | null {
  const study = descent.noise.found.value?.study;
  return study
    ? { batch: Array.from(arrayOf(study, 'batch').values), noise: Array.from(arrayOf(study, 'noise').values) }
    : null;
}

function Root({ store, descent }: { store: Store; descent: Descent }) {
  const found = measured(descent);
  if (!found) return null;
  const { batch, noise } = found;
  const xs = batch.map(Math.log2);
  const first = noise[0] ?? Number.NaN;
  const slope = fixed(slopeOf(batch, noise));
  return (
    <figure class="descent-errors tall" {...control(store.session, 'lab.root')}>
      <figcaption>
        <b>{t('descent.root')}</b>
      </figcaption>
      <Chart
        dots
        label={t('descent.root.said', { slope })}
        lines={[
          { id: 'batch', name: t('descent.root.slope', { slope }), xs, ys: noise, now: true },
          { id: 'one', name: t('descent.root.line'), xs, ys: batch.map((one) => first / Math.sqrt(one)) },
        ]}
        x={{
          ...{ from: 0, to: 8, name: t('descent.root.size') },
          ticks: batch.map((one, i) => ({ at: i, text: String(one) })).filter((_, i) => i % 2 === 0),
        }}
        y={{ from: 0.04, to: 2 }}
        names={84}
      />
    </figure>
  );
}

const FOUR = ['batch1', 'one1', 'batch2', 'one2'] as const;
type Four = (typeof FOUR)[number];
const SEEN_TICKS = ticks([0, 96, 192, 288]);
function Twice({ store, descent }: { store: Store; descent: Descent }) {
  const doubled = descent.doubled.value;
  if (!doubled) return null;
  const lines = doubled.flatMap((both, times) =>
    both.map((path, i) => {
      const all = Array.from({ length: path.updates + 1 }, (_, u) => u);
      return {
        ...{
          id: ['batch', 'one', 'mini', 'adam'][2 * times + i] as string,
          name: t(`descent.twice.${FOUR[2 * times + i] as Four}`),
        },
        xs: all.map((u) => path.seen(u)),
        ys: all.map((u) => path.error(u)),
      };
    }),
  );
  return (
    <figure class="descent-errors tall" {...control(store.session, 'lab.twice')}>
      <figcaption>
        <b>{t('descent.twice')}</b>
      </figcaption>
      <Chart
        label={t('descent.twice.said')}
        lines={lines}
        x={{ from: 0, to: EPOCHS * N, ticks: SEEN_TICKS, name: t('descent.seen') }}
        y={decades(lines.flatMap(({ ys }) => ys))}
        names={96}
      />
    </figure>
  );
}

function NoiseTables({ descent, epoch }: { descent: Descent; epoch: number }) {
  const found = measured(descent);
  const both = descent.leavers.value;
  const doubled = descent.doubled.value;
  const at = (path: Path, seen: number) => {
    let u = 0;
    while (u < path.updates && path.seen(u + 1) <= seen) u++;
    return path.error(u);
  };
  return (
    <>
      {both && (
        <table>
          <caption>{t('descent.table.leave')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('descent.epoch')}</th>
              {NAMES.map((name) => (
                <th scope="col" key={name}>
                  {t(`descent.rule.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: Math.floor(epoch / 5) + 1 }, (_, i) => 5 * i).map((one) => (
              <tr key={one}>
                <th scope="row">{one}</th>
                {both.map((path, i) => (
                  <td key={i}>{plain(path.error(updatesIn(path, one)))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found && (
        <table>
          <caption>{t('descent.root')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('descent.root.size')}</th>
              <th scope="col">{t('descent.root.off')}</th>
            </tr>
          </thead>
          <tbody>
            {found.batch.map((size, i) => (
              <tr key={size}>
                <th scope="row">{size}</th>
                <td>{plain(found.noise[i] ?? Number.NaN)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {doubled && (
        <table>
          <caption>{t('descent.twice')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('descent.seen')}</th>
              {FOUR.map((one) => (
                <th scope="col" key={one}>
                  {t(`descent.twice.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[0, 24, 48, 96, 144, 288].map((seen) => (
              <tr key={seen}>
                <th scope="row">{seen}</th>
                {doubled.flat().map((path, i) => (
                  <td key={i}>{plain(at(path, seen))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
