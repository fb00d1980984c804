import { effect, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { type Box, useBox } from '../draw/box';
import { exponent } from '../draw/format';
import { t } from '../i18n';
import { unseenOf } from '../session/corpus';
import type { Session } from '../session/types';
import { margin } from '../tracks/margin';
import { limits, thinned, ticks } from './thin';
import { thrownOn, thrownSaid } from './thrown';

const TOP = 6; // the curves' own area in the track, in rem/16; axis, ticks and playhead are the track's
const BOTTOM = 16;
interface Marks {
  grid: { y: number; value: number }[];
  names: { y: number; which: 'training' | 'unseen' }[];
}
const NONE: Marks = { grid: [], names: [] };
const LINE = 13; // between the names of two curves that end close together
const HEAD = 30; // baseline of the first line under what the track says of the update

/** Training and validation loss under the track of updates. */
export function Curves({ session }: { session: Session }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const theme = session.theme.value;
  const marks = useSignal(NONE);
  useEffect(() => {
    const element = area.current;
    if (!element || !box) return;
    const { unit } = box;
    const style = getComputedStyle(document.documentElement);
    const color = (name: string) => style.getPropertyValue(name).trim();
    void theme; // its colours were just read
    let end = session.timelineEnd.peek();
    let known: ReturnType<typeof thinned> = { x: [], train: [], validation: [] };
    const plot = new uPlot(
      {
        width: box.width * unit,
        height: box.height * unit,
        padding: [TOP * unit, (box.width - margin(box.width).end) * unit, BOTTOM * unit, 0],
        legend: { show: false },
        cursor: { show: false },
        select: { show: false, left: 0, top: 0, width: 0, height: 0 },
        axes: [{ show: false }, { show: false }],
        scales: { x: { time: false, range: () => [0, end] }, y: { range: (_, low, high) => limits(low, high) } },
        series: [
          {},
          {
            stroke: color('--ink-3'),
            width: unit,
            dash: [4 * unit, 3 * unit],
            points: { show: false },
            spanGaps: true,
          },
          { stroke: color('--ink'), width: 2 * unit, points: { show: false }, spanGaps: true },
        ],
        hooks: {
          // What lies ahead of the update on screen is pale.
          draw: [
            (drawn) => {
              const x = drawn.valToPos(session.step.peek(), 'x', true);
              const { ctx, bbox } = drawn;
              ctx.save();
              ctx.globalAlpha = 0.7;
              ctx.fillStyle = color('--bench');
              ctx.fillRect(x, bbox.top, Math.max(0, bbox.left + bbox.width - x), bbox.height);
              ctx.restore();
              // Only now has it the scales of these numbers: new data take effect after the caller is done.
              marks.value = known.x.length < 2 ? NONE : marksOf(drawn, known.train, known.validation, box);
            },
          ],
        },
      },
      [[], [], []],
      element,
    );
    let waiting = 0;
    const draw = () => {
      waiting = 0;
      const { curve, validation } = session.history.peek();
      end = session.timelineEnd.peek();
      known = thinned(curve, validation);
      plot.setData([known.x, known.train, known.validation]);
    };
    const off = effect(() => {
      session.history.value;
      session.timelineEnd.value;
      session.step.value;
      if (waiting === 0) waiting = requestAnimationFrame(draw);
    });
    return () => {
      off();
      cancelAnimationFrame(waiting);
      plot.destroy();
    };
  }, [box, session, theme, marks]);
  const { grid, names } = marks.value;
  const beside = box && margin(box.width);
  const unseen = unseenOf(session.run.value?.settings);
  return (
    <div
      class="curves"
      ref={area}
      role="img"
      aria-label={[t(`curves.label.${unseen}`), thrownSaid(session)].filter(Boolean).join('. ')}
    >
      {box && beside && (
        <svg viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
          {thrownOn(session, beside.end).map(({ x, words, at }) => (
            <g key={at} class="thrown" data-at={at}>
              <path class="l-edge" d={`M${x} ${TOP}V${box.height - BOTTOM}`} />
              <path class="f-ink" d={`M${x - 4} ${box.height - BOTTOM}h8l-4 -6z`} />
              {words && (
                <text class="t12 b halo-paper" x={x + 5} y={box.height - BOTTOM - 4}>
                  {words}
                </text>
              )}
            </g>
          ))}
          {grid.map(({ y, value }, i) => (
            <g key={value}>
              <path class="l-rule" d={`M0 ${y}H${beside.end}`} />
              <text class="t12 t3 end" x={box.width - 2} y={y + 4}>
                {beside.unit && i === grid.length - 1 ? t('curves.nats', { value: words(value) }) : words(value)}
              </text>
            </g>
          ))}
          {names.map(({ y, which }) => (
            <text key={which} class={`t12 ${which === 'unseen' ? 'b' : 't2'}`} x={beside.names} y={y}>
              {t(`curves.${which}`)}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}

const words = (value: number) => (Math.abs(value) < 1e4 ? String(Number(value.toFixed(3))) : exponent(value));

function marksOf(plot: uPlot, train: (number | null)[], unseen: (number | null)[], { height, unit }: Box): Marks {
  const { min = 0, max = 1 } = plot.scales.y ?? {};
  const at = (value: number) => plot.valToPos(value, 'y') / unit + TOP;
  const lowest = height - BOTTOM - 1;
  const grid = ticks(min ?? 0, max ?? 1)
    .map((value) => ({ value, y: at(value) }))
    .filter(({ y }) => y + 4 >= HEAD && y + 4 <= lowest);
  const ends = (['training', 'unseen'] as const).flatMap((which) => {
    const values = (which === 'training' ? train : unseen).filter((value) => value !== null);
    if (values.length < 2) return [];
    // Single batches jump: the height is that of the last few.
    const few = values.slice(which === 'training' ? -8 : -1);
    return [{ which, y: at(few.reduce((sum, value) => sum + value, 0) / few.length) + 4 }];
  });
  // At the height of the curves' ends, one under the other, between what the track says and its axis.
  ends.sort((a, b) => a.y - b.y);
  const names = ends.map(({ which, y }, i) => {
    const least = HEAD + i * LINE;
    const most = lowest - (ends.length - 1 - i) * LINE;
    return { which, y: Math.min(most, Math.max(least, y)) };
  });
  const [upper, lower] = names;
  if (upper && lower && lower.y - upper.y < LINE) lower.y = upper.y + LINE;
  return { grid, names };
}
