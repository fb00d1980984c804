// Cells on a canvas. Pure functions of (context, values, box, theme) in units of rem/16; the caller has set the scale.

import { type Ramp, rampShade, signIndex, type Theme } from './colour.ts';

export type Numbers = ArrayLike<number>;
type Ctx = CanvasRenderingContext2D;

export function fillCell(
  ctx: Ctx,
  theme: Theme,
  x: number,
  y: number,
  w: number,
  h: number,
  value: number,
  range: number,
  ramp: Ramp = theme.sign,
) {
  if (Number.isNaN(value)) return notANumber(ctx, theme, x, y, w, h);
  ctx.fillStyle = rampShade(theme, ramp, value, range).fill;
  ctx.fillRect(x, y, w, h);
  if (h >= 8 && w >= 4) {
    ctx.strokeStyle = theme.cellRule;
    ctx.lineWidth = 1;
    ctx.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
    // beyond the range: the corner is cut
    if (Math.abs(value) > range * 1.000001) {
      ctx.fillStyle = theme.paper;
      ctx.beginPath();
      ctx.moveTo(x + w - 7, y);
      ctx.lineTo(x + w, y);
      ctx.lineTo(x + w, y + 7);
      ctx.fill();
    }
  }
}

function notANumber(ctx: Ctx, theme: Theme, x: number, y: number, w: number, h: number) {
  ctx.fillStyle = theme.paper;
  ctx.fillRect(x, y, w, h);
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = h >= 8 ? 1.5 : 1;
  if (h >= 8) ctx.strokeRect(x + 1, y + 1, w - 2, h - 2);
  else {
    ctx.beginPath();
    ctx.moveTo(x, y + h);
    ctx.lineTo(x + w, y);
    ctx.stroke();
  }
}

/** Not there yet: dotted, hollow. */
export function voidBox(ctx: Ctx, theme: Theme, x: number, y: number, w: number, h: number) {
  if (w < 3 || h < 2) return;
  ctx.save();
  ctx.globalAlpha = 0.75;
  ctx.strokeStyle = theme.edge;
  ctx.lineWidth = 1;
  ctx.setLineDash([2, 2]);
  ctx.strokeRect(x + 1.5, y + 1.5, w - 3, Math.max(0.5, h - 3));
  ctx.restore();
}

/** The strongest value of each block, when there are more cells than pixels: what stands out stays seen. */
export function pooled(values: Numbers, rows: number, columns: number, height: number, width: number): Float32Array {
  const out = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.floor((y * rows) / height), Math.ceil(((y + 1) * rows) / height)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.floor((x * columns) / width), Math.ceil(((x + 1) * columns) / width)];
      let best = 0;
      for (let r = top; r < bottom; r++)
        for (let c = left; c < right; c++) {
          const v = values[r * columns + c] as number;
          if (Math.abs(v) > Math.abs(best) || Number.isNaN(v)) best = v;
        }
      out[y * width + x] = best;
    }
  }
  return out;
}

/** One canvas for all pictures on their way to their place: a new one at each would cost more than drawing does. */
let scratch: HTMLCanvasElement | null = null;

/** A matrix as a picture: a pixel a cell, stretched without smoothing, or the strongest of the cells a pixel stands for. */
export function heatMap(
  ctx: Ctx,
  theme: Theme,
  box: { x: number; y: number; w: number; h: number },
  values: Numbers,
  rows: number,
  columns: number,
  range: number,
) {
  const density = ctx.getTransform().a;
  const height = Math.min(rows, Math.max(1, Math.ceil(box.h * density)));
  const width = Math.min(columns, Math.max(1, Math.ceil(box.w * density)));
  const shown = height < rows || width < columns ? pooled(values, rows, columns, height, width) : values;
  const picture = new ImageData(width, height);
  const { rgb } = theme.sign;
  for (let i = 0; i < height * width; i++) {
    const v = shown[i] as number;
    if (!Number.isNaN(v)) {
      const k = signIndex(v, range) * 3;
      picture.data[4 * i] = rgb[k] as number;
      picture.data[4 * i + 1] = rgb[k + 1] as number;
      picture.data[4 * i + 2] = rgb[k + 2] as number;
    }
    picture.data[4 * i + 3] = 255;
  }
  scratch ??= document.createElement('canvas');
  scratch.width = Math.max(scratch.width, width);
  scratch.height = Math.max(scratch.height, height);
  scratch.getContext('2d', { willReadFrequently: true })?.putImageData(picture, 0, 0);
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(scratch, 0, 0, width, height, box.x, box.y, box.w, box.h);
}

/** A distribution as bars from the floor; the right one in ink, and at least a pixel wide. */
export function probabilityBars(
  ctx: Ctx,
  theme: Theme,
  box: { x: number; y: number; w: number; h: number },
  values: Numbers,
  most: number,
  target: number,
) {
  const pitch = box.w / values.length;
  const width = Math.max(0.7, pitch - 0.6);
  for (let k = 0; k < values.length; k++) {
    const h = Math.min(1, (values[k] as number) / most) * (box.h - 2);
    ctx.fillStyle = k === target ? theme.ink : theme.edge;
    ctx.fillRect(box.x + k * pitch, box.y + box.h - h, k === target ? Math.max(1.6, width) : width, h);
  }
}

/** Signed bars about a line. */
export function signedBars(
  ctx: Ctx,
  theme: Theme,
  box: { x: number; y: number; w: number; h: number },
  values: Numbers,
  range: number,
  target: number,
): number {
  const pitch = box.w / values.length;
  const zero = box.y + box.h * 0.3;
  for (let k = 0; k < values.length; k++) {
    const v = Math.max(-1, Math.min(1, (values[k] as number) / range));
    const h = Math.abs(v) * box.h * (v < 0 ? 0.7 : 0.3);
    ctx.fillStyle = k === target ? theme.ink : theme.edge;
    ctx.fillRect(
      box.x + k * pitch,
      v < 0 ? zero : zero - h,
      k === target ? Math.max(1.6, pitch - 0.4) : Math.max(0.7, pitch - 0.4),
      h,
    );
  }
  return zero;
}
