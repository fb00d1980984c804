// Letters of units and wires, as draw/math.ts reads them.
import type { Source, Wire } from './anatomy.ts';
import type { Moment } from './moments.ts';

const two = (to: number, from: number | string) =>
  to > 9 || String(from).length > 1 ? `${to},${from}` : `${to}${from}`;
const indexOf = (from: Source, inputs: number) =>
  'bias' in from ? '0' : 'input' in from ? `x${inputs > 1 ? from.input + 1 : ''}` : String(from.unit);

export const sumOf = (unit: number) => `\\a{a}_{${unit}}`;
export const zOf = (unit: number) => `\\a{z}_{${unit}}`;
export const deltaOf = (unit: number) => `\\g{δ}_{${unit}}`;
export const answerOf = (unit: number) => `y_{${unit}}`;
export const targetOf = (unit: number) => `t_{${unit}}`;
export const slopeOf = (unit: number) => `h′(\\a{a}_{${unit}})`;
export const weightOf = ({ from, to }: Pick<Wire, 'from' | 'to'>, inputs: number) => {
  const name = indexOf(from, inputs);
  return `\\p{w}_{${name.startsWith('x') ? `${to},${name}` : two(to, name)}}`;
};
export const derivativeOf = (wire: Pick<Wire, 'from' | 'to'>, inputs: number) => `\\g{∂E}/∂${weightOf(wire, inputs)}`;
export const sourceOf = (from: Source) =>
  'bias' in from ? '1' : 'input' in from ? `x_{${from.input + 1}}` : zOf(from.unit);

/** The lines of the algorithm, by the moments that do them. */
export const LINES: { kinds: Moment['kind'][]; phase: 1 | 2 | 3 | 4; tex: string }[] = [
  { kinds: ['sum'], phase: 1, tex: '\\a{a}_{j} = Σ_{i} \\p{w}_{ji} \\a{z}_{i}' },
  { kinds: ['value', 'answer'], phase: 1, tex: '\\a{z}_{j} = h(\\a{a}_{j})' },
  { kinds: ['error', 'deltas'], phase: 2, tex: '\\g{δ}_{k} = y_{k} − t_{k}' },
  { kinds: ['delta'], phase: 3, tex: '\\g{δ}_{j} = h′(\\a{a}_{j}) Σ_{k} \\p{w}_{kj} \\g{δ}_{k}' },
  { kinds: ['derivative'], phase: 4, tex: '\\g{∂E}/∂\\p{w}_{ji} = \\g{δ}_{j} \\a{z}_{i}' },
];
