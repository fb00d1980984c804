import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { makeTheme, type Theme } from './colour.ts';

/** The size of an element in units of rem/16, and how many CSS pixels one of them is. */
export interface Box {
  width: number;
  height: number;
  unit: number;
}

export function useBox(ref: RefObject<HTMLElement | null>): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  const watched = useRef<{ element: HTMLElement; observer: ResizeObserver } | null>(null);
  // at every render: the element may come later than its view, or be another one
  useLayoutEffect(() => {
    const element = ref.current;
    if (watched.current?.element === element) return;
    watched.current?.observer.disconnect();
    watched.current = null;
    if (!element) return;
    const measure = () => {
      const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
      const [width, height] = [element.clientWidth / unit, element.clientHeight / unit];
      setBox((old) => {
        if (old && old.width === width && old.height === height && old.unit === unit) return old;
        return width > 0 ? { width, height, unit } : null;
      });
    };
    const observer = new ResizeObserver(measure);
    // It calls within this frame, when everything is laid out; to ask now would lay out the page once a box.
    observer.observe(element);
    watched.current = { element, observer };
  });
  useLayoutEffect(() => () => watched.current?.observer.disconnect(), []);
  return box;
}

/** The colours as the style sheet has them now; `seen` is the theme, so that a change of it reads them anew. */
export function useTheme(seen: string): Theme {
  return useMemo(() => {
    void seen;
    const style = getComputedStyle(document.documentElement);
    return makeTheme((name) => style.getPropertyValue(name).trim());
  }, [seen]);
}

/** A canvas of the box's size whose context counts in units of rem/16. */
export function prepareCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  unit: number,
): CanvasRenderingContext2D | null {
  const density = unit * Math.max(1, window.devicePixelRatio || 1);
  const [w, h] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const ctx = canvas.getContext('2d');
  ctx?.setTransform(density, 0, 0, density, 0, 0);
  ctx?.clearRect(0, 0, width, height);
  return ctx;
}
