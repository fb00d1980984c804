// A state as a column of colours, its first number on top; walking back its gradient beside it.
import { signShade, type Theme } from '../../draw/colour';
import { largest, niceRange } from '../../draw/format';

const HIGH = 48;
const WIDE = 24;

interface StripProps {
  theme: Theme;
  values: ArrayLike<number> | null; // null: to come
  gradient?: ArrayLike<number> | null;
  reach?: number; // of the gradient's colours
  now?: boolean;
}
export function Strip({ theme, values, gradient = null, reach = 1, now = false }: StripProps) {
  const cells = (of: ArrayLike<number>, x: number, width: number, range: number) =>
    Array.from(of, (value, k) => (
      <rect
        key={`${x} ${k}`}
        x={x}
        y={(k * HIGH) / of.length}
        width={width}
        height={HIGH / of.length}
        style={{ fill: signShade(theme, value, range).fill }}
      />
    ));
  const name = `tasks-strip${values ? '' : ' ahead'}${now ? ' now' : ''}`;
  return (
    <svg class={name} viewBox={`0 0 ${WIDE} ${HIGH}`} aria-hidden="true">
      {values && cells(values, 0, gradient ? WIDE / 2 : WIDE, 1)}
      {gradient && cells(gradient, WIDE / 2, WIDE / 2, reach)}
    </svg>
  );
}
/** How far the colours of these gradients reach. */
export const reachOf = (all: readonly ArrayLike<number>[]): number => niceRange(Math.max(0, ...all.map(largest)));
