// What an exhibit's folder declares, beneath all that mounts and draws it. Its words stand beside it, in <language>.md.
import type { RowCost } from '../../../wasm/bridge/protocol';
import type { Sampling, View, What } from './types';

/** Where the walk stands: after a node's operation, forwards or back; after a parameter's update; or an end. */
export type Place = { after: string } | { back: string } | { update: string } | 'start' | 'turn' | 'clip' | 'end';

/** A pane of the dock beside the clocks. */
export type Pane = 'run' | 'next' | 'states';

/** What the page shows while a text speaks of it: everything that the text names. Paths are those of the exhibit's own
 *  text. What it changes is put back when one leaves it. */
export interface Show {
  at?: Place;
  /** It stands before the step that came before it, and its text says so. */
  again?: boolean;
  select?: { node: string; cell: number };
  /** Cells of the present operation that are done; the rest is to come. */
  part?: number;
  view?: View;
  folded?: boolean;
  /** One of the exhibit's own views, in the network's place; null: the network. */
  panel?: string | null;
  /** What that view is set to. */
  lab?: Record<string, string>;
  pane?: Pane;
  /** How the net writes. */
  sampling?: Partial<Sampling>;
  /** What the network reads. */
  text?: string;
  /** Of a pair, what it is led by; null: its own guess. A text without one: what is right. */
  target?: string | null;
  /** Another of the exhibit's networks, as it is shipped. */
  model?: string;
  /** The weights that the exhibit ships, or an untrained start. */
  start?: 'shipped' | 'untrained';
  /** An update of this timeline, or its last. */
  update?: number;
  /** Settings of the run; what else `offers` names is as it is at first. `task`, with a text, is one of `tasks`: its
   *  shipped weights, or an untrained net. */
  set?: Record<string, string>;
  /** The control that is meant, by its `data-control`: it is marked while the text speaks of it. */
  mark?: string;
}
/** What a button of the text does, [words](do:id): it shows something, and may press something. */
export interface Deed extends Show {
  /** Starts or pauses a clock: the operations', or the updates' (of a view with a clock of its own, that). */
  play?: 'operation' | 'update';
  /** One operation on. */
  step?: true;
  /** The next letter is drawn as the net writes, and read. */
  draw?: true;
}
export interface Told {
  id: string;
  show: Show;
  do?: Record<string, Deed>;
}
/** A number that a question says; of the cell that is asked for, unless it names another. next: what really comes next. */
export interface Given {
  node: string;
  cell?: number | 'next';
  what?: What;
}
interface Asking extends Pick<Show, 'text' | 'target'> {
  id: string;
  at: Place;
  node: string;
  what: 'value' | 'grad';
  /** Slots of its text: what one needs for a guess. */
  given?: Record<string, Given>;
}
/** Of one of the exhibit's own views, which shows it in the network's place and hides what is asked: the view tells what
 *  is right (`store.answer`), by the name that it knows it by. A count is a whole number, of a side is asked whether a
 *  number is larger or smaller than another. */
interface OfView {
  id: string;
  panel: string;
  lab: Record<string, string>;
  sampling?: Partial<Sampling>;
  /** Its words are about the shipped weights. */
  start?: 'shipped';
  count: string;
}
/** A number within a tolerance; larger or smaller than another; the least or largest cell of a column, perhaps by its
 *  size alone. What is right is read from the core's numbers. */
export type CellQuestion = Asking &
  (
    | { kind: 'number'; cell: number; tolerance: number }
    | { kind: 'choice'; cell: number; than: 0 | Given }
    | { kind: 'cell'; pick: 'least' | 'largest'; size?: true }
  );
export type ViewQuestion = OfView & ({ kind: 'count' } | { kind: 'side' });
export type Question = CellQuestion | ViewQuestion;
export const ofView = (question: Question): question is ViewQuestion =>
  question.kind === 'count' || question.kind === 'side';
export interface Exhibit {
  slug: string;
  kind?: string; // of picture, if not the first that can draw it: figures/index.ts
  model: string;
  task: string;
  weights: string; // shipped, shown first
  /** Networks that can be seen in turn, if there are several; the first is the one named above. */
  variants?: { model: string; weights: string }[];
  /** Weights of several layers or directions open here too: none of its views needs one. */
  layers?: true;
  /** And those of nets that answer once: none of its views needs a guess at every letter. */
  answers?: true;
  settings: Record<string, string>; // of an untrained run
  resume: Record<string, string>; // live settings with which the shipped weights are trained further
  text: string; // read first; numbers, as the task writes a point, where the model takes those
  /** No tape is walked and nothing is read: the first of its own views stands where the network would, with clocks of
   *  its own. Its run is there to be trained all the same. */
  walks?: false;
  /** It answers with numbers of its own: nothing is written, nothing comes next. */
  writes?: false;
  /** The task that reads a text of the reader's own, where it is not `lines`. */
  own?: string;
  /** It reads pairs, the text being the source: what is written for it at first; null: the model's own guess. Without
   *  one it reads one text. */
  target?: string | null;
  dock: string[]; // settings in the dock
  panel: { model: string[]; training: string[] }; // in the sheet of settings
  /** Tasks that its own controls change to, by name: the weights that are shipped for each, or null for an untrained net.
   *  A link or a text may name them as the setting `task`. */
  tasks?: Record<string, string | null>;
  /** Its runs can be looked at in the view Slice of descent, which knows its net. */
  sliced?: boolean;
  offers?: string[]; // settings that its own controls change; a link may set these and those of dock and panel
  tour: (Told & { show: { at: Place } })[];
  try: Told[];
  questions: Question[];
  claim: string;
}
/** What a claim measured on many seeds: models/claims/ID.json, made by `./dev claims`. */
export interface Spread {
  claim: string;
  seeds: string; // "1..30"
  hold: number;
  of: number;
  asked: string;
  rows: string[];
  /** Of the rows that are series, what it runs along, what it is of, and where; none where no row is one. */
  series?: ({ along: string; of: string; at: number[] } | null)[];
  runs: { seed: number; holds: boolean; measured: number[]; parts?: (number[] | null)[] }[]; // row by row
  /** What each row takes, in milliseconds of one run in the page's module: `./dev claims --costs`. */
  costs: RowCost[];
}
