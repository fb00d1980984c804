// What a node is drawn on: states from −1 to 1, gates from 0 to 1, what runs on the conveyor, and all the rest.

import type { NodeSchema } from '../session/types.ts';
import type { Scale } from '../stage/scene.ts';
import { type Anatomy, stepOf } from './anatomy.ts';
import { gateName, squeeze } from './cells.ts';

export function scaleOf(a: Anatomy, node: NodeSchema): Scale {
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
