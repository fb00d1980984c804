// Two curves over the updates, told apart by dash and by the name at their end.
import { useRef } from 'preact/hooks';
import { useBox } from '../../draw/box';

export interface Line {
  name: string;
  dash: boolean;
  points: { x: number; y: number }[];
}
interface PlotProps {
  label: string; // read aloud
  lines: Line[];
  end: number; // of the axis of updates
  top: number; // of the other axis, which begins at 0
  ticks: number[];
  level?: number | undefined; // what one can do without having learned anything; the heading has its name
}

const LEFT = 30;
const RIGHT = 74; // for the names
const TOP = 8;
const BOTTOM = 18;
const LEAST = 15; // between two names

export function Plot({ label, lines, end, top, ticks, level }: PlotProps) {
  const ref = useRef<HTMLDivElement>(null);
  const box = useBox(ref);
  const width = box?.width ?? 0;
  const height = box?.height ?? 0;
  const x = (step: number) => LEFT + (step / end) * (width - LEFT - RIGHT);
  const y = (value: number) => TOP + (1 - Math.min(value, top) / top) * (height - TOP - BOTTOM);
  const names = lines
    .flatMap(({ name, points }) => {
      const last = points.at(-1);
      return last ? [{ name, x: x(last.x) + 8, y: y(last.y) + 4 }] : [];
    })
    .sort((a, b) => a.y - b.y);
  const [upper, lower] = names;
  if (upper && lower && lower.y - upper.y < LEAST) {
    const middle = Math.min((upper.y + lower.y) / 2, height - BOTTOM - LEAST / 2 - 2);
    upper.y = Math.max(TOP + 4, middle - LEAST / 2);
    lower.y = upper.y + LEAST;
  }
  return (
    <div class="lstm-plot" ref={ref} role="img" aria-label={label}>
      {box && (
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {ticks.map((tick) => (
            <g key={tick}>
              <path class="l-rule" d={`M${LEFT} ${y(tick)}H${width - RIGHT}`} />
              <text class="t12 t3 end" x={LEFT - 5} y={y(tick) + 4}>
                {Number(tick.toFixed(3))}
              </text>
            </g>
          ))}
          {[0, end / 4, end / 2, (3 * end) / 4, end].map((step) => (
            <text key={step} class="t12 t3 mid" x={x(step)} y={height - 4}>
              {step}
            </text>
          ))}
          {level !== undefined && <path class="l-edge lstm-level" d={`M${LEFT} ${y(level)}H${width - RIGHT}`} />}
          {lines.map(({ name, dash, points }) => (
            <g key={name}>
              <path
                class={`l-ink${dash ? ' dash' : ''}`}
                d={points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.x)} ${y(point.y)}`).join('')}
              />
              {points.length === 1 &&
                points.map((point) => <circle key={point.x} class="f-ink" cx={x(point.x)} cy={y(point.y)} r={4} />)}
            </g>
          ))}
          {names.map((name) => (
            <text key={name.name} class="t13 b halo-paper" x={name.x} y={name.y}>
              {name.name}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}
