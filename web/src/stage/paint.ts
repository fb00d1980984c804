// Fills a scene with values: everything that is a colour goes on the canvas, everything that is ink is SVG above it.

import type { Theme } from '../draw/colour.ts';
import { barRange, largest, niceRange } from '../draw/format.ts';
import { fillCell, heatMap, probabilityBars, signedBars, voidBox } from '../draw/paint.ts';
import type { Held } from '../draw/scales.ts';
import type { FrameView, Values, What } from '../session/types.ts';
import { reachOf } from './scales.ts';
import { type BarsMark, cellBox, type Scene, type VectorMark } from './scene.ts';

/** What the whole cell, or its left half, shows. */
export function shownValues(
  mark: Pick<VectorMark, 'node' | 'shown' | 'what' | 'slope' | 'times'>,
  frame: FrameView | null,
): Values | null {
  if (mark.shown === 'pending') return null;
  if (mark.shown === 'gradient') return frame?.values(mark.node, mark.what) ?? null;
  const values = frame?.values(mark.node, 'value') ?? null;
  if (values && mark.shown === 'slope') return Float32Array.from(values, (y) => mark.slope?.(y) ?? Number.NaN);
  if (values && mark.shown === 'times') {
    const by = mark.times && frame?.values(mark.times.node, 'value')?.[mark.times.cell];
    return by === undefined ? null : Float32Array.from(values, (v) => v * by);
  }
  if (values && mark.shown === 'centred') return centred(values, frame?.values(mark.node, 'grad') ?? null);
  return values;
}

/** ∂J/∂y − Σ y ∂J/∂y. */
function centred(values: Values, gradient: Values | null): Values | null {
  if (!gradient) return null;
  let mean = 0;
  for (const [i, g] of gradient.entries()) mean += g * (values[i] ?? 0);
  return Float32Array.from(gradient, (g) => g - mean);
}

/** What the other half shows. */
export function lowerValues(mark: VectorMark, frame: FrameView | null): Values | null {
  return mark.gradient === 'whole' || mark.gradient === 'partial'
    ? (frame?.values(mark.node, mark.what) ?? null)
    : null;
}

/** One range a scale, by its key: as far as what is drawn with it reaches. */
export type Ranges = Record<string, number>;

export function ranges(scene: Scene, frame: FrameView | null): Ranges {
  const most: Ranges = {};
  const see = (key: string, values: ArrayLike<number> | null | undefined) => {
    most[key] = Math.max(most[key] ?? 0, values ? largest(values) : 0);
  };
  for (const key of ['gradient', 'term', 'bars', 'bars of gradient']) see(key, null);
  for (const { key } of scene.scales) see(key, null);
  for (const v of scene.vectors) {
    see(v.scale, shownValues(v, frame));
    see('gradient', lowerValues(v, frame));
  }
  for (const m of scene.matrices) if (m.shown) see('term', frame?.values(m.node, m.what));
  for (const b of scene.bars) if (b.shown) see(barsScale(b), frame?.values(b.node, b.what));
  const reaches = new Map(scene.scales.map(({ key, reach }) => [key, reach]));
  const reached = Object.entries(most).map(([key, size]): [string, number] => [
    key,
    key === 'bars' ? barRange(size) : reachOf(reaches.get(key) ?? 'free', niceRange(size)),
  ]);
  return Object.fromEntries(reached);
}

const barsScale = (mark: BarsMark) => (mark.what === 'value' ? 'bars' : 'bars of gradient');

export type Scales = Record<string, Held>;

/** The same, held: of those alone that something is drawn with. */
export function scalesOf(scene: Scene, frame: FrameView | null, scale: (key: string, needed: number) => Held): Scales {
  const drawn = new Set<string>(scene.vectors.filter((v) => v.shown !== 'pending').map((v) => v.scale));
  if (scene.vectors.some((v) => v.gradient === 'whole' || v.gradient === 'partial')) drawn.add('gradient');
  if (scene.matrices.some((m) => m.shown)) drawn.add('term');
  for (const b of scene.bars) if (b.shown) drawn.add(barsScale(b));
  const held = Object.entries(ranges(scene, frame)).map(([key, needed]): [string, Held] => [
    key,
    frame && drawn.has(key) ? scale(key, needed) : { range: needed, was: null, kept: false },
  ]);
  return Object.fromEntries(held);
}

/** Where the halves of a cell are: its value on the left, its gradient on the right, in every row. */
export function halves(mark: VectorMark, row: number) {
  const { x, y, w, h } = cellBox(mark, row);
  if (mark.gradient === 'none') return { value: { x, y, w, h }, gradient: null };
  return { value: { x, y, w: w / 2, h }, gradient: { x: x + w / 2, y, w: w / 2, h } };
}

export const rangeOf = (scales: Scales, key: string): number => scales[key]?.range ?? 1;

export type Hidden = (node: number, cell: number, what: What) => boolean;

export function paint(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  frame: FrameView | null,
  theme: Theme,
  r: Scales,
  hidden: Hidden,
) {
  const shares = new Set(scene.scales.filter(({ hue }) => hue === 'share').map(({ key }) => key));
  for (const mark of scene.vectors) paintVector(ctx, mark, frame, theme, r, hidden, shares.has(mark.scale));
  for (const m of scene.matrices) {
    const values = m.shown ? frame?.values(m.node, m.what) : null;
    const box = { x: m.x, y: m.y, w: m.size, h: m.size };
    if (!values) voidBox(ctx, theme, m.x, m.y, m.size, m.size);
    else {
      heatMap(ctx, theme, box, values, m.rows, m.columns, rangeOf(r, 'term'));
      ctx.strokeStyle = theme.gradient;
      ctx.lineWidth = 2;
      ctx.strokeRect(m.x - 1.5, m.y - 1.5, m.size + 3, m.size + 3);
    }
  }
  for (const b of scene.bars) {
    const values = b.shown ? frame?.values(b.node, b.what) : null;
    let line = b.y + b.h;
    if (values && b.what === 'value') probabilityBars(ctx, theme, b, values, rangeOf(r, 'bars'), b.target);
    else if (values) line = signedBars(ctx, theme, b, values, rangeOf(r, 'bars of gradient'), b.target);
    else if (b.what !== 'value') line = b.y + b.h * 0.3;
    ctx.fillStyle = theme.edge;
    ctx.fillRect(b.x, line, b.w, 1);
  }
}

function paintVector(
  ctx: CanvasRenderingContext2D,
  mark: VectorMark,
  frame: FrameView | null,
  theme: Theme,
  r: Scales,
  hidden: Hidden,
  share: boolean,
) {
  const values = shownValues(mark, frame);
  const gradients = lowerValues(mark, frame);
  const n = mark.rows.y.length;
  const done = values ? Math.min(mark.done, n) : 0;
  for (let i = 0; i < n; i++) {
    const { value, gradient } = halves(mark, i);
    const asked = hidden(mark.node, mark.from + i, mark.shown === 'gradient' ? mark.what : 'value');
    // what is minus infinity has no place on a scale
    const drawn = Math.abs(values?.[mark.from + i] ?? 0) !== Number.POSITIVE_INFINITY;
    if (i < done && values && !asked && drawn)
      fillCell(
        ctx,
        theme,
        value.x,
        value.y,
        value.w,
        value.h,
        values[mark.from + i] as number,
        rangeOf(r, mark.scale),
        share ? theme.share : theme.sign,
      );
    else if (value.h >= 6 && value.w >= 3) voidBox(ctx, theme, value.x, value.y, value.w, value.h);
    if (!gradient || hidden(mark.node, mark.from + i, mark.what)) continue;
    const { x, y, w, h } = gradient;
    if (gradients) fillCell(ctx, theme, x, y, w, h, gradients[mark.from + i] as number, rangeOf(r, 'gradient'));
    else if (h >= 6) voidBox(ctx, theme, x, y, w, h);
  }
  // thin rows that are not there yet: one dotted box for each run of them
  if (done < n) thinVoid(ctx, theme, mark, done, false);
  if (mark.gradient !== 'none' && !gradients) thinVoid(ctx, theme, mark, 0, true);
}

function thinVoid(ctx: CanvasRenderingContext2D, theme: Theme, mark: VectorMark, from: number, gradient: boolean) {
  const n = mark.rows.y.length;
  const thin = (i: number) => {
    const box = gradient ? halves(mark, i).gradient : halves(mark, i).value;
    return !!box && (mark.across ? box.w < 3 : box.h < 6);
  };
  for (let i = from; i < n; i++) {
    if (!thin(i)) continue;
    let j = i;
    while (j + 1 < n && thin(j + 1)) j++;
    const box = gradient ? halves(mark, i).gradient : halves(mark, i).value;
    const end = (mark.rows.y[j] as number) + (mark.rows.h[j] as number);
    if (box && mark.across) voidBox(ctx, theme, box.x, box.y, end - box.x, box.h);
    else if (box) voidBox(ctx, theme, box.x, box.y, box.w, end - box.y);
    i = j;
  }
}
