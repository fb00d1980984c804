// What the page and the core's worker say to one another. One message type a request, replies typed by
// request; names (models, ops, settings, error codes) are asked of the core at load, never mirrored here.

import type { CurveData } from './curve.ts';
import type { Deed, Saved, Snapshot } from './timeline.ts';

export const PROTOCOL = 3;

/** An error from the core: its code's name, the node or key it is about, and one sentence. */
export interface CoreError {
  code: string;
  node: string;
  message: string;
}

export interface SettingInfo {
  key: string;
  type: 'int' | 'real' | 'choice';
  default: number | string;
  min: number;
  max: number;
  choices: string[];
  live: boolean;
  built: boolean; // live, and by it graphs are made anew: what is walked, too
  help: string;
}
export interface CoreInfo {
  abi: number;
  simd: 'simd128' | 'scalar';
  status: string[];
  ops: { name: string; formula: string; inputs: number; fused: boolean }[];
  /** answers: it answers once and writes nothing. */
  models: { name: string; help: string; counting: boolean; answers: boolean; settings: SettingInfo[] }[];
  tasks: { name: string; help: string; settings: SettingInfo[] }[];
  training: SettingInfo[];
  weights: string[]; // ids of shipped weights, "names-rnn"
}
/** What there is besides, in more.wasm. */
export interface Experiments {
  studies: {
    name: string;
    help: string;
    reads: string; // a shipped text; '' for none
    settings: SettingInfo[];
    inputs: { name: string; kind: 'text' | 'numbers'; default: string; help: string }[];
  }[];
  claims: { id: string; sentence: string; asked: string; texts: string[] }[]; // texts: those that it reads
}

/** Values by key, as text, with model, task and seed among them. */
export type Settings = Record<string, string>;

/** What is trained on and what is unseen. Copies of one sequence are on one side. */
export interface Sequences {
  train: number;
  validation: number;
  trainDistinct: number; // different ones among them
  validationDistinct: number;
  trainSymbols: number; // different ones in them
  validationSymbols: number;
  unlearned: string[]; // symbols that stand in unseen sequences only
}

/** What was done with the tensors of the file that a run was opened from; nothing for a run that was not. */
export interface TensorsRead {
  f16: number; // converted from it
  bf16: number;
  f64: number;
  unused: number; // that the model has no use for
  names: string[]; // of the first of these
}

/** What the shapes of a file of PyTorch's say. */
export interface PyTorchForm {
  model: string;
  cell: 'rnn' | 'lstm' | 'gru' | 'attention';
  layers: number;
  directions: number;
  embedding_size: number;
  hidden_size: number;
  symbols: number; // that a vocabulary has to name; 0: it needs none
  vocabulary: boolean; // it names them itself
  activation: boolean; // cannot be seen, so has to be told
  table: string; // the embedding's name
}
/** What they do not say: vocabulary (JSON), start, end, model, and settings. */
export type PyTorchSaid = Record<string, string>;
/** The same weights as a file of ours. */
export interface PyTorchFile {
  file: ArrayBuffer;
  tensors: TensorsRead;
}

/** One training run as it stands. */
export interface RunInfo {
  id: number; // another number, another run: its walk is gone, ask for one anew
  settings: Settings;
  vocabulary: string[]; // token -> text; "<start>", "<end>" are the marks
  parameters: number; // how many numbers
  step: number; // the update that every view shows
  tip: number; // the furthest update of this timeline
  trainedFrom: string | null; // id of the shipped weights it started from
  sequences: Sequences;
  tensors: TensorsRead;
  log: { step: number; key: string; value: string }[]; // live settings changed, and when
}
/** One thing that was done and can be undone, or redone: one change of a setting, one training, one run that took the
 *  place of another. */
export type Done = { id: string } & (Deed | { what: 'open'; run: number; before: number });
/** Both lists; the last of each goes first. */
export interface PastInfo {
  done: Done[];
  undone: Done[];
}

/** A run's past as it can be kept elsewhere: enough to bring back any update of it. What undo takes back is not there. */
export interface KeptRun {
  saved: Saved;
  snapshots: Snapshot[]; // in the order of their updates
}

/** A node of the walked tape: what it is, not what it holds. */
export interface NodeSchema {
  id: number;
  path: string;
  name: string;
  op: string;
  role: 'input' | 'parameter' | 'activation' | 'constant' | 'loss';
  dtype: 'f32' | 'index';
  axes: string;
  shape: number[];
  time: number;
  source?: true; // that time is a step of the source
  inputs: number[];
  from?: number; // of a slice: which cell of its input's last axis it begins with
  forward: number; // walk position at which its value is there; 0: from the start
  backward: number; // walk position at which its own gradient has gone on to its inputs; 0: never
  gradient: boolean;
}
export interface WalkSchema {
  text: string;
  tokens: number[]; // what is read, a token a step; none where it is numbers
  targets: number[]; // the goal of each step, or the one answer
  /** Where the model reads a source, which is the text, and writes. own: what it is led by is its own guess, as it was
   *  when this was built. */
  pair?: { source: number[]; target: string; own: boolean };
  length: number; // last position
  forward: number; // F: positions 1..F forwards, F+1..2F backwards, 2F+1 clip, then one a parameter
  nodes: NodeSchema[];
  updates: { position: number; node: number; lines: { name: string; formula: string }[] }[]; // the optimiser's lines
}

/** What is written for a source; where it came to an end, <end> is its last token. */
export interface Written {
  tokens: number[];
  text: string;
}
/** The tree of a search: include/unroll/decode.h says by what it is made. */
export interface Beam {
  best: number; // the node that what was found ends in
  /** Parents first; -1: the beginning. */
  nodes: {
    parent: number;
    token: number;
    step: number;
    logProbability: number;
    total: number;
    score: number;
    fate: 'cut' | 'kept' | 'ended' | 'left';
    /** Where it was looked as this token was written, in looks; those of one parent share it. -1: there is no attention. */
    look: number;
  }[];
  source: number[]; // tokens
  blocks: number;
  heads: number; // of each block
  looks: Float32Array<ArrayBuffer>; // [look, block, head, source]; each row adds up to 1
}
/** What the decoder looks at while it writes for a source. */
export interface Alignment {
  step: number; // the update on screen
  source: number[]; // tokens
  written: number[]; // tokens, the end mark last
  weights: Float32Array<ArrayBuffer>; // [written, source]; each row adds up to 1
}
/** What a Transformer looks at over one text, and what of it mattered for one token at one step. */
export interface Looked {
  step: number; // the update on screen
  blocks: number;
  heads: number;
  at: number; // from 1
  token: number;
  score: number; // its logit
  tokens: number[]; // what is read at each step
  weights: Float32Array<ArrayBuffer>; // [block, head, query, key]
  rollout: Float32Array<ArrayBuffer>; // [block, query, input]: how much of a row comes from each input up to there
  times: number[]; // gradient x input of each step
  sizes: number[]; // size of that gradient
  depth: number[]; // size of the mean loss's gradient at what each block reads, and at what the last one makes
}
/** A sequence written token by token, with all that each draw was made of: include/unroll/drawn.h says how. */
export interface Drawn {
  step: number; // the update on screen
  read: number; // tokens before the first draw
  tokens: number[]; // of each draw; the end mark the last, where it came to one
  u: number[];
  /** [draw, token] each. */
  logits: Float32Array<ArrayBuffer>;
  divided: Float32Array<ArrayBuffer>; // NaN at temperature 0
  given: Float32Array<ArrayBuffer>;
  warmed: Float32Array<ArrayBuffer>;
  left: Float32Array<ArrayBuffer>;
  order: Int32Array<ArrayBuffer>; // tokens, the likeliest first
}
/** What is kept of each token while a text is read, and the same computed anew. */
export interface Cached {
  step: number; // the update on screen
  blocks: number;
  width: number;
  tokens: number[];
  keys: Float32Array<ArrayBuffer>; // [block, token, width]
  values: Float32Array<ArrayBuffer>;
  kept: Float32Array<ArrayBuffer>; // [token, V]: what comes next, from what was kept
  anew: Float32Array<ArrayBuffer>; // and with all tokens before computed anew
  apart: number[]; // numbers after each token that differ between the two ways in any bit
  /** Multiply-adds of each token, counted. */
  work: { kept: number[]; anew: number[] };
}
/** A picture and what each word written for it hangs on: include/unroll/covered.h says how. */
export interface Covered {
  step: number; // the update on screen
  patches: number;
  picture: Float32Array<ArrayBuffer>; // [patch, numbers]: dots row by row, red, green and blue from 0 to 1
  looks: Float32Array<ArrayBuffer>; // [word, patch]: weights of attention
  falls: Float32Array<ArrayBuffer>; // [word, patch]: of log p where the patch is white, in nats
  logP: Float32Array<ArrayBuffer>; // [word]
  words: number[]; // tokens, the end mark the last where it came to one
  right: number[]; // -1 where nobody knows
  places: number[]; // of each right word the patch that it speaks of, or -1
}
/** Over the right words of unseen pictures: shares whose patch is looked at most, and missed most; the mean largest
 *  weight, and the mean fall where that patch is covered. Of other words no patch is right. */
export interface CoverKind {
  words: number;
  looked: number;
  missed: number;
  look: number;
  fall: number;
}
export interface CoverCounts {
  step: number;
  pictures: number;
  colour: CoverKind;
  shape: CoverKind;
  other: CoverKind;
}
/** A ball frame by frame: places [frame, 2], in sides of the box; what is not there is NaN. */
export interface Rolled {
  step: number; // the update on screen
  frames: number;
  given: number; // of them were shown before its own steps
  hidden: number;
  seen: Float32Array<ArrayBuffer>; // as it came
  guess: Float32Array<ArrayBuffer>; // each said from those before it as they came; the first is not
  own: Float32Array<ArrayBuffer>; // those given, then the net's own steps
  speed: Float32Array<ArrayBuffer>; // of a throw, in sides per unit of time, but at the last
  states: Float32Array<ArrayBuffer>; // [frame, hidden], after each of `own` but the last
}
/** Mean distances over unseen throws, in sides of the box. */
export interface RollWay {
  next: number; // one step ahead, over the frames that count
  ahead: number[]; // after 1, 2, ... own steps
  seen: number[]; // one step ahead, after 1, 2, ... frames
}
export interface RollErrors {
  step: number;
  net: RollWay;
  velocity: RollWay; // as between the last two places that were seen
  place: RollWay; // where it was last seen
}
/** The speed as a linear function of the state, and how far off that is on unseen throws. */
export interface RollSpeed {
  step: number;
  hidden: number;
  tested: number; // frames
  error: number; // root of the mean square
  byPlaces: number; // the same of the last two places, over the time between them
  spread: number; // the same of always saying the mean
  fitted: number; // throws
  ridge: number;
  weights: Float64Array<ArrayBuffer>; // [hidden + 1, 2], the constant last
}
export interface Pairs {
  pairs: number;
  both: number;
  one: number;
}
/** Of the sources of one length: how many are written right by the model itself, and how many tokens are the likeliest
 *  after the right ones. */
export interface Group {
  length: number;
  sequences: number;
  right: number;
  tokens: number;
  tokensRight: number;
}

/** What the page wants to see of a node at each frame. */
export interface Wanted {
  node: number;
  what: 'value' | 'grad' | { edge: number } | { line: number }; // edge: gradient through input k; line: of the update
}
/** One frame: values at one (update, position), in the order wanted. */
export interface Frame {
  step: number;
  position: number;
  values: (Float32Array | Int32Array)[]; // views of a buffer that is handed back for the next frame but one
  gradNorm: number;
  clipScale: number;
}

/** Where a cell comes from, forwards, or where its gradient comes from, backwards. */
export interface Explanation {
  node: number;
  cell: number;
  direction: 'forward' | 'backward';
  value: number;
  /** forward: one term an input, its cells with their values. backward: one term an edge into this cell:
   *  consumer node, its cells, local partials, upstream gradients; value = sum of partial * upstream. */
  terms: {
    node: number;
    input: number;
    cells: number[];
    values: number[];
    partials: number[];
    upstream: number[];
    total: number;
  }[];
}

/** What a graph takes, counted and not measured. An operation is a step, done one after the last of its inputs. */
export interface Counted {
  /** By node: the least number of sequential steps before its value is there. -1: not at this length. */
  steps: number[];
  /** The nodes of a longest way. */
  longest: number[];
  /** By op, "leaf" among them. others: operations that are no product in a sum. bytes: of values. */
  work: { op: string; nodes: number; multiplyAdds: number; others: number; bytes: number }[];
}

/** Every derivative of what is read, by the walk back and by differences, both in double; parameter by parameter, in
 *  the order of the schema's updates. */
export interface Derivatives {
  backward: Float64Array<ArrayBuffer>;
  differences: Float64Array<ArrayBuffer>;
  checked: number;
  /** Where they are furthest apart: the parameter's number, its cell, and how far, of the size of both. */
  worst: { parameter: number; cell: number; gap: number };
}
/** What every node of a graph holds, by its number, once it has been walked forwards and back; null where it has no gradient. */
export interface Tape {
  values: (Float32Array | Int32Array)[];
  gradients: (Float32Array | null)[];
}
/** How large the numbers of a whole walk become, by node: the largest size of its values, of its gradient, and of what
 *  goes back over each of its inputs; 0 where there is none. */
export interface Extents {
  values: number[];
  gradients: number[];
  edges: number[][];
}
/** What a feed-forward net is trained on, point by point, in order, with the weights of the update on screen. */
export interface Each {
  points: number;
  weights: number;
  x: number[][];
  t: number[][];
  y: number[][];
  errors: number[]; // E_n
  /** [points, weights]: dE_n/dw, parameter by parameter. */
  derivatives: Float64Array<ArrayBuffer>;
  /** 1/(NK) sum |y - t|^2. */
  variance: number;
}

/** A net that reads a sentence: the words of `text`, or so many words without one. Untrained: what it is made for is to
 *  be counted, and no count hangs on a weight. */
export interface ReaderSpec {
  net: 'recurrent' | 'attention';
  text?: string;
  length?: number;
  hidden: number;
  layers: number;
  seed: number;
}
export interface ReaderNode {
  path: string;
  op: string;
  role: NodeSchema['role'];
  axes: string;
  shape: number[];
  time: number; // of its word, from 1; 0 where it is of all
  inputs: string[]; // paths
  value?: number[]; // parameters have none here
}
/** Nodes by number, as in `counted` and `way`. */
export interface ReaderTape {
  nodes: ReaderNode[];
  states: number[][]; // by layer and word; layer 0: the words' vectors
  counted: Counted;
  /** A shortest way from the first word's vector to the first state of the other word that can know of it, both with
   *  it; empty where there is none. Null where none was asked for. */
  way: number[] | null;
}

/** What a study gives: arrays with names, axes and units. */
export interface Study {
  /** labels: of its places; null: they are an array of its name over it, or nothing but numbers. */
  axes: { name: string; size: number; labels: string[] | null }[];
  /** The last axis fastest; NaN where there is no number. unit: '' for a number without one. */
  arrays: { name: string; unit: string; axes: string[]; shape: number[]; values: Float64Array<ArrayBuffer> }[];
}
/** What is asked for: settings, the seed among them, and inputs, as text or as numbers. */
export interface StudyRequest {
  study: string;
  settings?: Settings;
  inputs?: Record<string, string | readonly number[]>;
  /** Shipped texts that it reads, by name: brought to the core before it begins. */
  texts?: readonly string[];
}

/** What a run took that was only tried. */
export interface Tried {
  parameters: number;
  loss: number; // of its one update
  bytes: number; // that the module's memory has grown to
  made: number; // milliseconds
  update: number;
}
export interface Sampling {
  temperature: number;
  topK: number;
  topP: number;
}
export interface Progress {
  step: number;
  tip: number;
  from: number;
  losses: number[]; // training loss of updates from+1 ...
  validation: { step: number; loss: number }[]; // new points
  gradNorm: number; // of the last update, before clipping; NaN before the first
  tokensPerSecond: number;
  running: boolean;
}
/** How far the loss of one step reaches back: |dJ^(at)/dh^(i)| and |dJ^(at)/dc^(i)| for i = 1..at. */
export interface Reach {
  step: number; // the update on screen
  h: number[];
  c: number[] | null; // null where there is no cell state
}
/** The terms of dJ^(at)/dW = sum over i of dJ^(at)/dW|_(i). */
export interface Terms {
  step: number;
  size: number; // cells of W
  norms: number[]; // [at]
  terms: Float32Array<ArrayBuffer>; // [at, size]
  sum: Float32Array<ArrayBuffer>; // [size], as backward gives it
}
/** What the units of one layer do over a text. */
export interface Units {
  step: number; // the update on screen
  steps: number; // of the text; a language model reads its start mark first
  hidden: number;
  tokens: number[]; // [steps]; none where the inputs are numbers
  h: Float32Array<ArrayBuffer>; // [steps, hidden]
  c: Float32Array<ArrayBuffer> | null; // [steps, hidden]
  gates: Float32Array<ArrayBuffer> | null; // [steps, gates * hidden], after their sigmoid or tanh
  gateNames: string; // "ifgo", "rzn" or ""
}
/** The training losses of one of a claim's contestants so far: means over stretches of as many updates. */
export interface ClaimCurve {
  name: string;
  task: string;
  steps: number; // that it is to do
  each: number; // updates a mean
  losses: number[];
}
/** What one contestant came to. */
export interface ClaimRow {
  name: string;
  measured: number; // of a series its whole
  along?: string; // "length of the source": what a series runs along
  of?: string; // "share written right": what it is of; those of one kind are drawn together
  series?: [number, number][]; // where, and what was measured there
}
export interface ClaimProgress {
  id: string;
  seed: number;
  now: string;
  step: number;
  steps: number;
  fraction: number; // of the time that it takes
  rows: ClaimRow[];
  done: boolean;
  holds: boolean;
  sentence: string;
  asked: string;
  curves: ClaimCurve[];
  seconds: number; // so far
  left: number | null; // seconds to go, by its own progress; null before that can be said
}
/** What a row of a claim takes of the whole: its first update, with all that is made for it; its others; measuring it. */
export type RowCost = [first: number, others: number, measuring: number];

/** Requests: name -> [parameters, reply]. */
export interface Requests {
  info: [void, CoreInfo];
  /** A new run. Give shipped weights by id, or settings, or settings with a corpus of lines; and what was kept of the
   *  same run, whose updates can then be brought back. */
  open: [{ weights?: string; file?: ArrayBuffer; settings?: Settings; corpus?: string; kept?: KeptRun }, RunInfo];
  /** An untrained run beside the one on screen, which it does not touch: made, one update done, let go. */
  tried: [{ settings: Settings }, Tried];
  /** Change a live setting from the present update on (logged). Changes of one setting at one update are one thing to
   *  undo, but for what is done apart from what the reader does. This, open and train can be undone. */
  set: [{ key: string; value: string; apart?: boolean }, RunInfo];
  /** Build the unrolled graph for this text. Where the model reads a source, that is the text, and it is led by the
   *  target; null: by its own guess; without one: by what the task says is right. */
  walk: [{ text: string; target?: string | null }, WalkSchema];
  /** What the model writes for a source, always the likeliest. */
  guess: [{ text: string }, Written & { step: number }];
  /** What is right for a source; null where the task does not know. */
  answer: [{ text: string }, Written | null];
  /** A search, 1 to 8 wide; a score is the sum divided by length^normalisation. */
  beam: [{ text: string; width: number; normalisation: number }, Beam & { step: number }];
  /** Led by the target; without one by what is right, where nobody knows that by the model's own guess. */
  alignment: [{ text: string; target?: string }, Alignment];
  /** at: a step from 1, or the last; token: one of the vocabulary, or the likeliest there. */
  looked: [{ text: string; at?: number; token?: number }, Looked];
  /** The sequence that the stream of this number gives. keep false: nothing is kept of the tokens before. */
  drawn: [{ text: string; sampling: Sampling; index: number; keep?: boolean }, Drawn];
  cached: [{ text: string }, Cached];
  /** Milliseconds that reading the text takes, token by token, measured so many times each way. */
  cachedTime: [{ text: string; samples: number }, { step: number; kept: number[]; anew: number[] }];
  /** Led by the target; without one by what the model writes for the picture. */
  covered: [{ text: string; target?: string }, Covered];
  coverCounts: [{ pictures: number }, CoverCounts];
  rolled: [{ text: string; given: number }, Rolled];
  rollErrors: [{ throws: number; given: number; steps: number }, RollErrors];
  rollSpeed: [{ throws: number }, RollSpeed];
  /** Where so many throws that begin at one place are a frame later: [count, 2]. */
  rollFan: [{ x: number; y: number; count: number }, { step: number; places: Float32Array<ArrayBuffer> }];
  /** Of the unseen pairs of a task of such, a sentence and its mirror: of how many both are right, and one. */
  pairs: [void, { step: number } & Pairs];
  /** Over the unseen sources, by their length, shortest first. */
  groups: [void, { step: number; groups: Group[] }];
  goto: [{ position: number }, void];
  /** Holds one weight of an alignment in the graph that was walked last, until another is built; the others share the
   *  rest. null lets it go. Training knows nothing of it. */
  hold: [{ node: number; cell: number; value: number | null }, void];
  subscribe: [{ wanted: Wanted[] }, void];
  explain: [{ node: number; cell: number; direction: 'forward' | 'backward' }, Explanation];
  /** Of the graph that was walked last. */
  counted: [void, Counted];
  /** The nodes of a shortest way in the direction in which values go, both with it; none where there is none. */
  way: [{ from: number; to: number }, number[]];
  /** Of the graph that was walked last. */
  tape: [void, Tape & { step: number }];
  extents: [void, Extents & { step: number }];
  derivatives: [void, Derivatives & { step: number }];
  each: [void, Each & { step: number }];
  /** Train for so many updates from the present one (Infinity: until told to stop). Replies at once. Beyond
   *  the present update the old future is dropped, which undo brings back. No faster than perSecond, if given. */
  train: [{ updates: number; perSecond?: number }, RunInfo];
  stop: [void, RunInfo];
  /** Bring back any update of this timeline, exactly. */
  seek: [{ step: number }, RunInfo];
  undo: [void, RunInfo];
  /** Bring back what was undone last, exactly. Whatever is done anew drops what can be redone. */
  redo: [void, RunInfo];
  /** 16 hex digits over the bits of all parameters, as `unroll train` prints them. */
  hash: [void, string];
  /** Losses so far; none of those before the snapshot that the run was opened from. */
  history: [void, { curve: CurveData; validation: { step: number; loss: number }[] }];
  sample: [{ count: number; sampling: Sampling; prefix: string }, { step: number; samples: string[] }];
  next: [{ text: string; sampling: Sampling }, { before: number[]; after: number[] }];
  /** Of one layer (from 1) in the direction of reading. A text has at most 64 tokens here; at counts from 1. */
  reach: [{ text: string; at: number; layer?: number }, Reach];
  terms: [{ text: string; at: number; param: string }, Terms];
  /** |d z^(at)_token / d e^(i)| for i = 1..at. */
  saliency: [{ text: string; at: number; token: number }, { step: number; sizes: number[] }];
  /** Over a text of up to 4,096 tokens. */
  units: [{ text: string; layer?: number }, Units];
  /** An unseen sequence; after the last comes the first. */
  example: [{ index: number }, { text: string }];
  /** Over the unseen sequences. right: share of right answers, -1 where there are none that can be right. */
  evaluate: [void, { step: number; loss: number; right: number }];
  /** The share of right answers over unseen sequences of so many symbols, length by length, be they longer than any in
   *  training. */
  evaluateAt: [{ lengths: number[] }, { step: number; right: number[] }];
  /** With at most so many bytes of snapshots. */
  keep: [{ bytes: number }, KeptRun];
  save: [{ snapshot: boolean }, ArrayBuffer];
  /** Null for a file that is not of PyTorch. */
  pytorch: [{ file: ArrayBuffer; model?: string }, PyTorchForm | null];
  fromPyTorch: [{ file: ArrayBuffer; said: PyTorchSaid }, PyTorchFile];
  /** The weights under PyTorch's names, and the Python that computes with them. */
  toPyTorch: [void, { file: ArrayBuffer; program: string }];
  gradcheck: [void, { worst: number; checked: number; parameter: string }];
  /** way: between two of its words, from 0. */
  reader: [ReaderSpec & { way?: [from: number, to: number] }, ReaderTape];
  /** Milliseconds of one forward run, measured so many times, each over as many runs as it takes to be measurable. Counted
   *  with it is what was run. */
  readerTime: [ReaderSpec & { samples: number }, { milliseconds: number[]; counted: Counted }];
  /** Progress comes as events. costs: of its rows, in any unit of time; by them it is said how far it is. */
  claim: [{ id: string; seed: number; costs: RowCost[]; short?: boolean }, void];
  stopClaim: [void, void];
  /** Studies under way are done one after another, beside the run; what comes of them are events with this number. Of one
   *  that is watched, all that is there comes with what is told of it on its way. */
  study: [StudyRequest & { id: number; watched?: boolean }, void];
  stopStudy: [{ id: number }, void];
}
export interface Events {
  frame: Frame;
  progress: Progress;
  replay: { step: number; from: number; to: number };
  /** What can be undone and redone has changed; told before the reply to the request that did it. */
  past: PastInfo;
  /** Training stopped by itself: a loss that is no number. On screen is the last good update. */
  broke: { error: CoreError; at: number; run: RunInfo };
  claim: ClaimProgress;
  claimBroke: { error: CoreError };
  studying: { id: number; fraction: number; study?: Study };
  studied: { id: number; study: Study };
  studyBroke: { id: number; error: CoreError };
  /** The worker died and a new one took over from the last snapshot. */
  replaced: { run: RunInfo };
}

/** What the page holds. Every method rejects with a CoreError. */
export interface Bridge {
  call<K extends keyof Requests>(
    name: K,
    ...params: Requests[K][0] extends void ? [] : [Requests[K][0]]
  ): Promise<Requests[K][1]>;
  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): () => void;
  close(): void;
}
