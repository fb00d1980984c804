// What a node is drawn on: states from −1 to 1, gates and weights of attention from 0 to 1, and all the rest.

import { t } from '../../i18n/index.ts';
import type { NodeSchema } from '../../session/types.ts';
import type { Scale } from '../../stage/scales.ts';
import { type Coder, isWriting } from './anatomy.ts';
import { functionOf, letters } from './symbols.ts';

export const scales = (a: Coder): Scale[] => [
  { key: 'state', reach: 'unit', tex: a.states ? '\\a{\\bar{h}}, \\a{h}, \\a{c}' : '\\a{\\bar{h}}, \\a{h}' },
  ...(a.states
    ? [{ key: 'weight', reach: 'part' as const, hue: 'share' as const, tex: letters.weights('t', 'b') }]
    : []),
  { key: 'gate', reach: 'part', tex: '\\a{r}, \\a{z}' },
  { key: 'rest', reach: 'free', words: t('figure.legend.rest') },
];

export function scale(a: Coder, node: NodeSchema): string {
  if (node === a.handed || node === a.states || node.op === 'stack' || node.op === 'last') return 'state';
  const word = a.wordOf(node);
  if (!word) return node.role === 'input' ? 'state' : 'rest';
  if (node === word.state || ['h', 'both', 'new', 'keep'].includes(node.name)) return 'state';
  if (isWriting(word) && word.look) {
    if (node === word.look.weights) return 'weight';
    if (node === word.look.context || node === word.look.squeezed) return 'state';
  }
  if (node.op === 'gate') return functionOf(node) === 'tanh' ? 'state' : 'gate';
  return node.op === 'one_minus' ? 'gate' : node.op === 'tanh' || node.op === 'softmax' ? 'state' : 'rest';
}
