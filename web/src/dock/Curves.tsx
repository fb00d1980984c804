import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { useBox } from '../draw/box';
import { t } from '../i18n';
import type { Session } from '../session/types';

const TOP = 6; // the curves' own area in the track, in rem/16; axis, ticks and playhead are the track's
const BOTTOM = 16;
const RIGHT = 4;
const POINTS = 600; // a curve as wide as a screen needs no more

interface Data {
  x: number[];
  train: (number | null)[];
  validation: (number | null)[];
}

/** Means of runs of updates, so that a long history stays quick to draw, and the points measured on unseen names. */
export function thinned(losses: number[], points: { step: number; loss: number }[]): Data {
  const each = Math.max(1, Math.ceil(losses.length / POINTS));
  const rows = new Map<number, { train: number | null; validation: number | null }>();
  const row = (x: number) => {
    const found = rows.get(x) ?? { train: null, validation: null };
    rows.set(x, found);
    return found;
  };
  for (let from = 0; from < losses.length; from += each) {
    const to = Math.min(from + each, losses.length);
    let sum = 0;
    let count = 0;
    for (let i = from; i < to; i++) {
      const loss = losses[i] as number;
      if (!Number.isFinite(loss)) continue;
      sum += loss;
      count++;
    }
    if (count > 0) row(to).train = sum / count;
  }
  for (const { step, loss } of points) if (Number.isFinite(loss)) row(step).validation = loss;
  const x = [...rows.keys()].sort((a, b) => a - b);
  return {
    x,
    train: x.map((at) => rows.get(at)?.train ?? null),
    validation: x.map((at) => rows.get(at)?.validation ?? null),
  };
}

/** Training and validation loss under the track of updates. */
export function Curves({ session }: { session: Session }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const theme = session.theme.value;
  useEffect(() => {
    const element = area.current;
    if (!element || !box) return;
    const { unit } = box;
    const style = getComputedStyle(document.documentElement);
    const color = (name: string) => style.getPropertyValue(name).trim();
    void theme; // its colours were just read
    let end = session.timelineEnd.peek();
    const plot = new uPlot(
      {
        width: box.width * unit,
        height: box.height * unit,
        padding: [TOP * unit, RIGHT * unit, BOTTOM * unit, 0],
        legend: { show: false },
        cursor: { show: false },
        select: { show: false, left: 0, top: 0, width: 0, height: 0 },
        axes: [{ show: false }, { show: false }],
        scales: { x: { time: false, range: () => [0, end] }, y: { range: (_, low, high) => limits(low, high) } },
        series: [
          {},
          { stroke: color('--edge'), width: unit, points: { show: false }, spanGaps: true },
          { stroke: color('--ink'), width: 2 * unit, points: { show: false }, spanGaps: true },
        ],
      },
      [[], [], []],
      element,
    );
    let waiting = 0;
    const draw = () => {
      waiting = 0;
      const { losses, validation } = session.history.peek();
      end = session.timelineEnd.peek();
      const { x, train, validation: unseen } = thinned(losses, validation);
      plot.setData([x, train, unseen]);
    };
    const off = effect(() => {
      session.history.value;
      session.timelineEnd.value;
      if (waiting === 0) waiting = requestAnimationFrame(draw);
    });
    return () => {
      off();
      cancelAnimationFrame(waiting);
      plot.destroy();
    };
  }, [box, session, theme]);
  return <div class="curves" ref={area} role="img" aria-label={t('curves.label')} />;
}

function limits(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1];
  const room = Math.max(0.05, (high - low) * 0.05);
  return [low - room, high + room];
}
