// The gates over the text that is read: a row a unit, a column a letter, one unit in numbers.
import { useSignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Units } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { prepareCanvas, useBox, useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { cell, figureWidth, fixed, largest, rangeText, tightRange } from '../../draw/format';
import { M } from '../../draw/Math';
import { heatMap } from '../../draw/paint';
import { shared } from '../../figures/shared';
import { type PlainKey, t } from '../../i18n';
import type { Store } from '../../session/create';
import { latest } from '../../session/latest';
import { Was } from '../../stage/Legend';
import { bare, tokenText } from '../../stage/tokens';
import { isGate, type Letter, symbolOf } from './symbols';
import { transposed, unitOf, valuesOf } from './units';

const GATES: Record<string, Letter[]> = { ifgo: ['f', 'i', 'o'], rzn: ['r', 'z'] };
const STATES: Record<string, Letter[]> = { ifgo: ['c', 'h'], rzn: ['n', 'h'] };
const IN_NUMBERS: Record<string, Letter[]> = {
  ifgo: ['f', 'i', 'g', 'o', 'c', 'h'],
  rzn: ['r', 'z', 'n', 'h'],
};
const GUTTER = 22;
const READ = 10.6; // height of a row that carries a figure, as in the network

/** Of the run and the text on screen, anew at every update that is shown. */
function useUnits({ session }: Store): Units | null {
  const units = useSignal<Units | null>(null);
  const ask = useMemo(
    () =>
      latest(
        async (text: string) => {
          units.value = await session.bridge.call('units', { text });
        },
        () => {
          units.value = null;
        },
      ),
    [session, units],
  );
  useSignalEffect(() => {
    session.step.value;
    session.run.value; // another run, or a gate that is held
    if (session.text.value !== '') ask(session.text.value);
  });
  return units.value;
}

export function Gates({ store }: { store: Store }) {
  const { session } = store;
  const units = useUnits(store);
  const text = tokenText(session.run.value?.vocabulary ?? []);
  if (!units) return <div class="panel" />;
  const settings = session.run.value?.settings ?? {};
  const layers = Number(settings.num_layers ?? 1);
  const { hidden, steps } = units;
  const unit = Math.max(0, Math.min(hidden, Number(store.lab.value.unit ?? 1) || 1) - 1);
  const numbers = session.text.value.split(' '); // where nothing else is read
  const names = units.tokens.length > 0 ? units.tokens.map((token) => bare(text(token))) : numbers.slice(0, steps);
  const choose = (to: number) => store.setLab('unit', String(Math.max(0, Math.min(hidden - 1, to)) + 1));
  const strips = (letters: Letter[] | undefined) =>
    (letters ?? []).map((letter) => (
      <Strip key={letter} store={store} units={units} letter={letter} unit={unit} names={names} choose={choose} />
    ));
  return (
    <div class="panel lstm-gates">
      <div
        class="lstm-strips"
        role="slider"
        tabIndex={0}
        aria-label={t('lstm.unit')}
        {...control(session, 'lab.unit')}
        aria-orientation="vertical"
        aria-valuemin={1}
        aria-valuemax={hidden}
        aria-valuenow={unit + 1}
        onKeyDown={(event) => {
          const by: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
          const step = by[event.key];
          if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          event.stopPropagation();
          choose(unit + step);
        }}
      >
        {strips(GATES[units.gateNames])}
      </div>
      <div class="lstm-strips lstm-states" aria-hidden="true">
        {strips(STATES[units.gateNames])}
      </div>
      <section class="lstm-unit" aria-label={t('lstm.unit.at', { unit: unit + 1 })}>
        <h3>
          {t('lstm.unit.at', { unit: unit + 1 })} <span class="dim">{t('lstm.unit.hint')}</span>
        </h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section class="lstm-scroll" tabIndex={0} aria-label={t('lstm.unit.numbers', { unit: unit + 1 })}>
          <table class="lstm-numbers num">
            <thead>
              <tr>
                <th scope="col">
                  <span class="sr">{t('lstm.letter')}</span>
                </th>
                {names.map((name, i) => (
                  <th scope="col" class="mono" key={i}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {(IN_NUMBERS[units.gateNames] ?? ['h']).map((letter) => {
                const values = valuesOf(units, letter);
                return (
                  <tr key={letter}>
                    <th scope="row">
                      <M tex={symbolOf(letter, 't', session.notation.value)} />
                    </th>
                    {values &&
                      unitOf(values, hidden, unit).map((value, i) => (
                        <td key={i} class={letter === 'f' && value < 0.1 ? 'lets-go' : ''}>
                          {fixed(value, 2)}
                        </td>
                      ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
        <p class="small dim">
          {t(session.answers.value ? 'lstm.gates.note.answers' : 'lstm.gates.note', { steps, update: units.step })}
          {layers > 1 && ` ${t('lstm.gates.layer', { layers })}`}
          {Number(settings.directions ?? 1) > 1 && ` ${t('lstm.gates.direction')}`}
        </p>
      </section>
    </div>
  );
}

interface StripProps {
  store: Store;
  units: Units;
  letter: Letter;
  unit: number;
  names: string[];
  choose: (unit: number) => void;
}

function Strip({ store, units, letter, unit, names, choose }: StripProps) {
  const ref = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useBox(ref);
  const theme = useTheme(store.session.theme.value);
  const { hidden, steps } = units;
  const values = useMemo(() => {
    const of = valuesOf(units, letter);
    return of && transposed(of, hidden);
  }, [units, letter, hidden]);
  const gate = isGate(letter);
  const scale = shared(store.session).scale(
    gate ? 'gate' : letter === 'c' ? 'cell' : 'state',
    gate || !values ? 1 : tightRange(largest(values)),
  );
  const { range } = scale;
  const width = box ? box.width - GUTTER : 0;
  const height = box?.height ?? 0;
  const pitch = Math.min(72, width / steps);
  const row = height / hidden;
  useLayoutEffect(() => {
    const ctx = box && values && canvas.current && prepareCanvas(canvas.current, box.width, box.height, box.unit);
    if (!ctx) return;
    heatMap(ctx, theme, { x: GUTTER, y: 0, w: pitch * steps, h: height }, values, hidden, steps, range);
    const figures = row >= READ && pitch >= figureWidth('−.00') + 2;
    ctx.font = `12px ${theme.sans}`;
    ctx.textAlign = 'center';
    for (let j = 0; j < hidden; j++)
      for (let s = 0; s < steps; s++) {
        const value = values[j * steps + s] as number;
        const [x, y] = [GUTTER + s * pitch, j * row];
        ctx.strokeStyle = theme.cellRule;
        ctx.lineWidth = 1;
        if (row >= 5) ctx.strokeRect(x + 0.5, y + 0.5, pitch - 1, row - 1);
        if (!figures) continue;
        ctx.fillStyle = signShade(theme, value, range).ink;
        ctx.fillText(cell(value, 2), x + pitch / 2, y + row / 2 + 4);
      }
    ctx.strokeStyle = theme.ink;
    ctx.lineWidth = 2;
    ctx.strokeRect(GUTTER + 1, unit * row + 1, pitch * steps - 2, row - 2);
  });
  if (!values) return null;
  return (
    <div class="lstm-strip">
      <span class="lstm-name">
        <M tex={symbolOf(letter, 't', store.session.notation.value)} />
        <span class="legend small">
          {gate ? (
            <>
              <span>{t(`lstm.low.${letter}` as PlainKey)}</span>
              <i class="ramp half" aria-hidden="true" />
              <span>{t(`lstm.high.${letter}` as PlainKey)}</span>
            </>
          ) : (
            <>
              <span class="num">−{rangeText(range)}</span>
              <i class="ramp" aria-hidden="true" />
              <span class="num">+{rangeText(range)}</span>
              <Was scale={scale} />
            </>
          )}
        </span>
      </span>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the slider round it has the keys */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is a part of that slider */}
      <div
        class="lstm-cells"
        ref={ref}
        onClick={(event) => {
          const edge = event.currentTarget.getBoundingClientRect();
          if (box) choose(Math.floor(((event.clientY - edge.top) / edge.height) * hidden));
        }}
      >
        <canvas ref={canvas} />
        {box && (
          <svg viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
            {[...new Set([0, unit, hidden - 1])].map((j) => (
              <text key={j} class={`t12 end ${j === unit ? 'b' : 't3'}`} x={GUTTER - 5} y={(j + 0.5) * row + 4}>
                {j + 1}
              </text>
            ))}
          </svg>
        )}
      </div>
      <div class="lstm-letters mono" aria-hidden="true" style={{ paddingLeft: `${GUTTER / 16}rem` }}>
        {names.map((name, i) => (
          <span key={i} style={{ width: `${pitch / 16}rem` }}>
            {name.length > 1 && pitch < 34 ? '' : name}
          </span>
        ))}
      </div>
    </div>
  );
}
