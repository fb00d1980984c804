// What each draw of a sequence was made of, and what is kept of each token, over the exports of core.wasm.

import type { CoreModule } from './module.ts';
import type { Cached, Drawn, Sampling } from './protocol.ts';

/** Arrays out of one result, one after the other. */
export function reader(buffer: ArrayBuffer) {
  let at = 0;
  const next = (bytes: number) => {
    at += bytes;
    return buffer.slice(at - bytes, at);
  };
  return {
    doubles: (count: number) => new Float64Array(next(8 * count)),
    floats: (count: number) => new Float32Array(next(4 * count)),
    ints: (count: number) => new Int32Array(next(4 * count)),
  };
}

export function readDrawn(
  module: CoreModule,
  run: number,
  { temperature, topK, topP }: Sampling,
  index: number,
  keep: boolean,
  prefix: string,
): Omit<Drawn, 'step'> {
  const text = module.input(prefix);
  module.check('trainer_drawn', run, temperature, topK, topP, index, keep ? 1 : 0, ...text);
  const [steps, read] = [module.number(0), module.number(1)];
  const { buffer } = module.bytes();
  const { floats, ints } = reader(buffer);
  const cells = steps > 0 ? (buffer.byteLength / 4 - 2 * steps) / 6 : 0;
  return {
    read,
    tokens: [...ints(steps)],
    u: [...floats(steps)],
    logits: floats(cells),
    divided: floats(cells),
    given: floats(cells),
    warmed: floats(cells),
    left: floats(cells),
    order: ints(cells),
  };
}

export function readCached(module: CoreModule, run: number, text: string): Omit<Cached, 'step'> {
  module.check('trainer_cached', run, ...module.input(text));
  const [steps, blocks, width, size] = [0, 1, 2, 3].map((i) => module.number(i)) as [number, number, number, number];
  const { doubles, floats, ints } = reader(module.bytes().buffer);
  const [kept, anew] = [doubles(steps), doubles(steps)];
  return {
    ...{ blocks, width, work: { kept: [...kept], anew: [...anew] }, tokens: [...ints(steps)] },
    keys: floats(blocks * steps * width),
    values: floats(blocks * steps * width),
    kept: floats(steps * size),
    anew: floats(steps * size),
    apart: [...floats(steps)],
  };
}
