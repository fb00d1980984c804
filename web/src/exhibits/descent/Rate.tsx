// One bowl, three learning rates: too small, right, too large; the limit is 2 by the largest eigenvalue.
import { useRef } from 'preact/hooks';
import { ClockButtons } from '../../components/ClockButtons';
import { control } from '../../components/control';
import { useBox } from '../../draw/box';
import { fixed, plain } from '../../draw/format';
import { M as Tex } from '../../draw/Math';
import { Axes, ticks } from '../../figures/plane/Axes';
import { planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { useCovered } from './asked';
import { Chart } from './Chart';
import { useTransport } from './Clocks';
import type { Descent, Path } from './descent';
import { Frame, RateSlider, useWatch } from './Frame';
import { Heights, StillPlaces, Way } from './Ground';
import { BOWL_UPDATES, BOWL_X, BOWL_Y, THREE } from './lab';
import { decades } from './Rules';
import { Hessian } from './Still';

const CLOSE = 0.1; // of the way down that may be left

/** What a rate does here, by name. */
export function fateOf(
  rate: number,
  largest: number,
  path: Path,
  bottom: number,
): 'climbs' | 'right' | 'swings' | 'creeps' {
  if (rate * largest > 2) return 'climbs';
  const left = (path.error(path.updates) - bottom) / (path.error(0) - bottom);
  if (left <= CLOSE) return 'right';
  return rate * largest > 1 ? 'swings' : 'creeps';
}

export function Rate({ store, descent }: { store: Store; descent: Descent }) {
  useWatch(descent.bowl, descent.three);
  const covered = useCovered(store, descent);
  const lab = descent.lab.value;
  const rates = descent.rates.value;
  const still = descent.basin.value?.still[0];
  const largest = still?.eigenvalues[1] ?? Number.NaN;
  const smallest = still?.eigenvalues[0] ?? Number.NaN;
  const done = covered ? 0 : Number(lab.bowl);
  return (
    <Frame
      store={store}
      descent={descent}
      covered={covered}
      tools={
        <p class="descent-formula">
          <Tex tex="y = \p{w}_1 x + \p{w}_0" /> <span class="small dim">{t('descent.bowl')}</span>
        </p>
      }
      figure={
        <div class="descent-three" {...control(store.session, 'lab.three')}>
          {THREE.map((one, i) => {
            const path = rates?.[i];
            const fate = path && still && fateOf(Number(lab[one]), largest, path, still.error);
            return (
              <section key={one} aria-label={t('descent.bowl.rate', { rate: lab[one] })}>
                <h2>
                  <span>{covered || !fate ? t('descent.fate.covered') : t(`descent.fate.${fate}`)}</span>
                  <span class="num">η = {lab[one]}</span>
                </h2>
                <Bowl store={store} descent={descent} path={path} done={done} />
                <RateSlider
                  store={store}
                  descent={descent}
                  of={one}
                  words="η"
                  name={t('descent.eta.of', { n: i + 1 })}
                  covered={covered}
                />
                {!covered && path && <Along path={path} done={done} all={rates} />}
              </section>
            );
          })}
        </div>
      }
      plots={
        still && (
          <>
            <Hessian store={store} of={still} names={['\\p{w}_1', '\\p{w}_0']} />
            <section aria-label={t('descent.limit')} {...control(store.session, 'lab.limit')}>
              <h2>{t('descent.limit')}</h2>
              <p class="descent-formula">
                <Tex tex="2 / λ_1" />{' '}
                <span class="num">
                  = 2 / {fixed(largest, 3)} = <b>{fixed(2 / largest, 3)}</b>
                </span>
              </p>
              <table>
                <caption>{t('descent.factor')}</caption>
                <thead>
                  <tr>
                    <td />
                    {THREE.map((one) => (
                      <th scope="col" key={one}>
                        η {lab[one]}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {[largest, smallest].map((lambda, k) => (
                    <tr key={lambda}>
                      <th scope="row">
                        <Tex tex={`1 - η λ_${k + 1}`} />
                      </th>
                      {THREE.map((one) => (
                        <td key={one}>{fixed(1 - Number(lab[one]) * lambda, 3)}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
              <p class="small">{t('descent.factor.why')}</p>
            </section>
          </>
        )
      }
      table={<BowlTable descent={descent} done={done} />}
      clocks={<BowlClock store={store} descent={descent} covered={covered} />}
    />
  );
}

const X = ticks([-4, -2, 0, 2]);
const Y = ticks([-2, 0, 2]);
interface BowlProps {
  store: Store;
  descent: Descent;
  path: Path | undefined;
  done: number;
}
function Bowl({ store, descent, path, done }: BowlProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const ground = descent.basin.value;
  const plane = box && planeOf(box, BOWL_X, BOWL_Y, { left: 22, right: 22, top: 16, bottom: 22 });
  const [start, now] = [path?.at(0), path?.at(done)];
  return (
    <div class="plane descent-bowl" ref={area}>
      {box && plane && ground && path && start && now && (
        <svg
          viewBox={`0 0 ${box.width} ${box.height}`}
          role="img"
          aria-label={t('descent.bowl.map', { update: done, E: plain(path.error(done)) })}
        >
          <Heights store={store} plane={plane} of={ground} />
          <Axes plane={plane} x={X} names={{ x: '\\p{w}_1', y: '\\p{w}_0' }} />
          {Y.map(({ at, text }) => (
            <text key={at} class="t12 t2 end" x={plane.left - 4} y={plane.y(at) + 4}>
              {text}
            </text>
          ))}
          <StillPlaces plane={plane} of={ground.still} named={false} />
          <Way plane={plane} path={path} done={done} />
          <rect class="descent-start" x={plane.x(start[0]) - 4} y={plane.y(start[1]) - 4} width={8} height={8} />
        </svg>
      )}
    </div>
  );
}

const TICKS = ticks([0, 5, 10, 15, 20]);
function Along({ path, done, all }: { path: Path; done: number; all: readonly Path[] | null }) {
  const xs = Array.from({ length: BOWL_UPDATES + 1 }, (_, u) => u);
  const ys = xs.map((u) => path.error(u));
  const range = decades((all ?? [path]).flatMap((one) => xs.map((u) => one.error(u))));
  return (
    <figure class="descent-errors">
      <figcaption>{t('descent.table.bowl')}</figcaption>
      <Chart
        label={t('descent.bowl.errors', { from: plain(path.error(0)), to: plain(path.error(done)), update: done })}
        lines={[{ id: 'batch', xs: xs.slice(0, done + 1), ys: ys.slice(0, done + 1), now: true, mark: done }]}
        x={{ from: 0, to: BOWL_UPDATES, ticks: TICKS, name: t('descent.updates') }}
        y={range}
        names={10}
      />
    </figure>
  );
}

function BowlTable({ descent, done }: { descent: Descent; done: number }) {
  const rates = descent.rates.value;
  const lab = descent.lab.value;
  if (!rates) return null;
  return (
    <table>
      <caption>{t('descent.table.bowl')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('clock.update')}</th>
          {THREE.map((one) => (
            <th scope="col" key={one}>
              E, η {lab[one]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: done + 1 }, (_, u) => (
          <tr key={u}>
            <th scope="row">{u}</th>
            {rates.map((path, i) => (
              <td key={i}>{plain(path.error(u))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BowlClock({ store, descent, covered }: { store: Store; descent: Descent; covered: boolean }) {
  const at = Number(descent.lab.value.bowl);
  const go = (_: unknown, by: number) => {
    const to = Math.max(0, Math.min(BOWL_UPDATES, Number(descent.lab.peek().bowl) + by));
    if (by !== 0) descent.set({ bowl: String(to) });
    return to < BOWL_UPDATES;
  };
  const { playing, play } = useTransport(store, go, () => descent.set({ bowl: '0' }));
  return (
    <section class="descent-clocks" aria-label={t('clock.label')}>
      <div class="descent-clock">
        <ClockButtons
          session={store.session}
          id="clock.update"
          name={t('clock.update')}
          said={t('clock.of', { at, end: BOWL_UPDATES })}
          labels={{
            back: t('descent.update.back'),
            play: t('clock.update.play'),
            pause: t('clock.update.pause'),
            step: t('descent.update.forward'),
          }}
          playing={playing.value !== null}
          canBack={at > 0}
          canStep={at < BOWL_UPDATES}
          primary
          locked={covered}
          play={() => play('update')}
          go={(by) => go('update', by)}
        />
        <input
          type="range"
          aria-label={t('descent.scrub')}
          aria-valuetext={t('clock.of', { at, end: BOWL_UPDATES })}
          min={0}
          max={BOWL_UPDATES}
          value={at}
          disabled={covered}
          onInput={(event) => descent.set({ bowl: event.currentTarget.value })}
        />
      </div>
    </section>
  );
}
