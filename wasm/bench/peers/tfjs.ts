// TensorFlow.js on its WebAssembly backend: plain operations, which are faster there than its layers. Embeddings are
// products with rows of one 1, since the backend lacks what the gradient of `gather` needs.

import {
  ADAM,
  ATTENTION,
  B,
  fill,
  GPT,
  gptStart,
  offAttention,
  offProduct,
  RECURRENT,
  sequences,
  sizeOf,
  T,
  transposed,
  V,
} from './data.ts';
import { type Open, type Opened, stepped, writing } from './rival.ts';

/** Of the library what is used here. */
export interface Tensor {
  add(other: Tensor | number): Tensor;
  sub(other: Tensor | number): Tensor;
  mul(other: Tensor | number): Tensor;
  tanh(): Tensor;
  sigmoid(): Tensor;
  rsqrt(): Tensor;
  softmax(): Tensor;
  toFloat(): Tensor;
  reshape(shape: number[]): Tensor;
  transpose(order?: number[]): Tensor;
  slice(from: number[], size?: number[]): Tensor;
  matMul(other: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor;
  dataSync(): Float32Array;
  dispose(): void;
}
export interface Tf {
  tensor(data: Float32Array | Int32Array | number[], shape: number[], type?: string): Tensor;
  variable(tensor: Tensor): Tensor;
  randomNormal(shape: number[], mean: number, deviation: number, type: string, seed: number): Tensor;
  zeros(shape: number[]): Tensor;
  ones(shape: number[]): Tensor;
  oneHot(indices: Tensor, depth: number): Tensor;
  concat(parts: Tensor[], axis: number): Tensor;
  split(tensor: Tensor, parts: number, axis: number): Tensor[];
  unstack(tensor: Tensor): Tensor[];
  moments(tensor: Tensor, axis: number, keep: boolean): { mean: Tensor; variance: Tensor };
  tidy<R>(work: () => R): R;
  fused: { matMul(of: { a: Tensor; b: Tensor; bias: Tensor; activation?: string }): Tensor };
  losses: { softmaxCrossEntropy(labels: Tensor, logits: Tensor): Tensor };
  train: {
    adam(rate: number, beta1: number, beta2: number, epsilon: number): Optimizer;
  };
}
interface Optimizer {
  minimize(loss: () => Tensor, cost: true, variables: Tensor[]): Tensor;
}
interface Affine {
  W: Tensor;
  b: Tensor;
}

export function openTfjs(tf: Tf): Open {
  const dense = (a: Tensor, { W, b }: Affine, activation = 'linear') =>
    tf.fused.matMul({ a, b: W, bias: b, activation });
  const affine = (W: Tensor, out: number): Affine => ({ W, b: tf.variable(tf.zeros([out])) });

  /** One tensor a step, of which the last is asked what is in it. */
  function forwards(make: () => Tensor, off: (values: Float32Array) => number): Opened {
    const step = () => make().dispose();
    return stepped(step, () => {
      const made = make();
      const values = made.dataSync();
      made.dispose();
      return { off: off(values) };
    });
  }
  function training(loss: () => Tensor, variables: Tensor[]): Opened {
    const adam = tf.train.adam(ADAM.rate, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
    let first: number | undefined;
    let last = 0;
    const step = () => {
      const cost = adam.minimize(loss, true, variables);
      last = cost.dataSync()[0]!;
      first ??= last;
      cost.dispose();
    };
    return stepped(step, () => ({ loss_first: first, loss_last: last }));
  }
  const entropy = (logits: Tensor, y: Tensor) => tf.losses.softmaxCrossEntropy(tf.oneHot(y, V), logits);

  /** Step by step; what does not hang on the state is one product for all steps. */
  function recurrent(gated: boolean): Opened {
    const { E, H } = RECURRENT;
    const width = gated ? 4 * H : H;
    let seed = 1;
    const matrix = (rows: number, columns: number, deviation: number) =>
      tf.variable(tf.randomNormal([rows, columns], 0, deviation, 'float32', seed++));
    const table = matrix(V, E, 1);
    const input = affine(matrix(E, width, E ** -0.5), width);
    const W_h = matrix(H, width, H ** -0.5);
    const output = affine(matrix(H, V, H ** -0.5), V);
    // [T, B]: a step's tokens side by side.
    const byStep = (rows: number[][]) =>
      tf.tensor(
        Int32Array.from({ length: T * B }, (_, i) => rows[i % B]![Math.floor(i / B)]!),
        [T * B],
        'int32',
      );
    const { x, y } = sequences();
    const [xs, ys] = [byStep(x), byStep(y)];
    const loss = () => {
      const e = tf.oneHot(xs, V).toFloat().matMul(table);
      let h = tf.zeros([B, H]);
      let c = h;
      const states = tf.unstack(dense(e, input).reshape([T, B, width])).map((from) => {
        const z = from.add(h.matMul(W_h));
        if (!gated) {
          h = z.tanh();
          return h;
        }
        const [i, f, g, o] = tf.split(z, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
        c = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()));
        h = o.sigmoid().mul(c.tanh());
        return h;
      });
      return entropy(dense(tf.concat(states, 0), output), ys);
    };
    return training(loss, [table, input.W, input.b, W_h, output.W, output.b]);
  }

  const masks = new Map<number, Tensor>();
  /** 0 where a step may look, and so little elsewhere that no weight is left. */
  function mask(n: number): Tensor {
    const made =
      masks.get(n) ??
      tf.tensor(
        Float32Array.from({ length: n * n }, (_, i) => (i % n > i / n ? -1e9 : 0)),
        [n, n],
      );
    masks.set(n, made);
    return made;
  }
  const attend = (q: Tensor, k: Tensor, v: Tensor, unseen: Tensor, width: number) =>
    q
      .matMul(k, false, true)
      .mul(width ** -0.5)
      .add(unseen)
      .softmax()
      .matMul(v);

  function attention(workload: string): Opened {
    const { B, A, T, N } = ATTENTION[workload]!;
    const [q, k, v] = [1, 2, 3].map((seed) => tf.tensor(fill(B * A * T * N, seed), [B, A, T, N])) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    const unseen = mask(T);
    return forwards(
      () => tf.tidy(() => attend(q, k, v, unseen, N)),
      (y) => offAttention(workload, y),
    );
  }

  function transformer() {
    const { D, F, heads } = GPT;
    const start = gptStart();
    const matrix = (values: Float32Array, out: number, into: number) =>
      affine(tf.variable(tf.tensor(transposed(values, out, into), [into, out])), out);
    const norm = () => ({ gamma: tf.variable(tf.ones([D])), beta: tf.variable(tf.zeros([D])) });
    const E = tf.variable(tf.tensor(start.E, [V, D]));
    const P = tf.variable(tf.tensor(start.P, [T, D]));
    const blocks = start.blocks.map((block) => ({
      norm_1: norm(),
      QKV: matrix(block.QKV, 3 * D, D),
      W_o: matrix(block.W_o, D, D),
      norm_2: norm(),
      W_1: matrix(block.W_1, F, D),
      W_2: matrix(block.W_2, D, F),
    }));
    const last = norm();
    const U = matrix(start.U, V, D);
    const normal = (x: Tensor, { gamma, beta }: ReturnType<typeof norm>) => {
      const { mean, variance } = tf.moments(x, -1, true);
      return x.sub(mean).mul(variance.add(1e-5).rsqrt()).mul(gamma).add(beta);
    };
    const variables = [E, P, ...[last, U, ...blocks.flatMap((b) => Object.values(b))].flatMap((p) => Object.values(p))];
    /** Tokens [batch n] to logits [batch n, V]. */
    const forward = (tokens: Tensor, batch: number, n: number) => {
      const unseen = mask(n);
      const places = n === T ? P : P.slice([0, 0], [n, D]);
      const apartHeads = (x: Tensor) => x.reshape([batch, n, heads, D / heads]).transpose([0, 2, 1, 3]);
      let h = tf
        .oneHot(tokens, V)
        .toFloat()
        .matMul(E)
        .reshape([batch, n, D])
        .add(places)
        .reshape([batch * n, D]);
      for (const block of blocks) {
        const [q, k, v] = tf.split(dense(normal(h, block.norm_1), block.QKV), 3, 1).map(apartHeads) as [
          Tensor,
          Tensor,
          Tensor,
        ];
        const seen = attend(q, k, v, unseen, D / heads)
          .transpose([0, 2, 1, 3])
          .reshape([batch * n, D]);
        h = h.add(dense(seen, block.W_o));
        h = h.add(dense(dense(normal(h, block.norm_2), block.W_1, 'relu'), block.W_2));
      }
      return dense(normal(h, last), U);
    };
    return { forward, variables };
  }
  function learning(): Opened {
    const { forward, variables } = transformer();
    const { x, y } = sequences();
    const [xs, ys] = [x, y].map((rows) => tf.tensor(Int32Array.from(rows.flat()), [B * T], 'int32')) as [
      Tensor,
      Tensor,
    ];
    mask(T); // made outside of what is tidied up
    return training(() => entropy(forward(xs, B, T), ys), variables);
  }
  function writer(): Opened {
    const { forward } = transformer();
    for (let n = 1; n <= T; n++) mask(n);
    return writing((seen) =>
      tf.tidy(() => {
        const tokens = tf.tensor(Int32Array.from(seen), [seen.length], 'int32');
        return forward(tokens, 1, seen.length)
          .slice([seen.length - 1, 0], [1, V])
          .dataSync();
      }),
    );
  }

  return async (workload) => {
    const n = sizeOf(workload, 'matmul');
    if (n !== null) {
      const [a, b] = [1, 2].map((seed) => tf.tensor(fill(n * n, seed), [n, n])) as [Tensor, Tensor];
      return forwards(
        () => a.matMul(b),
        (c) => offProduct(n, c),
      );
    }
    if (workload in ATTENTION) return attention(workload);
    if (workload === 'rnn_train' || workload === 'lstm_train') return recurrent(workload === 'lstm_train');
    if (workload === 'gpt_train') return learning();
    return workload === 'gpt_gen' ? writer() : null;
  };
}
