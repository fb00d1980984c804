// onnxruntime-web on WebAssembly, which runs what was trained elsewhere. Its graphs are plain operations; what goes in
// and comes out is copied at every run, as its users have it.

import { ATTENTION, fill, GPT, gptStart, offAttention, offProduct, sizeOf, T, V } from './data.ts';
import { Graph } from './onnx.ts';
import { type Open, stepped, writing } from './rival.ts';

interface Values {
  data: ArrayLike<number>;
}
interface Session {
  run(feeds: Record<string, Values>): Promise<Record<string, Values>>;
}
/** Of the library what is used here. */
export interface Ort {
  Tensor: new (type: string, data: Float32Array | BigInt64Array, shape: number[]) => Values;
  InferenceSession: { create(file: Uint8Array, options: object): Promise<Session> };
}

/** The right operand stands in the file, so that it can be packed ahead: its usual case. */
function product(n: number): Uint8Array {
  const graph = new Graph();
  graph.add('MatMul', ['a', graph.hold([n, n], fill(n * n, 2))], {}, 'y');
  return graph.file([{ name: 'a', shape: [n, n] }], { name: 'y', shape: [n, n] });
}

const unseen = (n: number) => Float32Array.from({ length: n * n }, (_, i) => (i % n > Math.floor(i / n) ? -1e9 : 0));

/** softmax(q k / root of the width + mask) v, of k with its last two axes already changed about. */
function attend(graph: Graph, [q, k, v, mask]: [string, string, string, string], width: number, output?: string) {
  const factor = graph.hold([], Float32Array.of(width ** -0.5));
  const scores = graph.add('Add', [graph.add('Mul', [graph.add('MatMul', [q, k]), factor]), mask]);
  return graph.add('MatMul', [graph.add('Softmax', [scores], { axis: -1 }), v], {}, output);
}

function attention(workload: string): Uint8Array {
  const { B, A, T, N } = ATTENTION[workload]!;
  const graph = new Graph();
  const k = graph.add('Transpose', ['k'], { perm: [0, 1, 3, 2] });
  attend(graph, ['q', k, 'v', graph.hold([T, T], unseen(T))], N, 'y');
  const shape = [B, A, T, N];
  return graph.file(
    ['q', 'k', 'v'].map((name) => ({ name, shape })),
    { name: 'y', shape },
  );
}

/** Tokens [t] to logits [t, V]. */
function transformer(): Uint8Array {
  const { D, F, heads } = GPT;
  const graph = new Graph();
  const start = gptStart();
  const affine = (x: string, W: Float32Array, out: number, into: number, output?: string) =>
    graph.add('Gemm', [x, graph.hold([out, into], W), graph.hold([out], new Float32Array(out))], { transB: 1 }, output);
  const norm = (x: string) => {
    const gamma = graph.hold([D], new Float32Array(D).fill(1));
    const beta = graph.hold([D], new Float32Array(D));
    return graph.add('LayerNormalization', [x, gamma, beta], { axis: -1, epsilon: 1e-5 });
  };
  const length = graph.add('Shape', ['tokens']);
  const from = graph.ints(0);
  const places = graph.add('Slice', [graph.hold([T, D], start.P), from, length]);
  const both = graph.add('Concat', [length, length], { axis: 0 });
  const mask = graph.add('Slice', [graph.hold([T, T], unseen(T)), graph.ints(0, 0), both]);
  let h = graph.add('Add', [graph.add('Gather', [graph.hold([V, D], start.E), 'tokens']), places]);
  for (const block of start.blocks) {
    const qkv = affine(norm(h), block.QKV, 3 * D, D);
    const apart = graph.add('Reshape', [qkv, graph.ints(-1, 3, heads, D / heads)]);
    const one = (i: number, order: number[]) => {
      const part = graph.add('Gather', [apart, graph.hold([], BigInt64Array.of(BigInt(i)))], { axis: 1 });
      return graph.add('Transpose', [part], { perm: order });
    };
    const o = attend(graph, [one(0, [1, 0, 2]), one(1, [1, 2, 0]), one(2, [1, 0, 2]), mask], D / heads);
    const together = graph.add('Reshape', [graph.add('Transpose', [o], { perm: [1, 0, 2] }), graph.ints(-1, D)]);
    h = graph.add('Add', [h, affine(together, block.W_o, D, D)]);
    h = graph.add('Add', [h, affine(graph.add('Relu', [affine(norm(h), block.W_1, F, D)]), block.W_2, D, F)]);
  }
  affine(norm(h), start.U, V, D, 'logits');
  return graph.file([{ name: 'tokens', type: 'int64', shape: ['t'] }], { name: 'logits', shape: ['t', V] });
}

export function openOrt({ Tensor, InferenceSession }: Ort): Open {
  const session = (file: Uint8Array) => InferenceSession.create(file, { executionProviders: ['wasm'] });
  const floats = (shape: number[], seed: number) =>
    new Tensor(
      'float32',
      fill(
        shape.reduce((a, b) => a * b),
        seed,
      ),
      shape,
    );
  async function forwards(file: Uint8Array, feeds: Record<string, Values>, off: (y: ArrayLike<number>) => number) {
    const opened = await session(file);
    return stepped(
      () => opened.run(feeds),
      async () => ({ off: off((await opened.run(feeds)).y!.data) }),
    );
  }
  async function writer() {
    const opened = await session(transformer());
    return writing(async (seen) => {
      const tokens = new Tensor('int64', BigInt64Array.from(seen, BigInt), [seen.length]);
      const { logits } = await opened.run({ tokens });
      return (logits!.data as Float32Array).subarray((seen.length - 1) * V);
    });
  }
  return async (workload) => {
    const n = sizeOf(workload, 'matmul');
    if (n !== null) return forwards(product(n), { a: floats([n, n], 1) }, (c) => offProduct(n, c));
    const sizes = ATTENTION[workload];
    if (sizes) {
      const shape = [sizes.B, sizes.A, sizes.T, sizes.N];
      const feeds = { q: floats(shape, 1), k: floats(shape, 2), v: floats(shape, 3) };
      return forwards(attention(workload), feeds, (y) => offAttention(workload, y));
    }
    return workload === 'gpt_gen' ? writer() : null;
  };
}
