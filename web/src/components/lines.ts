// The lines of a text as they are set, and how many of them a page takes.

export interface Line {
  top: number; // from the top of the text, in CSS pixels
  bottom: number;
}

/** What overlaps by more than this is one line: a superscript does, the next line does not. */
const OVERLAP = 3;

export function merged(boxes: Line[]): Line[] {
  const lines: Line[] = [];
  for (const { top, bottom } of [...boxes].sort((a, b) => a.top - b.top)) {
    const last = lines.at(-1);
    if (last && top < last.bottom - OVERLAP) last.bottom = Math.max(last.bottom, bottom);
    else lines.push({ top, bottom });
  }
  return lines;
}

export function linesOf(element: HTMLElement): Line[] {
  const from = element.getBoundingClientRect().top - element.scrollTop;
  const boxes: Line[] = [];
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    range.selectNodeContents(walker.currentNode);
    for (const { top, bottom, width } of range.getClientRects()) {
      if (width > 0) boxes.push({ top: top - from, bottom: bottom - from });
    }
  }
  return merged(boxes);
}

/** As many lines from this one on as have room; at least one. next is the line after them, 0 after the last. */
export function pageFrom(
  lines: Line[],
  first: number,
  room: number,
): { top: number; height: number; next: number } | null {
  const from = lines[first] ?? lines[0];
  if (!from) return null;
  const start = lines[first] ? first : 0;
  let end = start + 1;
  while (end < lines.length && (lines[end] as Line).bottom - from.top <= room) end++;
  const last = lines[end - 1] as Line;
  return { top: from.top, height: last.bottom - from.top, next: end < lines.length ? end : 0 };
}
