// Where words, cells and rows of the picture stand. Pure arithmetic in units of rem/16; no names, no values.

import type { Columns } from '../../stage/columns.ts';
import type { Rows } from '../../stage/rows.ts';

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}
const between = (least: number, value: number, most: number) => Math.max(least, Math.min(most, value));

/** Cells side by side, as rows of a mark that runs across. */
export function cellsAcross(n: number, x: number, each: number, gap: number, figures: boolean): Rows {
  const y = Array.from({ length: n }, (_, i) => x + i * each + gap / 2);
  return { y, h: y.map(() => each - gap), readable: () => figures, top: x + gap / 2, bottom: x + n * each - gap / 2 };
}

/** The look back: source over target. The words read are columns; under their states scores and weights; then the step
 *  that is open; then the alignment, a row for each word that is written. */
export interface LookPlan {
  gutter: number; // left of the columns
  each: number; // width of one
  side: { x: number; w: number }; // right of them
  words: number; // baseline
  states: { y: number; h: number };
  scores: { y: number; h: number };
  weights: { y: number; h: number };
  bench: Box; // of the open step
  names: number; // baseline of the names over its columns
  columns: { y: number; h: number }; // of its cells
  operations: number; // baseline
  rows: { y: number; each: number }; // of the alignment
}

export function lookPlan(box: { width: number; height: number }, source: number, target: number): LookPlan {
  const { width, height } = box;
  const gutter = between(44, width * 0.138, 104);
  const least = between(120, width * 0.36, 330);
  const each = Math.min(92, (width - gutter - least) / source);
  const x = gutter + source * each;
  const rowsHeight = between(target * 12, height * 0.3, target * 25);
  const line = height < 330 ? 13 : 16;
  const free = height - 22 - 2 * line - 14 - rowsHeight - 20;
  const states = { y: 22, h: between(30, free * 0.34, 150) };
  const scores = { y: states.y + states.h + 6, h: line };
  const weights = { y: scores.y + line + 2, h: line };
  const top = weights.y + line + 4;
  const bench = { x: 0, y: top, w: width, h: Math.max(60, height - top - rowsHeight - 22) };
  const lead = between(24, bench.h * 0.3, 52); // ribbons come in here
  return {
    gutter,
    each,
    side: { x: x + 10, w: width - x - 10 },
    words: 14,
    states,
    scores,
    weights,
    bench,
    names: bench.y + lead - 5,
    columns: { y: bench.y + lead, h: bench.h - lead - 22 },
    operations: bench.y + bench.h - 5,
    rows: { y: bench.y + bench.h + 19, each: rowsHeight / target },
  };
}

/** One vector between: the states read, what is handed over, the states that write, all in one line. */
export interface NeckPlan {
  each: number;
  source: number[]; // middles
  neck: number;
  target: number[];
  written: number; // baseline of the words that are written
  tube: { y: number; h: number };
  states: { y: number; h: number };
  fed: number; // baseline of the words that are read and fed in
  truth: number;
  bench: Box;
  names: number;
  columns: { y: number; h: number };
  operations: number;
}

export function neckPlan(box: { width: number; height: number }, source: number, target: number): NeckPlan {
  const { width, height } = box;
  const each = Math.min(84, (width - 8) / (source + target + 1.5));
  const left = Math.max(2, (width - each * (source + target + 1.5)) / 2);
  const middle = (k: number) => left + (k + 0.5) * each;
  const tube = { y: 26, h: between(70, height * 0.36, 230) };
  const states = { y: tube.y + 12, h: tube.h - 24 };
  const fed = tube.y + tube.h + 24;
  const truth = fed + 21;
  const top = truth + 12;
  const lead = between(18, (height - top) * 0.16, 30);
  const bench = { x: 0, y: top, w: width, h: Math.max(60, height - top - 2) };
  return {
    each,
    source: Array.from({ length: source }, (_, k) => middle(k)),
    neck: middle(source + 0.25),
    target: Array.from({ length: target }, (_, k) => middle(source + 1.5 + k)),
    written: 15,
    tube,
    states,
    fed,
    truth,
    bench,
    names: bench.y + lead - 5,
    columns: { y: bench.y + lead, h: bench.h - lead - 24 },
    operations: bench.y + bench.h - 6,
  };
}

/** How many numbers fill the tube: the neck of so many is no neck. */
export const FULL = 64;

/** Round the states that were read, as narrow as the vector that is handed over, then wide again. */
export function tube(plan: NeckPlan, hidden: number): string {
  const { y, h } = plan.tube;
  const half = (h / 2) * Math.min(1, hidden / FULL);
  const middle = y + h / 2;
  const [from, to] = [plan.source[0] ?? 0, plan.target.at(-1) ?? 0].map((x, k) => x + (k ? 1 : -1) * plan.each * 0.5);
  const a = plan.neck - plan.each * 0.95;
  const b = plan.neck + plan.each * 0.95;
  const c = plan.each * 0.35; // half of the neck's own length
  const side = (sign: 1 | -1) => {
    const [wide, narrow] = [middle + (sign * h) / 2, middle + sign * Math.max(7, half)];
    const bend = (x1: number, y1: number, x2: number, y2: number) =>
      `C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`;
    return {
      wide,
      narrow,
      d: `${bend(a, wide, plan.neck - c, narrow)}H${plan.neck + c}${bend(plan.neck + c, narrow, b, wide)}`,
    };
  };
  const [over, under] = [side(-1), side(1)];
  return `M${from} ${over.wide}H${a}${over.d}H${to}M${from} ${under.wide}H${a}${under.d}H${to}`;
}

/** The stops side by side over a width, sources first: the tracks stand under them. */
export function trackColumns(
  width: number,
  from: number,
  source: number,
  target: number,
  open: number | null,
): Columns {
  const gap = source && target ? 0.6 : 0;
  const end = 28;
  const each = (width - from - end) / (source + target + gap);
  const steps = Array.from({ length: source + target }, (_, k) => ({
    x: from + (k + (k >= source ? gap : 0)) * each,
    w: each,
    open: k === open,
  }));
  return { steps, end: { x: width - end, w: end, open: false }, width };
}
