// A plane: two axes over a box, in units of rem/16, and what is drawn in it. It knows no exhibit and no tape.

export interface Span {
  from: number;
  to: number;
}
export interface Plane {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x(value: number): number;
  y(value: number): number;
  /** And back, for a pointer. */
  unx(px: number): number;
  uny(px: number): number;
  /** What one unit of y measures. */
  unit: number;
}
export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function planeOf(size: { width: number; height: number }, x: Span, y: Span, margins: Margins): Plane {
  const [left, right] = [margins.left, Math.max(margins.left + 1, size.width - margins.right)];
  const [top, bottom] = [margins.top, Math.max(margins.top + 1, size.height - margins.bottom)];
  const [wide, tall] = [(right - left) / (x.to - x.from), (bottom - top) / (y.to - y.from)];
  return {
    ...{ left, right, top, bottom },
    x: (value) => left + (value - x.from) * wide,
    y: (value) => bottom - (value - y.from) * tall,
    unx: (px) => x.from + (px - left) / wide,
    uny: (px) => y.from + (bottom - px) / tall,
    unit: tall,
  };
}

/** A line through these places; what is no number breaks it. What is far outside is kept near, for pens have limits. */
export function pathOf(plane: Plane, xs: ArrayLike<number>, ys: ArrayLike<number>): string {
  const far = 4 * (plane.bottom - plane.top);
  let path = '';
  let pen = 'M';
  for (let i = 0; i < xs.length; i++) {
    const y = plane.y(ys[i] ?? Number.NaN);
    if (Number.isNaN(y)) {
      pen = 'M';
      continue;
    }
    const held = Math.max(plane.top - far, Math.min(plane.bottom + far, y));
    path += `${pen}${plane.x(xs[i] ?? 0).toFixed(1)} ${held.toFixed(1)}`;
    pen = 'L';
  }
  return path;
}

/** The square over the distance between two values at x: to the right of it where there is room, else to the left. */
export function squareOf(plane: Plane, x: number, from: number, to: number) {
  const [a, b] = [plane.y(from), plane.y(to)];
  const side = Math.abs(b - a);
  const at = plane.x(x);
  return { x: at + side > plane.right + 2 ? at - side : at, y: Math.min(a, b), side };
}
