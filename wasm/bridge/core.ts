// The core as typed objects over the exports of core.wasm: no messages, no worker. The worker and the Node tests use
// it alike.

import { readBeam } from './beam.ts';
import type {
  ClaimLike,
  ClaimReport,
  CoreLike,
  Evaluation,
  MeasureLike,
  ReaderLike,
  RunLike,
  StepReport,
  StudyLike,
  WalkLike,
} from './corelike.ts';
import { failure } from './corelike.ts';
import { readCoverCounts, readCovered } from './covered.ts';
import { readDerivatives, readEach } from './derivatives.ts';
import { readCached, readDrawn } from './drawn.ts';
import { ABI, instantiate, type Simd } from './loader.ts';
import { readLooked, readUnits, WasmMeasure } from './measure.ts';
import { CoreModule } from './module.ts';
import type {
  Alignment,
  Beam,
  Cached,
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
  ReaderSpec,
  RollErrors,
  Rolled,
  RollSpeed,
  Sampling,
  Sequences,
  Settings,
  StudyRequest,
  TensorsRead,
  Units,
  WalkSchema,
  Wanted,
  Written,
} from './protocol.ts';
import { describePyTorch, readPyTorch, writePyTorch } from './pytorch.ts';
import { WasmReader } from './reader.ts';
import { readRollErrors, readRolled, readRollFan, readRollSpeed } from './rolled.ts';
import { openStudy } from './study.ts';

const GRADCHECK_SAMPLES = 20; // cells of every parameter
const KINDS = { value: 0, grad: 1, edge: 2, line: 3 };

type Bytes = Uint8Array<ArrayBuffer>;

/** core.wasm, and where more.wasm comes from, once it is asked for. */
export async function makeCore(bytes: Bytes, more: () => Promise<Bytes>): Promise<WasmCore> {
  return new WasmCore(new CoreModule(await instantiate(bytes)), more);
}

export class WasmCore implements CoreLike {
  readonly info: CoreLike['info'];
  #module: CoreModule;
  #fetchMore: () => Promise<Bytes>;
  #more: Promise<Experiments> | null = null;

  constructor(module: CoreModule, more: () => Promise<Bytes>) {
    const abi = module.raw('abi');
    if (abi !== ABI)
      throw failure('worker', 'abi', `The core has ABI ${abi}, the page wants ${ABI}: load the page again.`);
    this.#module = module;
    this.#fetchMore = more;
    module.check('describe');
    this.info = module.json();
  }
  more(): Promise<Experiments> {
    this.#more ??= this.#extend();
    this.#more.catch(() => {
      this.#more = null; // to be tried again
    });
    return this.#more;
  }
  async #extend(): Promise<Experiments> {
    await this.#module.extend(await this.#fetchMore());
    this.#module.check('more_describe');
    return this.#module.json();
  }
  get simd(): Simd {
    return this.info.simd;
  }
  textOf(settings: Settings): string {
    this.#module.check('text_name', ...this.#module.input(fieldsOf(settings)));
    return this.#module.text();
  }
  bring(name: string, text: Uint8Array): void {
    this.#module.check('text_bring', ...this.#module.input(name, text));
    this.#module.input();
  }
  get memory(): number {
    return this.#module.size;
  }
  create(settings: Settings, corpus: string | null): RunLike {
    const [at, size, lines, linesSize] = this.#module.input(fieldsOf(settings), corpus ?? '') as Places;
    return this.#run(this.#module.find('trainer_create', at, size, corpus === null ? 0 : 1, lines, linesSize));
  }
  load(file: Uint8Array, corpus: string | null): RunLike {
    const [at, size, lines, linesSize] = this.#module.input(file, corpus ?? '') as Places;
    return this.#run(this.#module.find('trainer_load', at, size, corpus === null ? 0 : 1, lines, linesSize));
  }
  pytorch(file: Uint8Array, model: string): PyTorchForm | null {
    return describePyTorch(this.#module, file, model);
  }
  fromPyTorch(file: Uint8Array, said: PyTorchSaid): PyTorchFile {
    return readPyTorch(this.#module, file, said);
  }
  claim(id: string, seed: number, short: boolean): ClaimLike {
    const [at, size] = this.#module.input(id) as Places;
    return new WasmClaim(this.#module, this.#module.find('claim_create', at, size, seed, short ? 1 : 0));
  }
  reader(spec: ReaderSpec): ReaderLike {
    return new WasmReader(this.#module, spec);
  }
  study(request: StudyRequest): StudyLike {
    return openStudy(this.#module, request);
  }
  #run(handle: number): RunLike {
    // What was read may have been large.
    this.#module.input();
    return new WasmRun(this.#module, handle);
  }
}
type Places = [number, number, number, number];
const fieldsOf = (settings: Settings) =>
  Object.entries(settings)
    .map(([key, value]) => `${key}\0${value}\0`)
    .join('');

class WasmRun implements RunLike {
  readonly vocabulary: string[];
  readonly parameters: number;
  readonly sequences: Sequences;
  readonly tensors: TensorsRead;
  #module: CoreModule;
  #handle: number;

  constructor(module: CoreModule, handle: number) {
    this.#module = module;
    this.#handle = handle;
    module.check('trainer_vocabulary', handle);
    this.vocabulary = module.fields();
    module.check('trainer_counts', handle);
    this.parameters = module.number(1);
    this.sequences = this.#sequences();
    module.check('trainer_tensors', handle);
    this.tensors = module.json();
  }
  #sequences(): Sequences {
    const module = this.#module;
    module.check('trainer_sequences', this.#handle);
    return {
      train: module.number(0),
      validation: module.number(1),
      trainDistinct: module.number(2),
      validationDistinct: module.number(3),
      trainSymbols: module.number(4),
      validationSymbols: module.number(5),
      unlearned: [...new Int32Array(module.bytes().buffer)].map((token) => this.vocabulary[token]!),
    };
  }
  settings(): Settings {
    this.#module.check('trainer_settings', this.#handle);
    const fields = this.#module.fields();
    const settings: Settings = {};
    for (let i = 0; i + 1 < fields.length; i += 2) settings[fields[i]!] = fields[i + 1]!;
    return settings;
  }
  set(key: string, value: string): void {
    this.#module.check('trainer_set', this.#handle, ...this.#module.input(key, value));
  }
  updates(): number {
    this.#module.check('trainer_counts', this.#handle);
    return this.#module.number(0);
  }
  step(): StepReport {
    const module = this.#module;
    module.check('trainer_step', this.#handle);
    const [step, loss, gradNorm, rate, tokens] = [0, 1, 2, 3, 4].map((i) => module.number(i)) as FiveNumbers;
    return { step, loss, gradNorm, rate, tokens };
  }
  pairs(): Pairs {
    this.#module.check('trainer_pairs', this.#handle);
    return { pairs: this.#module.number(0), both: this.#module.number(1), one: this.#module.number(2) };
  }
  evaluate(validation: boolean): Evaluation {
    this.#module.check('trainer_evaluate', this.#handle, validation ? 1 : 0);
    return this.#evaluated();
  }
  evaluateAt(length: number): Evaluation {
    this.#module.check('trainer_evaluate_at', this.#handle, length);
    return this.#evaluated();
  }
  #evaluated(): Evaluation {
    const [loss, tokens, sequences, right] = [0, 1, 2, 3].map((i) => this.#module.number(i)) as FiveNumbers;
    return { loss, tokens, sequences, right };
  }
  hash(): string {
    return this.#module.u64('trainer_hash', this.#handle);
  }
  save(snapshot: boolean): Uint8Array<ArrayBuffer> {
    this.#module.check('trainer_save', this.#handle, snapshot ? 1 : 0);
    return this.#module.bytes();
  }
  restore(snapshot: Uint8Array): void {
    this.#module.check('trainer_restore', this.#handle, ...this.#module.input(snapshot));
  }
  toPyTorch(): { file: ArrayBuffer; program: string } {
    return writePyTorch(this.#module, this.#handle);
  }
  sample({ temperature, topK, topP }: Sampling, index: number, prefix: string): string {
    const text = this.#module.input(prefix);
    this.#module.check('trainer_sample', this.#handle, temperature, topK, topP, index, ...text);
    return this.#module.text();
  }
  next({ temperature, topK, topP }: Sampling, text: string): { before: number[]; after: number[] } {
    this.#module.check('trainer_next', this.#handle, temperature, topK, topP, ...this.#module.input(text));
    const both = [...new Float32Array(this.#module.bytes().buffer)];
    return { before: both.slice(0, both.length / 2), after: both.slice(both.length / 2) };
  }
  gradcheck(): { worst: number; checked: number; parameter: string } {
    const module = this.#module;
    module.check('trainer_gradcheck', this.#handle, GRADCHECK_SAMPLES);
    return { worst: module.number(0), checked: module.number(1), parameter: module.text() };
  }
  walk(text: string, target?: string | null): WalkLike {
    const module = this.#module;
    const places = module.input(text, target ?? '');
    const handle =
      target === undefined
        ? module.find('walk_create', this.#handle, ...places.slice(0, 2))
        : module.find('walk_create_pair', this.#handle, target === null ? 1 : 0, ...places);
    try {
      return new WasmWalk(module, handle, text, target === null);
    } catch (error) {
      this.#module.raw('close', handle);
      throw error;
    }
  }
  guess(source: string): Written {
    this.#module.check('trainer_guess', this.#handle, ...this.#module.input(source));
    return this.#module.json();
  }
  answer(source: string): Written | null {
    this.#module.check('trainer_answer', this.#handle, ...this.#module.input(source));
    const answer = this.#module.json<Written>();
    return answer.tokens.length > 0 ? answer : null;
  }
  beam(source: string, width: number, normalisation: number): Beam {
    return readBeam(this.#module, this.#handle, source, width, normalisation);
  }
  alignment(text: string, target?: string): Omit<Alignment, 'step'> {
    const places = this.#module.input(text, target ?? '');
    this.#module.check('trainer_alignment', this.#handle, target === undefined ? 0 : 1, ...places);
    const [source, length] = [this.#module.number(0), this.#module.number(1)];
    const { buffer } = this.#module.bytes();
    const tokens = [...new Int32Array(buffer, 0, source + length)];
    const weights = new Float32Array(buffer.slice(4 * tokens.length));
    return { source: tokens.slice(0, source), written: tokens.slice(source), weights };
  }
  looked(text: string, at: number, token: number): Omit<Looked, 'step'> {
    return readLooked(this.#module, this.#handle, text, at, token);
  }
  drawn(how: Sampling, index: number, keep: boolean, prefix: string): Omit<Drawn, 'step'> {
    return readDrawn(this.#module, this.#handle, how, index, keep, prefix);
  }
  cached(text: string): Omit<Cached, 'step'> {
    return readCached(this.#module, this.#handle, text);
  }
  covered(text: string, target: string): Omit<Covered, 'step'> {
    return readCovered(this.#module, this.#handle, text, target);
  }
  coverCounts(pictures: number): Omit<CoverCounts, 'step'> {
    return readCoverCounts(this.#module, this.#handle, pictures);
  }
  rolled(text: string, given: number): Omit<Rolled, 'step'> {
    return readRolled(this.#module, this.#handle, text, given);
  }
  rollErrors(throws: number, given: number, steps: number): Omit<RollErrors, 'step'> {
    return readRollErrors(this.#module, this.#handle, throws, given, steps);
  }
  rollSpeed(throws: number): Omit<RollSpeed, 'step'> {
    return readRollSpeed(this.#module, this.#handle, throws);
  }
  rollFan(x: number, y: number, count: number): Float32Array<ArrayBuffer> {
    return readRollFan(this.#module, this.#handle, x, y, count);
  }
  cachedRun(text: string, keep: boolean, times: number): void {
    this.#module.check('trainer_cached_run', this.#handle, ...this.#module.input(text), keep ? 1 : 0, times);
  }
  groups(): Group[] {
    this.#module.check('trainer_groups', this.#handle, 1);
    const numbers = new Float64Array(this.#module.bytes().buffer);
    return Array.from({ length: numbers.length / 4 }, (_, length) => {
      const [sequences, right, tokens, tokensRight] = numbers.subarray(4 * length) as unknown as FiveNumbers;
      return { length, sequences, right, tokens, tokensRight };
    }).filter(({ sequences }) => sequences > 0);
  }
  measure(text: string): MeasureLike {
    const handle = this.#module.find('measure_create', this.#handle, ...this.#module.input(text));
    return new WasmMeasure(this.#module, handle);
  }
  units(text: string, layer: number): Omit<Units, 'step'> {
    return readUnits(this.#module, this.#handle, text, layer);
  }
  each(): Omit<Each, 'step'> {
    return readEach(this.#module, this.#handle);
  }
  example(index: number): string {
    this.#module.check('trainer_example', this.#handle, index);
    return this.#module.text();
  }
  free(): void {
    this.#module.raw('close', this.#handle);
  }
}
type FiveNumbers = [number, number, number, number, number];

class WasmWalk implements WalkLike {
  readonly schema: WalkSchema;
  #module: CoreModule;
  #handle: number;

  constructor(module: CoreModule, handle: number, text: string, own: boolean) {
    this.#module = module;
    this.#handle = handle;
    module.check('walk_schema', handle);
    const { pair, ...rest } = module.json<WalkSchema>();
    this.schema = pair ? { ...rest, text, pair: { ...pair, own } } : { ...rest, text };
  }
  to(position: number): void {
    this.#module.check('walk_to', this.#handle, position);
  }
  read(wanted: readonly Wanted[]): (Float32Array | Int32Array)[] {
    // All calls first: a view made before the last of them may be gone.
    const places = wanted.map(({ node, what }) => this.#place(node, what));
    return places.map((place) => place.copy ?? this.#module.view(place));
  }
  /** Where a node's cells lie. Of what is not there (yet): no cells. */
  #place(node: number, what: Wanted['what']) {
    const kind = typeof what === 'string' ? what : 'edge' in what ? 'edge' : 'line';
    const index = typeof what === 'string' ? 0 : 'edge' in what ? what.edge : what.line;
    const address = this.#module.raw('walk_values', this.#handle, node, KINDS[kind], index);
    const place = { address, count: address ? this.#module.number(0) : 0, index: this.#module.number(1) === 1 };
    // The lines of all parameters share one place.
    return { ...place, copy: kind === 'line' ? this.#module.view(place).slice() : null };
  }
  gradNorm(): number {
    this.#module.check('walk_state', this.#handle);
    return this.#module.number(0);
  }
  clipScale(): number {
    this.#module.check('walk_state', this.#handle);
    return this.#module.number(1);
  }
  explain(node: number, cell: number, direction: 'forward' | 'backward'): Explanation {
    if (!Number.isInteger(cell) || cell < 0) throw failure('argument', 'cell', `There is no cell ${cell}.`);
    this.#module.check('walk_explain', this.#handle, node, cell, direction === 'backward' ? 1 : 0);
    const numbers = new Float64Array(this.#module.bytes().buffer);
    const terms = direction === 'forward' ? readForward(numbers) : readBackward(numbers);
    return { node, cell, direction, value: numbers[0]!, terms };
  }
  hold(node: number, cell: number, value: number | null): void {
    if (value !== null && !(value >= 0 && value <= 1))
      throw failure('argument', 'value', `A weight is held at 0 to 1, not at ${value}.`);
    this.#module.check('walk_clamp', this.#handle, node, cell, value ?? 2);
  }
  counted(): Counted {
    this.#module.check('steps_counted', this.#handle);
    return this.#module.json();
  }
  way(from: number, to: number): number[] {
    this.#module.check('steps_way', this.#handle, from, to);
    return this.#module.json();
  }
  derivatives(): Derivatives {
    return readDerivatives(this.#module, this.#handle);
  }
  free(): void {
    this.#module.raw('close', this.#handle);
  }
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** node, input, count, 1 where there are partials; count cells, values, partials. */
function readForward(numbers: Float64Array): Explanation['terms'] {
  const terms: Explanation['terms'] = [];
  for (let i = 1; i < numbers.length; ) {
    const [node, input, count, hasPartials] = numbers.subarray(i, i + 4) as unknown as FiveNumbers;
    const row = (k: number) => [...numbers.subarray(i + 4 + k * count, i + 4 + (k + 1) * count)];
    const [cells, values, partials] = [row(0), row(1), hasPartials ? row(2) : []] as const;
    terms.push({ node, input, cells, values, partials, upstream: [], total: dot(partials, values) });
    i += 4 + count * (hasPartials ? 3 : 2);
  }
  return terms;
}

/** node, input; cell, value, partial, upstream of each cell; -1. */
function readBackward(numbers: Float64Array): Explanation['terms'] {
  const terms: Explanation['terms'] = [];
  for (let i = 1; i < numbers.length; i++) {
    const [node, input] = numbers.subarray(i, i + 2) as unknown as FiveNumbers;
    const rows: FourRows = [[], [], [], []];
    for (i += 2; numbers[i] !== -1; i += 4) for (let k = 0; k < 4; k++) rows[k]!.push(numbers[i + k]!);
    const [cells, values, partials, upstream] = rows;
    terms.push({ node, input, cells, values, partials, upstream, total: dot(partials, upstream) });
  }
  return terms;
}
type FourRows = [number[], number[], number[], number[]];

const pairsOf = (numbers: number[]) =>
  Array.from({ length: numbers.length / 2 }, (_, i) => numbers.slice(2 * i, 2 * i + 2) as [number, number]);

type SevenNumbers = [...FiveNumbers, number, number];

class WasmClaim implements ClaimLike {
  #module: CoreModule;
  #handle: number;

  constructor(module: CoreModule, handle: number) {
    this.#module = module;
    this.#handle = handle;
  }
  step(): ClaimReport {
    const module = this.#module;
    module.check('claim_step', this.#handle);
    const [done, holds, step, steps, fraction, row, loss] = [0, 1, 2, 3, 4, 5, 6].map((i) =>
      module.number(i),
    ) as SevenNumbers;
    const [now = '', task = '', sentence = '', asked = '', ...parts] = module.fields();
    const rows: ClaimReport['rows'] = [];
    for (let i = 0; i + 4 < parts.length; i += 5) {
      const [name = '', measured, along, of = '', numbers = ''] = parts.slice(i, i + 5);
      const row = { name, measured: Number(measured) };
      rows.push(along ? { ...row, along, of, series: pairsOf(numbers.split(',').map(Number)) } : row);
    }
    return { now, row, task, step, steps, loss, fraction, rows, done: done === 1, holds: holds === 1, sentence, asked };
  }
  free(): void {
    this.#module.raw('close', this.#handle);
  }
}
