// The step that is being computed opens: its own nodes side by side as an equation, its operations named above.

import type { Step } from './anatomy.ts';
import { type Rows, rows } from './geometry.ts';
import { drawOperations, operationFlow } from './operations.ts';
import type { Pen } from './pen.ts';
import { drawRow } from './row.ts';
import { letters, symbol } from './symbols.ts';
import { type Caption, cells, type Open } from './terms.ts';

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
  const first = terms[0];
  const output = first?.kind === 'vector' && first.node === step.state && !open.equation;
  const inset = c.w > 290 && !open.equation ? 22 : 6; // lines from the state before come in here
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
  const row0 = { x0: c.x + inset, x1: c.x + c.w - 9, symbols: b.symbols, middle, rowsOf, captions };
  const { marks, left, right } = drawRow(pen, terms, { ...row0, framed: open.equation, even });
  const w = marks[0]?.w ?? 40;
  const stateMark = marks.find((m) => m.node === step.state?.id);
  const under = open.equation ? null : marks.find((m) => pen.a.node(m.node).inputs.includes(step.embedding?.id ?? -1));
  drawEmbedding(pen, step, i, under ?? (open.equation ? marks[Math.floor(marks.length / 2)] : stateMark), !!under, w);
  pen.into[i] = left;
  pen.places.push({
    left,
    right: output && stateMark ? stateMark.x + w : right,
    middle: stateMark ? stateMark.x + w / 2 : c.x + c.w / 2,
  });
  drawOperations(pen, step, i, c.x, c.w, operationFlow(pen.wish, step, c.w, null));
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

export function drawEmbedding(
  pen: Pen,
  step: Step,
  i: number,
  below: { x: number } | undefined,
  feeds: boolean,
  w: number,
  to?: number,
) {
  if (!step.embedding || !below) return;
  const { notation } = pen.wish;
  const e = pen.vector(step.embedding, below.x, w, pen.rows.embedding, true);
  const m = below.x + w / 2;
  pen.feed(step, e, m, to);
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
