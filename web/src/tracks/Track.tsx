// What the three tracks have in common: a box, a slider for the keyboard and the screen reader, dragging, a playhead.

import type { ComponentChildren, TargetedEvent } from 'preact';
import { useRef } from 'preact/hooks';
import { type Box, useBox } from '../draw/box.ts';

export interface TrackProps {
  label: string;
  least?: number;
  most: number;
  at: number;
  words: string; // of the place, read aloud
  leap: number; // with shift
  onKey: (to: number) => void;
  onDrag: (x: number, y: number, box: Box) => void;
  children: (box: Box) => ComponentChildren;
}

export function Track({ label, least = 0, most, at, words, leap, onKey, onDrag, children }: TrackProps) {
  const ref = useRef<HTMLDivElement>(null);
  const box = useBox(ref);
  const key = (event: TargetedEvent<HTMLDivElement, KeyboardEvent>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = event.shiftKey ? leap : 1;
    const to: Record<string, number> = {
      ArrowLeft: at - by,
      ArrowDown: at - by,
      ArrowRight: at + by,
      ArrowUp: at + by,
      Home: least,
      End: most,
    };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onKey(Math.max(least, Math.min(most, next)));
  };
  const drag = (event: TargetedEvent<HTMLDivElement, PointerEvent>) => {
    if (!box) return;
    const edge = event.currentTarget.getBoundingClientRect();
    onDrag((event.clientX - edge.left) / box.unit, (event.clientY - edge.top) / box.unit, box);
  };
  return (
    <div
      ref={ref}
      class="slider"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={at}
      aria-valuetext={words}
      onKeyDown={key}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event);
      }}
    >
      {box && (
        <svg viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
          {children(box)}
        </svg>
      )}
    </div>
  );
}

/** The same on all three tracks; with a point to the left while the walk goes back. */
export function Playhead({ x, y, height, back = false }: { x: number; y: number; height: number; back?: boolean }) {
  return (
    <g>
      <rect class="f-ink" x={x - 1.5} y={y} width={3} height={height} />
      <path class="f-ink" d={`M${x - 6} ${y - 1}h12v5l-6 6l-6-6z`} />
      {back && <path class="f-ink" d={`M${x - 12} ${y + height / 2}l7 -5v10Z`} />}
    </g>
  );
}
