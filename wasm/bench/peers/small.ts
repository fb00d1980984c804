// Small things: products by jax-js, matrices in double by ml-matrix, and a net of a few units by ConvNetJS.

import { apart, fill, offProduct, sizeOf, symmetric } from './data.ts';
import { type Open, stepped } from './rival.ts';

interface Matrix {
  mmul(other: Matrix): Matrix;
  transpose(): Matrix;
  to1DArray(): number[];
}
/** Of the libraries what is used here. */
export interface MlMatrix {
  Matrix: new (rows: number[][]) => Matrix;
  QrDecomposition: new (A: Matrix) => { orthogonalMatrix: Matrix; upperTriangularMatrix: Matrix };
  EigenvalueDecomposition: new (A: Matrix, options: object) => { diagonalMatrix: Matrix; eigenvectorMatrix: Matrix };
  SingularValueDecomposition: new (
    A: Matrix,
  ) => { leftSingularVectors: Matrix; diagonalMatrix: Matrix; rightSingularVectors: Matrix };
}

export function openMatrices(ml: MlMatrix): Open {
  /** Made, and put together again. */
  const kinds: Record<string, (A: Matrix) => { again(): Matrix }> = {
    qr(A) {
      const made = new ml.QrDecomposition(A);
      return { again: () => made.orthogonalMatrix.mmul(made.upperTriangularMatrix) };
    },
    eigen(A) {
      const made = new ml.EigenvalueDecomposition(A, { assumeSymmetric: true });
      const vectors = () => made.eigenvectorMatrix;
      return { again: () => vectors().mmul(made.diagonalMatrix).mmul(vectors().transpose()) };
    },
    svd(A) {
      const made = new ml.SingularValueDecomposition(A);
      return {
        again: () => made.leftSingularVectors.mmul(made.diagonalMatrix).mmul(made.rightSingularVectors.transpose()),
      };
    },
  };
  return async (workload) => {
    for (const [kind, make] of Object.entries(kinds)) {
      const n = sizeOf(workload, kind);
      if (n === null) continue;
      const rows = symmetric(n);
      const A = new ml.Matrix(rows);
      return stepped(
        () => make(A),
        () => {
          const again = make(A).again().to1DArray();
          return { off: apart((i) => again[i]!, rows.flat()) };
        },
      );
    }
    return null;
  };
}

interface Volume {
  w: ArrayLike<number>;
}
interface Net {
  makeLayers(layers: object[]): void;
  forward(volume: Volume): Volume;
}
export interface ConvNet {
  Net: new () => Net;
  Vol: new (values: number[]) => Volume;
  Trainer: new (net: Net, options: object) => { train(volume: Volume, target: number[]): unknown };
}

/** 2-8-8-1, tanh, 10 points an update, momentum; whether two numbers have the same sign. */
export function openUpdates({ Net, Vol, Trainer }: ConvNet): Open {
  return async (workload) => {
    if (workload !== 'mlp_train') return null;
    const net = new Net();
    net.makeLayers([
      { type: 'input', out_sx: 1, out_sy: 1, out_depth: 2 },
      { type: 'fc', num_neurons: 8, activation: 'tanh' },
      { type: 'fc', num_neurons: 8, activation: 'tanh' },
      { type: 'regression', num_neurons: 1 },
    ]);
    const options = { method: 'sgd', learning_rate: 0.01, momentum: 0.9, batch_size: 10, l1_decay: 0, l2_decay: 0 };
    const trainer = new Trainer(net, options);
    const numbers = fill(400, 1);
    const points = Array.from({ length: 200 }, (_, i) => {
      const [a, b] = [numbers[2 * i]!, numbers[2 * i + 1]!];
      return { volume: new Vol([a, b]), target: [a * b > 0 ? 1 : 0] };
    });
    const loss = () =>
      points.reduce((sum, { volume, target }) => sum + (net.forward(volume).w[0]! - target[0]!) ** 2, 0) /
      points.length;
    const loss_first = loss();
    let at = 0;
    const step = () => {
      for (let i = 0; i < 10; i++, at++) {
        const { volume, target } = points[at % points.length]!;
        trainer.train(volume, target);
      }
    };
    return stepped(step, () => ({ loss_first, loss_last: loss() }));
  };
}

interface Lazy {
  /** Another hold on it: whatever takes an array lets it go. */
  ref: Lazy;
  reshape(shape: number[]): Lazy;
  dataSync(): Float32Array;
}
type Product = (a: Lazy, b: Lazy) => Lazy;
export interface Jax {
  numpy: { array(values: Float32Array): Lazy; matmul: Product };
  jit(product: Product): Product;
}

/** What it has for WebAssembly is meant to be small. */
export function openProducts({ numpy, jit }: Jax): Open {
  return async (workload) => {
    const n = sizeOf(workload, 'matmul');
    if (n === null || n > 64) return null;
    const [a, b] = [1, 2].map((seed) => numpy.array(fill(n * n, seed)).reshape([n, n])) as [Lazy, Lazy];
    const product = jit(numpy.matmul);
    let made = new Float32Array();
    const step = () => {
      made = product(a.ref, b.ref).dataSync() as Float32Array<ArrayBuffer>;
    };
    return stepped(step, () => ({ off: offProduct(n, made) }));
  };
}
