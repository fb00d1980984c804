// A drawing that is wider than its box, and a finger on it.

/** A finger drawn to the left goes on, to the right back; 0 for a tap. */
export function swiped(from: { x: number; y: number } | null, to: { clientX: number; clientY: number }): 1 | -1 | 0 {
  if (!from) return 0;
  const [x, y] = [to.clientX - from.x, to.clientY - from.y];
  return Math.abs(x) < 36 || Math.abs(x) < 1.5 * Math.abs(y) ? 0 : x < 0 ? 1 : -1;
}

/** Scrolls no further than it takes to show what stands there, with a little around it. */
export function show(element: HTMLElement, left: number, right: number): void {
  if (left - 40 < element.scrollLeft) element.scrollLeft = left - 40;
  else if (right + 20 > element.scrollLeft + element.clientWidth) element.scrollLeft = right + 20 - element.clientWidth;
}
