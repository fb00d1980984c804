// The tree of a search with what was looked at, over the exports of core.wasm.

import { reader } from './drawn.ts';
import type { CoreModule } from './module.ts';
import type { Beam } from './protocol.ts';

const FATES = ['cut', 'kept', 'ended', 'left'] as const;
const NODE = 8; // doubles

export function readBeam(module: CoreModule, run: number, source: string, width: number, normalisation: number): Beam {
  module.check('trainer_beam', run, ...module.input(source), width, normalisation);
  const [count, best, blocks, heads, words, looks] = [0, 1, 2, 3, 4, 5].map((i) => module.number(i)) as [
    ...[number, number, number],
    ...[number, number, number],
  ];
  const { doubles, floats, ints } = reader(module.bytes().buffer);
  const cells = doubles(NODE * count);
  const nodes = Array.from({ length: count }, (_, i) => {
    const [parent, token, step, logProbability, total, score, fate, look] = cells.subarray(NODE * i) as unknown as [
      ...[number, number, number, number],
      ...[number, number, number, number],
    ];
    return { parent, token, step, logProbability, total, score, fate: FATES[fate] ?? 'cut', look };
  });
  return { best, nodes, source: [...ints(words)], blocks, heads, looks: floats(looks * blocks * heads * words) };
}
