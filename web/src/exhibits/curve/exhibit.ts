// Exhibit 1: a curve through points, solved in one pass. Words in en.md.
import type { Exhibit } from '../types';
import { at, type Lab } from './lab';

const show = (panel: string, lab: Partial<Lab>, mark?: string) => ({
  at: 'start' as const,
  panel,
  lab: { ...at(lab) },
  ...(mark ? { mark } : {}),
});
const PENALTY = '-18';

export const exhibit: Exhibit = {
  slug: 'curve',
  walks: false,
  model: 'mlp',
  task: 'curve',
  weights: 'none',
  settings: { hidden_1: '8', hidden_2: '0', seed: '1' },
  resume: {},
  text: '0.5 0',
  dock: [],
  panel: { model: [], training: [] },
  tour: [
    { id: 'points', show: show('fit', { step: '0' }), do: { step: { lab: at({ step: '1' }), mark: 'clock.step' } } },
    { id: 'wanted', show: show('fit', {}, 'lab.point') },
    { id: 'rows', show: show('fit', { step: '6' }, 'lab.doing') },
    { id: 'reflect', show: show('fit', { step: '11' }, 'lab.doing') },
    { id: 'back', show: show('fit', { step: '16' }, 'lab.doing') },
    { id: 'slope', show: show('fit', { step: '53' }, 'lab.doing') },
    {
      id: 'slow',
      show: show('fit', {}, 'clock.update'),
      do: { play: { play: 'update', mark: 'clock.update' } },
    },
    { id: 'order', show: show('fit', { m: '9' }, 'lab.m') },
    { id: 'every', show: show('every', { m: '9' }, 'lab.every') },
    { id: 'digits', show: show('every', { m: '9' }, 'lab.ways') },
    { id: 'more', show: show('fit', { m: '9', n: '100' }, 'lab.n') },
    { id: 'penalty', show: show('fit', { m: '9', l: PENALTY }, 'lab.l') },
    { id: 'choose', show: show('choose', {}, 'lab.split') },
    { id: 'folds', show: show('choose', {}, 'lab.validation') },
    { id: 'net', show: show('net', {}, 'lab.compare') },
  ],
  try: [
    { id: 'drag', show: show('fit', { m: '9' }, 'lab.m') },
    { id: 'lucky', show: show('choose', {}, 'lab.seed') },
    { id: 'strong', show: show('fit', { m: '9', l: '0' }, 'lab.l') },
  ],
  questions: [
    { id: 'test', kind: 'side', panel: 'fit', lab: { ...at({ m: '9' }) }, count: 'test' },
    { id: 'penalty', kind: 'side', panel: 'fit', lab: { ...at({ m: '9', l: PENALTY }) }, count: 'penalty' },
    { id: 'rows', kind: 'count', panel: 'fit', lab: { ...at({ l: '-5', step: '0' }) }, count: 'rows' },
  ],
  claim: 'curve',
};
