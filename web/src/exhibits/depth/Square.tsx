// The plane of the two inputs, as large as its place is: a field under it, points and what else is drawn in it.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useBox } from '../../draw/box';
import { type Plane, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import { REACH } from './lab';
import { rightOf, type Seen } from './lesson';

const SPAN = { from: -REACH, to: REACH };
const ENDS = [-REACH, 0, REACH];
const named = (at: number) => String(at).replace('-', '−');
const M = { left: 30, right: 14, top: 10, bottom: 22 };

interface SquareProps {
  label: string;
  under?(plane: Plane): ComponentChildren; // below the drawing
  children(plane: Plane): ComponentChildren;
  over?(plane: Plane, unit: number): ComponentChildren; // what one takes hold of
}
export function Square({ label, under, children, over }: SquareProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const side = box ? Math.max(60, Math.min(box.width - M.left - M.right, box.height - M.top - M.bottom)) : 0;
  const left = box ? M.left + Math.max(0, (box.width - M.left - M.right - side) / 2) : 0;
  const size = { width: left + side + M.right, height: side + M.top + M.bottom };
  const plane = planeOf(size, SPAN, SPAN, { ...M, left });
  return (
    <div class="plane depth-square" ref={area}>
      {box && (
        <>
          {under?.(plane)}
          <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={label}>
            {children(plane)}
            {ENDS.map((at) => (
              <g key={at}>
                <text class="t12 t2 mid" x={plane.x(at)} y={plane.bottom + 16}>
                  {named(at)}
                </text>
                <text class="t12 t2 end" x={plane.left - 6} y={plane.y(at) + 4}>
                  {named(at)}
                </text>
              </g>
            ))}
            <path class="depth-frame" d={`M${plane.left} ${plane.top}H${plane.right}V${plane.bottom}H${plane.left}Z`} />
          </svg>
          {over?.(plane, box.unit)}
        </>
      )}
    </div>
  );
}

/** Circles are of the one class, squares of the other; what is looked at has a ring. */
export function Points({ plane, seen, hidden = false }: { plane: Plane; seen: Seen; hidden?: boolean }) {
  const { each } = seen;
  return (
    <g>
      {Array.from({ length: each.points }, (_, n) => {
        const [x, y] = [plane.x(each.x[n]?.[0] ?? 0), plane.y(each.x[n]?.[1] ?? 0)];
        return <Mark key={n} x={x} y={y} one={(each.t[n]?.[0] ?? 0) > 0.5} now={!hidden && n === seen.point} />;
      })}
    </g>
  );
}

export function Mark({ x, y, one, now }: { x: number; y: number; one: boolean; now: boolean }) {
  return (
    <g>
      {now && <circle class="depth-ring" cx={x} cy={y} r={9} />}
      {one ? (
        <circle class="depth-point one" cx={x} cy={y} r={3.6} />
      ) : (
        <rect class="depth-point none" x={x - 3.2} y={y - 3.2} width={6.4} height={6.4} />
      )}
    </g>
  );
}

export const className = (one: boolean) => t(one ? 'depth.class.one' : 'depth.class.none');
export const pointName = (seen: Seen, n: number) =>
  t('depth.point.of', {
    n: n + 1,
    name: className((seen.each.t[n]?.[0] ?? 0) > 0.5),
    x: (seen.each.x[n]?.[0] ?? 0).toFixed(2).replace('-', '−'),
    y: (seen.each.x[n]?.[1] ?? 0).toFixed(2).replace('-', '−'),
  });

export const surfaceSaid = (seen: Seen) => t('depth.surface.said', { right: rightOf(seen), points: seen.each.points });
