// What all views of the curve have: the figure, M, ln λ and N under it, the clocks, and what stands beside them.
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { ofView } from '../../session/declared';
import { type Right, useRight } from '../right';
import { type Curve, createCurve, number, shapeOf } from './curve';
import { DEFAULTS, HIGHEST_M, LOWEST_L, MOST_POINTS, SIDES } from './lab';
import { Points } from './Numbers';

export function useCurve(store: Store): Curve {
  const curve = useMemo(() => createCurve(store), [store]);
  useEffect(() => () => curve.dispose(), [curve]);
  return curve;
}
/** A study that this view looks at. */
export function useWatch(of: { watch: () => () => void }): void {
  useEffect(() => of.watch(), [of]);
}

/** What is asked is hidden; what is right is told to whoever asks. */
export function useCovered(store: Store, curve: Curve): boolean {
  const of = store.exhibit.questions[store.question.value - 1];
  const what = of && ofView(of) ? of.count : null;
  const { solved, nine, every } = curve;
  useEffect(() => (what === 'penalty' ? nine.watch() : undefined), [what, nine]);
  useEffect(() => (what === 'test' ? every.watch() : undefined), [what, every]);
  const right = (): Right => {
    if (what === null) return null;
    const fit = solved.value?.study;
    if (what === 'rows') return fit ? { value: shapeOf(fit, 'Phi')[0] ?? 0 } : null;
    if (what === 'penalty') {
      const plain = nine.fresh.value ? nine.found.value?.study : null;
      return fit && plain ? { value: number(fit, 'test_rms'), than: number(plain, 'test_rms') } : null;
    }
    const test = every.fresh.value ? every.found.value?.study.arrays.find(({ name }) => name === 'test')?.values : null;
    return what === 'test' && test ? { value: test[9] ?? Number.NaN, than: test[3] ?? Number.NaN } : null;
  };
  useRight(store, right());
  return what !== null && store.session.asked.value?.revealed === false;
}

interface FrameProps {
  store: Store;
  curve: Curve;
  figure: ComponentChildren;
  /** Beside the figure, where it is not the table of points. */
  plots: ComponentChildren;
  clocks?: ComponentChildren;
  corner?: ComponentChildren; // beside the clocks
  covered: boolean;
}
export function Frame({ store, curve, figure, plots, clocks, corner, covered }: FrameProps) {
  const problem = curve.problem.value;
  const lab = curve.now;
  const { session } = store;
  return (
    <div class="panel sided tabled curve-panel">
      <div class="sided-tools">
        <button
          type="button"
          class="btn low"
          disabled={covered}
          {...control(session, 'lab.seed')}
          onClick={() =>
            curve.edit(t('curve.noise'), { seed: String(Number(lab.seed) + 1), points: '', step: DEFAULTS.step })
          }
        >
          {t('curve.noise')}
        </button>
        <button
          type="button"
          class="btn low"
          disabled={covered || !curve.own.value}
          onClick={() => curve.edit(t('curve.made'), { points: '', n: DEFAULTS.n, step: DEFAULTS.step })}
        >
          {t('curve.made')}
        </button>
        <button
          type="button"
          class="btn low"
          disabled={covered || curve.count.value >= MOST_POINTS}
          {...control(session, 'lab.add')}
          onClick={() => curve.addPoint(t('curve.add'))}
        >
          {t('curve.add.button')}
        </button>
        <label class="check">
          <input
            type="checkbox"
            checked={lab.spare === '1'}
            disabled={covered}
            {...control(session, 'lab.spare')}
            onChange={(event) => curve.edit(t('curve.spare'), { spare: event.currentTarget.checked ? '1' : '0' })}
          />
          {t('curve.spare')}
        </label>
        <fieldset class="seg sides" aria-label={t('curve.sides')}>
          {SIDES.map((one) => (
            <button
              type="button"
              key={one}
              {...control(session, `side.${one}`)}
              aria-pressed={lab.side === one}
              onClick={() => curve.set({ side: one })}
            >
              {t(`curve.side.${one}`)}
            </button>
          ))}
        </fieldset>
      </div>
      <Problem of={problem} />
      <div class="sided-figure">{figure}</div>
      <Sliders store={store} curve={curve} covered={covered} />
      <section class="curve-side" aria-label={t('curve.side')}>
        {covered ? (
          <p class="small dim">{t('curve.covered')}</p>
        ) : lab.side === 'table' ? (
          <Points store={store} curve={curve} />
        ) : (
          plots
        )}
      </section>
      {clocks}
      {clocks && <div class="curve-corner">{covered ? null : corner}</div>}
    </div>
  );
}

function Sliders({ store, curve, covered }: { store: Store; curve: Curve; covered: boolean }) {
  const lab = curve.now;
  const step = DEFAULTS.step;
  const rows = [
    { id: 'm', words: t('curve.M'), min: 0, max: HIGHEST_M, value: Number(lab.m), said: lab.m },
    {
      ...{ id: 'l', words: t('curve.l'), min: LOWEST_L - 1, max: 0 },
      value: lab.l === 'none' ? LOWEST_L - 1 : Number(lab.l),
      said: lab.l === 'none' ? '−∞' : lab.l.replace('-', '−'),
    },
    { id: 'n', words: t('curve.N'), min: 2, max: MOST_POINTS, value: curve.count.value, said: lab.n },
  ] as const;
  const setOf = (id: string, value: number) =>
    id === 'l'
      ? { l: value < LOWEST_L ? 'none' : String(value), step }
      : id === 'n'
        ? { n: String(value), points: '', step }
        : { m: String(value), step };
  return (
    <fieldset class="curve-sliders" aria-label={t('curve.sliders')}>
      {rows.map(({ id, words, min, max, value, said }) => (
        <label key={id} {...control(store.session, `lab.${id}`)}>
          <span>{words}</span>
          <input
            type="range"
            min={min}
            max={max}
            value={value}
            disabled={covered}
            aria-valuetext={said}
            onInput={(event) => curve.follow(setOf(id, Number(event.currentTarget.value)))}
            onChange={(event) => curve.edit(words, setOf(id, Number(event.currentTarget.value)))}
          />
          <output class="num">{said}</output>
        </label>
      ))}
    </fieldset>
  );
}
