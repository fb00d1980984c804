// What all views have: their tools, the figure, sliders under it, numbers or tables beside it, and clocks.
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { t } from '../../i18n';
import type { Asked } from '../../session/asked';
import type { Store } from '../../session/create';
import { createDescent, type Descent } from './descent';
import { RATES, SIDES } from './lab';

export const useDescent = (store: Store): Descent => useMemo(() => createDescent(store), [store]);

/** Studies that this view looks at. */
export function useWatch(...all: Asked[]): void {
  useEffect(() => {
    const off = all.map((one) => one.watch());
    return () => {
      for (const each of off) each();
    };
  }, []);
}

interface FrameProps {
  store: Store;
  descent: Descent;
  tools?: ComponentChildren;
  figure: ComponentChildren;
  sliders?: ComponentChildren;
  plots: ComponentChildren;
  table: ComponentChildren;
  clocks?: ComponentChildren;
  covered: boolean;
}
export function Frame({ store, descent, tools, figure, sliders, plots, table, clocks, covered }: FrameProps) {
  const lab = descent.lab.value;
  return (
    <div class="panel sided tabled descent-panel">
      <div class="sided-tools">
        {tools}
        <fieldset class="seg sides" aria-label={t('descent.sides')}>
          {SIDES.map((one) => (
            <button
              type="button"
              key={one}
              {...control(store.session, `side.${one}`)}
              aria-pressed={lab.side === one}
              onClick={() => descent.set({ side: one })}
            >
              {t(`descent.side.${one}`)}
            </button>
          ))}
        </fieldset>
      </div>
      <Problem of={descent.problem.value} />
      <div class="sided-figure">{figure}</div>
      {sliders && (
        <fieldset class="descent-sliders" aria-label={t('descent.sliders')}>
          {sliders}
        </fieldset>
      )}
      <section
        class="descent-side"
        aria-label={t('descent.side')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
      >
        {covered ? <p class="small dim">{t('descent.covered')}</p> : lab.side === 'table' ? table : plots}
      </section>
      {clocks}
    </div>
  );
}

interface RateProps {
  store: Store;
  descent: Descent;
  of: 'batch' | 'one' | 'mini' | 'momentum' | 'adam' | 'low' | 'middle' | 'high';
  words: string;
  name?: string; // aloud, where the words are short
  covered: boolean;
}
export function RateSlider({ store, descent, of, words, name, covered }: RateProps) {
  const rate = descent.lab.value[of];
  const to = (event: { currentTarget: HTMLInputElement }) => ({
    [of]: RATES[Number(event.currentTarget.value)] as string,
  });
  return (
    <label {...control(store.session, `lab.${of}`)}>
      <span>{words}</span>
      <input
        type="range"
        min={0}
        max={RATES.length - 1}
        value={RATES.indexOf(rate)}
        disabled={covered}
        aria-label={name}
        aria-valuetext={rate}
        onInput={(event) => descent.follow(to(event))}
        onChange={(event) => descent.edit(t('descent.rate'), to(event))}
      />
      <output class="num">{rate}</output>
    </label>
  );
}
