// From a schema, a position and a box to marks. Forwards and backwards share every place; only arrows turn and cells
// split into value and gradient, side by side.

import type { NodeSchema } from '../../session/types.ts';
import { units } from '../../stage/row.ts';
import { type Rows, rows } from '../../stage/rows.ts';
import { placeOf } from '../../stage/scene.ts';
import { cells } from '../../stage/tape.ts';
import { stepOf } from './anatomy.ts';
import { partsOf } from './cells.ts';
import { gatedTerms } from './gated.ts';
import { drawGatedStep } from './gatedStep.ts';
import { bands, columns, LETTER } from './geometry.ts';
import { drawTerms, drawUpdates } from './gradients.ts';
import { drawOpenStep } from './open.ts';
import { operationFlow } from './operations.ts';
import { StepPen } from './pen.ts';
import { symbol } from './symbols.ts';
import { openTerms } from './terms.ts';
import type { Laid, Wish } from './wish.ts';

const LOW = 410; // a figure so low gives its terms less, so that the rows of a state keep their numbers
const HIGH = 560; // from here on they have all they like
const TIGHT = 440; // two rows of states, walking back in less than that, are packed closely
const FIGURE = 10.7; // the least height of a row that carries one

export function layout(wish: Wish): Laid {
  const { anatomy: a, position, box, now, notation } = wish;
  const back = position > wish.forward;
  const openStep = wish.open === null ? null : (a.steps[wish.open] ?? null);
  const gated = openStep?.gated ? gatedTerms(a, openStep, openStep.gated, now, notation) : null;
  const open = openStep ? openTerms(a, openStep, now, back && position <= 2 * wish.forward, notation) : null;
  const asked = open?.terms.filter((t) => t.kind === 'vector').length ?? 0;
  const room = units(open?.terms ?? []);
  const cols = columns({
    width: box.width,
    count: a.steps.length,
    open: openStep ? wish.open : null,
    // of a cell with gates never fewer than its slots, so that columns stay where they are from move to move
    openVectors: gated ? Math.max(5, open?.equation ? asked + 1 : 0) : asked,
    roomy: gated !== null,
    openUnits: gated ? Math.max(4, open?.equation ? room + 1 : 0) : room,
  });
  const closed = cols.steps.find((c) => !c.open)?.w ?? cols.start.w;
  const first = a.steps[0];
  const hidden = first?.state ? cells(first.state) : 1;
  const depth = first?.embedding ? cells(first.embedding) : 1;
  const gates = first?.gated?.kind === 'lstm';
  const low = box.height < LOW;
  const grown = Math.max(0, Math.min(1, (box.height - LOW) / (HIGH - LOW)));
  const termSize = Math.max(
    gates && low ? 16 : 22,
    Math.min(64, closed - 8, box.height * (gates ? (low ? 0.04 : 0.06) : 0.066 + 0.074 * grown)),
  );
  const cell = a.startCarried !== null;
  const openWidth = cols.steps.find((c) => c.open)?.w ?? 0;
  const tight = cell && back && box.height < TIGHT;
  const most = tight ? 2 : Math.max(3, Math.floor(box.height / (cell ? 100 : 65)));
  const flow = gated && openStep ? operationFlow(wish, openStep, openWidth, wish.words.moves, most) : null;
  const head = flow?.bottom ?? 0;
  const asks = { height: box.height, hidden, embedding: depth, backward: back, termSize, cell, tight };
  const b = bands({ ...asks, head, said: !gated });
  const spread = (n: number, band: { y: number; h: number }, plain = FIGURE): Rows =>
    rows(n, band.y, band.h, Math.min(wish.focus, n - 1), FIGURE, plain);
  const pen = new StepPen(wish, cols, b, {
    state: spread(hidden, b.state),
    cell: b.cell && spread(hidden, b.cell),
    embedding: spread(depth, b.embedding, cell ? LETTER : 7),
  });
  pen.gutter();
  pen.start();
  a.steps.forEach((step, i) => {
    if (gated && flow && open && i === wish.open) drawGatedStep(pen, step, i, gated, open, FIGURE, wish.words, flow);
    else if (open && i === wish.open) drawOpenStep(pen, step, i, open, FIGURE, wish.words);
    else pen.closedStep(step, i);
  });
  pen.between();
  pen.belt();
  pen.mean();
  if (b.terms && position > 2 * wish.forward) drawUpdates(pen, b.terms, wish.words.clip);
  else if (b.terms) drawTerms(pen, b.terms);
  const { scene } = pen;
  if (now && !scene.now) {
    const last = cells(now) - 1;
    const looked = Math.min(wish.part && !back ? wish.part.cells : rawFocus(wish, now), last);
    const place = placeOf(scene, now.id, looked);
    if (place) scene.now = { mark: place.mark, cell: place.row, from: [] };
  }
  // the name of what is being computed is a chip, wherever it stands
  if (now && position <= 2 * wish.forward) {
    const name = symbol(a, now, notation);
    for (const label of scene.labels)
      if (label.tex === name) {
        label.chip = true;
        label.to ??= position;
      }
  }
  return { scene, columns: cols, bands: b };
}

/** The cell that is looked at, of a node that may hold several gates. */
function rawFocus(wish: Wish, node: NodeSchema): number {
  const gated = wish.anatomy.steps[0]?.gated;
  const step = gated && stepOf(wish.anatomy, node);
  const parts = step?.gated ? partsOf(step.gated, node) : null;
  return parts ? Math.min(wish.quarter, parts.length - 1) * (cells(node) / parts.length) + wish.focus : wish.focus;
}
