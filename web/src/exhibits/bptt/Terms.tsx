import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { type Box, prepareCanvas, useBox, useTheme } from '../../draw/box';
import { figureIn, fixed, largest, plain } from '../../draw/format';
import { MathLabel } from '../../draw/Math';
import { plainMath } from '../../draw/math';
import { heatMap } from '../../draw/paint';
import { weightSymbol } from '../../figures/recurrent/symbols';
import { shared } from '../../figures/shared';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { createTerms, WEIGHTS } from './terms';

type Found = NonNullable<ReturnType<typeof createTerms>['found']['value']>;

/** ∂J^(t)/∂W = Σ_i ∂J^(t)/∂W|_(i): every term under its letter, how large it is, and what they add up to. */
export function TermsPanel({ store }: { store: Store }) {
  const terms = useMemo(() => createTerms(store), [store]);
  useEffect(() => () => terms.dispose(), [terms]);
  const { session } = store;
  const letters = [t('mark.start'), ...session.text.value];
  const found = terms.found.value;
  const at = terms.at.value;
  return (
    <div class="panel bptt-terms-panel">
      <div class="bptt-terms-of">
        <label for="terms-at">{t('bptt.terms.of')}</label>
        <input
          id="terms-at"
          {...control(session, 'lab.t')}
          type="range"
          min={1}
          max={terms.steps.value}
          value={at}
          aria-valuetext={t('bptt.terms.at', { step: at, letter: letters[at - 1] ?? '' })}
          onInput={(event) => store.setLab('t', event.currentTarget.value)}
        />
        <span class="num">{t('bptt.terms.at', { step: at, letter: letters[at - 1] ?? '' })}</span>
        <fieldset class="seg" aria-label={t('bptt.terms.weight')}>
          {WEIGHTS.map((weight) => (
            <button
              type="button"
              key={weight}
              aria-label={weight}
              aria-pressed={terms.weight.value === weight}
              onClick={() => store.setLab('weight', weight)}
            >
              <svg viewBox="0 0 22 16" aria-hidden="true">
                <MathLabel
                  x={11}
                  y={12}
                  tex={plainMath(weightSymbol(weight, session.notation.value))}
                  size={14}
                  class="bptt-current"
                />
              </svg>
            </button>
          ))}
        </fieldset>
      </div>
      {found && <Drawing store={store} found={found} letters={letters} />}
      {found && (
        <p class="bptt-terms-key">
          <SignLegend scale={scaleOf(store, found)} words={t('bptt.terms.cells')} framed />
          <span>{t('bptt.terms.bars')}</span>
        </p>
      )}
      {found && <Sizes found={found} letters={letters} layers={terms.layers.value} />}
    </div>
  );
}

/** Terms and sum share one scale. */
const scaleOf = ({ session }: Store, found: Found) => shared(session).scale(`terms of ${found.weight}`, rangeOf(found));

/** The largest cell, rounded up to two figures, since most cells are far smaller. */
function rangeOf(found: Found): number {
  const most = Math.max(largest(found.terms), largest(found.sum));
  if (most === 0) return 1;
  const unit = 10 ** (Math.floor(Math.log10(most)) - 1);
  return Math.ceil(most / unit) * unit;
}

function norm(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

const GAP = 14;
const LABELS = 62; // over the matrices
const UNDER = 44; // letters and steps

function Drawing({ store, found, letters }: { store: Store; found: Found; letters: string[] }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  return (
    <div class="bptt-terms-plot" ref={area}>
      {box && <Marks store={store} found={found} letters={letters} box={box} />}
    </div>
  );
}

function Marks({ store, found, letters, box }: { store: Store; found: Found; letters: string[]; box: Box }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme(store.session.theme.value);
  const notation = store.session.notation.value;
  const { width, height } = box;
  const pitch = (width - 8) / (found.norms.length + 1);
  const side = Math.max(10, Math.min(72, pitch - GAP));
  const shape = store.session.find(found.param)?.shape ?? [1, found.size];
  const [rows = 1, columns = 1] = shape;
  const total = norm(found.sum);
  const most = Math.max(total, ...found.norms) || 1;
  const { range } = scaleOf(store, found);
  const base = height - UNDER;
  const tall = Math.max(20, base - LABELS - side - 30);
  const x = (i: number) => 4 + i * pitch + (pitch - side) / 2;
  useLayoutEffect(() => {
    const ctx = canvas.current && prepareCanvas(canvas.current, width, height, box.unit);
    if (!ctx) return;
    const put = (values: Float32Array, left: number) => {
      const place = { x: left, y: LABELS, w: side, h: side };
      heatMap(ctx, theme, place, values, rows, columns, range);
    };
    found.norms.forEach((_, i) => {
      put(found.terms.subarray(i * found.size, (i + 1) * found.size), x(i));
    });
    put(found.sum, x(found.norms.length));
  });
  const whole = `\\g{∂J}${notation === 'a' ? `^{(${found.at})}` : `_{${found.at}}`}/∂${weightSymbol(found.weight, notation)}`;
  const bars = [...found.norms, total];
  return (
    <>
      <canvas ref={canvas} />
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('bptt.terms.label')}>
        <MathLabel x={4} y={18} tex={`${whole} = Σ_{i} ${whole}|_{(i)}`} size={17} anchor="start" />
        {bars.map((size, i) => {
          const sum = i === found.norms.length;
          const h = (size / most) * tall;
          return (
            <g key={i}>
              <rect class="role-g" x={x(i) - 1.5} y={LABELS - 1.5} width={side + 3} height={side + 3} />
              <text class={`t13 mid${sum ? ' b' : ''}`} x={x(i) + side / 2} y={LABELS - 10}>
                {sum ? t('bptt.terms.sum') : side > 30 ? t('bptt.terms.term', { step: i + 1 }) : i + 1}
              </text>
              {i > 0 && (
                <text class="t16 mid b" x={x(i) - (pitch - side) / 2} y={LABELS + side / 2 + 5}>
                  {sum ? '=' : '+'}
                </text>
              )}
              <rect class={sum ? 'f-ink' : 'f-edge'} x={x(i)} y={base - h} width={side} height={h} />
              <text class={`t12 mid${sum ? ' b' : ''}`} x={x(i) + side / 2} y={base - h - 5}>
                {figureIn(size, side + GAP, 3)}
              </text>
              {!sum && (
                <text
                  class={letters[i]?.length === 1 ? 't18 mid mono b' : 't12 mid b'}
                  x={x(i) + side / 2}
                  y={base + 22}
                >
                  {side > 16 || i > 0 ? letters[i] : ''}
                </text>
              )}
            </g>
          );
        })}
        <path class="l-edge" d={`M0 ${base}H${width}`} />
      </svg>
    </>
  );
}

/** The same as numbers, and how much of the terms the sum has left. */
function Sizes({ found, letters, layers }: { found: Found; letters: string[]; layers: number }) {
  const total = norm(found.sum);
  const each = found.norms.reduce((sum, size) => sum + size, 0);
  return (
    <>
      <p class="small dim">
        {t('bptt.terms.say', {
          sum: plain(total, 2),
          each: plain(each, 2),
          kept: each > 0 ? fixed((100 * total) / each, 0) : '0',
        })}
        {layers > 1 && ` ${t('bptt.terms.layer', { layers })}`}
      </p>
      <table class="sr">
        <caption>{t('bptt.terms.sizes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('bptt.terms.step')}</th>
            <th scope="col">{t('bptt.table.letter')}</th>
            <th scope="col">{t('bptt.terms.size')}</th>
          </tr>
        </thead>
        <tbody>
          {found.norms.map((size, i) => (
            <tr key={i}>
              <th scope="row">{i + 1}</th>
              <td>{letters[i]}</td>
              <td>{plain(size, 4)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('bptt.terms.sum')}</th>
            <td />
            <td>{plain(total, 4)}</td>
          </tr>
        </tbody>
      </table>
    </>
  );
}
