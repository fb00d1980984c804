// Where the matrices stand, in units of rem/16. Pure.

import { type Crossed, rowsOf } from './anatomy.ts';

export interface Place {
  x: number;
  cell: number; // width
  columns: number;
}
export interface Plan {
  width: number; // wider than the box where that is too narrow: it is panned then
  left: number; // words stand before it
  row: number; // height
  encoder: number; // top of its rows
  decoder: number;
  bench: number;
  x: Place;
  self: Place[]; // a head each
  q: Place;
  across: Place[];
  o: Place;
  writes: number;
}

export const right = ({ x, cell, columns }: Place) => x + cell * columns;

const LEAST = 560;
const BETWEEN = 16;
const HEADS = 9; // between two heads
const LINE = 13; // of a word
const WANTED = 122; // by the operation
const [TOP, MIDDLE, BENCH] = [38, 52, 18]; // over the encoder, between the halves, over the operation

export function planOf(a: Crossed, box: { width: number; height: number }): Plan {
  const width = Math.max(LEAST, box.width);
  const [S, T] = [a.source.length, a.writes.length];
  const D = rowsOf(a.written.stream)?.columns ?? 1;
  const heads = a.written.across[0]?.heads.length ?? 1;
  const [left, writes] = [66, 66];
  const room = width - left - writes - 5 * BETWEEN - 2 * (heads - 1) * HEADS;
  const most = Math.max(S, T);
  const looks = heads * (most + S); // cells of all squares, side by side
  const cell = Math.max(4, Math.min(20, (0.52 * room) / looks));
  const thin = Math.max(0.5, Math.min(7, (room - looks * cell) / (3 * D)));
  // the operation has what is left; words need their height before that
  const row = Math.max(LINE, Math.min(19, (box.height - TOP - MIDDLE - BENCH - WANTED) / (S + T)));
  let x = left;
  const vector = (): Place => {
    const place = { x, cell: thin, columns: D };
    x = right(place) + BETWEEN;
    return place;
  };
  const squares = (columns: number): Place[] => {
    const places = Array.from({ length: heads }, (_, i) => ({ x: x + i * (columns * cell + HEADS), cell, columns }));
    x = right(places.at(-1) as Place) + BETWEEN;
    return places;
  };
  const stream = vector();
  const self = squares(most);
  const q = vector();
  const across = squares(S);
  const o = vector();
  const decoder = TOP + S * row + MIDDLE;
  return {
    ...{ width, left, row, encoder: TOP, decoder, bench: decoder + T * row + BENCH },
    ...{ x: stream, self, q, across, o, writes: x - 4 },
  };
}
