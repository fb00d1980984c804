// A field: a value at every place of a grid over a plane, and where it is at least so much.
import { contours } from 'd3-contour';
import type { Plane, Span } from './plane';

/** Row by row, from y's lower end; the first and the last place of each axis are its ends. */
export interface Field {
  columns: number;
  rows: number;
  values: ArrayLike<number>;
  x: Span;
  y: Span;
}

const along = ({ from, to }: Span, count: number, at: number) => from + ((to - from) * (at - 0.5)) / (count - 1);

/** For each level the outline of what is at least that, to be filled by even-odd; it closes half a cell outside of the plane,
 * so that within it nothing is drawn but where the field has this value. What is no number is below every level. */
export function outlinesOf(plane: Plane, field: Field, levels: readonly number[]): string[] {
  const of = contours().size([field.columns, field.rows]);
  const place = ([x, y]: [number, number]) =>
    `${plane.x(along(field.x, field.columns, x)).toFixed(1)} ${plane.y(along(field.y, field.rows, y)).toFixed(1)}`;
  return levels.map((level) =>
    of
      .contour(field.values, level)
      .coordinates.flat()
      .map((ring) => `M${ring.map(place).join('L')}Z`)
      .join(''),
  );
}

/** `count` levels between the least and the largest value, their distances growing, so that a valley's floor has its own. */
export function levelsOf(values: ArrayLike<number>, count: number): number[] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (!(most > least)) return [];
  return Array.from({ length: count }, (_, k) => least + (most - least) * ((k + 1) / (count + 1)) ** 2);
}
