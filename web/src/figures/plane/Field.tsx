// A field over a plane, in flat bands with a line between them, or softly, a pixel a value.
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Ramp } from '../../draw/colour';
import { Within } from './Axes';
import { type Field, outlinesOf } from './contours';
import type { Plane } from './plane';

interface BandsProps {
  plane: Plane;
  field: Field;
  levels: readonly number[]; // ascending
  /** Of the band below level k; below none of them: k is how many there are. */
  fill(k: number): string;
}
export function Bands({ plane, field, levels, fill }: BandsProps) {
  const { left, right, top, bottom } = plane;
  const key = [left, right, top, bottom, ...levels].join(' ');
  const outlines = useMemo(() => outlinesOf(plane, field, levels), [key, field]);
  return (
    <Within plane={plane}>
      <rect x={left} y={top} width={right - left} height={bottom - top} fill={fill(0)} />
      {outlines.map((d, k) => (
        <path key={k} class="field-band" d={d} fill={fill(k + 1)} />
      ))}
    </Within>
  );
}

interface HeatProps {
  plane: Plane;
  field: Field;
  ramp: Ramp;
  /** Where a value stands on the ramp, from 0 to 255. */
  index(value: number): number;
}
/** To stand in a .plane, under its svg. */
export function Heat({ plane, field, ramp, index }: HeatProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { columns, rows, values } = field;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(columns, rows);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const value = values[row * columns + column] ?? Number.NaN;
        const to = 4 * ((rows - 1 - row) * columns + column); // y goes up
        if (Number.isNaN(value)) continue; // transparent
        const at = 3 * index(value);
        for (let c = 0; c < 3; c++) image.data[to + c] = ramp.rgb[at + c] ?? 0;
        image.data[to + 3] = 255;
      }
    context.putImageData(image, 0, 0);
  }, [columns, rows, values, ramp, index]);
  // the values at the ends stand on the edges, so their pixels reach half of one beyond
  const [wide, tall] = [(plane.right - plane.left) / (columns - 1), (plane.bottom - plane.top) / (rows - 1)];
  return (
    <span
      class="field-heat"
      style={{
        ...{ left: `${plane.left / 16}rem`, top: `${plane.top / 16}rem` },
        ...{ width: `${(plane.right - plane.left) / 16}rem`, height: `${(plane.bottom - plane.top) / 16}rem` },
      }}
    >
      <canvas
        ref={canvas}
        width={columns}
        height={rows}
        style={{
          ...{ left: `${-wide / 32}rem`, top: `${-tall / 32}rem` },
          ...{ width: `${(wide * columns) / 16}rem`, height: `${(tall * rows) / 16}rem` },
        }}
      />
    </span>
  );
}
