// A matrix of any size: one canvas, axes, a lit row, a place that is pointed at. No element a cell.

import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Box, prepareCanvas } from '../draw/box.ts';
import type { Theme } from '../draw/colour.ts';
import { heatMap } from '../draw/paint.ts';
import type { Values } from '../session/types.ts';

export interface HeatProps {
  x: number;
  y: number;
  w: number;
  h: number;
  values: Values;
  rows: number;
  columns: number;
  range: number;
}

/** Draws heat maps into one canvas under an SVG of the same box. */
export function HeatCanvas({
  box,
  height,
  theme,
  maps,
}: {
  box: Box;
  height: number;
  theme: Theme;
  maps: HeatProps[];
}) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (!ref.current) return;
    const ctx = prepareCanvas(ref.current, box.width, height, box.unit);
    if (!ctx) return;
    for (const m of maps) {
      heatMap(ctx, theme, m, m.values, m.rows, m.columns, m.range);
      const [cw, ch] = [m.w / m.columns, m.h / m.rows];
      ctx.strokeStyle = theme.cellRule;
      ctx.lineWidth = 1;
      ctx.beginPath();
      if (ch >= 6) for (let r = 1; r < m.rows; r++) ctx.rect(m.x, m.y + r * ch, m.w, 0);
      if (cw >= 6) for (let c = 1; c < m.columns; c++) ctx.rect(m.x + c * cw, m.y, 0, m.h);
      ctx.stroke();
    }
  });
  return <canvas ref={ref} style={{ height: `${height / 16}rem` }} />;
}
