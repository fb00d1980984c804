// The workloads' sizes and numbers, as src/cli/bench*.c has them, and their answers worked out plainly in double.

export const V = 64; // tokens
export const T = 64; // steps, and most that the Transformer sees at once
export const B = 16; // sequences an update
export const RECURRENT = { E: 32, H: 128 };
export const GPT = { D: 64, heads: 4, blocks: 2, F: 256 };
export const WRITTEN = 200;
export const ADAM = { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
export const ATTENTION: Record<string, { B: number; A: number; T: number; N: number }> = {
  attn_fwd_T64: { B: 8, A: 4, T: 64, N: 16 },
  attn_fwd_T256: { B: 1, A: 4, T: 256, N: 32 },
};
/** The n of matmul_n, qr_n, ...; null where it is another workload. */
export const sizeOf = (workload: string, kind: string): number | null =>
  workload.startsWith(`${kind}_`) ? Number(workload.slice(kind.length + 1)) : null;

function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}
/** Numbers in [-1, 1). */
export function fill(n: number, seed: number): Float32Array {
  const next = stream(seed);
  return Float32Array.from({ length: n }, () => next() / 2 ** 23 - 1);
}
/** Sequences [B][T] and what comes after each of their tokens. */
export function sequences(): { x: number[][]; y: number[][] } {
  const next = stream(7);
  const x: number[][] = [];
  const y: number[][] = [];
  for (let b = 0; b < B; b++) {
    const all = Array.from({ length: T + 1 }, () => next() % V);
    x.push(all.slice(0, T));
    y.push(all.slice(1));
  }
  return { x, y };
}
/** A symmetric matrix in double, row by row. */
export function symmetric(n: number): number[][] {
  const next = stream(1);
  const rows = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) rows[i]![j] = rows[j]![i] = next() / 2 ** 23 - 1;
  return rows;
}

/** What the Transformer starts from: matrices [out, in]; biases are 0, a norm's factors 1. */
export interface Start {
  E: Float32Array;
  P: Float32Array;
  blocks: { QKV: Float32Array; W_o: Float32Array; W_1: Float32Array; W_2: Float32Array }[];
  U: Float32Array;
}
export function gptStart(): Start {
  const { D, F, blocks } = GPT;
  let number = 0;
  const matrix = (n: number) => fill(n, 100 + number++).map((cell) => cell / 8);
  const E = matrix(V * D);
  const P = matrix(T * D);
  const all = Array.from({ length: blocks }, () => {
    const QKV = new Float32Array(3 * D * D);
    for (let i = 0; i < 3; i++) QKV.set(matrix(D * D), i * D * D);
    return { QKV, W_o: matrix(D * D), W_1: matrix(F * D), W_2: matrix(D * F) };
  });
  return { E, P, blocks: all, U: matrix(V * D) };
}
export function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(matrix.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = matrix[i * columns + j]!;
  return out;
}

/** 200 tokens, always the likeliest, each from the last 64 at most; what says which they were. */
export async function write(next: (seen: number[]) => ArrayLike<number> | Promise<ArrayLike<number>>): Promise<number> {
  const seen = [1];
  let answer = 0;
  for (let i = 1; i <= WRITTEN; i++) {
    const logits = await next(seen.slice(-T));
    let best = 0;
    for (let v = 1; v < V; v++) if (logits[v]! > logits[best]!) best = v;
    seen.push(best);
    answer += i * best;
  }
  return answer;
}

/** The largest difference as a share of the largest number. */
export function apart(got: (at: number) => number, wanted: ArrayLike<number>): number {
  let off = 0;
  let size = 0;
  for (let i = 0; i < wanted.length; i++) {
    off = Math.max(off, Math.abs(got(i) - wanted[i]!));
    size = Math.max(size, Math.abs(wanted[i]!));
  }
  return off / size;
}

/** Of the product of two matrices n by n: a cell in every row, another column each time. */
export function offProduct(n: number, C: ArrayLike<number>): number {
  const A = fill(n * n, 1);
  const B = fill(n * n, 2);
  const column = (i: number) => (7 * i) % n;
  const wanted = Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += A[i * n + k]! * B[k * n + column(i)]!;
    return sum;
  });
  return apart((i) => C[i * n + column(i)]!, wanted);
}

/** Of every query, its first cell of the answer [B, A, T, N]. */
export function offAttention(workload: string, y: ArrayLike<number>): number {
  const { B, A, T, N } = ATTENTION[workload]!;
  const [q, k, v] = [1, 2, 3].map((seed) => fill(B * A * T * N, seed)) as [Float32Array, Float32Array, Float32Array];
  const wanted = Array.from({ length: B * A * T }, (_, row) => {
    const first = row - (row % T);
    let sum = 0;
    let all = 0;
    for (let s = first; s <= row; s++) {
      let score = 0;
      for (let i = 0; i < N; i++) score += q[row * N + i]! * k[s * N + i]!;
      const weight = Math.exp(score / Math.sqrt(N));
      sum += weight;
      all += weight * v[s * N]!;
    }
    return all / sum;
  });
  return apart((row) => y[row * N]!, wanted);
}
