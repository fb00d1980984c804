// How far a loss reaches back, computed once more and in double: a recurrent net and an LSTM written out step by step,
// with the weights that the core starts from.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAM } from './trace.ts';

interface Tensor {
  shape: number[];
  data: Float32Array;
}
type Weights = Record<string, Tensor>;

function read(bytes: Buffer): Weights {
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString()) as Record<
    string,
    { shape: number[]; data_offsets: [number, number] }
  >;
  const found: Weights = {};
  for (const [name, { shape, data_offsets: at }] of Object.entries(header)) {
    if (name.startsWith('__')) continue;
    const part = Uint8Array.from(bytes.subarray(8 + length + at[0], 8 + length + at[1]));
    found[name] = { shape, data: new Float32Array(part.buffer) };
  }
  return found;
}

/** The weights at update 0: those after an update that goes nowhere. */
export function startOf(settings: Record<string, string>): Weights {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-'));
  const file = join(folder, 'start.safetensors');
  const { model = '', task = '', seed = '', ...rest } = settings;
  const given = { ...rest, learning_rate: '0', optimizer: 'sgd' };
  const sets = Object.entries(given).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  try {
    execFileSync(PROGRAM, [
      'train',
      '--model',
      model,
      '--task',
      task,
      '--seed',
      seed,
      '--steps',
      '1',
      ...sets,
      '--out',
      file,
    ]);
    return read(readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const times = ({ shape, data }: Tensor, x: number[]): number[] =>
  Array.from({ length: shape[0] as number }, (_, i) =>
    x.reduce((sum, value, j) => sum + (data[i * x.length + j] as number) * value, 0),
  );
const back = ({ shape, data }: Tensor, g: number[]): number[] =>
  Array.from({ length: shape[1] as number }, (_, j) =>
    g.reduce((sum, value, i) => sum + (data[i * (shape[1] as number) + j] as number) * value, 0),
  );
const plus = (...all: ArrayLike<number>[]): number[] =>
  Array.from(all[0] as ArrayLike<number>, (_, i) => all.reduce((sum, one) => sum + (one[i] as number), 0));
const norm = (a: number[]) => Math.sqrt(a.reduce((sum, value) => sum + value * value, 0));
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const START = 0;
const END = 1;
/** Letters a to z follow the two marks. */
const tokensOf = (text: string) => [START, ...[...text].map((letter) => letter.charCodeAt(0) - 97 + 2)];

/** dJ^(T)/dh^(T), T the last step, whose right answer is the end. */
function own(weights: Weights, h: number[]): number[] {
  const { U, b_2 } = weights as { U: Tensor; b_2: Tensor };
  const z = plus(times(U, h), b_2.data);
  const most = Math.max(...z);
  const e = z.map((value) => Math.exp(value - most));
  const sum = e.reduce((a, b) => a + b, 0);
  return back(
    U,
    e.map((value, i) => value / sum - (i === END ? 1 : 0)),
  );
}
const letter = ({ shape, data }: Tensor, token: number): number[] =>
  Array.from(data.subarray(token * (shape[1] as number), (token + 1) * (shape[1] as number)));

/** |dJ^(T)/dh^(i)| by distance T − i. */
export function throughRnn(weights: Weights, text: string): number[] {
  const { E, W_h, W_e, b_1 } = weights as Record<'E' | 'W_h' | 'W_e' | 'b_1', Tensor>;
  const states: number[][] = [];
  let h: number[] = new Array(W_h.shape[0]).fill(0);
  for (const token of tokensOf(text)) {
    h = plus(times(W_h, h), times(W_e, letter(E, token)), b_1.data).map(Math.tanh);
    states.push(h);
  }
  let g = own(weights, h);
  const sizes = [norm(g)];
  for (let t = states.length - 1; t > 0; t--) {
    const state = states[t] as number[];
    g = back(
      W_h,
      g.map((value, i) => value * (1 - (state[i] as number) ** 2)),
    );
    sizes.push(norm(g));
  }
  return sizes;
}

/** |dJ^(T)/dh^(i)| and |dJ^(T)/dc^(i)| of an LSTM, gates in the order i, f, g, o. */
export function throughLstm(weights: Weights, text: string): { h: number[]; c: number[] } {
  const { E, W_h, W_e, b_1 } = weights as Record<'E' | 'W_h' | 'W_e' | 'b_1', Tensor>;
  const H = W_h.shape[1] as number;
  const steps: { i: number[]; f: number[]; g: number[]; o: number[]; c: number[]; before: number[] }[] = [];
  let h: number[] = new Array(H).fill(0);
  let c: number[] = new Array(H).fill(0);
  for (const token of tokensOf(text)) {
    const z = plus(times(W_h, h), times(W_e, letter(E, token)), b_1.data);
    const part = (k: number, of: (x: number) => number) => z.slice(k * H, (k + 1) * H).map(of);
    const [i, f, g, o] = [part(0, sigmoid), part(1, sigmoid), part(2, Math.tanh), part(3, sigmoid)];
    const before = c;
    c = before.map((value, n) => value * (f[n] as number) + (i[n] as number) * (g[n] as number));
    h = c.map((value, n) => (o[n] as number) * Math.tanh(value));
    steps.push({ i, f, g, o, c, before });
  }
  let dh = own(weights, h);
  let fromLater: number[] = new Array(H).fill(0);
  const sizes = { h: [] as number[], c: [] as number[] };
  for (const { i, f, g, o, c: now, before } of steps.reverse()) {
    const dc = now.map(
      (value, n) => (fromLater[n] as number) + (dh[n] as number) * (o[n] as number) * (1 - Math.tanh(value) ** 2),
    );
    sizes.h.push(norm(dh));
    sizes.c.push(norm(dc));
    const dz = [
      ...dc.map((value, n) => value * (g[n] as number) * (i[n] as number) * (1 - (i[n] as number))),
      ...dc.map((value, n) => value * (before[n] as number) * (f[n] as number) * (1 - (f[n] as number))),
      ...dc.map((value, n) => value * (i[n] as number) * (1 - (g[n] as number) ** 2)),
      ...dh.map((value, n) => value * Math.tanh(now[n] as number) * (o[n] as number) * (1 - (o[n] as number))),
    ];
    dh = back(W_h, dz);
    fromLater = dc.map((value, n) => value * (f[n] as number));
  }
  return sizes;
}
