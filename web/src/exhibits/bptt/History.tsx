import { useRef } from 'preact/hooks';
import { ticks } from '../../dock/thin';
import { useBox } from '../../draw/box';
import { exponent } from '../../draw/format';
import { t } from '../../i18n';
import { apart, decades, powers, roundEnd } from './scale';

const LEFT = 40; // in rem/16
const RIGHT = 44;
const TOP = 8;
const BOTTOM = 20;

export interface Course {
  name: string;
  dash: boolean;
  points: { step: number; value: number }[];
}
interface Props {
  title: string;
  label: string; // what a reader who does not see it is told
  courses: Course[];
  step: number; // on screen
  tip: number;
  log?: boolean;
  line?: { value: number; name: string } | null; // a threshold
  stopped?: number | null; // the update that could not be done
}

/** A number of both networks over the updates. */
export function History({ title, label, courses, step, tip, log = false, line = null, stopped = null }: Props) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const end = roundEnd(Math.max(10, tip, stopped ?? 0));
  const drawn = courses.map((course) => ({ ...course, points: course.points.filter(({ value }) => fits(value, log)) }));
  const values = [
    ...drawn.flatMap(({ points }) => points.map(({ value }) => value)),
    ...(line ? [line.value, 1.5 * line.value] : []),
  ];
  const [low, high] = log ? decades(values, 2) : limits(values);
  const [width, height] = [box?.width ?? 0, box?.height ?? 0];
  const bottom = height - BOTTOM;
  const x = (at: number) => LEFT + (at / end) * (width - LEFT - RIGHT);
  const y = (value: number) => bottom - (((log ? Math.log10(value) : value) - low) / (high - low)) * (bottom - TOP);
  const marks = log ? powers([low, high], 4).map((power) => 10 ** power) : ticks(low, high);
  const names = drawn.flatMap(({ name, points }) => {
    const last = points.findLast((point) => point.step <= step);
    return last ? [{ name, x: x(last.step), y: y(last.value) + 4 }] : [];
  });
  const heights = apart(
    names.map((name) => name.y),
    13,
    TOP + 6,
    bottom,
  );
  return (
    <figure class="bptt-history">
      <figcaption>{title}</figcaption>
      <div class="bptt-history-plot" ref={area}>
        {box && (
          <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
            {marks.map((value) => (
              <g key={value}>
                <path class="l-rule" d={`M${LEFT} ${y(value)}H${width - RIGHT}`} />
                <text class="t12 t3 end" x={LEFT - 5} y={y(value) + 4}>
                  {log ? power(value) : String(Number(value.toFixed(3)))}
                </text>
              </g>
            ))}
            {line && fits(line.value, log) && (
              <g>
                <path class="l-edge" d={`M${LEFT} ${y(line.value)}H${width - RIGHT}`} />
                <text class="t12 t2 end halo-paper" x={width - RIGHT - 3} y={y(line.value) - 3}>
                  {line.name}
                </text>
              </g>
            )}
            {drawn.map(({ name, dash, points }) => (
              <g key={name}>
                <path class={`l-ink bptt-ahead${dash ? ' dash' : ''}`} d={path(points, x, y, step, tip)} />
                <path class={`l-ink${dash ? ' dash' : ''}`} d={path(points, x, y, 0, step)} />
              </g>
            ))}
            {stopped !== null && <path class="l-ink bptt-stop" d={`M${x(stopped)} ${TOP}V${bottom}`} />}
            {names.length === 0 && (
              <text class="t12 t3 mid" x={(LEFT + width - RIGHT) / 2} y={(TOP + bottom) / 2 + 16}>
                {t('bptt.plot.none')}
              </text>
            )}
            {names.map((name, i) => (
              <text key={name.name} class="t12 b halo-paper" x={name.x + 5} y={heights[i]}>
                {name.name}
              </text>
            ))}
            <path class="l-edge" d={`M${LEFT} ${bottom}H${width - RIGHT}`} />
            {[0, end].map((at) => (
              <text key={at} class={`t12 t3${at > 0 ? ' end' : ''}`} x={x(at)} y={height - 5}>
                {at}
              </text>
            ))}
          </svg>
        )}
      </div>
    </figure>
  );
}

const fits = (value: number, log: boolean) => Number.isFinite(value) && (!log || value > 0);
const power = (value: number) => (value === 1 ? '1' : exponent(value, 0).replace('1·', ''));

function limits(values: number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(0.1, (most - least) * 0.08);
  return [Math.max(0, least - room), most + room];
}

const POINTS = 300;
function path(
  points: { step: number; value: number }[],
  x: (step: number) => number,
  y: (value: number) => number,
  from: number,
  to: number,
): string {
  const seen = points.filter(({ step }) => step >= from && step <= to);
  const each = Math.max(1, Math.ceil(seen.length / POINTS));
  return seen
    .filter((_, i) => i % each === 0 || i === seen.length - 1)
    .map(({ step, value }, i) => `${i === 0 ? 'M' : 'L'}${x(step).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
}
