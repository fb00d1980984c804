// The marks of a figure. A layout makes them from the schema, a position and a box; a painter fills them with values.

import type { What } from '../session/types.ts';
import type { Rows } from './rows.ts';
import type { Scale } from './scales.ts';

/** A column of cells. */
export interface VectorMark {
  node: number;
  x: number;
  w: number;
  rows: Rows;
  from: number; // of its node's cells, the one in the first row
  scale: string; // the key of one of the scene's, or 'gradient'
  shown: 'value' | 'pending' | 'gradient' | 'slope' | 'centred' | 'times'; // gradient: of the gradient alone
  gradient: 'none' | 'pending' | 'partial' | 'whole'; // in the other half
  what: What; // of the gradient half, or of the whole where shown is 'gradient'
  done: number; // cells there; the rest are not yet
  slope?: (y: number) => number; // where that is shown
  times?: { node: number; cell: number }; // the number that all its values are multiplied by, where that is shown
  figures: boolean; // numbers where rows are readable
  frame: 'role-a' | 'role-p' | 'role-g' | null;
  framed?: number; // its frame's width, where it goes round several columns
  faint: boolean;
  integers?: true; // a whole number stands without digits after a point
  /** Its cells stand side by side: in its rows y and h are then x and w, and its own x and w are y and h. */
  across?: true;
}
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}
/** Where the cell of a row is; of a row that it has not, an empty box at its end. */
export function cellBox({ x, w, rows, across }: VectorMark, row: number): Box {
  const [along, size] = [rows.y[row] ?? rows.top, rows.h[row] ?? 0];
  return across ? { x: along, y: x, w: size, h: w } : { x, y: along, w, h: size };
}
/** All its cells together. */
export function markBox({ x, w, rows: { top, bottom }, across }: VectorMark): Box {
  return across ? { x: top, y: x, w: bottom - top, h: w } : { x, y: top, w, h: bottom - top };
}
/** A line as wide and as dark as a number between 0 and 1. */
export interface RibbonMark {
  node: number;
  cell: number;
  from: [number, number];
  to: [number, number];
}
/** An outline: a wire, the frame of a token, of what is open; a ground lies under all. */
export interface PathMark {
  d: string;
  look:
    | 'wire'
    | 'ahead'
    | 'hot'
    | 'solid'
    | 'dashed'
    | 'open'
    | 'ground'
    | 'role-a'
    | 'role-p'
    | 'role-q'
    | 'role-k'
    | 'role-v'
    | 'hatch';
}
/** The likeliest token of a distribution, in words. */
export interface ChoiceMark {
  node: number;
  x: number;
  y: number;
  room: number;
  size: number;
  anchor: 'start' | 'middle' | 'end';
  right: number; // the token that it should be: any other is underlined with dots
  bold: boolean;
}
/** A distribution, or its gradient, as bars. */
export interface BarsMark {
  node: number;
  x: number;
  w: number;
  y: number;
  h: number;
  shown: boolean;
  what: What;
  target: number; // the bar that is right; -1 for none
  small: boolean;
}
/** A small matrix without figures: one term of a shared parameter's gradient. */
export interface MatrixMark {
  node: number;
  what: What;
  x: number;
  y: number;
  size: number;
  rows: number;
  columns: number;
  shown: boolean;
}
export interface LabelMark {
  x: number;
  y: number;
  tex: string;
  size: number;
  anchor: 'start' | 'middle' | 'end';
  dim?: boolean;
  chip?: boolean;
  /** It is pressed to go there: a position of the walk. */
  to?: number;
  bold?: boolean;
  quiet?: boolean; // ink-2
  over?: string; // a numerator over it, with a rule between
  halo?: boolean; // of the open stop's ground, over what it touches
  face?: 'math' | 'sans' | 'mono';
}
/** A line of words and numbers: "goes on .036 = slope .29 × arrives .125". */
export interface LineMark {
  x: number;
  y: number;
  room: number;
  size: number;
  kind: 'sum' | 'product' | 'words'; // what makes its first number out of the others
  parts: (
    | { words: string }
    | { tex: string }
    | { number: { node: number; cell: number; shown: VectorMark['shown']; what: What; slope?: VectorMark['slope'] } }
  )[];
}
/** A number that is read from the frame when it is drawn. */
export interface NumberMark {
  node: number;
  x: number;
  y: number;
  dim: boolean;
  size: number;
  digits: number; // at most; fewer where it is large
  room: number; // its width at most
  anchor: 'start' | 'middle' | 'end';
  bold?: boolean;
}
export interface ArrowMark {
  from: [number, number];
  to: [number, number];
  state: 'done' | 'ahead' | 'hot';
}

export interface Scene {
  width: number;
  height: number;
  tabular?: true; // matrices: where a cell comes from is outlined, and a gradient stands below its value
  scales: Scale[]; // of its vectors, in the order of their legends
  ground: { x: number; y: number; w: number; h: number } | null; // of the open stop
  vectors: VectorMark[];
  bars: BarsMark[];
  matrices: MatrixMark[];
  labels: LabelMark[];
  lines: LineMark[];
  numbers: NumberMark[];
  arrows: ArrowMark[];
  ribbons: RibbonMark[];
  paths: PathMark[];
  choices: ChoiceMark[];
  /** A conveyor under a row of columns: its ground, and where it is open between two of them. */
  belt: {
    x: number;
    y: number;
    w: number;
    h: number;
    gaps: { from: number; to: number; state: ArrowMark['state'] }[];
  } | null;
  loop: { d: string; head: string } | null; // what comes out and goes in again
  /** from: what it is made of, in the same row. */
  now: { mark: VectorMark; cell: number; from: VectorMark[] } | null;
}

export const emptyScene = (width: number, height: number, scales: Scale[]): Scene => ({
  width,
  height,
  scales,
  ground: null,
  vectors: [],
  bars: [],
  matrices: [],
  labels: [],
  lines: [],
  numbers: [],
  arrows: [],
  ribbons: [],
  paths: [],
  choices: [],
  belt: null,
  loop: null,
  now: null,
});

/** The mark that shows a cell of a node, and the cell's row in it. */
export function placeOf(scene: Scene, node: number, cell: number): { mark: VectorMark; row: number } | null {
  const mark = scene.vectors.findLast(
    (v) =>
      v.node === node &&
      cell >= v.from &&
      cell - v.from < v.rows.y.length &&
      v.shown !== 'slope' &&
      v.shown !== 'centred' &&
      v.shown !== 'times',
  );
  return mark ? { mark, row: cell - mark.from } : null;
}
