// What a node is drawn on: states from −1 to 1, gates from 0 to 1, what runs on the conveyor, and all the rest.

import { t } from '../../i18n/index.ts';
import type { NodeSchema } from '../../session/types.ts';
import type { Scale } from '../../stage/scales.ts';
import { type Anatomy, stepOf } from './anatomy.ts';
import { gateName, squeeze } from './cells.ts';

/** In the order of their legends. */
export function scalesOf(a: Anatomy): Scale[] {
  const cell = a.steps[0]?.gated;
  const state: Scale = { key: 'state', reach: 'unit', tex: '\\a{h}, \\hat{y}' };
  const gate: Scale = {
    key: 'gate',
    reach: 'part',
    tex: cell?.kind === 'gru' ? '\\a{r}, \\a{z}' : '\\a{f}, \\a{i}, \\a{o}',
  };
  const carried: Scale = { key: 'cell', reach: 'free', tight: true, tex: '\\a{c}' };
  const rest: Scale = { key: 'rest', reach: 'free', words: t('figure.legend.rest') };
  return cell ? [state, gate, carried, rest] : [state, rest];
}

export function scaleOf(a: Anatomy, node: NodeSchema): string {
  if (node === a.start) return 'state';
  if (node === a.startCarried) return 'cell';
  const step = stepOf(a, node);
  if (!step) return 'rest';
  if (node === step.state || node === step.probabilities) return 'state';
  const cell = step.gated;
  if (!cell) return 'rest';
  const gate = gateName(cell, node);
  if (gate) return squeeze(gate) === 'tanh' ? 'state' : 'gate';
  if (cell.kind === 'lstm') {
    if (node === cell.tanh) return 'state';
    return [cell.c, cell.kept, cell.stored].includes(node) ? 'cell' : 'rest';
  }
  if (node === cell.rest) return 'gate';
  return [cell.fresh, cell.kept].includes(node) ? 'state' : 'rest';
}
