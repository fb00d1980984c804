// A small plot of the points, what they were made from and a curve: one of several side by side.
import { useRef } from 'preact/hooks';
import { useBox } from '../../draw/box';
import { Within } from '../../figures/plane/Axes';
import { pathOf, planeOf } from '../../figures/plane/plane';
import type { Numbers } from './curve';
import type { At } from './lab';
import { ACROSS, upright, Wave } from './Plot';

interface SmallProps {
  label: string;
  points: readonly At[];
  line?: { xs: Numbers; ys: Numbers };
  now?: boolean;
  out?: (i: number) => boolean; // a point that is left out
}
export function Small({ label, points, line, now = false, out }: SmallProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const plane = box && planeOf(box, ACROSS, upright(points), { left: 7, right: 7, top: 5, bottom: 5 });
  return (
    <div class={`plane curve-small${now ? ' present' : ''}`} ref={area}>
      {box && plane && (
        <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={label}>
          <Within plane={plane}>
            <Wave plane={plane} />
            {line && <path class="fit" d={pathOf(plane, line.xs, line.ys)} />}
          </Within>
          {points.map(({ x, t }, i) => (
            <circle
              key={i}
              class={out && !out(i) ? 'curve-in' : 'curve-ring'}
              cx={plane.x(x)}
              cy={plane.y(t)}
              r={out && !out(i) ? 2.5 : 4}
            />
          ))}
        </svg>
      )}
    </div>
  );
}
