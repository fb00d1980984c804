// An activation as its curve, with every unit of the step on it; in the gradient view the slope at the lit one.

import { useRef } from 'preact/hooks';
import { useBox } from '../draw/box.ts';
import { fixed } from '../draw/format.ts';
import { squeezeOf } from '../figures/functions.ts';
import { t } from '../i18n/index.ts';
import type { Values } from '../session/types.ts';

interface CurveProps {
  op: string;
  z: Values;
  y: Values;
  row: number;
  tangent: boolean;
  hidden: (row: number) => boolean;
  onRow: (row: number) => void;
}

export function Curve({ op, z, y, row, tangent, hidden, onRow }: CurveProps) {
  const ref = useRef<HTMLDivElement>(null);
  const box = useBox(ref);
  const squeeze = squeezeOf(op);
  if (!squeeze) return null;
  const end = Math.min(8, Math.max(2.5, ...Array.from(z, (v) => (Number.isFinite(v) ? Math.abs(v) : 0))));
  const { low } = squeeze;
  const HEIGHT = tangent ? 100 : 124; // with what arrives and goes on, all is to be in sight
  const high = squeeze.high ?? end;
  const left = 28;
  const right = (box?.width ?? 0) - 8;
  const X = (v: number) => left + ((Math.max(-end, Math.min(end, v)) + end) / (2 * end)) * (right - left);
  const Y = (v: number) => HEIGHT - 24 - ((Math.max(low, Math.min(high, v)) - low) / (high - low)) * (HEIGHT - 36);
  const marks = [-1, -0.5, 0, 0.5, 1].map((k) => k * Math.floor(end));
  const k = squeeze.slope(y[row] ?? 0);
  const reach = end * 0.2;
  const path = Array.from({ length: 81 }, (_, i) => -end + (i / 40) * end)
    .map((v, i) => `${i ? 'L' : 'M'}${X(v).toFixed(1)} ${Y(squeeze.of(v)).toFixed(1)}`)
    .join('');
  const shown = !hidden(row);
  // over the middle on the left and under it on the right there is no curve
  const up = (z[row] ?? 0) > 0;
  return (
    <div ref={ref} class="heat" role="presentation" style={{ height: `${HEIGHT / 16}rem` }}>
      {box && (
        <svg viewBox={`0 0 ${box.width} ${HEIGHT}`} aria-hidden="true">
          {[low, (low + high) / 2, high].map((v) => (
            <g key={v}>
              <path class="l-rule" d={`M${left} ${Y(v)}H${right}`} />
              <text class="t12 t2 end" x={left - 6} y={Y(v) + 4}>
                {fixed(v, Number.isInteger(v) ? 0 : 1)}
              </text>
            </g>
          ))}
          {marks.map((v) => (
            <text key={v} class="t12 t2 mid" x={X(v)} y={HEIGHT - 6}>
              {fixed(v, Number.isInteger(v) ? 0 : 1)}
            </text>
          ))}
          <path class="l-edge" d={path} />
          {tangent && shown && (
            <path
              class="l-ink"
              d={`M${X((z[row] ?? 0) - reach)} ${Y((y[row] ?? 0) - reach * k)}L${X((z[row] ?? 0) + reach)} ${Y((y[row] ?? 0) + reach * k)}`}
            />
          )}
          {[...z.keys()]
            .filter((i) => i !== row && !hidden(i))
            .map((i) => (
              <circle
                key={i}
                class="unit"
                cx={X(z[i] ?? 0)}
                cy={Y(y[i] ?? 0)}
                r={z.length > 32 ? 2.5 : 3.5}
                onPointerUp={() => onRow(i)}
              />
            ))}
          {shown && <circle class="f-ink" cx={X(z[row] ?? 0)} cy={Y(y[row] ?? 0)} r={4.5} />}
          {shown && (
            <text class={`t13 b ${up ? 'end' : ''}`} x={up ? right : left + 4} y={Y((low + high) / 2) + (up ? 18 : -8)}>
              {tangent
                ? t('inspector.curve.slope', { unit: row + 1, slope: fixed(k) })
                : t('inspector.curve.unit', { unit: row + 1, value: fixed(y[row] ?? Number.NaN) })}
            </text>
          )}
        </svg>
      )}
    </div>
  );
}
