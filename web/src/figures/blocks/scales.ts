// Scores and the stream reach further than the rest and have scales of their own; weights and probabilities are shares.

import { t } from '../../i18n/index.ts';
import type { NodeSchema } from '../../session/types.ts';
import type { Scale } from '../../stage/scales.ts';
import type { Blocks } from './anatomy.ts';
import { whatOf } from './symbols.ts';

export const scales = (): Scale[] => [
  { key: 'score', reach: 'free', tex: '\\a{e}, \\a{s}' },
  { key: 'weight', reach: 'part', hue: 'share', tex: '\\a{α}, \\hat{y}' },
  { key: 'stream', reach: 'free', tex: '\\a{x}, \\a{m}' },
  { key: 'number', reach: 'free', words: t('figure.legend.rest') },
];

const STREAM = ['token', 'place', 'stream', 'mid', 'Wo', 'attended', 'W2', 'm', 'centred'];
const SCORES = ['dots', 'scale', 'mask', 'Uh', 'logits', 'J_t', 'J'];

export function scale(a: Blocks, node: NodeSchema): string {
  const what = whatOf(a, node);
  if (what === 'a' || what === 'y') return 'weight';
  if (what === null) return 'number';
  return SCORES.includes(what) ? 'score' : STREAM.includes(what) ? 'stream' : 'number';
}
