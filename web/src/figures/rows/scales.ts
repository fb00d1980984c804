// What a node is drawn on: what a function has squeezed, and what is made of that, from −1 to 1; gates from 0 to 1; and
// all the rest.

import { t } from '../../i18n/index.ts';
import type { NodeSchema } from '../../session/types.ts';
import type { Scale } from '../../stage/scales.ts';
import type { Rows } from './anatomy.ts';
import { functionOf } from './symbols.ts';

export const scales = (): Scale[] => [
  { key: 'state', reach: 'unit', tex: '\\a{h}, \\hat{y}' },
  { key: 'gate', reach: 'part', tex: 'σ' },
  { key: 'rest', reach: 'free', words: t('figure.legend.rest') },
];

const SQUEEZED = ['tanh', 'softmax', 'masked_softmax'];

export function scale(a: Rows, node: NodeSchema): string {
  const f = functionOf(node);
  if (f === 'sigmoid' || f === 'one_minus') return 'gate';
  if (SQUEEZED.includes(f)) return 'state';
  if (['concat', 'slice', 'last', 'stack', 'mul'].includes(node.op)) {
    const from = node.inputs.map((id) => scale(a, a.node(id)));
    return from.includes('rest') ? 'rest' : 'state';
  }
  return node.role === 'input' && node.time === 0 && node.shape.length > 1 ? 'state' : 'rest';
}
