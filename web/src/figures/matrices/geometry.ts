// Where the matrices stand: x, q, e, α, o at the height of the sentence; above them the weights; between, the keys on
// their side over the columns of the scores, and the values over those of the answers. In units of rem/16. Pure.

import { rowsOf } from '../lower.ts';
import type { Matrices, Part } from './anatomy.ts';

export interface Place {
  x: number;
  y: number;
  cw: number; // of a cell
  ch: number;
  rows: number;
  columns: number;
}
export interface Plan {
  gutter: number;
  places: Record<Exclude<Part, 's'>, Place> & { Q: Place; K: Place; V: Place };
  names: number; // baseline of the letters under the sentence
  rows: { y: number; h: number }[]; // of the sentence
}

const [LETTER, NAMES, ACROSS] = [17, 22, 15]; // over a matrix, under the sentence, words over columns
const GAP = { between: 12, above: 10 };
const WIDE = 30;
const WEIGHT = { most: 23, wide: 22 };

export const right = (p: Place) => p.x + p.columns * p.cw;
export const bottom = (p: Place) => p.y + p.rows * p.ch;
export const middle = (p: Place) => p.x + (p.columns * p.cw) / 2;

/** looked: the parts that are read now, whose cells are to be wide enough for figures. tall: the row that is read, walking
 *  back. */
export function planOf(
  a: Matrices,
  box: { width: number; height: number },
  looked: readonly Part[],
  gutter: number,
  tall: number | null,
): Plan {
  const [T, S, D] = [a.words.length, a.parts.k.shape[0] ?? 1, a.parts.q.shape.at(-1) ?? 1];
  const columns: Record<'x' | 'q' | 'e' | 'a' | 'o', number> = { x: D, q: D, e: S, a: S, o: D };
  const order = ['x', 'q', 'e', 'a', 'o'] as const;
  const between = Math.max(14, Math.min(30, box.width * 0.04));
  const room = box.width - gutter - 4 * between - 4;
  const isWide = (part: Part) =>
    looked.includes(part) || (part === 'e' && looked.includes('k')) || (part === 'o' && looked.includes('v'));
  const wideCells = order.reduce((sum, part) => sum + (isWide(part) ? columns[part] : 0), 0);
  const others = order.reduce((sum, part) => sum + (isWide(part) ? 0 : columns[part]), 0);
  const thin = Math.max(5, Math.min(16, (room - wideCells * WIDE) / Math.max(1, others)));
  const wide = Math.max(thin, Math.min(42, (room - others * thin) / Math.max(1, wideCells)));
  const spread = others === 0 || wideCells > 0 ? 0 : (room - others * thin) / others;
  // three bands: D rows of weights, D rows of keys or S of values, T rows of the sentence
  const fixed = 2 * LETTER + NAMES + ACROSS + 2 * GAP.between;
  const band = Math.max(D, S);
  const each = Math.max(7, Math.min(WEIGHT.most, (box.height - fixed) / (D + band + T)));
  const weightsY = LETTER + 4; // a chip has its ground
  const bandY = weightsY + D * each + GAP.between + LETTER;
  const used = bandY + band * each + GAP.between + ACROSS + NAMES;
  const ch = Math.max(7, Math.min(30, (box.height - used) / T));
  const rowY = bandY + band * each + GAP.between + ACROSS;
  let x = gutter;
  const at = {} as Record<(typeof order)[number], Place>;
  for (const part of order) {
    const cw = isWide(part) ? wide : thin + Math.min(spread, 12);
    at[part] = { x, y: rowY, cw, ch, rows: T, columns: columns[part] };
    x += cw * columns[part] + between;
  }
  const over = (part: 'e' | 'o', rows: number) => ({ ...at[part], y: bandY + (band - rows) * each, ch: each, rows });
  const k = over('e', D);
  const v = over('o', S);
  const w = Math.max(12, Math.min(WEIGHT.wide + 2, (box.width - gutter - 40) / (3 * D + 2)));
  const weight = (place: number): Place => ({ x: place, y: weightsY, cw: w, ch: each, rows: D, columns: D });
  const span = w * D;
  const last = box.width - span - 4;
  const Vx = Math.min(last, middle(at.o) - span / 2);
  const Kx = Math.min(Vx - span - 12, Math.max(gutter + span + 12, middle(at.e) - span / 2));
  const Qx = Math.min(Kx - span - 12, Math.max(gutter - 8, middle(at.q) - span / 2));
  const yWidth = Math.min(13, Math.max(5, (v.x - right(k) - 60) / D));
  return {
    gutter,
    places: {
      ...at,
      k,
      v,
      y: { x: v.x - 54 - D * yWidth, y: v.y, cw: yWidth, ch: each, rows: S, columns: D },
      Q: weight(Qx),
      K: weight(Kx),
      V: weight(Vx),
    },
    names: rowY + T * ch + LETTER - 1,
    rows: rowsOf(T, rowY, ch, tall),
  };
}
