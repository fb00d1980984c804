// What a mounted exhibit holds, and all that its views may know. Views read signals and call actions; they never
// reach the bridge, the address or each other. Times count from 1, cells from 0 (row-major), positions from 0.

import type { ReadonlySignal, Signal } from '@preact/signals';
import type { LossCurve } from '../../../wasm/bridge/curve';
import type {
  Bridge,
  ClaimProgress,
  CoreError,
  CoreInfo,
  Explanation,
  NodeSchema,
  RunInfo,
  Sampling,
  WalkSchema,
  Wanted,
} from '../../../wasm/bridge/protocol';

export type { Explanation, NodeSchema, RunInfo, Sampling, WalkSchema, Wanted };

export type What = Wanted['what'];
export type Values = Float32Array | Int32Array;

/** What is read: one text, or a source with what it is led by. */
export interface Reading {
  text: string;
  target?: string | null; // null: the model's own guess, whatever it is at each update
}

/** A cell that is pointed at, selected or asked for. */
export interface Selection {
  node: number;
  cell: number;
}
/** A cell whose number is to be guessed: it appears nowhere until it is revealed. */
export interface Asked {
  node: number;
  cell: number | null; // null: all cells, since it is asked which
  what: 'value' | 'grad';
  revealed: boolean;
}

/** What the operation at a position is. Position 0 has none. */
export type Operation =
  | { kind: 'forward' | 'backward'; node: number; token: number }
  | { kind: 'clip'; token: number }
  | { kind: 'update'; node: number; token: number };

/** A stop of the token clock: operations of this token in this direction are done, and another one's come next. */
export interface TokenStop {
  position: number;
  token: number;
  backward: boolean;
  part?: Part; // of a row inside an operation: what is done of it
}

/** One frame with its accessor. A new object at every frame; the arrays are only good until the next one. */
export interface FrameView {
  step: number;
  position: number;
  gradNorm: number;
  clipScale: number;
  /** Null where nobody wanted it, or where the walk has not come to it (then draw "not yet"). */
  values(node: number, what: What): Values | null;
}

/** The numbers of the text that was read before, at the same update, as far as the walk had come. */
export interface ReadBefore {
  text: string;
  step: number;
  /** Null where it has no such cell, or had not come to it. */
  value(path: string, cell: number, what: 'value' | 'grad'): number | null;
}

/** How much of the present operation is shown: cells done, and of the cell being computed the terms done.
 *  Null: all of it. Set when one steps into a matrix product, and by the address ("part"). */
export interface Part {
  cells: number;
  terms: number;
}

/** The matrix that an operation makes, row by row. terms: of the sum that a cell is; 1 where it is none. */
export interface Inside {
  rows: number;
  columns: number;
  terms: number;
  after?: number; // stops that stand before its rows
}

export interface LossHistory {
  curve: LossCurve;
  validation: { step: number; loss: number }[];
}
export interface Training {
  running: boolean;
  tokensPerSecond: number;
  replay: { step: number; from: number; to: number } | null;
}
export interface Broken {
  error: CoreError;
  at: number;
}
export interface Distribution {
  text: string; // what it comes after
  before: number[];
  after: number[];
}

/** Of one walk at one update: the largest size of its values, of its gradients, and of what goes back over its edges. */
export interface Extents {
  schema: WalkSchema;
  run: RunInfo | null; // as it was then: a gate may be held
  step: number;
  sizeOf(node: number, what: What): number;
}

export type Notation = 'a' | 'b';
export type View = 'value' | 'gradient' | 'table';
export type Clock = 'operation' | 'token' | 'update';

export interface Session {
  readonly bridge: Bridge;

  // ---- what there is
  readonly core: ReadonlySignal<CoreInfo | null>;
  readonly run: ReadonlySignal<RunInfo | null>;
  readonly schema: ReadonlySignal<WalkSchema | null>;
  /** Node by path, "rnn.3.Wh_h". */
  find(path: string): NodeSchema | null;

  // ---- values
  readonly frame: ReadonlySignal<FrameView | null>;
  /** A view says what it shows; the session subscribes to the union. Returns how to take it back. */
  want(wanted: Wanted[]): () => void;

  /** How large the numbers of the whole walk become, at the update that was at rest last; null until it is known. */
  readonly extents: ReadonlySignal<Extents | null>;

  readonly readBefore: ReadonlySignal<ReadBefore | null>;

  // ---- the three clocks
  readonly position: ReadonlySignal<number>; // asked for; frame.position is what is on screen
  readonly length: ReadonlySignal<number>; // last position; 0 without a schema
  readonly operation: ReadonlySignal<Operation | null>; // the one that was done last
  operationAt(position: number): Operation | null;
  readonly token: ReadonlySignal<number>; // time of the present operation, 0 at the start
  readonly tokenStops: ReadonlySignal<TokenStop[]>;
  readonly part: ReadonlySignal<Part | null>;
  readonly step: ReadonlySignal<number>; // the update that is shown
  readonly tip: ReadonlySignal<number>; // the furthest update of this timeline; run is only as of the last action
  readonly timelineEnd: ReadonlySignal<number>; // right end of the update track, in updates; at least 1
  readonly playing: ReadonlySignal<Clock | null>; // operation or token; training.running says it of updates

  goto(position: number): void;
  gotoToken(token: number): void; // in the direction that the walk has now
  seek(step: number): void; // any update from 0 to run.tip
  /** One back or forward on a clock, as its buttons do (forward into a matrix product opens it slowly). */
  move(clock: Clock, by: 1 | -1): void;
  play(clock: Clock): void;
  pause(): void;

  // ---- where one looks
  readonly selection: ReadonlySignal<Selection | null>;
  readonly hover: Signal<Selection | null>;
  /** What the inspector is about: the selection, else the present operation (its cell under way). */
  readonly focus: ReadonlySignal<Selection | null>;
  /** Explanation of hover, else focus, in the direction of the walk and of `view`. */
  readonly explanation: ReadonlySignal<Explanation | null>;
  select(selection: Selection | null): void;
  /** A cell that was pressed in the figure: where it is asked which cell, the answer. */
  readonly pressed: Signal<Selection | null>;
  readonly asked: ReadonlySignal<Asked | null>;
  /** True where this number must not be on screen, in a title, or in a text alternative. */
  isAsked(node: number, cell: number, what: What): boolean;
  /** The same, and whether it has been revealed since. */
  askedAt(node: number, cell: number, what: What): 'no' | 'asked' | 'revealed';
  readonly notation: Signal<Notation>;
  readonly folded: Signal<boolean>;
  readonly view: Signal<View>; // of the inspector
  readonly projector: ReadonlySignal<boolean>;
  readonly theme: ReadonlySignal<'light' | 'dark'>; // as it is seen: redraw what holds computed colours

  // ---- the text read, and training
  readonly text: ReadonlySignal<string>;
  readonly target: ReadonlySignal<string | null | undefined>; // as in Reading; what is on screen is schema.pair's
  readonly training: ReadonlySignal<Training>;
  readonly history: ReadonlySignal<LossHistory>;
  readonly broken: ReadonlySignal<Broken | null>;
  readonly answers: ReadonlySignal<boolean>; // the run on screen answers once and writes nothing
  readonly samples: ReadonlySignal<{ step: number; samples: string[] } | null>;
  readonly sampling: ReadonlySignal<Sampling>;
  readonly distribution: ReadonlySignal<Distribution | null>; // after the letters read so far; or the answer
  readonly claim: ReadonlySignal<ClaimProgress | null>;
  /** The control that the text speaks of, by its name (components/control.ts). */
  readonly marked: ReadonlySignal<string | null>;
}
