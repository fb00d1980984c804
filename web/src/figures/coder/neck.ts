// One vector between: the words that are read, the states, the vector that is handed over, and the words that are
// written, in one line. Where the vector is small the neck is narrow: a number is equally high everywhere.

import { t } from '../../i18n/index.ts';
import { cells } from '../../stage/tape.ts';
import type { Laid, Wish } from '../kind.ts';
import { type Coder, isWriting, type Writing } from './anatomy.ts';
import { undone } from './back.ts';
import { equation } from './bench.ts';
import { FULL, neckPlan, tube } from './geometry.ts';
import { drawBars, drawFed, drawOperations, drawUpdate, markNow } from './parts.ts';
import { Sketch } from './sketch.ts';
import { letters, symbol } from './symbols.ts';

const NAMED = 46; // a column from which the vector has its name between the words

export function layoutNeck(a: Coder, wish: Wish): Laid {
  const s = new Sketch(a, wish, wish.box.width);
  const plan = neckPlan(wish.box, a.source.length, a.target.length);
  const hidden = cells(a.handed);
  const n = wish.notation;
  const open = wish.open === null ? null : (a.stops[wish.open] ?? null);
  s.path(tube(plan, hidden), 'wire');
  const tall = Math.max(22, plan.states.h * Math.min(1, hidden / FULL));
  const top = plan.tube.y + (plan.tube.h - tall) / 2;
  const w = plan.each > 26 ? Math.min(46, plan.each - 12) : Math.max(5, plan.each - 4);
  const r = s.rows(hidden, top, tall);
  const middle = top + tall / 2;
  const ground = (x: number) =>
    s.path(
      `M${x - plan.each / 2 + 1} 1H${x + plan.each / 2 - 1}V${plan.truth + 6}H${x - plan.each / 2 + 1}Z`,
      'ground',
    );
  const named = plan.each >= 34;

  a.source.forEach((word, j) => {
    const x = plan.source[j] as number;
    if (word === open) ground(x);
    const of = cells(word.state);
    s.vector(word.state, x - w / 2, w, of === hidden ? r : s.rows(of, top, tall));
    s.word(wish.text(word.token), x, plan.fed, plan.each - 4, { dim: !s.there(word.embedding) });
    s.arrow([x, plan.fed - 14], [x, top + tall + 4], s.walked(word.embedding));
    if (named) s.label(x, plan.tube.y - 6, letters.read(j + 1), 13, { dim: !s.there(word.state) });
    const next = plan.source[j + 1] ?? plan.neck;
    join(s, x + w / 2, next - (j + 1 < a.source.length ? w : w + 6) / 2, middle, s.there(word.state));
  });

  // what is handed over
  const wide = w + 6;
  s.vector(a.handed, plan.neck - wide / 2, wide, r, { figures: wide >= 26 });
  const [x0, y0, x1, y1] = [plan.neck - wide / 2 - 4, top - 4, plan.neck + wide / 2 + 4, top + tall + 4];
  s.path(`M${x0} ${y0}H${x1}V${y1}H${x0}Z`, s.there(a.handed) ? 'open' : 'dashed');
  s.label(plan.neck, plan.tube.y - 6, symbol(a, a.handed, n), 14, {
    dim: !s.there(a.handed),
    ...(wish.now === a.handed ? { chip: true } : {}),
  });
  const numbers = t('coder.numbers', { count: hidden });
  if (plan.each >= NAMED) {
    s.label(plan.neck, plan.fed, t('coder.vector'), 12, { face: 'sans', bold: true });
    s.label(plan.neck, plan.truth, numbers, 12, { face: 'sans', quiet: true });
  } else {
    // under the words that were read there is room
    const end = plan.neck + plan.each * 0.7;
    s.label(end, plan.truth, `${t('coder.vector')}, ${numbers}`, 12, { face: 'sans', quiet: true, anchor: 'end' });
  }
  join(s, plan.neck + wide / 2 + 4, (plan.target[0] as number) - w / 2, middle, s.there(a.handed));

  a.target.forEach((word, i) => {
    const x = plan.target[i] as number;
    if (word === open) ground(x);
    s.vector(word.state, x - w / 2, w, r);
    s.arrow([x, plan.fed - 15], [x, top + tall + 4], s.walked(word.embedding));
    s.arrow([x, top - 4], [x, plan.written + 6], s.walked(word.probabilities));
    drawFed(s, word, { x: x - plan.each / 2 + 2, y: plan.fed - 14, w: plan.each - 4, h: 19 });
    s.word(wish.text(word.right), x, plan.truth, plan.each - 4, { quiet: true, bold: false });
    s.scene.choices.push({
      node: word.probabilities.id,
      x,
      y: plan.written,
      room: plan.each - 3,
      size: 15,
      anchor: 'middle',
      right: word.right,
      bold: word === open,
    });
    const next = plan.target[i + 1];
    if (next !== undefined) join(s, x + w / 2, next - w / 2, middle, s.there(word.state));
  });
  drawBench(s, plan, open as Writing | null);
  markNow(s);
  const each = plan.each;
  const steps = [...plan.source, ...plan.target].map((x, k) => ({ x: x - each / 2, w: each, open: k === wish.open }));
  const end = (steps.at(-1)?.x ?? 0) + each;
  return {
    scene: s.scene,
    columns: { steps, end: { x: end, w: Math.max(20, wish.box.width - end), open: false }, width: wish.box.width },
    places: steps.map(({ x, w: width }) => ({ x, y: 0, w: width, h: plan.truth + 8 })),
  };
}

function join(s: Sketch, from: number, to: number, y: number, there: boolean) {
  if (to - from >= 8) s.arrow([from + 3, y], [to - 3, y], there ? 'done' : 'ahead');
}

function drawBench(s: Sketch, plan: ReturnType<typeof neckPlan>, open: Writing | null) {
  const { now, position, schema } = s.wish;
  const { bench, columns } = plan;
  s.scene.ground = bench;
  if (position > 2 * schema.forward) return drawUpdate(s, { ...bench, y: columns.y, h: columns.h });
  if (open) drawOperations(s, open.nodes, 10, bench.w - 10, plan.operations);
  const word = isWriting(open) ? open : null;
  const side = word ? Math.min(260, bench.w * 0.34) : 0;
  if (word) drawBars(s, word, { x: bench.w - side, y: columns.y, w: side - 10, h: Math.min(columns.h, 110) });
  if (!open) return;
  const own = now && open.nodes.includes(now) ? now : null;
  const box = undone(s, own, { x: 10, y: columns.y, w: bench.w - side - 24, h: columns.h });
  const put = own ? equation(s, own, box, plan.names) : [];
  if (!put.length && !s.back) equation(s, open.state, box, plan.names);
}
