// What a kind of picture is. A family of networks is one folder beside this file: it reads a tape into its anatomy,
// lays that out as a scene of marks, and knows what its nodes are called. Figure, inspector and tracks ask it, and know
// no family. A kind has no state; what it is told stands in its arguments, so that it is tested without a browser.

import type { FunctionComponent } from 'preact';
import type { Theme } from '../draw/colour.ts';
import type {
  Explanation,
  FrameView,
  Inside,
  NodeSchema,
  Notation,
  Part,
  Session,
  Values,
  WalkSchema,
  Wanted,
  What,
} from '../session/types.ts';
import type { Columns } from '../stage/columns.ts';
import type { Piece } from '../stage/pieces.ts';
import type { Scale } from '../stage/scales.ts';
import type { Scene } from '../stage/scene.ts';
import type { Stop } from '../stage/stops.ts';
import type { TableTwin } from '../stage/Twin.tsx';
import type { Tape } from '../stage/tape.ts';

/** A tape as a kind reads it. The kind's own extends this: layers, directions, which node is what. */
export interface Anatomy extends Tape {
  /** What the middle clock counts: a letter, a word of the target. In the order in which the walk first comes to them. */
  stops: Stop[];
}

/** What is asked of a layout. Lengths are in units of rem/16. */
export interface Wish {
  schema: WalkSchema;
  position: number;
  now: NodeSchema | null; // of the operation that was done last
  open: number | null; // index of the open stop
  looked: boolean; // it is pointed at, or was opened by hand
  box: { width: number; height: number };
  folded: boolean; // drawn once, not once for every stop
  focus: number; // row that stays readable when rows are thin
  quarter: number; // of what holds several vectors side by side, the one that is looked at
  weight: number | null; // a parameter that is selected
  part: Part | null;
  notation: Notation;
  text: (token: number) => string; // marks in brackets: stage/tokens.ts
}

export interface Laid {
  scene: Scene;
  /** Of the stops, in their order: the tracks stand under them, and where there are no `places` they are pressed. */
  columns: Columns;
  /** Where a stop is pressed, if it is not a column of the whole height. */
  places?: { x: number; y: number; w: number; h: number; point?: true }[]; // point: it opens while it is pointed at
  /** Of a drawing that is wider than its box, where the part that is to be seen begins. Else the open stop's column is. */
  from?: number;
}

/** What there is to read at a moment. */
export interface Moment {
  schema: WalkSchema;
  position: number;
  now: NodeSchema | null;
  open: number | null;
  notation: Notation;
  clip: boolean; // the norm of the gradient was the last operation
  asking: boolean; // for a gradient: then the rule may be the answer, such as 1/T
}

/** What there is to see, and what must not be said since it is asked for. */
export interface Seen {
  schema: WalkSchema;
  position: number;
  open: number | null;
  text: (token: number) => string;
  values(node: number, what: What): Values | null;
  isAsked(node: number, cell: number, what: What): boolean;
  asks(node: number): boolean; // any cell of it
}

/** A cell of a node, to be spelled out beside the figure. */
export interface Spelled {
  session: Session;
  theme: Theme;
  anatomy: Anatomy;
  frame: FrameView;
  node: NodeSchema;
  cell: number;
  explanation: Explanation | null; // of this cell, forwards; of terms, backwards
  text: (token: number) => string;
  /** How far a scale of colour reaches, at least as far as asked. */
  ranges: (key: string, needed: number) => number;
}

export interface Kind<A extends Anatomy = Anatomy> {
  id: string;
  /** What tapes of these models need besides, such as formulas that others do without. Before the first `read`. */
  prepare?(models: string[]): Promise<unknown>;

  // ---- the picture
  /** Null where it cannot draw this tape. By ops, edges and times, not by names of models. */
  read(schema: WalkSchema): A | null;
  layout(a: A, wish: Wish): Laid;
  /** It can be drawn folded. */
  folds?: true;
  /** Scales of colour that its vectors are drawn on, in the order of their legends; `scale` says which a node has. */
  scales(a: A): Scale[];
  scale(a: A, node: NodeSchema): string;
  /** What the figure asks the core for: one list forwards and one for the way back. */
  wanted(a: A, back: boolean): Wanted[];
  /** The network in a line, with the operation of this moment in it. */
  equation(a: A, at: Moment): Piece[];
  /** The figure in words, for those who do not see it. */
  table(a: A, seen: Seen): TableTwin;
  /** A stop in words. */
  describe(a: A, stop: number, seen: Seen): string;
  /** What `main` of the stops is called together, and the scale of its strip: a row a unit, a column a stop. */
  strip?(
    a: A,
    notation: Notation,
  ): { tex: string; scale: string; of?: (NodeSchema | null)[]; rows?: NodeSchema } | null; // in place of `main`: of each stop a node, or the rows of one
  /** Of a node whose value is a matrix: what the middle clock counts inside it, row by row. null: it is done at once. */
  inside?(a: A, node: NodeSchema): Inside | null;
  /** Its figure has the weights too, each on the scale that `scale` says. */
  weighed?: true;
  /** The row of a cell that is looked at, and which of several vectors side by side it belongs to. */
  look?(a: A, node: NodeSchema, cell: number): { row: number; quarter: number };

  // ---- what the inspector asks of a node
  /** Its letter, as draw/math.ts reads it. */
  symbol(a: A, node: NodeSchema, notation: Notation): string;
  /** Rendered formulas with slots, most particular first; null: the op's own (inspector/formulas.ts) will do. */
  formula(a: A, node: NodeSchema): string | null;
  /** How a gradient comes back into an input of this node. */
  backFormula(a: A, node: NodeSchema, input: number): string | null;
  /** Of what takes one of many by its number (a row of a table, the right answer): the number. */
  picked(a: A, node: NodeSchema, cell: number): number | null;
  /** The function that works cell by cell in it, by its name; its op where there is none. */
  functionOf?(a: A, node: NodeSchema): string;
  /** What it is, in words, where its op does not say it. */
  title?(a: A, node: NodeSchema): string | null;
  /** Of an input that holds several vectors side by side, the one that this node takes: its first cell, its
   *  symbol (null: it takes several). */
  taken?(a: A, node: NodeSchema, input: NodeSchema, notation: Notation): { from: number; tex: string | null } | null;
  /** Of a node or weight that holds several: which one a row belongs to, in words. */
  within?(a: A, node: NodeSchema, row: number): string | null;
  /** What stands in the place of the inspector's own picture of a value; null for a node that has none. */
  Picture?: FunctionComponent<Spelled>;
  /** It has one for this node too, though the middle clock does not go into it. */
  pictured?(a: A, node: NodeSchema): boolean;
  /** How a gradient is told as a sum of terms, of the nodes of which `termed` says so; else it is drawn, with a term a
   *  consumer. */
  Terms?: FunctionComponent<Spelled>;
  termed?(a: A, node: NodeSchema): boolean;
  /** The number at which a setting holds it; null where it is free. */
  held?(a: A, node: NodeSchema, settings: Record<string, string>): number | null;
}
