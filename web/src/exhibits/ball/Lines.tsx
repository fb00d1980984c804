// A few lines against a count, each with its name at its end or among its places, for those who compare ways of saying.
import { useRef } from 'preact/hooks';
import { useBox } from '../../draw/box';
import { Axes, ticks, Within } from '../../figures/plane/Axes';
import { pathOf, planeOf } from '../../figures/plane/plane';

export interface Line {
  name: string;
  form: 'solid' | 'dashed' | 'dotted';
  values: readonly number[]; // from 1
}

interface LinesProps {
  title: string;
  label: string;
  across: string;
  lines: Line[];
  y: { from: number; to: number; ticks: number[] };
  now?: number; // a place across, from 1
}
export function Lines({ title, label, across, lines, y, now }: LinesProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const count = Math.max(2, ...lines.map(({ values }) => values.length));
  const xs = Array.from({ length: count }, (_, i) => i + 1);
  return (
    <figure class="ball-lines">
      <figcaption>
        <b>{title}</b>
        {lines.map(({ name, form }) => (
          <span key={name}>
            <i class={`ball-line ${form}`} aria-hidden="true" />
            {name}
          </span>
        ))}
      </figcaption>
      <div class="plane ball-area" ref={area}>
        {box && (
          <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={label}>
            {(() => {
              const margins = { left: 44, right: 16, top: 10, bottom: 36 };
              const plane = planeOf(box, { from: 1, to: count }, y, margins);
              return (
                <>
                  <Axes
                    plane={plane}
                    x={ticks(xs.filter((at) => at === 1 || at % 5 === 0))}
                    y={y.ticks.map((at) => ({ at, text: String(at).replace('-', '−') }))}
                  />
                  {now !== undefined && <path class="l-edge" d={`M${plane.x(now)} ${plane.top}V${plane.bottom}`} />}
                  <Within plane={plane}>
                    {lines.map(({ name, form, values }) => (
                      <path key={name} class={`l-ink ball-line ${form}`} d={pathOf(plane, xs, values)} />
                    ))}
                  </Within>
                  <text class="t12 t2 mid" x={(plane.left + plane.right) / 2} y={plane.bottom + 32}>
                    {across}
                  </text>
                </>
              );
            })()}
          </svg>
        )}
      </div>
    </figure>
  );
}
