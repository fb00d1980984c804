import { useEffect, useRef, useState } from 'preact/hooks';
import { ENTRIES } from '../course';

type Point = [number, number];
interface Spot {
  left: number;
  right: number;
  middle: number;
}

/** A line with rounded corners. */
function bend(points: Point[]): string {
  const radius = 6;
  let path = `M${points[0]}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [x, y] = points[i] as Point;
    const [px, py] = points[i - 1] as Point;
    const [nx, ny] = points[i + 1] as Point;
    const [dx, dy] = [Math.sign(x - px), Math.sign(y - py)];
    const [ex, ey] = [Math.sign(nx - x), Math.sign(ny - y)];
    path += `L${x - dx * radius} ${y - dy * radius}Q${x} ${y} ${x + ex * radius} ${y + ey * radius}`;
  }
  return `${path}L${points.at(-1)}`;
}

/** The two threads through the course, drawn behind the tiles from where these are. */
export function Threads() {
  const area = useRef<HTMLDivElement>(null);
  const [drawn, draw] = useState<{
    width: number;
    height: number;
    solid: string[];
    dotted: string[];
    ends: Point[];
  } | null>(null);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const measure = () => {
      const base = element.getBoundingClientRect();
      if (base.width === 0) return draw(null);
      const spots = new Map<string, Spot>();
      for (const { slug, thread } of ENTRIES) {
        const tile = thread && element.parentElement?.querySelector(`[data-exhibit="${slug}"]`);
        if (!tile) continue;
        const at = tile.getBoundingClientRect();
        spots.set(slug, {
          left: at.left - base.left,
          right: at.right - base.left,
          middle: at.top + at.height / 2 - base.top,
        });
      }
      const spot = (slug: string) => spots.get(slug) ?? { left: 0, right: 0, middle: 0 };
      const [next, rnn, lstm, gpt] = ['next-word', 'rnn', 'lstm', 'gpt'].map(spot) as [Spot, Spot, Spot, Spot];
      const [seq, attention, translator] = ['seq2seq', 'attention', 'translator'].map(spot) as [Spot, Spot, Spot];
      const first = (next.right + rnn.left) / 2;
      const second = (lstm.right + seq.left) / 2;
      const third = (attention.right + gpt.left) / 2;
      draw({
        width: base.width,
        height: base.height,
        solid: [
          bend([
            [next.right, next.middle],
            [first, next.middle],
            [first, rnn.middle],
            [rnn.left, rnn.middle],
          ]),
          bend([
            [rnn.left, rnn.middle + 9],
            [first, rnn.middle + 9],
            [first, lstm.middle],
            [lstm.left, lstm.middle],
          ]),
          bend([
            [lstm.right, lstm.middle],
            [second, lstm.middle],
            [second, gpt.middle],
            [gpt.left, gpt.middle],
          ]),
        ],
        dotted: [
          bend([
            [seq.right, seq.middle],
            [third, seq.middle],
            [third, attention.middle],
            [attention.right, attention.middle],
          ]),
          bend([
            [attention.right, attention.middle + 8],
            [third, attention.middle + 8],
            [third, translator.middle],
            [translator.left, translator.middle],
          ]),
        ],
        ends: [
          [next.right, next.middle],
          [rnn.left, rnn.middle],
          [lstm.left, lstm.middle],
          [lstm.right, lstm.middle],
          [gpt.left, gpt.middle],
          [seq.right, seq.middle],
          [attention.right, attention.middle],
          [translator.left, translator.middle],
        ],
      });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="threads" ref={area} aria-hidden="true">
      {drawn && (
        <svg aria-hidden="true" viewBox={`0 0 ${drawn.width} ${drawn.height}`}>
          {drawn.solid.map((d) => (
            <path key={d} class="l-ink thread" d={d} />
          ))}
          {drawn.dotted.map((d) => (
            <path key={d} class="l-ink thread dots-line" d={d} />
          ))}
          {drawn.ends.map(([x, y]) => (
            <circle key={`${x} ${y}`} class="f-ink" cx={x} cy={y} r={4.2} />
          ))}
        </svg>
      )}
    </div>
  );
}
