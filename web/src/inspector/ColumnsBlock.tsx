// An operation cell by cell: its inputs and its result side by side, one row lit.

import { Fragment } from 'preact';
import { useRef } from 'preact/hooks';
import { useBox } from '../draw/box.ts';
import type { Theme } from '../draw/colour.ts';
import { Chip, MathLabel } from '../draw/Math.tsx';
import type { Values } from '../session/types.ts';
import { NowBox } from '../stage/Sources.tsx';
import { beside, Column, ticks } from './MatrixBlock.tsx';

export interface Item {
  tex: string;
  values: Values;
  range: number;
  before?: string; // the sign before it
  frame?: 'role-a' | 'role-p' | 'role-g'; // of an activation, unless it says otherwise
  chip?: boolean;
  digits?: number; // of its figures
  hidden?: (cell: number) => boolean;
  share?: boolean; // weights that add up to 1, on their own scale
}

export function ColumnsBlock({
  theme,
  items,
  row,
  each = 21,
  names,
  onRow,
}: {
  theme: Theme;
  items: Item[];
  row: number;
  each?: number; // height of a row
  names?: ((row: number) => string) | undefined;
  onRow: (row: number) => void;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const box = useBox(ref);
  const n = Math.max(1, ...items.map((i) => i.values.length));
  const h = Math.min(n * each, 190);
  const y = 28;
  const left = beside(n, names);
  const height = y + h + 8;
  const pitch = box ? (box.width - left) / items.length : 0;
  const w = Math.min(60, pitch * 0.62);
  return (
    <div
      ref={ref}
      class="heat"
      role="presentation"
      style={{ height: `${height / 16}rem` }}
      onPointerUp={(e) => {
        if (!box || !ref.current) return;
        const at = Math.floor((((e.clientY - ref.current.getBoundingClientRect().top) / box.unit - y) / h) * n);
        if (at >= 0 && at < n) onRow(at);
      }}
    >
      {box && (
        <svg viewBox={`0 0 ${box.width} ${height}`} aria-hidden="true">
          {ticks(n, h).map((i) => (
            <text key={i} class={`t12 end ${i === row ? 'b' : 't3'}`} x={left - 10} y={y + ((i + 0.5) * h) / n + 4}>
              {names ? names(i) : i + 1}
            </text>
          ))}
          {items.map((item, k) => {
            const x = left + k * pitch + (k ? (pitch - w) / 2 : 0);
            return (
              <Fragment key={k}>
                {item.chip ? (
                  <Chip x={x + w / 2} y={14} tex={item.tex} size={15} />
                ) : (
                  <MathLabel x={x + w / 2} y={14} tex={item.tex} size={15} />
                )}
                {item.before && (
                  <text class="t16 mid b" x={x - (pitch - w) / 2} y={y + h / 2 + 5}>
                    {item.before}
                  </text>
                )}
                <Column
                  x={x}
                  y={y}
                  w={w}
                  h={h}
                  values={item.values}
                  range={item.range}
                  theme={theme}
                  frame={item.frame ?? 'role-a'}
                  hidden={item.hidden}
                  digits={item.digits}
                  share={item.share ?? false}
                />
                {row < item.values.length && <NowBox x={x} y={y + (row * h) / n} w={w} h={h / n} />}
              </Fragment>
            );
          })}
        </svg>
      )}
    </div>
  );
}
