// The solve as a tape: Φ = Q R, Qᵀt, w, y, y − t and the squares, side by side, a row a point; what is not done is
// hollow. The numbers are in the table.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { Words } from '../../components/Words';
import { type Box, prepareCanvas, useBox, useTheme } from '../../draw/box';
import { largest, niceRange, rangeText } from '../../draw/format';
import { MathLabel } from '../../draw/Math';
import { heatMap, voidBox } from '../../draw/paint';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Curve, type Numbers, numbers, rowOf, shapeOf } from './curve';
import { doneOf, type Operation, type Walk } from './walk';

interface Block {
  tex: string;
  values: Numbers;
  rows: number;
  columns: number;
  sign?: string; // that stands before it
  range: number;
  /** Rows that are there; from the end where they come so. */
  done: number;
  fromEnd?: boolean;
  now: boolean; // it is being computed
  short?: boolean; // its rows are not points
  narrow?: string; // its letters on a phone
}
const TOP = 22;
const FOOT = 18;

function blocksOf(curve: Curve, walk: Walk, step: number, operation: Operation | undefined): Block[] {
  const study = curve.solved.peek()?.study;
  if (!study) return [];
  const [rows = 0, W = 0] = shapeOf(study, 'Phi');
  const points = numbers(study, 'x').length;
  const done = (phase: Operation['phase']) => doneOf(walk, phase, step);
  const k = done('reflect');
  const now = (...phases: Operation['phase'][]) => operation !== undefined && phases.includes(operation.phase);
  const values = (name: string) => numbers(study, name);
  const R = rowOf(values('R'), k, rows * W);
  const column = (tex: string, name: string, phase: Operation['phase'], sign?: string): Block => ({
    ...{ tex, values: values(name), rows: points, columns: 1, range: niceRange(largest(values(name))) },
    ...{ done: done(phase), now: now(phase), ...(sign && { sign }) },
  });
  const all: Block[] = [
    { tex: 'Φ', values: values('Phi'), rows, columns: W, range: 1, done: done('row'), now: now('row') },
    { tex: 'Q', values: values('Q'), rows, columns: W, range: 1, done: k === W ? rows : 0, now: false, sign: '=' },
    {
      ...{ tex: k < W ? `R_{${k}}` : 'R', values: R, rows, columns: W, range: niceRange(largest(R)) },
      ...{ done: done('row') === rows && k > 0 ? rows : 0, now: now('reflect') },
    },
    {
      ...{ tex: 'Q^{T}t', values: values('Qt'), rows: W, columns: 1, range: niceRange(largest(values('Qt'))) },
      ...{ done: done('Qt') * W, now: now('Qt'), short: true },
    },
    {
      ...{ tex: '\\p{w}', values: values('w'), rows: W, columns: 1, range: niceRange(largest(values('w'))) },
      ...{ done: done('back'), fromEnd: true, now: now('back'), short: true },
    },
    column('y', 'y', 'y'),
    { ...column('t', 't', 'row', '−'), done: points, now: false },
    column('y - t', 'off', 'off', '='),
    { ...column('(y - t)^{2}', 'square', 'square'), narrow: '(\\,)^{2}' },
  ];
  if (done('gradient') === 0) return all;
  const gradient: Block = {
    ...{ tex: '\\g{∂E/∂w}', narrow: '\\g{∂E}', values: values('gradient'), rows: W, columns: 1, range: 1 },
    ...{ done: done('gradient'), now: true, short: true },
  };
  return [...all.slice(0, 8), gradient];
}

interface Laid extends Block {
  x: number;
  w: number;
  h: number;
}
function layOut(blocks: Block[], { width, height }: Box): Laid[] {
  const gap = width < 480 ? 7 : 16;
  const apart = (one: Block) => gap + (one.columns === 1 && width >= 480 ? 8 : 0);
  const columns = blocks.reduce((sum, one) => sum + (one.columns === 1 ? 2.2 : one.columns), 0);
  const gaps = blocks.reduce((sum, one) => sum + apart(one), 0);
  const each = Math.min(15, (width - gaps) / columns);
  const tall = height - TOP - FOOT;
  const rows = Math.max(...blocks.map((one) => one.rows));
  let x = 2;
  const laid = blocks.map((one) => {
    const w = Math.max(one.columns === 1 ? 2.2 * each : each * one.columns, 5);
    const here = {
      ...one,
      x,
      w,
      h: one.short ? Math.min(tall, Math.max(14, tall / rows) * one.rows) : (tall * one.rows) / rows,
    };
    x += w + apart(one);
    return here;
  });
  const spare = Math.max(0, width - x + gap) / Math.max(1, blocks.length - 1);
  return laid.map((one, i) => ({ ...one, x: one.x + i * Math.min(spare, 26) }));
}

export function Tape({ store, curve, covered }: { store: Store; curve: Curve; covered: boolean }) {
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useBox(area);
  const theme = useTheme(store.session.theme.value);
  const walk = curve.walk.value;
  const known = curve.solved.value;
  const step = curve.step.value;
  const point = curve.point.value;
  const operation = curve.operation.value;
  const laid = box && walk && known ? layOut(blocksOf(curve, walk, step, operation), box) : [];
  useLayoutEffect(() => {
    if (!canvas.current || !box) return;
    const ctx = prepareCanvas(canvas.current, box.width, box.height, box.unit);
    if (!ctx) return;
    for (const one of laid) {
      const each = one.h / one.rows;
      const from = one.fromEnd ? one.rows - one.done : 0;
      if (one.done > 0) {
        const values = rowOf(one.values, 0, one.rows * one.columns) as number[];
        const some = values.slice(from * one.columns, (from + one.done) * one.columns);
        const place = { x: one.x, y: TOP + from * each, w: one.w, h: each * one.done };
        heatMap(ctx, theme, place, some, one.done, one.columns, one.range);
      }
      const left = one.rows - one.done;
      if (left > 0) voidBox(ctx, theme, one.x, TOP + (one.fromEnd ? 0 : one.done * each), one.w, left * each);
      ctx.strokeStyle = theme.edge;
      ctx.lineWidth = 1;
      ctx.strokeRect(one.x, TOP, one.w, one.h);
    }
  });
  const [rows = 0, columns = 0] = known ? shapeOf(known.study, 'Phi') : [];
  return (
    <figure class="curve-tape" {...control(store.session, 'lab.tape')}>
      <figcaption class="small dim">
        {known && !covered ? <Words>{t('curve.tape.size', { rows, columns })}</Words> : t('curve.tape.covered')}
      </figcaption>
      <div class="plane tape-area" ref={area}>
        {box && (
          <>
            <canvas ref={canvas} style={{ width: '100%', height: '100%' }} />
            <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('curve.tape.label')}>
              {laid.map((one) => {
                const each = one.h / one.rows;
                return (
                  <g key={one.tex}>
                    <MathLabel
                      x={one.x + one.w / 2}
                      y={15}
                      tex={box.width < 480 ? (one.narrow ?? one.tex) : one.tex}
                      size={box.width < 480 ? 12 : 15}
                      class={one.now ? 'b' : ''}
                    />
                    {one.now && <path class="l-ink thick" d={`M${one.x} 19.5H${one.x + one.w}`} />}
                    {one.sign && (
                      <text class="t13 mid" x={one.x - (box.width < 480 ? 4 : 9)} y={TOP + one.h / 2 + 4}>
                        {box.width < 480 ? '' : one.sign}
                      </text>
                    )}
                    {!one.short && point < one.rows && (
                      <rect
                        class="tape-row"
                        x={one.x - 1.5}
                        y={TOP + point * each - 0.5}
                        width={one.w + 3}
                        height={Math.max(3, each + 1)}
                      />
                    )}
                    {(box.width >= 480 || one.columns > 1) && (
                      <text class="t12 t2 mid num" x={one.x + one.w / 2} y={box.height - 4}>
                        {one.tex.startsWith('\\g') ? '' : `±${rangeText(one.range)}`}
                      </text>
                    )}
                  </g>
                );
              })}
            </svg>
          </>
        )}
      </div>
    </figure>
  );
}
