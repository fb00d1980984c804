// One matrix by itself: a parameter, or its gradient, with axes, a legend, the lit row and the number pointed at.

import { useRef, useState } from 'preact/hooks';
import { useBox } from '../draw/box.ts';
import type { Theme } from '../draw/colour.ts';
import { plain } from '../draw/format.ts';
import { MathLabel } from '../draw/Math.tsx';
import type { Held } from '../draw/scales.ts';
import { t } from '../i18n/index.ts';
import type { Values } from '../session/types.ts';
import { SignLegend } from '../stage/Legend.tsx';
import { NowBox } from '../stage/Sources.tsx';
import { HeatCanvas } from './Heat.tsx';
import { beside, ticks } from './MatrixBlock.tsx';

export interface HeatBlockProps {
  theme: Theme;
  values: Values;
  rows: number;
  columns: number;
  tex: string;
  gradient?: boolean;
  lit: { row: number | null; column: number | null }; // null: all of them
  scale: Held;
  most?: number; // height
  rowName?: ((row: number) => string) | undefined;
  columnName?: ((column: number) => string) | undefined;
  onCell?: (cell: number) => void;
}

export function HeatBlock({
  theme,
  values,
  rows,
  columns,
  tex,
  gradient = false,
  lit,
  scale,
  most = 190,
  rowName,
  columnName,
  onCell,
}: HeatBlockProps) {
  const ref = useRef<HTMLDivElement>(null);
  const box = useBox(ref);
  const [point, setPoint] = useState<number | null>(null);
  const x = beside(rows, rowName);
  const w = box ? Math.min(box.width - x - 8, columns * 26) : 0;
  const h = Math.min(most, rows * 23, columns > 1 ? Math.max(48, (w / columns) * rows) : most);
  const y = 36;
  const height = y + h + 6;
  const at = (event: { clientX: number; clientY: number }) => {
    if (!box || !ref.current) return null;
    const edge = ref.current.getBoundingClientRect();
    const column = Math.floor((((event.clientX - edge.left) / box.unit - x) / w) * columns);
    const row = Math.floor((((event.clientY - edge.top) / box.unit - y) / h) * rows);
    return column < 0 || row < 0 || column >= columns || row >= rows ? null : row * columns + column;
  };
  const spot = (row: number | null, column: number | null) => ({
    x: x + ((column ?? 0) * w) / columns,
    y: y + ((row ?? 0) * h) / rows,
    w: column === null ? w : Math.max(3, w / columns),
    h: row === null ? h : Math.max(3, h / rows),
  });
  return (
    <div>
      <div
        ref={ref}
        class="heat"
        role="presentation"
        style={{ height: `${height / 16}rem` }}
        onPointerMove={(e) => setPoint(at(e))}
        onPointerLeave={() => setPoint(null)}
        onPointerUp={(e) => {
          const cell = at(e);
          if (cell !== null) onCell?.(cell);
        }}
      >
        {box && (
          <>
            <HeatCanvas
              box={box}
              height={height}
              theme={theme}
              maps={[{ x, y, w, h, values, rows, columns, range: scale.range }]}
            />
            <svg viewBox={`0 0 ${box.width} ${height}`} aria-hidden="true">
              <MathLabel x={x + w / 2} y={14} tex={tex} size={17} />
              {columns > 1 &&
                ticks(columns, w, columnName).map((i) => (
                  <text key={`c${i}`} class="t12 mid t3" x={x + ((i + 0.5) * w) / columns} y={30}>
                    {columnName ? columnName(i) : i + 1}
                  </text>
                ))}
              {ticks(rows, h).map((i) => (
                <text key={`r${i}`} class="t12 end t3" x={x - 6} y={y + ((i + 0.5) * h) / rows + 4}>
                  {rowName ? rowName(i) : i + 1}
                </text>
              ))}
              <rect class={gradient ? 'role-g' : 'role-p'} x={x - 2} y={y - 2} width={w + 4} height={h + 4} rx={2} />
              <NowBox {...spot(lit.row, lit.column)} />
              {point !== null && <rect class="l-ink" {...boxed(spot(Math.floor(point / columns), point % columns))} />}
            </svg>
          </>
        )}
      </div>
      <div class="legends">
        <SignLegend scale={scale} framed={gradient} />
        <span class="num">
          {point === null
            ? ''
            : t('inspector.cell.at', {
                row: Math.floor(point / columns) + 1,
                column: (point % columns) + 1,
                value: plain(values[point] ?? Number.NaN, 4),
              })}
        </span>
      </div>
    </div>
  );
}

const boxed = ({ x, y, w, h }: { x: number; y: number; w: number; h: number }) => ({ x, y, width: w, height: h });
