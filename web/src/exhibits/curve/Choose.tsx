// Points that are left out choose M: one split into three parts, then every group left out in its turn.
import { useRef } from 'preact/hooks';
import type { Study } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { useBox } from '../../draw/box';
import { fixed } from '../../draw/format';
import { MathLabel } from '../../draw/Math';
import { Axes, ticks } from '../../figures/plane/Axes';
import { pathOf, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Chart } from './Chart';
import { type Curve, numbers, rowOf } from './curve';
import { Frame, useCovered, useWatch } from './Frame';
import { HIGHEST_M } from './lab';
import { Small } from './Small';

const PARTS = ['training', 'validation', 'held'] as const;
const [LOWEST, TOP] = [-2, 2]; // decades of the error

export function Choose({ store, curve }: { store: Store; curve: Curve }) {
  const covered = useCovered(store, curve);
  useWatch(curve.choice);
  useWatch(curve.every);
  const study = curve.choice.found.value?.study;
  const M = Number(curve.now.m);
  const S = Number(curve.now.s);
  const points = curve.points.value;
  const folds = study ? (study.axes.find(({ name }) => name === 'fold')?.size ?? 0) : 0;
  const split = study ? (rowOf(numbers(study, 'split'), M, 3) as number[]) : [];
  const left = study ? (rowOf(numbers(study, 'left_out'), M, folds) as number[]) : [];
  return (
    <Frame
      store={store}
      curve={curve}
      covered={covered}
      figure={
        <div class="curve-choose">
          <section aria-label={t('curve.split')} {...control(store.session, 'lab.split')}>
            <h3>{t('curve.split')}</h3>
            <ol class="curve-parts" aria-label={t('curve.parts')}>
              {points.map((_, i) => {
                const part = PARTS[study ? (numbers(study, 'part_of')[i] ?? 0) : 0] ?? 'training';
                return (
                  <li key={i} class={part}>
                    <span class="sr">{`${i + 1}: ${t(`curve.part.${part}`)}`}</span>
                  </li>
                );
              })}
            </ol>
            <p class="curve-parts-said small">
              {PARTS.map((part, i) => (
                <span key={part}>
                  <i class={`curve-mark ${part}`} aria-hidden="true" /> {t(`curve.part.${part}`)}{' '}
                  <b class="num">{covered ? '·' : fixed(split[i] ?? Number.NaN)}</b>
                </span>
              ))}
              <span>{covered || !study ? '' : t('curve.split.chooses', { M: chosen(study) })}</span>
            </p>
          </section>
          <section class="curve-folds-of" aria-label={t('curve.folds', { S })} {...control(store.session, 'lab.folds')}>
            <h3>
              {t('curve.folds', { S })}
              <label class="curve-S">
                <span>{t('curve.S')}</span>
                <input
                  type="range"
                  min={2}
                  max={Math.min(10, curve.count.value)}
                  value={S}
                  disabled={covered}
                  onChange={(event) => curve.edit(t('curve.S'), { s: event.currentTarget.value })}
                />
                <output class="num">{S}</output>
              </label>
            </h3>
            <div class="curve-folds">
              {Array.from({ length: folds }, (_, fold) => (
                <figure key={fold}>
                  <Small
                    label={t('curve.fold', { fold: fold + 1, M })}
                    points={points}
                    out={(i) => (study ? numbers(study, 'fold_of')[i] === fold : false)}
                    {...(study && {
                      line: {
                        xs: numbers(study, 'place'),
                        ys: rowOf(numbers(study, 'line'), fold, numbers(study, 'place').length),
                      },
                    })}
                  />
                  <figcaption class="num small">{covered ? '·' : fixed(left[fold] ?? Number.NaN)}</figcaption>
                </figure>
              ))}
            </div>
          </section>
          <Validation curve={curve} store={store} covered={covered} folds={folds} />
        </div>
      }
      plots={
        <>
          <Chart store={store} curve={curve} />
          <p class="small">{t('curve.choose.why')}</p>
        </>
      }
    />
  );
}

const leastOf = (errors: { M: number; error: number }[]) =>
  errors.reduce((best, one) => (one.error < best.error ? one : best)).M;
/** The order that is least on the part for choosing. */
function chosen(study: Study): number {
  const errors = degreesOf((M) => numbers(study, 'split')[3 * M + 1] ?? Number.NaN);
  return leastOf(errors);
}
/** Those that the points of a part have been enough for. */
const degreesOf = (errorOf: (M: number) => number) =>
  Array.from({ length: HIGHEST_M + 1 }, (_, M) => ({ M, error: errorOf(M) })).filter(({ error }) =>
    Number.isFinite(error),
  );

/** Error of what is left out against M: each group, all of them, and beside it that of the points themselves. */
function Validation({ store, curve, covered, folds }: { store: Store; curve: Curve; covered: boolean; folds: number }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const study = curve.choice.found.value?.study;
  const log = (value: number) => Math.max(LOWEST, Math.min(TOP, Math.log10(value)));
  const at = Number(curve.now.m);
  const plane =
    box &&
    planeOf(box, { from: 0, to: HIGHEST_M }, { from: LOWEST, to: TOP }, { left: 34, right: 92, top: 14, bottom: 34 });
  const degrees = Array.from({ length: HIGHEST_M + 1 }, (_, M) => M);
  const all = study ? numbers(study, 'all_left_out') : [];
  const finite = degreesOf((M) => all[M] ?? Number.NaN);
  const least = finite.length > 0 ? leastOf(finite) : 0;
  const last = finite.at(-1)?.M ?? 0;
  return (
    <section class="curve-validation" aria-label={t('curve.validation')} {...control(store.session, 'lab.validation')}>
      <h3>{t('curve.validation')}</h3>
      <div class="plane" ref={area}>
        {box && plane && study && !covered && (
          <svg
            viewBox={`0 0 ${box.width} ${box.height}`}
            role="img"
            aria-label={t('curve.validation.said', {
              all: finite.map(({ M, error }) => `${M}: ${fixed(error)}`).join(', '),
            })}
          >
            <rect class="curve-band" x={plane.x(at) - 9} y={plane.top} width={18} height={plane.bottom - plane.top} />
            <Axes
              plane={plane}
              x={ticks(degrees)}
              y={[-2, -1, 0, 1, 2].map((one) => ({ at: one, text: ['.01', '.1', '1', '10', '100'][one + 2] ?? '' }))}
            />
            <MathLabel x={plane.right + 14} y={plane.bottom + 16} tex="M" anchor="start" size={14} />
            <path class="curve-line train" d={pathOf(plane, degrees, Array.from(numbers(study, 'train'), log))} />
            {degrees.map((M) => (
              <g key={M}>
                {Array.from({ length: folds }, (_, fold) => {
                  const value = numbers(study, 'left_out')[M * folds + fold] ?? Number.NaN;
                  return Number.isFinite(value) ? (
                    <circle key={fold} class="curve-fold" cx={plane.x(M)} cy={plane.y(log(value))} r={3} />
                  ) : null;
                })}
                {Number.isFinite(all[M] ?? Number.NaN) && (
                  <path class="l-ink thick" d={`M${plane.x(M) - 9} ${plane.y(log(all[M] ?? 1))}h18`} />
                )}
              </g>
            ))}
            <text class="t12 b" x={plane.x(last) + 14} y={plane.y(log(all[last] ?? 1)) + 4}>
              {t('curve.validation.all')}
            </text>
            <text class="t12" x={plane.right + 14} y={plane.bottom - 2}>
              {t('curve.train')}
            </text>
            <text class="t12 b mid" x={plane.x(least)} y={11}>
              {t('curve.validation.least', { M: least })}
            </text>
          </svg>
        )}
      </div>
    </section>
  );
}
