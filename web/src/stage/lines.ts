// What the columns of a walk back say, in lines with their names: what arrives = own guess + later; what goes on = slope
// × what arrives. The numbers are those of the row that is looked at.

import { figureWidth } from '../draw/format.ts';
import { mathWidth, plainMath } from '../draw/math.ts';
import type { LineMark, Scene } from './scene.ts';
import type { Line, LineWords, VectorTerm, Word } from './terms.ts';

export const LINE = 15; // from one to the next
const SIZE = 12.5;
const SPACE = 4;
const FIGURE = (figureWidth('−.123') * SIZE) / 12; // with three digits that count

/** Of whoever draws them: where, and of what holds several vectors side by side, the one that is looked at. */
interface Pen {
  scene: Scene;
  wish: { quarter: number };
}
export interface LinesPlace {
  x: number;
  y: number; // baseline of the first
  room: number;
  /** The row that is looked at, of a vector of so many. */
  row: (length: number) => number;
}

/** With their numbers, in few words where there is little room; else without, since the columns have them too. */
export function drawLines(pen: Pen, lines: Line[], words: LineWords, at: LinesPlace) {
  const choices = [true, false].flatMap((numbers) =>
    [words, { ...words, ...words.short }].map((named) => lines.map((line) => parts(pen, line, named, at, numbers))),
  );
  const told = choices.find((all) => all.every((one) => widthOf(one) <= at.room)) ?? choices.at(-1) ?? [];
  told.forEach((one, i) => {
    pen.scene.lines.push({
      x: at.x,
      room: at.room,
      y: at.y + i * LINE,
      size: SIZE,
      kind: lines[i]?.kind ?? 'words',
      parts: one,
    });
  });
}

function parts(pen: Pen, line: Line, words: LineWords, at: LinesPlace, numbers: boolean): LineMark['parts'] {
  return line.said.flatMap((said): LineMark['parts'] => {
    if (typeof said === 'string') return [{ words: words[said as Word] ?? said }];
    if ('tex' in said && !('kind' in said)) return [{ tex: said.tex }];
    return numbers ? [{ number: numberOf(pen, said, at.row(said.length)) }] : [];
  });
}

function numberOf(pen: Pen, t: VectorTerm, row: number) {
  const quarter = t.parts ? Math.min(t.parts.length - 1, pen.wish.quarter) * t.length : (t.from ?? 0);
  const shown = t.show === 'both' ? ('value' as const) : t.show;
  return { node: t.node.id, cell: quarter + row, shown, what: t.what, ...(t.slope ? { slope: t.slope } : {}) };
}

/** numbers: as they are written; else as wide as most are. */
export function widthOf(parts: LineMark['parts'], numbers: string[] = []): number {
  let next = 0;
  const each = parts.map((p) => {
    if ('number' in p) {
      const text = numbers[next++];
      return text === undefined ? FIGURE : (figureWidth(text) * SIZE) / 12;
    }
    return 'tex' in p ? mathWidth(plainMath(p.tex), SIZE * 0.92) : mathWidth(p.words.replaceAll(' ', '.'), SIZE * 0.9);
  });
  return each.reduce((sum, w) => sum + w + SPACE, -SPACE);
}

/** Of a letter of the typewriter face, in its size. */
export const LETTER = 0.62;
/** A word as wide as there is room: smaller, down to 12, then cut. */
export function fitted(word: string, room: number, most: number, each = LETTER): { shown: string; size: number } {
  const size = Math.max(12, Math.min(most, room / (each * Math.max(1, word.length))));
  const letters = Math.max(1, Math.floor(room / (each * size) + 0.01));
  return { shown: word.length > letters ? `${word.slice(0, Math.max(1, letters - 1))}…` : word, size };
}
