// The step that is being computed opens: its own nodes side by side as an equation, its operations named above.

import { mathWidth, plainMath } from '../draw/math.ts';
import { hasValue, type Step } from './anatomy.ts';
import { type Rows, rows } from './geometry.ts';
import type { Pen } from './pen.ts';
import type { VectorMark } from './scene.ts';
import { letters, operationSymbol, symbol, timeless } from './symbols.ts';
import { type Caption, cells, type Open, type OpenTerm } from './terms.ts';

const GAP = { sign: 1, through: 1.9 };
export const units = (terms: OpenTerm[]) => terms.reduce((sum, t) => sum + (t.kind === 'vector' ? 0 : GAP[t.kind]), 0);

export function drawOpenStep(
  pen: Pen,
  step: Step,
  i: number,
  open: Open,
  figure: number,
  captions: Record<Caption, string>,
) {
  const c = pen.cols.steps[i];
  if (!c || !step.state) return;
  const b = pen.bands;
  const { terms } = open;
  pen.scene.ground = { x: c.x + 1, y: 0, w: c.w - 4, h: b.foot };
  const count = terms.filter((t) => t.kind === 'vector').length;
  const weight = units(terms);
  const first = terms[0];
  const output = first?.kind === 'vector' && first.node === step.state && !open.equation;
  const inset = c.w > 290 && !open.equation ? 22 : 6; // lines from the state before come in here
  const w = Math.min(58, Math.max(28, (c.w - inset - 9 - weight * 18) / count));
  const unit = Math.min(60, Math.max(5, (c.w - inset - 9 - count * w) / Math.max(1, weight)));
  const hidden = cells(step.state);
  const spread = new Map<number, Rows>([[hidden, pen.rows.state]]);
  const rowsOf = (length: number) => {
    const looked = pen.wish.now === step.loss ? (pen.wish.targets[i] ?? 0) : pen.wish.focus;
    const known = spread.get(length) ?? rows(length, b.state.y, b.state.h, Math.min(looked, length - 1), figure);
    spread.set(length, known);
    return known;
  };
  const vectorsOf = terms.flatMap((t) => (t.kind === 'vector' ? [t.length] : []));
  const even = open.equation && vectorsOf.every((n) => n === vectorsOf[0]) && !terms.some((t) => t.kind === 'through');
  const read = even ? rowsOf(vectorsOf[0] ?? 1) : null;
  const row = read ? Math.min(pen.wish.focus, read.y.length - 1) : 0;
  // signs stand in the row that is framed, where the whole row reads as one equation
  const middle = read ? (read.y[row] ?? 0) + (read.h[row] ?? 0) / 2 : (b.state.y + pen.rows.state.bottom) / 2;
  const symbolSize = w < 36 ? 12 : w < 46 ? 14 : 16;
  const used = count * w + weight * unit;
  let x = c.x + inset + Math.max(0, (c.w - inset - 9 - used) / 2);
  const left = x;
  const marks: VectorMark[] = [];
  for (const t of terms) {
    if (t.kind === 'vector') {
      const mark = drawVector(pen, t, x, w, rowsOf(t.length));
      marks.push(mark);
      const fits = (tex: string, size: number) => mathWidth(plainMath(tex), size) <= w + unit * 0.9;
      const names = [t.tex, timeless(t.tex)];
      const name =
        names.find((n) => fits(n, symbolSize)) ??
        (t.show === 'both' ? operationSymbol(pen.a, t.node, pen.wish.notation) : (names[1] as string));
      pen.label(x + w / 2, b.symbols, name, fits(name, symbolSize) ? symbolSize : 12, {
        dim: mark.shown === 'pending',
      });
      if (t.caption && mathWidth(captions[t.caption], 11.5) <= w + unit)
        pen.label(x + w / 2, mark.rows.bottom + 17, captions[t.caption], 12, { face: 'sans', quiet: true });
      x += w;
      continue;
    }
    const gap = unit * GAP[t.kind];
    if (t.kind === 'sign')
      pen.label(x + gap / 2, middle + (read ? 5 : 6), t.sign, unit < 14 || read ? 15 : 18, {
        face: 'sans',
        bold: true,
        halo: true,
      });
    else {
      const room = mathWidth(plainMath(t.tex), 12) <= gap + 4;
      if (open.equation) pen.label(x + gap / 2, middle + 6, t.tex, room ? 16 : 12);
      else {
        pen.arrow([x + 4, middle], [x + gap - 4, middle], pen.walked(t.node));
        if (room) pen.label(x + gap / 2, middle - 9, t.tex, 12);
      }
    }
    x += gap;
  }
  const right = x;
  const stateMark = marks.find((m) => m.node === step.state?.id);
  const under = open.equation ? null : marks.find((m) => pen.a.node(m.node).inputs.includes(step.embedding?.id ?? -1));
  drawEmbedding(pen, step, i, under ?? (open.equation ? marks[Math.floor(marks.length / 2)] : stateMark), !!under, w);
  pen.into[i] = left;
  pen.places.push({
    left,
    right: output && stateMark ? stateMark.x + w : right,
    middle: stateMark ? stateMark.x + w / 2 : c.x + c.w / 2,
  });
  drawOperations(pen, step, i, c.x, c.w);
  const result = marks[0];
  const guess = marks.find((m) => m.node === step.probabilities?.id);
  if (pen.wish.now === step.loss && guess && !open.equation)
    pen.scene.now = { mark: guess, cell: Math.max(0, pen.wish.targets[i] ?? 0), across: [guess] };
  if (open.equation && result) {
    pen.scene.now = {
      mark: result,
      cell: Math.min(pen.wish.focus, result.rows.y.length - 1),
      across: even ? marks : [result],
    };
  }
}

function drawVector(pen: Pen, t: Extract<OpenTerm, { kind: 'vector' }>, x: number, w: number, r: Rows): VectorMark {
  const mark = pen.vector(t.node, x, w, r, true);
  if (t.show === 'both') return mark;
  mark.gradient = 'none';
  mark.faint = false;
  if (t.show === 'value') return mark;
  mark.shown = t.show;
  mark.what = t.what;
  mark.scale = t.show === 'gradient' ? 'gradient' : 'state';
  mark.frame = t.show === 'gradient' ? 'role-g' : 'role-a';
  return mark;
}

function drawEmbedding(pen: Pen, step: Step, i: number, below: VectorMark | undefined, feeds: boolean, w: number) {
  if (!step.embedding || !below) return;
  const { notation } = pen.wish;
  const e = pen.vector(step.embedding, below.x, w, pen.rows.embedding, true);
  const m = below.x + w / 2;
  pen.feed(step, e, m);
  pen.letter(step, i, m, 60);
  const taker = pen.a.consumers[step.embedding.id]?.[0]?.node;
  if (taker && feeds)
    pen.label(m - 6, e.rows.top - 10, symbol(pen.a, pen.a.node(taker.inputs[1] as number), notation), 14, {
      anchor: 'end',
    });
  const right = (pen.scene.ground?.x ?? 0) + (pen.scene.ground?.w ?? pen.scene.width);
  const beside = e.x + w + 34 <= right; // else on its left, so that it does not reach into the next step
  pen.label(
    beside ? e.x + w + 6 : e.x - 6,
    (e.rows.top + e.rows.bottom) / 2 + 5,
    letters.embedding(step.time, notation),
    w < 40 ? 14 : 16,
    { anchor: beside ? 'start' : 'end', dim: e.shown === 'pending' },
  );
}

/** The operations of the open step in the order of the walk: done, now, to come. Its ŷ and J stand beside them. */
function drawOperations(pen: Pen, step: Step, i: number, x0: number, width: number) {
  const { position, notation, now } = pen.wish;
  const barWidth = width >= 260 ? Math.min(66, width * 0.2) : 0;
  const ordered = pen.back ? step.operations.toReversed() : step.operations;
  const size = width < 260 ? 14 : 16;
  const limit = x0 + width - 12 - (barWidth ? barWidth + 6 : 0);
  const between = width < 260 ? 10 : 14;
  let x = x0 + 13;
  let y = 24;
  for (const node of ordered) {
    const name = operationSymbol(pen.a, node, notation);
    const w = mathWidth(plainMath(name), size);
    if (x + w > limit) {
      x = x0 + 13;
      y += size * 1.62;
    }
    const done = pen.back ? node.backward > 0 && node.backward <= position : hasValue(node, position);
    pen.label(x + w / 2, y, name, size, { dim: !done, chip: node === now });
    x += w + between;
  }
  if (!barWidth) return;
  const middle = x0 + width - 12 - barWidth / 2;
  pen.bars(step, middle, barWidth, i);
  pen.lossNumber(step, middle, barWidth);
}
