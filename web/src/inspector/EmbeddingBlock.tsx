// E x: the table, the one-hot column that takes one of its columns, and that column.

import { useRef } from 'preact/hooks';
import { useBox } from '../draw/box.ts';
import type { Theme } from '../draw/colour.ts';
import { Chip, MathLabel } from '../draw/Math.tsx';
import type { Held } from '../draw/scales.ts';
import type { Values } from '../session/types.ts';
import { SignLegend } from '../stage/Legend.tsx';
import { NowBox } from '../stage/Sources.tsx';
import { HeatCanvas } from './Heat.tsx';
import { Column, ticks } from './MatrixBlock.tsx';
import type { Drawn } from './matrix.ts';

interface EmbeddingBlockProps {
  theme: Theme;
  table: { drawn: Drawn; values: Values; tex: string };
  token: { at: number; tex: string; name: (token: number) => string };
  result: { values: Values; tex: string; hidden: (cell: number) => boolean };
  scale: Held; // of the table and of what is taken from it
  row: number;
  onTable: (cell: number) => void; // of the core's
  onRow: (row: number) => void;
}

const LEFT = 20;
const TOP = 36;
const TALL = 186;
const ONE_HOT = 24;

export function EmbeddingBlock({ theme, table, token, result, scale, row, onTable, onRow }: EmbeddingBlockProps) {
  const ref = useRef<HTMLDivElement>(null);
  const box = useBox(ref);
  const { rows, columns } = table.drawn;
  const width = box?.width ?? 0;
  const own = Math.min(44, width * 0.13); // of the result
  const w = Math.max(40, Math.min(columns * 20, width - LEFT - own - ONE_HOT - 92));
  const h = Math.min(160, Math.max(60, rows * 21));
  const x = LEFT + w + 44; // of the one-hot column
  const tall = Math.max(h, Math.min(TALL, columns * 20));
  const each = tall / columns;
  const y = LEFT + w + ONE_HOT + 44 + 36; // of the result
  const height = TOP + tall + 6;
  const { range } = scale;
  const spot = { y: TOP + token.at * each, h: Math.max(5, each) };
  return (
    <div>
      <div
        ref={ref}
        class="heat"
        role="presentation"
        style={{ height: `${height / 16}rem` }}
        onPointerUp={(event) => {
          if (!box || !ref.current) return;
          const edge = ref.current.getBoundingClientRect();
          const at = (event.clientX - edge.left) / box.unit;
          const down = Math.floor((((event.clientY - edge.top) / box.unit - TOP) / h) * rows);
          const across = Math.floor(((at - LEFT) / w) * columns);
          if (down < 0 || down >= rows) return;
          if (across >= 0 && across < columns) onTable(table.drawn.cell(down, across));
          else if (at >= y) onRow(down);
        }}
      >
        {box && (
          <>
            <HeatCanvas
              box={box}
              height={height}
              theme={theme}
              maps={[{ x: LEFT, y: TOP, w, h, values: table.values, rows, columns, range }]}
            />
            <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
              <MathLabel x={LEFT + w / 2} y={14} tex={table.tex} size={17} />
              {ticks(columns, w, table.drawn.columnName).map((i) => (
                <text key={`c${i}`} class="t12 mid t3" x={LEFT + ((i + 0.5) * w) / columns} y={30}>
                  {table.drawn.columnName?.(i)}
                </text>
              ))}
              {ticks(rows, h).map((i) => (
                <text key={`r${i}`} class="t12 end t3" x={LEFT - 6} y={TOP + ((i + 0.5) * h) / rows + 4}>
                  {i + 1}
                </text>
              ))}
              <rect class="role-p" x={LEFT - 2} y={TOP - 2} width={w + 4} height={h + 4} rx={2} />
              <NowBox x={LEFT + (token.at * w) / columns} y={TOP} w={Math.max(3, w / columns)} h={h} />
              <text class="t18 mid" x={LEFT + w + 14} y={TOP + h / 2 + 6}>
                ×
              </text>
              <MathLabel x={x + ONE_HOT / 2} y={14} tex={token.tex} size={16} />
              <rect class="l-ink" x={x} y={TOP} width={ONE_HOT} height={tall} />
              {each >= 4 &&
                Array.from({ length: columns - 1 }, (_, i) => (
                  <path key={i} class="l-rule" d={`M${x} ${TOP + (i + 1) * each}h${ONE_HOT}`} />
                ))}
              <rect class="f-ink" x={x} width={ONE_HOT} y={spot.y} height={spot.h} />
              <text class="t13 b end" x={x - 5} y={spot.y + spot.h / 2 + 4.5}>
                {token.name(token.at)}
              </text>
              <text class="t13 b" x={x + ONE_HOT + 5} y={spot.y + spot.h / 2 + 4.5}>
                1
              </text>
              {[0, columns - 1]
                .filter((i) => Math.abs(i - token.at) * each > 14)
                .map((i) => (
                  <text key={i} class="t12 t3" x={x + ONE_HOT + 5} y={TOP + (i + 0.5) * each + 4}>
                    0
                  </text>
                ))}
              <text class="t18 mid" x={y - 12} y={TOP + h / 2 + 6}>
                =
              </text>
              <Chip x={y + own / 2 - 4} y={14} tex={result.tex} size={15} />
              <Column
                x={y}
                y={TOP}
                w={own}
                h={h}
                values={result.values}
                range={range}
                theme={theme}
                hidden={result.hidden}
              />
              <NowBox x={y} y={TOP + (row * h) / rows} w={own} h={h / rows} />
            </svg>
          </>
        )}
      </div>
      <div class="legends">
        <SignLegend scale={scale} />
      </div>
    </div>
  );
}
