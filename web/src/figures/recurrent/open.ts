// The step that is being computed opens: its own nodes side by side as an equation, its operations named above.

import { drawLines } from '../../stage/lines.ts';
import { drawRow } from '../../stage/row.ts';
import { type Rows, rows } from '../../stage/rows.ts';
import type { VectorMark } from '../../stage/scene.ts';
import { cells } from '../../stage/tape.ts';
import type { Open } from '../../stage/terms.ts';
import type { Step } from './anatomy.ts';
import { drawOperations, operationFlow } from './operations.ts';
import type { StepPen } from './pen.ts';
import { letters, symbol } from './symbols.ts';
import type { Words } from './wish.ts';

export function drawOpenStep(pen: StepPen, step: Step, i: number, open: Open, figure: number, words: Words) {
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
  const row = lookedRow(pen, step, i);
  const rowsOf = (length: number) => {
    const known = spread.get(length) ?? rows(length, b.state.y, b.state.h, row(length), figure);
    spread.set(length, known);
    return known;
  };
  const middle = (b.state.y + pen.rows.state.bottom) / 2;
  const room = { x0: c.x + inset, x1: c.x + c.w - 9, symbols: b.symbols, middle, rowsOf };
  const { marks, looked, left, right } = drawRow(pen, terms, room);
  const w = marks[0]?.w ?? 40;
  const stateMark = marks.find((m) => m.node === step.state?.id);
  const under = open.equation ? null : marks.find((m) => pen.a.node(m.node).inputs.includes(step.embedding?.id ?? -1));
  const middleOne = marks[Math.floor(marks.length / 2)];
  const letter = { feeds: !!under, w, ...(open.equation ? { to: pen.rows.embedding.top - 12 } : {}) };
  drawEmbedding(pen, step, i, under ?? (open.equation ? middleOne : stateMark), letter);
  pen.into[i] = left;
  pen.places.push({
    left,
    right: output && stateMark ? stateMark.x + w : right,
    middle: stateMark ? stateMark.x + w / 2 : c.x + c.w / 2,
  });
  drawOperations(pen, step, i, c.x, c.w, operationFlow(pen.wish, step, c.w, null));
  const guess = marks.find((m) => m.node === step.probabilities?.id);
  if (pen.wish.now === step.loss && guess && !open.equation)
    pen.scene.now = { mark: guess, cell: Math.max(0, pen.a.targets[i] ?? 0), from: [] };
  if (!open.equation) return;
  frameRow(pen, looked, row);
  const x = c.x + 8;
  const y = Math.max(...marks.map((m) => m.rows.bottom)) + 17;
  drawLines(pen, open.lines, words, { x, y, room: c.x + c.w - 6 - x, row });
}

/** Walking back, of a vector of so many cells: the row that is looked at, of a loss that of the right one. */
export const lookedRow = (pen: StepPen, step: Step, i: number) => (length: number) =>
  Math.min(pen.wish.now === step.loss ? Math.max(0, pen.a.targets[i] ?? 0) : pen.wish.focus, length - 1);

/** The cell that goes on, and the cells of its row that it is made of. */
export function frameRow(pen: StepPen, marks: VectorMark[], row: (length: number) => number) {
  const [result, ...others] = marks;
  if (!result) return;
  const cell = row(result.rows.y.length);
  pen.scene.now = { mark: result, cell, from: others.filter((m) => m.rows.y.length === result.rows.y.length) };
}

export function drawEmbedding(
  pen: StepPen,
  step: Step,
  i: number,
  below: { x: number } | undefined,
  { feeds, w, to, named = true }: { feeds: boolean; w: number; to?: number | undefined; named?: boolean },
) {
  if (!step.embedding || !below) return;
  const { notation } = pen.wish;
  const e = pen.vector(step.embedding, below.x, w, pen.rows.embedding, true);
  const m = below.x + w / 2;
  pen.feed(step, e, m, to);
  pen.letter(step, i, m, 60);
  const taker = pen.a.consumers[step.embedding.id]?.[0]?.node;
  // over the letter of a cell with gates stand the letters of the gates
  if (taker && feeds && !step.gated)
    pen.label(m - 6, e.rows.top - 10, symbol(pen.a, pen.a.node(taker.inputs[1] as number), notation), 14, {
      anchor: 'end',
    });
  if (!named) return;
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
