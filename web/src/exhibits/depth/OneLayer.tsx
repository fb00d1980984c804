// One hidden layer on a drawn curve: units laid evenly, added up one after the other, and the error against how many.
import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { CoreError, Study } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { useBox } from '../../draw/box';
import { fixed, plain } from '../../draw/format';
import { M } from '../../draw/Math';
import { Axes, ticks, Within } from '../../figures/plane/Axes';
import { Handles } from '../../figures/plane/Handles';
import { pathOf, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { arrayOf } from '../../session/studies';
import { Clocks } from '../Clocks';
import { CURVES, type CurveName, drawnOf, HIGHEST, LAID, MOST_UNITS, packDrawn } from './drawn';
import type { Lesson } from './lesson';
import { useStudy } from './studied';

const ACROSS = { from: -0.02, to: 1.02 };
const UP = { from: -1.35, to: 1.35 };
const X = ticks([0, 0.25, 0.5, 0.75, 1], 2);
const Y = ticks([-1, 0, 1]);
const MARGINS = { left: 30, right: 24, top: 20, bottom: 22 };

/** What the study found: of every unit where it stands and what it adds. */
interface Layer {
  at: ArrayLike<number>;
  target: ArrayLike<number>;
  bias: number;
  weights: ArrayLike<number>;
  shares: ArrayLike<number>[];
  rms: ArrayLike<number>;
  /** b and what the first so many units add. */
  sum(units: number): number[];
}
function layerOf(study: Study): Layer {
  const of = (name: string) => arrayOf(study, name).values;
  const [at, share, weights] = [of('place'), of('share'), of('weight')];
  const shares = Array.from(weights, (_, j) => share.subarray(j * at.length, (j + 1) * at.length));
  const bias = of('bias')[0] ?? 0;
  return {
    ...{ at, target: of('target'), bias, weights, shares, rms: of('rms') },
    sum: (units) => Array.from(at, (_, i) => shares.slice(0, units).reduce((sum, one) => sum + (one[i] ?? 0), bias)),
  };
}
/** Where unit j of so many turns on. */
const placeOf = (laid: string, units: number, j: number) => (laid === 'steps' ? j - 0.5 : j - 1) / units;

export function OneLayer({ store, lesson }: { store: Store; lesson: Lesson }) {
  const lab = lesson.lab.value;
  const problem = useSignal<CoreError | null>(null);
  const moved = useSignal<number[] | null>(null); // while one of its places is pulled
  const heights = moved.value ?? drawnOf(lab.drawn) ?? [];
  const units = Number(lab.wide);
  const study = useStudy(
    store,
    {
      study: 'approximate',
      settings: { units: lab.wide, most: String(MOST_UNITS), laid: lab.laid },
      inputs: { drawn: heights },
    },
    problem,
  );
  const layer = useMemo(() => study && layerOf(study), [study]);
  const whole = layer && layer.weights.length === units ? layer : null; // of another number of units until then
  const done = lab.added === 'end' ? units : Math.min(units, Number(lab.added));
  const change = (words: string, set: Partial<typeof lab>) => void store.edit(words, () => lesson.set(set));
  return (
    <>
      <section class="depth-main" aria-label={t('depth.one')}>
        <Problem of={problem.value} />
        <div class="depth-head">
          <h2>{t('depth.one')}</h2>
          <M tex={lab.laid === 'steps' ? 'y = b + Σ_j v_j σ(a_j)' : 'y = b + Σ_j v_j \\t{ReLU}(a_j)'} />
        </div>
        <div class="depth-adding">
          <fieldset class="seg" aria-label={t('depth.one.laid')} {...control(store.session, 'lab.laid')}>
            {LAID.map((one) => (
              <button
                type="button"
                key={one}
                aria-pressed={lab.laid === one}
                onClick={() => change(t('depth.one.laid'), { laid: one })}
              >
                {t(`depth.one.${one}`)}
              </button>
            ))}
          </fieldset>
          <fieldset class="seg" aria-label={t('depth.one.curve')} {...control(store.session, 'lab.curve')}>
            {(Object.keys(CURVES) as CurveName[]).map((one) => (
              <button
                type="button"
                key={one}
                aria-pressed={lab.drawn === CURVES[one]}
                onClick={() => change(t('depth.one.curve'), { drawn: CURVES[one] })}
              >
                {t(`depth.one.${one}`)}
              </button>
            ))}
          </fieldset>
          <label class="depth-slider" {...control(store.session, 'lab.wide')}>
            <span>{t('depth.one.units')}</span>
            <input
              type="range"
              min={1}
              max={MOST_UNITS}
              value={units}
              onInput={(event) => lesson.set({ wide: event.currentTarget.value, added: 'end' })}
            />
            <output class="num">{units}</output>
          </label>
        </div>
        <Drawn
          store={store}
          layer={whole}
          heights={heights}
          done={done}
          move={(next, over) => {
            moved.value = over ? null : next;
            if (over) change(t('depth.one.move'), { drawn: packDrawn(next) });
          }}
        />
        <Shares store={store} layer={whole} done={done} />
        <Clocks
          store={store}
          clocks={[
            {
              id: 'unit',
              at: done,
              end: units,
              go: (to) => lesson.set({ added: to === units ? 'end' : String(to) }),
            },
          ]}
          words={{
            unit: {
              name: 'depth.one.clock',
              back: 'depth.one.back',
              step: 'depth.one.step',
              play: 'depth.one.play',
              pause: 'depth.one.pause',
              scrub: 'depth.one.scrub',
            },
          }}
          pace={{ unit: 500 }}
        />
      </section>
      <section class="depth-side" aria-label={t('depth.one.side')}>
        {layer && <Errors store={store} layer={layer} units={units} />}
        {whole && (
          <p class="small" role="status">
            {t('depth.one.now', { units, rms: plain(whole.rms[units - 1] ?? Number.NaN, 4) })}
          </p>
        )}
        {whole && <Units store={store} layer={whole} laid={lab.laid} done={done} />}
        <p class="small dim">{t('depth.one.why')}</p>
      </section>
    </>
  );
}

interface DrawnProps {
  store: Store;
  layer: Layer | null;
  heights: readonly number[];
  done: number;
  move(heights: number[], over: boolean): void;
}
function Drawn({ store, layer, heights, done, move }: DrawnProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const plane = box && planeOf(box, ACROSS, UP, MARGINS);
  const places = heights.map((y, k) => ({ x: k / (heights.length - 1), y }));
  return (
    <div class="plane depth-drawn" ref={area} {...control(store.session, 'lab.drawn')}>
      {box && plane && (
        <>
          <svg
            viewBox={`0 0 ${box.width} ${box.height}`}
            role="img"
            aria-label={t('depth.one.figure', { units: done })}
          >
            <Axes plane={plane} x={X} y={Y} names={{ x: 'x', y: 'y' }} />
            {layer && (
              <Within plane={plane}>
                <path class="depth-target" d={pathOf(plane, layer.at, layer.target)} />
                <path class="depth-line" d={pathOf(plane, layer.at, layer.sum(done))} />
              </Within>
            )}
            <text class="t12 t2" x={plane.left + 24} y={plane.top - 6}>
              {t('depth.one.key')}
            </text>
          </svg>
          <Handles
            plane={plane}
            unit={box.unit}
            places={places}
            picked={null}
            label={t('depth.one.places')}
            name={(i) => t('depth.one.place', { n: i + 1, y: fixed(heights[i] ?? 0) })}
            pick={() => {}}
            move={(i, { y }, over) =>
              move(
                heights.map((one, k) => (k === i ? Math.max(-HIGHEST, Math.min(HIGHEST, y)) : one)),
                over,
              )
            }
            add={() => {}}
            remove={() => {}}
          />
        </>
      )}
    </div>
  );
}

/** What each unit adds: those that are in the sum, the last of them bold; the others are still to come. */
function Shares({ store, layer, done }: { store: Store; layer: Layer | null; done: number }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const most = layer ? Math.max(0.1, ...layer.shares.map((one) => Math.max(...Array.from(one, Math.abs)))) : 1;
  const plane = box && planeOf(box, ACROSS, { from: -1.1 * most, to: 1.1 * most }, MARGINS);
  return (
    <div class="plane depth-shares" ref={area} {...control(store.session, 'lab.shares')}>
      {box && plane && layer && (
        <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('depth.one.shares')}>
          <Axes plane={plane} x={X} y={[-most, 0, most].map((at) => ({ at, text: at === 0 ? '0' : fixed(at, 1) }))} />
          <Within plane={plane}>
            {layer.shares.map((one, j) => (
              <path
                key={j}
                class={`depth-share${j >= done ? ' ahead' : ''}${j === done - 1 ? ' now' : ''}`}
                d={pathOf(plane, layer.at, one)}
              />
            ))}
          </Within>
          <text class="t12 t2" x={plane.left + 24} y={plane.top - 6}>
            {t('depth.one.shares')}
          </text>
        </svg>
      )}
    </div>
  );
}

const DECADES = [1e-4, 1e-3, 0.01, 0.1, 1];
function Errors({ store, layer, units }: { store: Store; layer: Layer; units: number }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const log = (value: number) => Math.log10(Math.max(1e-4, value));
  const plane =
    box && planeOf(box, { from: 1, to: MOST_UNITS }, { from: -4, to: 0 }, { left: 44, right: 16, top: 10, bottom: 34 });
  const numbers = Array.from(layer.rms, (_, i) => i + 1);
  return (
    <figure class="depth-error" {...control(store.session, 'lab.error')}>
      <figcaption>{t('depth.one.error')}</figcaption>
      <div class="plane" ref={area}>
        {box && plane && (
          <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('depth.one.error')}>
            <Axes
              plane={plane}
              x={ticks([1, 6, 12, 18, 24])}
              y={DECADES.map((one) => ({ at: log(one), text: String(one) }))}
            />
            <text class="t12 t2 end" x={plane.right} y={plane.bottom + 31}>
              {t('depth.one.axis')}
            </text>
            <path class="depth-line" d={pathOf(plane, numbers, Array.from(layer.rms, log))} />
            <circle class="f-ink" cx={plane.x(units)} cy={plane.y(log(layer.rms[units - 1] ?? 1))} r={4.5} />
          </svg>
        )}
      </div>
    </figure>
  );
}

interface UnitsProps {
  store: Store;
  layer: Layer;
  laid: string;
  done: number;
}
function Units({ store, layer, laid, done }: UnitsProps) {
  const units = layer.weights.length;
  return (
    <div
      class="depth-table depth-units"
      {...control(store.session, 'lab.units')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
    >
      <table>
        <caption>{t('depth.one.table', { units, b: fixed(layer.bias, 3) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('depth.one.unit')}</th>
            <th scope="col">{t('depth.one.turns')}</th>
            <th scope="col">
              <M tex="v_j" />
            </th>
            <th scope="col">{t('depth.one.rms')}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from(layer.weights, (v, j) => (
            <tr key={j} aria-current={j === done - 1 || undefined}>
              <th scope="row">{j + 1}</th>
              <td>{fixed(placeOf(laid, units, j + 1), 3)}</td>
              <td>{fixed(v, 3)}</td>
              <td>{plain(layer.rms[j] ?? Number.NaN, 4)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
