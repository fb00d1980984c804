// Walking back, a cell of a matrix is halved: its value above, its gradient below, once one has come.

import type { NodeSchema } from '../session/types.ts';
import type { Pen } from '../stage/pen.ts';
import type { Rows } from '../stage/rows.ts';
import type { VectorMark } from '../stage/scene.ts';
import { gradientState, type Tape } from '../stage/tape.ts';

/** The least that holds a figure. */
export const FIGURE = { w: 20, h: 10.7 };

/** The mark of the gradient below this one, which makes room; none where none has come. cell: of the whole. */
export function lower(
  pen: Pen,
  tape: Tape,
  node: NodeSchema,
  mark: VectorMark,
  cell: { w: number; h: number },
): VectorMark[] {
  const { position, forward } = pen.wish;
  const state = gradientState(tape, node, position, forward);
  if (state !== 'whole' && state !== 'partial') return [];
  const below: VectorMark = { ...mark, shown: 'gradient', scale: 'gradient', done: mark.rows.y.length };
  if (mark.across) {
    mark.w /= 2;
    below.w = mark.w;
    below.x = mark.x + mark.w;
  } else {
    // on its side a cell is halved along its column
    const half = (which: number): Rows => ({
      ...mark.rows,
      y: mark.rows.y.map((y, i) => y + (which * (mark.rows.h[i] as number)) / 2),
      h: mark.rows.h.map((h) => h / 2),
    });
    [mark.rows, below.rows] = [half(0), half(1)];
  }
  const fits = cell.h / 2 >= FIGURE.h && cell.w >= FIGURE.w;
  mark.figures = fits;
  below.figures = fits;
  pen.scene.vectors.push(below);
  return [below];
}

/** n cells one after another, from here. */
export const along = (n: number, from: number, each: number): Rows => ({
  y: Array.from({ length: n }, (_, i) => from + i * each),
  h: Array.from({ length: n }, () => each),
  readable: () => true,
  top: from,
  bottom: from + n * each,
});

/** So many rows of a matrix: one of them may be twice as high as it would be, so that it can be read; the others keep the
 *  least. */
export function rowsOf(
  n: number,
  from: number,
  each: number,
  tall: number | null,
  least = 6,
): { y: number; h: number }[] {
  const wanted = Math.max(2 * each, FIGURE.h + 1);
  const high =
    tall === null || n < 2 ? each : Math.min(30, Math.max(each, Math.min(wanted, n * each - (n - 1) * least)));
  const low = n < 2 ? each : (n * each - high) / (n - 1);
  let y = from;
  return Array.from({ length: n }, (_, i) => {
    const row = { y, h: tall === null ? each : i === tall ? high : low };
    y += row.h;
    return row;
  });
}
