// A row of columns that reads as an equation: vectors, signs and functions between them, spread over a room.

import { mathWidth, plainMath } from '../draw/math.ts';
import { bare, timeless } from './letters.ts';
import type { Pen } from './pen.ts';
import type { Rows } from './rows.ts';
import type { VectorMark } from './scene.ts';
import type { OpenTerm, VectorTerm } from './terms.ts';

const GAP = { sign: 1, through: 1.9 };
const PART = { wide: 27, thin: 5 }; // of one that holds several
/** How much room the signs and functions of a row ask for, in signs. */
export const units = (terms: OpenTerm[]) => terms.reduce((sum, t) => sum + (t.kind === 'vector' ? 0 : GAP[t.kind]), 0);

export interface RowPlace {
  x0: number;
  x1: number;
  symbols: number; // baseline of the names
  middle: number; // height of signs
  rowsOf: (length: number) => Rows;
}

export function drawRow(
  pen: Pen,
  terms: OpenTerm[],
  at: RowPlace,
): { marks: VectorMark[]; looked: VectorMark[]; left: number; right: number } {
  const vectors = terms.filter((t) => t.kind === 'vector');
  const weight = units(terms);
  const count = vectors.length;
  const room = at.x1 - at.x0;
  const most = Math.max(58, ...vectors.map((t) => (t.parts?.length ?? 0) * 34));
  const w = Math.min(most, Math.max(28, (room - weight * 18) / count));
  const widths = terms.map((t) => (t.kind === 'vector' ? (t.parts ? w : Math.min(58, w)) : 0));
  const used = widths.reduce((sum, one) => sum + one, 0);
  const unit = Math.min(60, Math.max(5, (room - used) / Math.max(1, weight)));
  let x = at.x0 + Math.max(0, (room - used - weight * unit) / 2);
  const left = x;
  const marks: VectorMark[] = [];
  const looked: VectorMark[] = []; // of each, the vector that is looked at
  terms.forEach((t, k) => {
    if (t.kind === 'vector') {
      const width = widths[k] as number;
      const drawn = drawVectors(pen, t, x, width, at.rowsOf(t.length));
      marks.push(...drawn);
      looked.push(drawn[Math.min(drawn.length - 1, pen.wish.quarter)] as VectorMark);
      nameOver(pen, t, x + width / 2, at.symbols, width + unit * 0.9 - 3, drawn[0]?.shown === 'pending');
      x += width;
      return;
    }
    const gap = unit * GAP[t.kind];
    if (t.kind === 'sign') sign(pen, x + gap / 2, at.middle + 6, t.sign, unit < 14 ? 15 : 18);
    else {
      pen.arrow([x + 4, at.middle], [x + gap - 4, at.middle], pen.walked(t.node));
      if (mathWidth(plainMath(t.tex), 12) <= gap + 4) pen.label(x + gap / 2, at.middle - 9, t.tex, 12);
    }
    x += gap;
  });
  return { marks, looked, left, right: x };
}

export const sign = (pen: Pen, x: number, y: number, text: string, size: number) => {
  if (text) pen.label(x, y, text, size, { face: 'sans', bold: true, halo: true });
};

/** The name over a column: with its time where there is room. */
export function nameOver(pen: Pen, t: VectorTerm, x: number, y: number, room: number, dim: boolean) {
  const size = room < 44 ? 12 : room < 58 ? 14 : 16;
  const fits = (tex: string, s: number) => mathWidth(plainMath(tex), s) <= room;
  const short = t.short ?? bare(t.tex);
  const names: [string, number][] = [t.tex, timeless(t.tex), bare(t.tex)].flatMap((tex) => [
    [tex, size],
    [tex, 12],
  ]);
  if (t.by) {
    // of several that meet: which way it came, under it where there is little room
    const by = (lead: string) => `${lead}\\t{${pen.wish.words.by} }${t.by}`;
    const line = by('\\g{∂J} ');
    const s = [size, 12].find((one) => fits(line, one));
    if (s) return pen.label(x, y, line, s);
    pen.label(x, y - 13, '\\g{∂J}', 12);
    return pen.label(x, y + 2, fits(by(''), 12) ? by('') : t.by, 12);
  }
  // the name of a gradient is a fraction where a line of it would not fit
  const fraction = /^(\\g\{∂J\})\/(.*)$/.exec(t.tex);
  if (fraction && !fits(t.tex, 14)) {
    const whole = fraction[2] as string;
    const open = bare(whole).replace(/^∂\((.*)\)$/, '∂$1');
    const tex = [whole, open].find((one) => fits(one, 12)) ?? open.replace('∘', '');
    pen.label(x, y + 2, tex, 12, { over: fraction[1] as string });
    return;
  }
  const [tex, s] = names.find(([one, sz]) => fits(one, sz)) ?? [short, 12];
  pen.label(x, y, tex, s, { dim });
}

/** One column, or several side by side where it holds several: the looked-at one wide enough to be read. */
export function drawVectors(pen: Pen, t: VectorTerm, x: number, w: number, rows: Rows): VectorMark[] {
  if (!t.parts) return [drawVector(pen, t, x, w, rows, t.from ?? 0)];
  const n = t.parts.length;
  const even = w / n;
  const looked = Math.min(n - 1, pen.wish.quarter);
  const wide = even >= PART.wide ? even : Math.min(PART.wide + 3, w - (n - 1) * PART.thin);
  const thin = even >= PART.wide ? even : (w - wide) / (n - 1);
  let left = x;
  return t.parts.map((name, k) => {
    const own = k === looked ? wide : thin;
    const mark = drawVector(pen, t, left, own - 2, rows, k * t.length);
    if (k === looked || own >= 9)
      pen.label(left + own / 2 - 1, rows.bottom + 11.5, name, 12, { quiet: k !== looked, bold: k === looked });
    if (k === 0) mark.framed = w - 2;
    else mark.frame = null;
    left += own;
    return mark;
  });
}

function drawVector(pen: Pen, t: VectorTerm, x: number, w: number, rows: Rows, from: number): VectorMark {
  const mark = pen.vector(t.node, x, w, rows, true, from);
  if (t.show === 'both') return mark;
  mark.gradient = 'none';
  mark.faint = false;
  if (t.show === 'value') return mark;
  mark.shown = t.show;
  mark.done = rows.y.length;
  mark.what = t.what;
  if (t.slope) mark.slope = t.slope;
  const ofGradient = t.show === 'gradient' || t.show === 'centred';
  mark.scale = ofGradient ? 'gradient' : (t.scale ?? mark.scale);
  mark.frame = ofGradient ? 'role-g' : 'role-a';
  return mark;
}
