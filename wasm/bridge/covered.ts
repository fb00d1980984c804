// Which patch of a picture each word hangs on, over the exports of core.wasm.

import type { CoreModule } from './module.ts';
import type { CoverCounts, Covered, CoverKind } from './protocol.ts';

export function readCovered(module: CoreModule, run: number, text: string, target: string): Omit<Covered, 'step'> {
  module.check('trainer_covered', run, ...module.input(text, target));
  const [patches, numbers, steps] = [module.number(0), module.number(1), module.number(2)];
  const { buffer } = module.bytes();
  let at = 0;
  const take = (cells: number) => {
    const from = 4 * at;
    at += cells;
    return buffer.slice(from, 4 * at);
  };
  return {
    patches,
    picture: new Float32Array(take(patches * numbers)),
    looks: new Float32Array(take(steps * patches)),
    falls: new Float32Array(take(steps * patches)),
    logP: new Float32Array(take(steps)),
    words: [...new Int32Array(take(steps))],
    right: [...new Int32Array(take(steps))],
    places: [...new Int32Array(take(steps))],
  };
}

export function readCoverCounts(module: CoreModule, run: number, pictures: number): Omit<CoverCounts, 'step'> {
  module.check('trainer_cover_counts', run, pictures);
  const all = new Float64Array(module.bytes().buffer);
  const kind = (i: number): CoverKind => {
    const [words, looked, missed, look, fall] = all.subarray(5 * i) as unknown as [
      number,
      number,
      number,
      number,
      number,
    ];
    return { words, looked, missed, look, fall };
  };
  return { pictures, colour: kind(0), shape: kind(1), other: kind(2) };
}
