// Exhibit 4: why go deep. A net on points of a plane, every unit as a picture, its linear pieces, and what depth can do and does
// not do by itself. Words in en.md.
import type { Exhibit } from '../types';
import { at, type Lab } from './lab';

const show = (panel: string, lab: Partial<Lab> = {}, mark?: string) => ({
  at: 'start' as const,
  panel,
  lab: { ...at(lab) },
  ...(mark ? { mark } : {}),
});
const untrained = { start: 'untrained' as const };
const train = { play: 'update' as const, mark: 'clock.update' };

export const exhibit: Exhibit = {
  slug: 'depth',
  walks: false,
  model: 'mlp',
  task: 'spiral',
  weights: 'spiral',
  tasks: { spiral: 'spiral', circles: null, xor: null, moons: null },
  own: 'spiral',
  settings: {
    ...{ hidden_1: '8', hidden_2: '8', activation: 'relu', init: 'he', error: 'bernoulli' },
    ...{ points: '80', noise: '0.03', batch_size: '80', seed: '8' },
    ...{ learning_rate: '0.01', schedule: 'constant', steps: '1000' },
  },
  resume: {},
  text: '0.3 0.1 1',
  dock: ['activation', 'learning_rate', 'seed'],
  panel: {
    model: [
      ...['activation', 'init', 'hidden_1', 'hidden_2', 'hidden_3', 'hidden_4', 'hidden_5', 'hidden_6'],
      ...['points', 'noise', 'batch_size', 'seed'],
    ],
    training: ['optimizer', 'learning_rate', 'steps'],
  },
  tour: [
    {
      id: 'net',
      show: show('surface', {}, 'lab.surface'),
      do: { step: { lab: at({ at: 'sum.1' }), mark: 'clock.step' } },
    },
    {
      id: 'layer',
      show: show('surface', { at: 'value.1' }, 'lab.net'),
      do: { third: { lab: at({ at: 'value.1', unit: '3' }), mark: 'lab.row' } },
    },
    { id: 'second', show: show('surface', { at: 'value.9', unit: '11' }, 'lab.net') },
    { id: 'answer', show: show('surface', { at: 'answer' }, 'lab.row') },
    { id: 'back', show: show('surface', { at: 'delta.1' }, 'lab.row') },
    {
      id: 'train',
      show: { ...show('surface', {}, 'clock.update'), ...untrained },
      do: { train },
    },
    { id: 'pieces', show: show('regions', {}, 'lab.regions') },
    {
      id: 'map',
      show: show('regions', { place: '100_-300' }, 'lab.map'),
      do: { next: { lab: at({ place: '200_-300' }), mark: 'lab.map' } },
    },
    { id: 'last', show: show('last', {}, 'lab.last') },
    {
      id: 'one',
      show: show('one', {}, 'lab.drawn'),
      do: {
        add: { lab: at({ added: '0' }), play: 'operation', mark: 'lab.shares' },
        more: { lab: at({ wide: '24' }), mark: 'lab.error' },
      },
    },
    { id: 'fold', show: show('fold', {}, 'lab.folds') },
    {
      id: 'once',
      show: show('fold', {}, 'lab.way'),
      do: { twin: { lab: at({ x: '700' }), mark: 'lab.way' } },
    },
    { id: 'equal', show: show('equal', {}, 'lab.equal') },
    { id: 'faces', show: show('faces', { face: '101' }, 'lab.faces') },
  ],
  try: [
    {
      id: 'one',
      show: { ...show('surface', {}, 'lab.layers'), set: { hidden_2: '0' } },
      do: { train, more: { set: { hidden_1: '12' }, mark: 'lab.units' } },
    },
    { id: 'tanh', show: { ...show('surface', {}, 'lab.activation'), set: { activation: 'tanh' } }, do: { train } },
    {
      id: 'xor',
      show: { ...show('last', {}, 'lab.last'), text: '0.5 0.5 0', set: { task: 'xor', hidden_1: '2', hidden_2: '0' } },
      do: { train },
    },
  ],
  questions: [
    { id: 'folds', kind: 'count', panel: 'fold', lab: { ...at() }, count: 'folds' },
    { id: 'wide', kind: 'side', panel: 'equal', lab: { ...at() }, count: 'wide' },
    { id: 'faces', kind: 'count', panel: 'faces', lab: { ...at() }, count: 'faces' },
  ],
  claim: 'depth',
};
