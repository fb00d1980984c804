// Scores and sums reach further than the rest and have scales of their own; weights and guesses are shares.

import { t } from '../../i18n/index.ts';
import type { NodeSchema } from '../../session/types.ts';
import type { Scale } from '../../stage/scales.ts';
import type { Crossed } from './anatomy.ts';

export const scales = (): Scale[] => [
  { key: 'score', reach: 'free', tex: '\\a{e}' },
  { key: 'weight', reach: 'part', hue: 'share', tex: '\\a{α}' },
  { key: 'sum', reach: 'free', words: t('crossed.sums') },
  { key: 'number', reach: 'free', words: t('figure.legend.rest') },
];

/** What goes past is added to it; before the last norm, and what is said of each token. */
const SUMS = /^(mid|out|m|W2_inner|centred_\w+|scaled_norm|Uh|logits|J|J_t)$/;

export function scale(_: Crossed, node: NodeSchema): string {
  if (node.op === 'softmax') return 'weight';
  if (node.op === 'dots' || node.op === 'mask' || (node.op === 'scale' && /^[ST]B[ST]$/.test(node.axes)))
    return 'score';
  return SUMS.test(node.name) ? 'sum' : 'number';
}
