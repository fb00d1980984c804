// What the core says of derivatives, read out of its memory.

import type { CoreModule } from './module.ts';
import type { Derivatives, Each } from './protocol.ts';

export function readDerivatives(module: CoreModule, walk: number): Derivatives {
  module.check('walk_derivatives', walk);
  const numbers = new Float64Array(module.bytes().buffer);
  const size = numbers.length / 2;
  const [checked, parameter, cell, gap] = [0, 1, 2, 3].map((i) => module.number(i)) as [number, number, number, number];
  return {
    backward: numbers.slice(0, size),
    differences: numbers.slice(size),
    checked,
    worst: { parameter, cell, gap },
  };
}

export function readEach(module: CoreModule, run: number): Omit<Each, 'step'> {
  module.check('trainer_each', run);
  const numbers = new Float64Array(module.bytes().buffer);
  const [points, features, outputs, weights] = [0, 1, 2, 3].map((i) => module.number(i)) as [
    number,
    number,
    number,
    number,
  ];
  let at = 0;
  const rows = (width: number) =>
    Array.from({ length: points }, () => {
      at += width;
      return [...numbers.subarray(at - width, at)];
    });
  const [x, t, y] = [rows(features), rows(outputs), rows(outputs)];
  const errors = rows(1).flat();
  return { points, weights, x, t, y, errors, derivatives: numbers.slice(at), variance: module.number(4) };
}
