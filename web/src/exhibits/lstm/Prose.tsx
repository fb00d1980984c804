// A page of prose under one unit of a larger LSTM: the ground of each letter is the unit's state after it.
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Bridge, CoreError, Units } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Form } from '../../components/Form';
import { Words } from '../../components/Words';
import { prepareCanvas, useBox, useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { fixed, largest, rangeText, tightRange } from '../../draw/format';
import { M } from '../../draw/Math';
import { heatMap } from '../../draw/paint';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { textKey } from '../../session/own';
import { digestOf } from '../../state/digest';
import { goesWith } from './features';
import { PAGE } from './page';
import { type Letter, symbolOf } from './symbols';
import { deviation, unitOf, valuesOf } from './units';

const WEIGHTS = 'prose-lstm';
const LONGEST = 2000;
const NAMED = 0.4; // an |r| from which on it is said what a unit goes with
const STRIP = 60; // letters of the small strips

export function Prose({ store }: { store: Store }) {
  const bridge = useSignal<Bridge | null>(null);
  const units = useSignal<{ text: string[]; units: Units } | null>(null);
  const problem = useSignal<CoreError | null>(null);
  const read = async (text: string) => {
    try {
      const of = await bridge.peek()?.call('units', { text });
      problem.value = null;
      if (of) units.value = { text: [...text], units: of };
    } catch (error) {
      problem.value = error as CoreError;
    }
  };
  useEffect(() => {
    const own = store.spawn();
    own.call('open', { weights: WEIGHTS }).then(
      () => {
        bridge.value = own;
      },
      (error) => {
        problem.value = error as CoreError;
      },
    );
    return () => {
      bridge.value = null;
      own.close();
    };
  }, [store]);
  // Sentences of one's own are in the address by their hash.
  const { own } = store.lab.value;
  const opened = bridge.value !== null;
  useEffect(() => {
    if (opened) void read((own && store.runs.texts.get(own)) || PAGE);
  }, [opened, own, store]);
  const choose = (text: string | null) => {
    const { own: _, ...rest } = store.lab.peek();
    if (text === null) store.lab.value = rest;
    else {
      void store.keeping.holdText(text);
      store.lab.value = { ...rest, own: digestOf(text) };
    }
  };
  return (
    <div class="panel lstm-prose">
      {units.value && <Page store={store} {...units.value} />}
      <Own
        store={store}
        problem={problem.value}
        kept={own !== undefined && store.keep.stored.value.has(textKey(own))}
        own={own !== undefined}
        choose={choose}
      />
    </div>
  );
}

function Own(props: {
  store: Store;
  problem: CoreError | null;
  kept: boolean;
  own: boolean;
  choose: (text: string | null) => void;
}) {
  const { store, problem, choose } = props;
  const typed = useSignal('');
  return (
    <Form
      class="lstm-own"
      onSend={() => {
        const text = typed.value.trim().replace(/\s+/g, ' ');
        if (text !== '') choose(text);
      }}
    >
      <input
        class="field low"
        aria-label={t('lstm.own')}
        {...control(store.session, 'lab.own')}
        placeholder={t('lstm.own')}
        maxLength={LONGEST}
        value={typed.value}
        autocomplete="off"
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="btn low">
        {t('lstm.own.read')}
      </button>
      <button type="button" class="btn low" onClick={() => choose(null)}>
        {t('lstm.own.back')}
      </button>
      {props.own && !problem && <span class="small dim">{t(props.kept ? 'kept.now.many' : 'kept.not.many')}</span>}
      {problem && (
        <p class="notice" role="alert">
          <Words>{t('error.text', { message: problem.message })}</Words>
        </p>
      )}
    </Form>
  );
}

function Page({ store, text, units }: { store: Store; text: string[]; units: Units }) {
  const theme = useTheme(store.session.theme.value);
  const { notation } = store.session;
  const lab = store.lab.value;
  const what: Letter = lab.show === 'c' ? 'c' : 'h';
  const { hidden } = units;
  // The start mark is read first; letter i comes after it.
  const of = (letter: Letter, unit: number) => unitOf(valuesOf(units, letter) ?? [], hidden, unit).slice(1);
  const all = useMemo(() => {
    const values = valuesOf(units, what) ?? new Float32Array(units.h.length);
    return Array.from({ length: hidden }, (_, unit) => {
      const own = unitOf(values, hidden, unit).slice(1);
      return { unit, values: own, deviation: deviation(own) };
    }).sort((a, b) => b.deviation - a.deviation);
  }, [units, what, hidden]);
  const best = all[0]?.unit ?? 0;
  const unit = Math.max(0, Math.min(hidden, Number(lab.prose ?? best + 1) || 1) - 1);
  const chosen = all.find((one) => one.unit === unit)?.values ?? [];
  const range = tightRange(largest(chosen));
  const pointed = useSignal(0);
  const at = Math.min(pointed.value, text.length - 1);
  const going = useMemo(() => goesWith(text, chosen), [text, chosen]);
  const [first] = going;
  const now = text[at] ?? '';
  const said = t('lstm.page.at', {
    at: at + 1,
    letter: now === ' ' ? t('text.read.space') : now,
    unit: unit + 1,
    value: fixed(chosen[at] ?? Number.NaN, 2),
  });
  return (
    <>
      <section class="lstm-page" aria-label={t('lstm.page.label')}>
        <div class="lstm-page-head">
          <h3>{t('lstm.unit.at', { unit: unit + 1 })}</h3>
          <fieldset class="seg" aria-label={t('lstm.show')}>
            {(['h', 'c'] as const).map((one) => (
              <button
                type="button"
                key={one}
                aria-label={t(`lstm.show.${one}`)}
                aria-pressed={one === what}
                onClick={() => store.setLab('show', one)}
              >
                <M tex={symbolOf(one, 't', notation.value)} now={one === what} />
              </button>
            ))}
          </fieldset>
          <span class="legend small">
            <span class="num">−{rangeText(range)}</span>
            <i class="ramp" aria-hidden="true" />
            <span class="num">+{rangeText(range)}</span>
          </span>
          <span class="small dim">{t(text.join('') === PAGE ? 'lstm.page.source' : 'lstm.page.own')}</span>
        </div>
        <p class="small">
          {first && Math.abs(first.r) >= NAMED ? (
            <Words>
              {t('lstm.goes', { unit: unit + 1, what: t(`lstm.goes.${first.feature}`), r: fixed(first.r, 2) })}
            </Words>
          ) : (
            t('lstm.goes.none', { unit: unit + 1, r: fixed(first?.r ?? 0, 2) })
          )}
        </p>
        <div
          class="lstm-letters-page mono"
          role="slider"
          tabIndex={0}
          aria-label={t('lstm.letter')}
          aria-valuemin={1}
          aria-valuemax={text.length}
          aria-valuenow={at + 1}
          aria-valuetext={said}
          onPointerMove={(event) => {
            const index = (event.target as HTMLElement).dataset.i;
            if (index !== undefined) pointed.value = Number(index);
          }}
          onKeyDown={(event) => {
            const by: Record<string, number> = {
              ArrowRight: 1,
              ArrowLeft: -1,
              ArrowDown: 10,
              ArrowUp: -10,
              Home: -text.length,
              End: text.length,
            };
            const step = by[event.key];
            if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
            event.preventDefault();
            event.stopPropagation();
            pointed.value = Math.max(0, Math.min(text.length - 1, at + step));
          }}
        >
          {text.map((letter, i) => {
            const shade = signShade(theme, chosen[i] ?? 0, range);
            return (
              <span
                key={i}
                data-i={i}
                class={i === at ? 'at' : undefined}
                style={{ background: shade.fill, color: shade.ink }}
              >
                {letter}
              </span>
            );
          })}
        </div>
        <p class="small num" aria-hidden="true">
          <b>{said}</b>{' '}
          {(['f', 'i', 'g', 'o', 'c', 'h'] as const).map((letter) => (
            <span key={letter} class="lstm-readout">
              <M tex={symbolOf(letter, 't', notation.value)} /> {fixed(of(letter, unit)[at] ?? Number.NaN, 2)}
            </span>
          ))}
        </p>
      </section>
      <UnitGrid store={store} all={all} now={unit} />
    </>
  );
}

interface Row {
  unit: number;
  values: number[];
  deviation: number;
}

/** All units, those that change most first. */
function UnitGrid({ store, all, now }: { store: Store; all: Row[]; now: number }) {
  const list = useRef<HTMLDivElement>(null);
  const choose = (unit: number) => store.setLab('prose', String(unit + 1));
  return (
    <section class="lstm-list" aria-label={t('lstm.units')}>
      <h3>{t('lstm.units')}</h3>
      <p class="small dim">{t('lstm.units.order')}</p>
      <div
        class="lstm-grid"
        role="radiogroup"
        aria-label={t('lstm.units')}
        ref={list}
        onKeyDown={(event) => {
          const by: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
          const step = by[event.key];
          if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          event.stopPropagation();
          const place = all.findIndex(({ unit }) => unit === now);
          const next = all[(place + step + all.length) % all.length];
          if (!next) return;
          choose(next.unit);
          list.current?.querySelector<HTMLElement>(`[data-unit="${next.unit}"]`)?.focus();
        }}
      >
        {all.map((row) => (
          <UnitButton key={row.unit} store={store} row={row} on={row.unit === now} choose={choose} />
        ))}
      </div>
    </section>
  );
}

function UnitButton({
  store,
  row: { unit, values, deviation: spread },
  on,
  choose,
}: {
  store: Store;
  row: Row;
  on: boolean;
  choose: (unit: number) => void;
}) {
  const strip = useRef<HTMLSpanElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useBox(strip);
  const theme = useTheme(store.session.theme.value);
  useLayoutEffect(() => {
    const ctx = box && canvas.current && prepareCanvas(canvas.current, box.width, box.height, box.unit);
    if (!ctx) return;
    const some = values.slice(0, STRIP);
    heatMap(ctx, theme, { x: 0, y: 0, w: box.width, h: box.height }, some, 1, some.length, tightRange(largest(values)));
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: it holds a picture
    <button
      type="button"
      role="radio"
      data-unit={unit}
      aria-checked={on}
      tabIndex={on ? 0 : -1}
      aria-label={t('lstm.units.one', { unit: unit + 1, deviation: fixed(spread, 2) })}
      onClick={() => choose(unit)}
    >
      <span class="num">{unit + 1}</span>
      <span class="lstm-small" ref={strip}>
        <canvas ref={canvas} />
      </span>
      <span class="num dim">{fixed(spread, 2)}</span>
    </button>
  );
}
