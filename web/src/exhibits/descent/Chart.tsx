// E along the epochs, or along updates, on a logarithmic axis: one line or several, told apart by dash and by their names.
import { useRef } from 'preact/hooks';
import { useBox } from '../../draw/box';
import { rangeText } from '../../draw/format';
import { Axes, type Tick, Within } from '../../figures/plane/Axes';
import { pathOf, planeOf } from '../../figures/plane/plane';

export interface Line {
  id: string; // of its dash
  name?: string;
  xs: readonly number[];
  ys: readonly number[];
  now?: boolean;
  mark?: number; // a dot at this place of it
}
interface ChartProps {
  label: string;
  lines: readonly Line[];
  x: { from: number; to: number; ticks: readonly Tick[]; name: string };
  y: { from: number; to: number; ticks?: readonly Tick[] }; // else the powers of ten
  names: number; // room for them at the right
  dots?: boolean; // at every place, for what was measured at a few
}
const DECADES = [1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7];
const NAME = 14; // high

/** Places of the names, in the order of their lines' ends, none upon another. */
function beside(ends: readonly number[], top: number, bottom: number): number[] {
  const order = ends.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  const places: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { y, i } of order) {
    last = Math.max(top, y, last + NAME);
    places[i] = last;
  }
  let next = bottom + NAME;
  for (const { i } of order.reverse()) {
    next = Math.min(places[i] as number, next - NAME);
    places[i] = next;
  }
  return places;
}

export function Chart({ label, lines, x, y, names, dots = false }: ChartProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const log = (value: number) => Math.log10(Math.max(value, 1e-12));
  const plane =
    box && planeOf(box, x, { from: log(y.from), to: log(y.to) }, { left: 34, right: names, top: 8, bottom: 34 });
  const last = ({ ys }: Line) => ys.findLast(Number.isFinite) ?? y.from;
  const held = plane
    ? beside(
        lines.map((line) => Math.max(plane.top, plane.y(log(last(line))))),
        plane.top + 6,
        plane.bottom - 2,
      )
    : [];
  return (
    <div class="plane descent-chart" ref={area}>
      {box && plane && (
        <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={label}>
          <Axes
            plane={plane}
            x={x.ticks}
            y={(y.ticks ?? DECADES.map((at) => ({ at, text: rangeText(at) })))
              .filter(({ at }) => at >= y.from && at <= y.to)
              .map(({ at, text }) => ({ at: log(at), text }))}
          />
          <text class="t12 t2 end" x={plane.right} y={plane.bottom + 31}>
            {x.name}
          </text>
          {lines.map((line, i) => (
            <g key={line.id}>
              <Within plane={plane}>
                <path
                  class={`descent-line ${line.id}${line.now ? ' now' : ''}`}
                  d={pathOf(plane, line.xs, line.ys.map(log))}
                />
              </Within>
              {dots &&
                line.xs.map((at, k) => (
                  <circle key={at} class="f-ink" cx={plane.x(at)} cy={plane.y(log(line.ys[k] ?? 0))} r={3} />
                ))}
              {line.mark !== undefined && Number.isFinite(line.ys[line.mark]) && (
                <circle
                  class="f-ink"
                  cx={plane.x(line.xs[line.mark] ?? 0)}
                  cy={Math.max(plane.top, plane.y(log(line.ys[line.mark] ?? 0)))}
                  r={4}
                />
              )}
              {line.name && (
                <text class={line.now ? 't12 b' : 't12'} x={plane.right + 6} y={(held[i] ?? 0) + 4}>
                  {line.name}
                </text>
              )}
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
