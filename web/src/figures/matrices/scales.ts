// Scores reach further than the rest and have a scale of their own; weights are shares.

import { t } from '../../i18n/index.ts';
import type { NodeSchema } from '../../session/types.ts';
import type { Scale } from '../../stage/scales.ts';
import type { Matrices } from './anatomy.ts';

export const scales = (): Scale[] => [
  { key: 'score', reach: 'free', tex: '\\a{e}' },
  { key: 'weight', reach: 'part', hue: 'share', tex: '\\a{α}' },
  { key: 'number', reach: 'free', words: t('figure.legend.rest') },
];

export function scale(a: Matrices, node: NodeSchema): string {
  if (node === a.parts.a) return 'weight';
  return node === a.parts.e || node === a.parts.s ? 'score' : 'number';
}
