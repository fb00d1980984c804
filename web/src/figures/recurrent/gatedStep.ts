// The open step of a cell with gates: its sums and its output in the row of h, its forgetting and storing on the
// conveyor of c. The state of the column itself stands at the right end of both.

import { drawLines, LINE } from '../../stage/lines.ts';
import { drawRow, drawVectors, nameOver, sign } from '../../stage/row.ts';
import { ABREAST, type Rows, rows } from '../../stage/rows.ts';
import type { VectorMark } from '../../stage/scene.ts';
import { cells } from '../../stage/tape.ts';
import type { Open } from '../../stage/terms.ts';
import type { Step } from './anatomy.ts';
import type { GatedOpen, Placed, Row } from './gated.ts';
import { OWN } from './gated.ts';
import { drawEmbedding, frameRow, lookedRow } from './open.ts';
import { drawOperations, type Flow } from './operations.ts';
import type { StepPen } from './pen.ts';
import { letters, operationSymbol } from './symbols.ts';
import type { Words } from './wish.ts';

const LETTER_WIDTH = 30; // of the letter's numbers, where lines stand beside them

export function drawGatedStep(
  pen: StepPen,
  step: Step,
  i: number,
  gated: GatedOpen,
  back: Open,
  figure: number,
  words: Words,
  flow: Flow,
) {
  const c = pen.cols.steps[i];
  if (!c || !step.state) return;
  const b = pen.bands;
  const r = pen.rows;
  pen.scene.ground = { x: c.x + 1, y: 0, w: c.w - 4, h: b.foot };
  const hidden = cells(step.state);
  const inset = 12;
  const area = c.w - 9 - inset;
  const share = (gap: number) => (area - OWN * gap) / (OWN + 1);
  // closer together where that makes room for value and gradient side by side
  const w = share(15) < ABREAST && share(10) >= ABREAST ? ABREAST : Math.min(58, Math.max(28, share(15)));
  const pitch = (area - w) / OWN;
  const left = c.x + inset;
  const slot = (k: number) => left + k * pitch;
  const own = slot(OWN);

  const both = { kind: 'vector', length: hidden, show: 'both', what: 'grad' } as const;
  const looked = lookedRow(pen, step, i);
  const draw = (row: Row, of: Rows, symbols: number): VectorMark[] => {
    const middle = (of.top + of.bottom) / 2;
    if (row.kind === 'slots') return drawSlots(pen, row.terms, { slot, w, of, symbols, middle, room: pitch - 2 });
    const spread = new Map<number, Rows>([[hidden, of]]);
    const rowsOf = (length: number) => {
      const known = spread.get(length) ?? rows(length, of.top, of.bottom - of.top, looked(length), figure);
      spread.set(length, known);
      return known;
    };
    const ends = row.terms.at(-1)?.kind === 'sign';
    const x1 = row.over === 'all' ? own + w : own - (ends ? 2 : 12);
    const { marks, looked: row0 } = drawRow(pen, row.terms, { x0: left, x1, symbols, middle, rowsOf });
    if (row.equation) frameRow(pen, row0, looked);
    return marks;
  };
  const equation: Row | null = back.equation
    ? { kind: 'spread', terms: back.terms, over: 'before', equation: true }
    : null;
  const upper = equation && (gated.named === 'state' || !gated.cell) ? equation : gated.state;
  const marks = draw(upper, r.state, b.symbols);
  if (upper.kind === 'slots' || upper.over === 'before') {
    const h = pen.vector(step.state, own, w, r.state, true);
    marks.push(h);
    const name = { ...both, node: step.state, short: operationSymbol(pen.a, step.state, pen.wish.notation) };
    nameOver(
      pen,
      { ...name, tex: letters.state(step.time, pen.wish.notation) },
      own + w / 2,
      b.symbols,
      pitch,
      h.shown === 'pending',
    );
  }
  const stateMark = marks.find((m) => m.node === step.state?.id && m.shown !== 'gradient');
  if (gated.cell && r.cell && b.cell && step.carried) {
    const lower = equation && gated.named === 'cell' ? equation : gated.cell;
    draw(lower, r.cell, b.cell.symbols);
    const mark = pen.vector(step.carried, own, w, r.cell, true);
    const name = { ...both, node: step.carried, short: operationSymbol(pen.a, step.carried, pen.wish.notation) };
    nameOver(
      pen,
      { ...name, tex: letters.carried(step.time, pen.wish.notation) },
      own + w / 2,
      b.cell.symbols,
      pitch,
      mark.shown === 'pending',
    );
    if (!equation)
      for (const { slot: k, tex, node } of gated.down) {
        const x = slot(k) + w / 2;
        pen.arrow([x, r.state.bottom + 4], [x, b.cell.symbols - 13], pen.walked(node));
        pen.label(x + 5, r.state.bottom + 10.5, tex, 12, { anchor: 'start' });
      }
  }
  const taker = step.embedding && pen.a.consumers[step.embedding.id]?.[0]?.node;
  const below = equation ? undefined : marks.find((m) => m.node === taker?.id);
  drawEmbedding(pen, step, i, below ?? { x: equation ? left : slot(1) }, {
    feeds: !!below,
    w: equation ? LETTER_WIDTH : w,
    to: below && !r.cell ? undefined : (r.cell ?? r.state).bottom + 9,
    named: !equation, // lines stand beside it
  });
  if (equation) {
    const x = left + LETTER_WIDTH + 9;
    const y = pen.rows.embedding.top + LINE - 8;
    drawLines(pen, back.lines, words, { x, y, room: c.x + c.w - 5 - x, row: looked });
  }
  pen.into[i] = c.x + 8;
  pen.places.push({
    left: c.x + 8,
    right: own + w,
    middle: stateMark ? stateMark.x + w / 2 : own + w / 2,
    cellLeft: own,
    cellRight: own + w,
  });
  drawOperations(pen, step, i, c.x, c.w, flow);
  const guess = marks.find((m) => m.node === step.probabilities?.id);
  if (pen.wish.now === step.loss && guess && !equation)
    pen.scene.now = { mark: guess, cell: Math.max(0, pen.a.targets[i] ?? 0), from: [] };
}

interface SlotsAt {
  slot: (k: number) => number;
  w: number;
  of: Rows;
  symbols: number;
  middle: number;
  room: number;
}
function drawSlots(pen: StepPen, terms: Placed[], { slot, w, of, symbols, middle, room }: SlotsAt): VectorMark[] {
  return terms.flatMap((t) => {
    const x = slot(t.slot);
    if (t.kind === 'vector') {
      const drawn = drawVectors(pen, t, x, w, of);
      nameOver(pen, t, x + w / 2, symbols, room, drawn[0]?.shown === 'pending');
      return drawn;
    }
    if (t.kind === 'sign') sign(pen, x + w / 2, middle + 6, t.sign, room - w < 12 ? 15 : 18);
    return [];
  });
}
