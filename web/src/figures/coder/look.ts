// Source over target: what is read in columns, what is written in rows, the alignment between. The word that is open has
// its scores and weights under the states, and its query, context and guess in the bench.

import { mathWidth, plainMath } from '../../draw/math.ts';
import { t } from '../../i18n/index.ts';
import { timeless } from '../../stage/letters.ts';
import { cells } from '../../stage/tape.ts';
import type { Laid, Wish } from '../kind.ts';
import { type Coder, isLook, isOutput, isWriting, perWord, type Reading, type Writing } from './anatomy.ts';
import { undone } from './back.ts';
import { equation } from './bench.ts';
import { cellsAcross, type LookPlan, lookPlan, trackColumns } from './geometry.ts';
import { drawBars, drawFed, drawOperations, drawUpdate, markNow } from './parts.ts';
import { Sketch } from './sketch.ts';
import { letters, symbol } from './symbols.ts';

export function layoutLook(a: Coder, wish: Wish): Laid {
  const s = new Sketch(a, wish, wish.box.width);
  const plan = lookPlan(wish.box, a.source.length, a.target.length);
  const open = wish.open === null ? null : (a.stops[wish.open] ?? null);
  const word = isWriting(open as Writing | null) ? (open as Writing) : (a.target[0] as Writing);
  const reading = isWriting(open as Writing | null) ? null : (open as Reading | null);
  s.scene.ground = plan.bench;
  drawSource(s, plan, reading);
  drawScores(s, plan, word);
  drawBars(s, word, { x: plan.side.x, y: plan.states.y, w: plan.side.w - 6, h: plan.states.h });
  drawBench(s, plan, word, reading);
  drawRows(s, plan, reading ? null : word);
  markNow(s);
  const { gutter, each, rows, states } = plan;
  return {
    scene: s.scene,
    columns: trackColumns(wish.box.width, Math.min(gutter, 60), a.source.length, a.target.length, wish.open),
    places: [
      ...a.source.map((_, j) => ({ x: gutter + j * each, y: 0, w: each, h: states.y + states.h + 4 })),
      ...a.target.map((_, i) => ({
        ...{ x: 0, y: rows.y + i * rows.each, w: wish.box.width, h: rows.each },
        point: true as const,
      })),
    ],
  };
}

/** The words that are read, with their states; while something is computed for each of them, that. */
function drawSource(s: Sketch, plan: LookPlan, open: Reading | null) {
  const { a } = s;
  const { now, notation: n } = s.wish;
  const over = now && perWord(a, now) > 0 ? now : null;
  const w = plan.each > 28 ? Math.min(46, plan.each - 12) : Math.max(6, plan.each - 4);
  const name = over ? symbol(a, over, n) : letters.read('j');
  const { y, h } = plan.states;
  s.label(plan.gutter - 6, y + h / 2 + 5, name.length > 24 ? timeless(name).slice(0, 60) : name, 14, {
    anchor: 'end',
    ...(over ? { chip: true } : {}),
  });
  a.source.forEach((word, j) => {
    const left = plan.gutter + j * plan.each;
    const middle = left + plan.each / 2;
    if (word === open) {
      const [x, bottom] = [left + 1, y + h + 3];
      s.path(`M${x} 1H${left + plan.each - 1}V${bottom}H${x}Z`, 'ground');
    }
    s.word(s.wish.text(word.token), middle, plan.words, plan.each - 4, { dim: !s.there(word.embedding) });
    const per = over ? perWord(a, over) : cells(word.state);
    s.vector(over ?? word.state, middle - w / 2, w, s.rows(per, y, h), {
      from: over ? j * per : 0,
      count: per,
      figures: w >= 26,
    });
    const next = a.source[j + 1];
    if (!next || plan.each - w < 11) return;
    const both = [word.state, next.state].every((node) => s.there(node));
    s.arrow([middle + w / 2 + 3, y + h / 2], [middle + plan.each - w / 2 - 3, y + h / 2], both ? 'done' : 'ahead');
  });
}

/** Scores and weights of one step, each under its word. */
function drawScores(s: Sketch, plan: LookPlan, word: Writing) {
  const { look } = word;
  if (!look) return;
  const { now, notation: n } = s.wish;
  const figures = plan.each >= 25;
  const across = cellsAcross(s.a.source.length, plan.gutter, plan.each, 3, figures);
  const shown = look.products && now === look.products ? look.products : look.scores;
  for (const [node, at] of [
    [shown, plan.scores],
    [look.weights, plan.weights],
  ] as const) {
    s.vector(node, at.y, at.h, across, { across: true, figures, frame: null });
    // rows so low have no room for a time: it would stand on the index of the row above
    s.label(plan.gutter - 6, at.y + at.h - 3.5, timeless(symbol(s.a, node, n)), 12, {
      anchor: 'end',
      dim: !s.there(node),
      ...(now === node ? { chip: true } : {}),
    });
  }
}

function drawBench(s: Sketch, plan: LookPlan, word: Writing, reading: Reading | null) {
  const { now, position, schema } = s.wish;
  const { bench, columns } = plan;
  if (position > 2 * schema.forward) return drawUpdate(s, { ...bench, y: columns.y, h: columns.h });
  drawOperations(s, (reading ?? word).nodes, 10, bench.w - 10, plan.operations);
  const asked = now === word.look?.context && !s.back;
  if (!reading && word.look && (s.wish.looked || asked) && s.there(word.look.context)) return drawSum(s, plan, word);
  const own = now && s.a.stops.find((stop) => stop.nodes.includes(now));
  const here = own === (reading ?? word);
  const whole = undone(s, here ? now : null, { x: 12, y: columns.y, w: bench.w - 24, h: columns.h });
  if (reading || (here && now && !isLook(word, now) && !isOutput(word, now))) {
    const put = here && now ? equation(s, now, whole, plan.names) : [];
    if (!put.length && reading) equation(s, reading.state, whole, plan.names);
    if (put.length || reading) return;
  }
  const over = { ...plan, columns: { y: whole.y, h: whole.h } };
  drawChain(s, over, word, here && now && isOutput(word, now) && now !== word.look?.both ? now : null);
}

/** The context as a sum: under each word its state times its weight, and what they come to. */
function drawSum(s: Sketch, plan: LookPlan, word: Writing) {
  const look = word.look as NonNullable<Writing['look']>;
  const { bench, columns, gutter, each } = plan;
  const w = each > 28 ? Math.min(46, each - 10) : Math.max(6, each - 4);
  const middle = columns.y + columns.h / 2;
  const r = s.rows(cells(look.context), columns.y, columns.h);
  const named = (x: number, room: number, names: string[], more = {}) => {
    const tex = names.find((one) => mathWidth(plainMath(one), 13) <= room);
    if (tex) s.label(x, plan.names - 2, tex, 13, more);
  };
  s.a.source.forEach((of, j) => {
    const x = gutter + (j + 0.5) * each;
    const mark = s.vector(of.state, x - w / 2, w, r, { figures: w >= 26 });
    mark.gradient = 'none';
    mark.faint = false;
    mark.shown = 'times';
    mark.times = { node: look.weights.id, cell: j };
    const state = letters.read(j + 1);
    named(x, each - 2, [`\\a{α}_{${j + 1}} ${state}`, state]);
    s.scene.ribbons.push({
      node: look.weights.id,
      cell: j,
      from: [x, plan.weights.y + plan.weights.h + 2],
      to: [x, plan.names - 15],
    });
    const sign = j + 1 < s.a.source.length ? '+' : '=';
    if (each - w >= 8) s.label(x + each / 2, middle + 5, sign, each - w < 13 ? 14 : 18, { face: 'sans', bold: true });
  });
  const left = gutter + s.a.source.length * each;
  const wide = Math.max(24, Math.min(50, bench.w * 0.085));
  const x = Math.min(left + 12, bench.w - wide - 4);
  s.vector(look.context, x, wide, r);
  named(x + wide / 2, wide + 20, [symbol(s.a, look.context, s.wish.notation)], {
    ...(s.wish.now === look.context ? { chip: true } : {}),
  });
}

/** Query, context, both: and what is made of them. */
function drawChain(s: Sketch, plan: LookPlan, word: Writing, output: Writing['loss'] | null) {
  const { look } = word;
  if (!look) return;
  const { bench, columns } = plan;
  const n = s.wish.notation;
  const w = Math.max(24, Math.min(50, bench.w * 0.085));
  const named = (node: Writing['state'], x: number) => {
    const mark = s.vector(node, x - w / 2, w, s.rows(cells(node), columns.y, columns.h));
    s.label(
      x,
      plan.names,
      timeless(symbol(s.a, node, n)).length > 16 ? timeless(symbol(s.a, node, n)) : symbol(s.a, node, n),
      14,
      {
        dim: !s.there(node),
        ...(s.wish.now === node ? { chip: true } : {}),
      },
    );
    return mark;
  };
  const middle = columns.y + columns.h / 2;
  const first = Math.max(w / 2 + 8, plan.gutter * 0.6);
  const state = named(word.state, first);
  let asks = state;
  if (look.query !== word.state) {
    asks = named(look.query, first + w + Math.max(22, bench.w * 0.05));
    s.arrow([state.x + w + 3, middle], [asks.x - 3, middle], s.walked(look.query));
  }
  // the query goes up to the scores
  const up = asks.x + w / 2;
  const entry = plan.gutter - 2;
  const from = plan.names - 14;
  const compared = s.walked(look.products ?? look.sum ?? look.scores);
  s.path(
    `M${up} ${from}C${up} ${from - 14} ${entry - 14} ${plan.weights.y + plan.weights.h} ${entry - 3} ${plan.weights.y + plan.weights.h + 3}`,
    compared === 'hot' ? 'hot' : compared === 'ahead' ? 'ahead' : 'wire',
  );
  const least = asks.x + w + 30 + w / 2;
  const center = Math.max(least, Math.min(bench.w * 0.52, plan.gutter + (s.a.source.length * plan.each) / 2));
  const context = named(look.context, center);
  if (s.there(look.weights))
    s.a.source.forEach((_, j) => {
      s.scene.ribbons.push({
        node: look.weights.id,
        cell: j,
        from: [plan.gutter + (j + 0.5) * plan.each, plan.weights.y + plan.weights.h + 2],
        to: [center, plan.names - 13],
      });
    });
  const joined = named(look.both, center + w + Math.max(26, bench.w * 0.06));
  s.arrow([context.x + w + 3, middle], [joined.x - 3, middle], s.walked(look.both));
  const left = joined.x + w + 4;
  const room = { x: left + 26, y: columns.y, w: bench.w - left - 34, h: columns.h };
  if (!output || room.w < 60) {
    // what it leads to
    if (room.w >= 30) {
      s.arrow([left, middle], [left + Math.min(34, room.w), middle], s.walked(word.probabilities));
      s.label(left + Math.min(34, room.w) + 6, middle + 5, letters.guess(word.time, n), 14, {
        anchor: 'start',
        dim: !s.there(word.probabilities),
      });
    }
    return;
  }
  s.arrow([left, middle], [left + 22, middle], s.walked(output));
  equation(s, output, room, plan.names);
}

function drawRows(s: Sketch, plan: LookPlan, open: Writing | null) {
  const { rows, gutter, each, side } = plan;
  const h = rows.each - 2;
  const n = s.wish.notation;
  const figures = h >= 11.5 && each >= 25;
  const fed = Math.min(110, side.w * 0.36);
  const strip = { x: side.x + fed + 6, w: Math.min(140, side.w * 0.22) };
  const writes = strip.x + strip.w + 6;
  const head = rows.y - 5;
  s.label(side.x + fed / 2, head, t('coder.fed'), 12, { face: 'sans', quiet: true });
  s.label(strip.x + strip.w / 2, head, letters.state('t', n), 13);
  s.label(writes + (side.x + side.w - writes) / 2, head, t('coder.writes'), 12, { face: 'sans', quiet: true });
  s.label(gutter - 6, head, t('coder.target'), 12, { face: 'sans', quiet: true, anchor: 'end' });
  s.label(gutter + (s.a.source.length * each) / 2, head, letters.weights('t', n), 13);
  for (const word of s.a.target) {
    const y = rows.y + (word.time - 1) * rows.each;
    const middle = y + h / 2 + 4.5;
    const now = word === open;
    if (now) {
      const [x0, y0, x1, y1] = [1, y - 1.5, side.x + side.w - 2, y + h + 1.5];
      s.path(`M${x0} ${y0}H${x1}V${y1}H${x0}Z`, 'open');
    }
    const right = { anchor: 'end', dim: !s.there(word.state), bold: now } as const;
    s.word(s.wish.text(word.right), gutter - 6, middle, gutter - 8, right, h);
    if (word.look)
      s.vector(word.look.weights, y, h, cellsAcross(s.a.source.length, gutter, each, 2, figures), {
        across: true,
        figures,
        frame: null,
      });
    drawFed(s, word, { x: side.x, y, w: fed, h });
    const wide = cells(word.state);
    s.vector(word.state, y, h, cellsAcross(wide, strip.x, strip.w / wide, strip.w / wide > 6 ? 1 : 0, false), {
      across: true,
      figures: false,
      frame: null,
    });
    s.scene.choices.push({
      node: word.probabilities.id,
      x: writes,
      y: middle,
      room: side.x + side.w - writes - 2,
      size: Math.max(12, Math.min(15, h)),
      anchor: 'start',
      right: word.right,
      bold: now,
    });
  }
}
