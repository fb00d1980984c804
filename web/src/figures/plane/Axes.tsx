// Axes, ticks and names of a plane, and what is drawn only within it.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { fixed } from '../../draw/format';
import { MathLabel } from '../../draw/Math';
import type { Plane } from './plane';

export interface Tick {
  at: number;
  text: string;
}
export const ticks = (values: readonly number[], digits = 0): Tick[] =>
  values.map((at) => ({
    at,
    text: digits === 0 ? String(at).replace('-', '−') : fixed(at, digits).replace(/\.?0+$/, ''),
  }));

interface AxesProps {
  plane: Plane;
  x?: readonly Tick[];
  y?: readonly Tick[];
  names?: { x: string; y: string }; // in the pinch of TeX of draw/math
}
export function Axes({ plane, x = [], y = [], names }: AxesProps) {
  return (
    <g>
      {y.map(({ at, text }) => (
        <g key={at}>
          <path class="l-rule" d={`M${plane.left} ${plane.y(at)}H${plane.right}`} />
          <text class="t12 t2 end" x={plane.left - 6} y={plane.y(at) + 4}>
            {text}
          </text>
        </g>
      ))}
      <path class="l-edge" d={`M${plane.left} ${plane.bottom}H${plane.right}`} />
      {x.map(({ at, text }) => (
        <g key={at}>
          <path class="l-edge" d={`M${plane.x(at)} ${plane.bottom}v4`} />
          <text class="t12 t2 mid" x={plane.x(at)} y={plane.bottom + 16}>
            {text}
          </text>
        </g>
      ))}
      {names && (
        <>
          <MathLabel x={plane.right + 10} y={plane.bottom + 4} tex={names.x} anchor="start" />
          <MathLabel x={plane.left - 6} y={plane.top - 4} tex={names.y} anchor="end" />
        </>
      )}
    </g>
  );
}

/** Nothing in it is seen outside of the plane. */
export function Within({ plane, children }: { plane: Plane; children: ComponentChildren }) {
  const id = useId();
  const { left, right, top, bottom } = plane;
  return (
    <>
      <clipPath id={id}>
        <rect x={left - 1} y={top} width={right - left + 2} height={bottom - top} />
      </clipPath>
      <g clip-path={`url(#${id})`}>{children}</g>
    </>
  );
}
