// Where columns and rows stand. Pure arithmetic in units of rem/16; no names, no values.

import type { Column, Columns } from '../../stage/columns.ts';

/** With the units' numbers and the state before the first step. */
export interface StepColumns extends Columns {
  gutter: { x: number; w: number };
  start: Column;
}

const CLOSED = { least: 13, most: 110 };

export interface ColumnWish {
  width: number;
  count: number;
  open: number | null; // index of the open step
  openVectors: number; // how many vectors stand in it side by side
  openUnits: number; // and how many gaps with a sign between them, a function's counting more
  roomy?: boolean; // it likes to have more than others: its vectors hold several gates
}

/** The open step takes what its vectors need; the others share the rest, down to a strip of 14. */
export function columns({ width, count, open, openVectors, openUnits, roomy = false }: ColumnWish): StepColumns {
  const narrow = width < 480;
  const gutter = narrow ? 0 : 18;
  const end = narrow ? 26 : 52;
  const others = count - (open === null ? 0 : 1);
  const need = Math.max(200, openVectors * 28 + openUnits * 9 + 15); // and what its operations need to be named
  const like = Math.max(need, openVectors * (roomy ? 66 : 44) + openUnits * (roomy ? 26 : 18) + 34);
  const rest = width - gutter - end;
  // the start column is a little narrower than a closed step, and never wider than 56
  const share = (wanted: number) => (rest - wanted) / (others + 0.92);
  let closed = open === null ? rest / (count + 0.92) : Math.max(share(like), Math.min(share(need), 34));
  closed = Math.min(CLOSED.most, Math.max(CLOSED.least, closed));
  const startWidth = Math.min(56, Math.max(CLOSED.least * 0.9, closed * 0.9));
  const openWidth = open === null ? 0 : Math.max(need, Math.min(rest - startWidth - closed * others, like * 1.5));
  let x = gutter;
  const start = { x, w: startWidth, open: false };
  x += startWidth;
  const steps = Array.from({ length: count }, (_, i) => {
    const w = i === open ? openWidth : closed;
    const column = { x, w, open: i === open };
    x += w;
    return column;
  });
  const spare = Math.max(0, width - end - x);
  return {
    gutter: { x: 0, w: gutter },
    start,
    steps,
    end: { x: x + Math.min(spare, 24), w: end, open: false },
    width: Math.max(width, x + end),
  };
}

/** The bands of the figure from top to bottom. */
export interface Bands {
  loss: number; // baseline of J
  bars: { y: number; h: number };
  symbols: number; // baseline of the names over the states
  state: { y: number; h: number };
  cell: { y: number; h: number; symbols: number } | null; // of the state c beside h
  embedding: { y: number; h: number };
  letter: number; // baseline
  foot: number; // lower edge of the open step's ground
  terms: { y: number; size: number } | null;
}

const READ = 10.8; // the height of a row that carries a figure
const EASE = 12.6; // and of one that is easily read, where the letter's numbers can give way
export const LETTER = 6; // beside a state c, of a row of the letter's vector at least

export interface BandsWish {
  height: number;
  hidden: number;
  embedding: number;
  backward: boolean;
  termSize: number;
  cell: boolean;
  tight: boolean; // what stands between the states comes closer, so that their rows are easily read
  head: number; // baseline of the last line of the open step's operations
  said: boolean; // lines stand under the states, walking back
}

export function bands({ height, hidden, embedding, backward, termSize, cell, tight, head, said }: BandsWish): Bands {
  const loss = 13;
  const barHeight = tight
    ? 24
    : Math.max(30, Math.min(84, height * (cell ? (height < 400 ? 0.08 : backward ? 0.09 : 0.13) : 0.16)));
  const bars = { y: tight ? 19 : 22, h: barHeight };
  // over a cell with gates, the name of the move
  const over = cell ? (tight ? 29 : 31) : backward ? 36 : 40;
  const stateTop = Math.max(bars.y + bars.h + over, head ? head + (tight ? 38 : backward ? 46 : 45) : 0);
  const termBand = backward ? termSize + 34 : 0;
  const above = cell ? (tight ? 13 : 21) : backward && said ? 46 : 30; // of the embedding; lines of a walk back stand there
  const foot = cell ? 30 : 40;
  const between = cell ? (tight ? 35 : 37) : 0; // of h and c: the name of the move, and symbols
  const free = height - stateTop - above - foot - between - termBand;
  // units get what is fair for their number, within limits, and never more than 34 each
  const rows = cell ? 2 * hidden : hidden;
  const fair = Math.min(cell ? 0.82 : 0.74, Math.max(backward ? 0.66 : 0.56, rows / (rows + embedding * 0.85)));
  const even = free / (rows + embedding); // where all can carry figures, all do
  const share =
    cell && even >= READ ? Math.max(rows / (rows + embedding), Math.min(fair, 1 - (READ * embedding) / free)) : fair;
  // the letter's numbers give way to those of the states
  const first = cell || backward ? Math.min(EASE * rows, free - LETTER * embedding) : 0;
  const all = Math.min(rows * (backward ? 40 : 34), Math.max(first, free * share));
  const stateHeight = Math.max(16, cell ? all / 2 : all);
  const embeddingHeight = Math.max(8, Math.min(embedding * 30, free - all, stateHeight * (cell ? 0.9 : 0.6)));
  const cellTop = stateTop + stateHeight + between;
  const embeddingTop = stateTop + stateHeight * (cell ? 2 : 1) + between + above;
  const letter = embeddingTop + embeddingHeight + foot - 12;
  return {
    loss,
    bars,
    symbols: stateTop - 10,
    state: { y: stateTop, h: stateHeight },
    cell: cell ? { y: cellTop, h: stateHeight, symbols: cellTop - 9 } : null,
    embedding: { y: embeddingTop, h: embeddingHeight },
    letter,
    foot: letter + 10,
    terms: backward ? { y: letter + 27, size: termSize } : null,
  };
}
