// What the worker asks of a core. `core.ts` answers with the WebAssembly module, the tests with a small fake, so
// that slices, frames, timeline and errors can be tested without either.

import type {
  Alignment,
  Beam,
  Cached,
  ClaimRow,
  CoreError,
  CoreInfo,
  Counted,
  CoverCounts,
  Covered,
  Derivatives,
  Drawn,
  Each,
  Experiments,
  Explanation,
  Group,
  Looked,
  Pairs,
  PyTorchFile,
  PyTorchForm,
  PyTorchSaid,
  Reach,
  ReaderNode,
  ReaderSpec,
  RollErrors,
  Rolled,
  RollSpeed,
  Sampling,
  Sequences,
  Settings,
  Study,
  StudyRequest,
  TensorsRead,
  Terms,
  Units,
  WalkSchema,
  Wanted,
  Written,
} from './protocol.ts';

/** Thrown by every method of a core that can fail. */
export class CoreFailure extends Error {
  readonly error: CoreError;
  constructor(error: CoreError) {
    super(error.message);
    this.name = 'CoreFailure';
    this.error = error;
  }
}
export const failure = (code: string, node: string, message: string) => new CoreFailure({ code, node, message });

export interface StepReport {
  step: number;
  loss: number;
  gradNorm: number;
  rate: number;
  tokens: number;
}
export interface Evaluation {
  loss: number;
  tokens: number;
  sequences: number;
  right: number;
}
export interface ClaimReport {
  now: string;
  row: number;
  task: string;
  step: number;
  steps: number;
  loss: number; // of the update just done; NaN where it was a measurement
  fraction: number;
  rows: ClaimRow[];
  done: boolean;
  holds: boolean;
  sentence: string;
  asked: string;
}

/** Whoever makes one of these frees it. A run frees the walks and measures that stand on it. */
export interface WalkLike {
  readonly schema: WalkSchema;
  /** Recomputes up to this position with the run's parameters as they are now. */
  to(position: number): void;
  /** Holds one weight of an alignment from 0 to 1, or lets it go. */
  hold(node: number, cell: number, value: number | null): void;
  /** Views that are good until the next call of anything. */
  read(wanted: readonly Wanted[]): (Float32Array | Int32Array)[];
  gradNorm(): number;
  clipScale(): number;
  explain(node: number, cell: number, direction: 'forward' | 'backward'): Explanation;
  counted(): Counted;
  way(from: number, to: number): number[];
  /** Needs more. */
  derivatives(): Derivatives;
  free(): void;
}
/** One text, unrolled; every call measures with the run's parameters as they are now. */
export interface MeasureLike {
  reach(at: number, layer: number): Omit<Reach, 'step'>;
  terms(at: number, param: string): Omit<Terms, 'step'>;
  saliency(at: number, token: number): number[];
  free(): void;
}
export interface RunLike {
  readonly vocabulary: string[];
  readonly parameters: number;
  readonly sequences: Sequences;
  readonly tensors: TensorsRead;
  settings(): Settings;
  set(key: string, value: string): void;
  updates(): number;
  /** One update; code 'number' where loss or gradient is not finite, and everything is as it was before. */
  step(): StepReport;
  evaluate(validation: boolean): Evaluation;
  pairs(): Pairs;
  /** Over unseen sequences of so many symbols, be it more than any had in training. */
  evaluateAt(length: number): Evaluation;
  hash(): string;
  save(snapshot: boolean): Uint8Array<ArrayBuffer>;
  restore(snapshot: Uint8Array): void;
  /** Needs more. */
  toPyTorch(): { file: ArrayBuffer; program: string };
  sample(how: Sampling, index: number, prefix: string): string;
  next(how: Sampling, text: string): { before: number[]; after: number[] };
  /** Needs more. */
  gradcheck(): { worst: number; checked: number; parameter: string };
  walk(text: string, target?: string | null): WalkLike;
  guess(source: string): Written;
  answer(source: string): Written | null;
  beam(source: string, width: number, normalisation: number): Beam;
  groups(): Group[];
  alignment(source: string, target?: string): Omit<Alignment, 'step'>;
  looked(text: string, at: number, token: number): Omit<Looked, 'step'>;
  drawn(how: Sampling, index: number, keep: boolean, prefix: string): Omit<Drawn, 'step'>;
  cached(text: string): Omit<Cached, 'step'>;
  covered(text: string, target: string): Omit<Covered, 'step'>;
  coverCounts(pictures: number): Omit<CoverCounts, 'step'>;
  rolled(text: string, given: number): Omit<Rolled, 'step'>;
  rollErrors(throws: number, given: number, steps: number): Omit<RollErrors, 'step'>;
  rollSpeed(throws: number): Omit<RollSpeed, 'step'>;
  rollFan(x: number, y: number, count: number): Float32Array<ArrayBuffer>;
  /** Reads the text so many times. */
  cachedRun(text: string, keep: boolean, times: number): void;
  measure(text: string): MeasureLike;
  units(text: string, layer: number): Omit<Units, 'step'>;
  example(index: number): string;
  each(): Omit<Each, 'step'>;
  free(): void;
}
export interface ClaimLike {
  step(): ClaimReport;
  free(): void;
}
/** One of the two nets that read a sentence, unrolled and run once. */
export interface ReaderLike {
  nodes(): { states: number[][]; nodes: ReaderNode[] };
  counted(): Counted;
  way(from: number, to: number): number[];
  /** So many forward runs. */
  run(times: number): void;
  free(): void;
}
export interface StudyLike {
  /** A piece of work. */
  step(): { done: boolean; fraction: number };
  read(): Study;
  free(): void;
}
export interface CoreLike {
  readonly info: Omit<CoreInfo, 'weights'>;
  readonly memory: number; // bytes that it has grown to
  /** Brings what not every page needs: claims, studies, what computes in double, files of PyTorch. What is marked so needs
   *  it to be there. */
  more(): Promise<Experiments>;
  /** The name of the text that comes with these settings' task; '' where there is none. */
  textOf(settings: Settings): string;
  /** A text that is not in the module, for all runs and claims from now on. */
  bring(name: string, text: Uint8Array): void;
  /** corpus null: the one that comes with the task. */
  create(settings: Settings, corpus: string | null): RunLike;
  load(file: Uint8Array, corpus: string | null): RunLike;
  reader(spec: ReaderSpec): ReaderLike;
  /** Needs more, as all that follow. */
  claim(id: string, seed: number, short: boolean): ClaimLike;
  study(request: StudyRequest): StudyLike;
  pytorch(file: Uint8Array, model: string): PyTorchForm | null;
  fromPyTorch(file: Uint8Array, said: PyTorchSaid): PyTorchFile;
}
