// From a schema, a position and a box to marks. Forwards and backwards share every place; only arrows turn and cells
// split into value over gradient.

import type { NodeSchema, Notation, Part } from '../session/types.ts';
import type { Anatomy } from './anatomy.ts';
import { type Bands, bands, type Columns, columns, rows } from './geometry.ts';
import { drawTerms, drawUpdates } from './gradients.ts';
import { drawOpenStep, units } from './open.ts';
import { Pen } from './pen.ts';
import type { Scene } from './scene.ts';
import { symbol } from './symbols.ts';
import { type Caption, cells, openTerms } from './terms.ts';

export interface Wish {
  anatomy: Anatomy;
  forward: number; // F of the walk
  position: number;
  now: NodeSchema | null; // of the operation that was done last
  open: number | null; // index of the open step
  box: { width: number; height: number };
  focus: number; // row that stays readable when rows are thin
  part: Part | null;
  notation: Notation;
  text: (token: number) => string;
  tokens: number[];
  targets: number[];
  words: Record<Caption | 'clip', string>;
}

export interface Laid {
  scene: Scene;
  columns: Columns;
  bands: Bands;
}

const FIGURE = 12.6; // the least height of a row that carries one

export function layout(wish: Wish): Laid {
  const { anatomy: a, position, box, now, notation } = wish;
  const back = position > wish.forward;
  const openStep = wish.open === null ? null : (a.steps[wish.open] ?? null);
  const open = openStep ? openTerms(a, openStep, now, back && position <= 2 * wish.forward, notation) : null;
  const cols = columns({
    width: box.width,
    count: a.steps.length,
    open: openStep ? wish.open : null,
    openVectors: open?.terms.filter((t) => t.kind === 'vector').length ?? 0,
    openUnits: units(open?.terms ?? []),
  });
  const closed = cols.steps.find((c) => !c.open)?.w ?? cols.start.w;
  const first = a.steps[0];
  const hidden = first?.state ? cells(first.state) : 1;
  const depth = first?.embedding ? cells(first.embedding) : 1;
  const termSize = Math.max(22, Math.min(64, closed - 8, box.height * 0.14));
  const b = bands(box.height, hidden, depth, back, termSize);
  const pen = new Pen(wish, cols, b, back, {
    state: rows(hidden, b.state.y, b.state.h, Math.min(wish.focus, hidden - 1), FIGURE),
    embedding: rows(depth, b.embedding.y, b.embedding.h, Math.min(wish.focus, depth - 1), FIGURE, 7),
  });
  pen.gutter();
  pen.start();
  a.steps.forEach((step, i) => {
    if (open && i === wish.open) drawOpenStep(pen, step, i, open, FIGURE, wish.words);
    else pen.closedStep(step, i);
  });
  pen.between();
  pen.mean();
  if (b.terms && position > 2 * wish.forward) drawUpdates(pen, b.terms, wish.words.clip);
  else if (b.terms) drawTerms(pen, b.terms);
  const { scene } = pen;
  if (now && !scene.now) {
    const mark = scene.vectors.find((v) => v.node === now.id);
    const last = (mark?.rows.y.length ?? 1) - 1;
    if (mark)
      scene.now = { mark, cell: Math.min(wish.part && !back ? wish.part.cells : wish.focus, last), across: [mark] };
  }
  // the name of what is being computed is a chip, wherever it stands
  if (now && position <= 2 * wish.forward) {
    const name = symbol(a, now, notation);
    for (const label of scene.labels) if (label.tex === name) label.chip = true;
  }
  return { scene, columns: cols, bands: b };
}
