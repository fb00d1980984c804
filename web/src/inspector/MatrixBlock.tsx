// W × v = result, with the row lit that makes the cell. One row, one column, one cell: that is all a matrix product is.

import { useRef, useState } from 'preact/hooks';
import { useBox } from '../draw/box.ts';
import { rampShade, type Theme } from '../draw/colour.ts';
import { figureIn, fixed, rangeText } from '../draw/format.ts';
import { Chip, MathLabel } from '../draw/Math.tsx';
import { t } from '../i18n/index.ts';
import type { Values } from '../session/types.ts';
import { NowBox } from '../stage/Sources.tsx';
import { HeatCanvas } from './Heat.tsx';

export interface MatrixBlockProps {
  theme: Theme;
  weight: {
    values: Values;
    rows: number;
    columns: number;
    tex: string;
    range: number;
    name?: ((row: number) => string) | undefined;
  };
  vector: { values: Values; tex: string; range: number };
  result: { values: Values; tex: string; range: number; done: number; hidden: (cell: number) => boolean };
  row: number;
  onRow: (row: number) => void;
}

export function MatrixBlock({ theme, weight, vector, result, row, onRow }: MatrixBlockProps) {
  const ref = useRef<HTMLDivElement>(null);
  const box = useBox(ref);
  const [point, setPoint] = useState<{ row: number; column: number } | null>(null);
  const { rows, columns } = weight;
  const g = box && geometry(box.width, rows, columns, beside(rows, weight.name));
  const at = (event: { clientX: number; clientY: number }) => {
    if (!box || !g || !ref.current) return null;
    const edge = ref.current.getBoundingClientRect();
    const x = (event.clientX - edge.left) / box.unit - g.x;
    const y = (event.clientY - edge.top) / box.unit - g.y;
    if (x < 0 || y < 0 || x >= g.w || y >= g.h) return null;
    return { row: Math.floor((y / g.h) * rows), column: Math.floor((x / g.w) * columns) };
  };
  const words = point
    ? t('inspector.weight.at', {
        row: point.row + 1,
        column: point.column + 1,
        value: fixed(weight.values[point.row * columns + point.column] ?? Number.NaN, 4),
      })
    : t('inspector.weight.ranges', {
        weights: rangeText(weight.range),
        vector: rangeText(vector.range),
        result: rangeText(result.range),
      });
  return (
    <div
      ref={ref}
      class="heat"
      role="presentation"
      style={{ height: g ? `${g.height / 16}rem` : undefined }}
      onPointerMove={(e) => setPoint(at(e))}
      onPointerLeave={() => setPoint(null)}
      onPointerUp={(e) => {
        const place = at(e);
        if (place) onRow(place.row);
      }}
    >
      {box && g && (
        <>
          <HeatCanvas
            box={box}
            height={g.height}
            theme={theme}
            maps={[{ x: g.x, y: g.y, w: g.w, h: g.h, values: weight.values, rows, columns, range: weight.range }]}
          />
          <svg viewBox={`0 0 ${box.width} ${g.height}`} aria-hidden="true">
            <MathLabel x={g.x + g.w / 2} y={14} tex={weight.tex} size={18} />
            <MathLabel x={g.vx + g.vw / 2} y={14} tex={vector.tex} size={16} />
            <Chip x={g.rx + g.vw / 2 - 4} y={14} tex={result.tex} size={15} />
            {ticks(columns, g.w).map((i) => (
              <text key={`c${i}`} class="t12 mid t3" x={g.x + ((i + 0.5) * g.w) / columns} y={29}>
                {i + 1}
              </text>
            ))}
            {ticks(rows, g.h).map((i) => (
              <text key={`r${i}`} class="t12 end t3" x={g.x - 6} y={g.y + ((i + 0.5) * g.h) / rows + 4}>
                {weight.name ? weight.name(i) : i + 1}
              </text>
            ))}
            <rect class="role-p" x={g.x - 2} y={g.y - 2} width={g.w + 4} height={g.h + 4} rx={2} />
            <Column
              x={g.vx}
              y={g.y}
              w={g.vw}
              h={Math.min(g.h, columns * 20)}
              values={vector.values}
              range={vector.range}
              theme={theme}
            />
            <Column
              x={g.rx}
              y={g.y}
              w={g.vw}
              h={g.h}
              values={result.values}
              range={result.range}
              theme={theme}
              done={result.done}
              hidden={result.hidden}
            />
            <text class="t18 mid" x={(g.x + g.w + g.vx) / 2} y={g.y + g.h / 2 + 6}>
              ×
            </text>
            <text class="t18 mid" x={(g.vx + g.vw + g.rx) / 2} y={g.y + g.h / 2 + 6}>
              =
            </text>
            <NowBox x={g.x} y={g.y + (row * g.h) / rows} w={g.w} h={g.h / rows} />
            <NowBox x={g.rx} y={g.y + (row * g.h) / rows} w={g.vw} h={g.h / rows} />
            {point && (
              <rect
                class="l-ink"
                x={g.x + (point.column * g.w) / columns}
                y={g.y + (point.row * g.h) / rows}
                width={Math.max(2, g.w / columns)}
                height={Math.max(2, g.h / rows)}
              />
            )}
            <text class="t12 t2" x={g.x} y={g.height - 4}>
              {words}
            </text>
          </svg>
        </>
      )}
    </div>
  );
}

function geometry(width: number, rows: number, columns: number, left: number) {
  const x = left;
  const vw = Math.min(44, width * 0.13);
  const w = Math.min(columns * 23, width - x - 2 * vw - 56);
  const h = Math.min(rows * 20, 160, Math.max(w * 1.1, 60));
  const y = 36;
  const vx = Math.min(width - 2 * vw - 34, x + w + 30);
  return { x, y, w, h, vw, vx, rx: Math.min(width - vw - 4, vx + vw + 36), height: y + h + 24 };
}

const LETTER = 7.3; // of a name, at most
const widest = (n: number, name: (i: number) => string) =>
  LETTER * Math.max(...Array.from({ length: n }, (_, i) => name(i).length));

/** Left of rows that have names; where they have none, of their numbers. */
export const beside = (n: number, name: ((row: number) => string) | undefined): number =>
  name ? Math.max(34, Math.min(96, widest(n, name) + 10)) : 34;

/** Numbers along an axis that do not touch; or names along it, none beyond its end. */
export function ticks(n: number, room: number, name?: (i: number) => string): number[] {
  const wide = name ? widest(n, name) : 0;
  const words = wide > 2 * LETTER;
  const each = words ? wide + 8 : 16;
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((k) => (room / n) * k >= each) ?? 1000;
  return Array.from({ length: n }, (_, i) => i).filter(
    (i) => (i === 0 || (i + 1) % every === 0) && (!words || ((i + 0.5) * room) / n + wide / 2 <= room + 8),
  );
}

interface ColumnProps {
  x: number;
  y: number;
  w: number;
  h: number;
  values: Values;
  range: number;
  theme: Theme;
  done?: number;
  hidden?: ((cell: number) => boolean) | undefined;
  frame?: 'role-a' | 'role-p' | 'role-g';
  digits?: number | undefined;
  share?: boolean; // weights that add up to 1
}
export function Column({
  x,
  y,
  w,
  h,
  values,
  range,
  theme,
  done = values.length,
  hidden,
  frame = 'role-a',
  digits = 2,
  share = false,
}: ColumnProps) {
  const each = h / values.length;
  const n = values.length;
  // more cells than pixels: neighbours share one
  const step = Math.max(1, Math.ceil(1 / each));
  return (
    <g>
      {Array.from({ length: Math.ceil(n / step) }, (_, k) => k * step).map((i) => {
        if (i >= done || hidden?.(i))
          return each >= 6 ? (
            <rect key={i} class="void" x={x + 1} y={y + i * each + 1} width={w - 2} height={each - 2} />
          ) : null;
        const v = values[i] as number;
        const shade = Number.isNaN(v)
          ? { fill: theme.paper, ink: theme.ink }
          : rampShade(theme, share ? theme.share : theme.sign, v, range);
        return (
          <g key={i}>
            <rect
              class={each >= 6 ? 'c' : ''}
              x={x}
              y={y + i * each}
              width={w}
              height={each * step}
              style={{ fill: shade.fill }}
            />
            {each >= 13 && (
              <text class="cv" x={x + w / 2} y={y + i * each + each / 2 + 4.5} style={{ fill: shade.ink }}>
                {figureIn(v, w - 2, digits)}
              </text>
            )}
          </g>
        );
      })}
      <rect class={frame} x={x - 2} y={y - 2} width={w + 4} height={h + 4} rx={2} />
    </g>
  );
}
