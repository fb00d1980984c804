// Exhibit 3: back-propagation, one unit at a time, on a net that one may draw. Words in en.md.
import type { Exhibit } from '../types';
import { at, type Lab } from './lab';

const show = (panel: string, lab: Lab, mark?: string) => ({
  at: 'start' as const,
  panel,
  lab: { ...lab },
  ...(mark ? { mark } : {}),
});

export const exhibit: Exhibit = {
  slug: 'backprop',
  walks: false,
  model: 'mlp',
  task: 'passes',
  weights: 'none',
  tasks: { passes: null, marks: null, pass: null, grade: null },
  settings: {
    ...{ hidden_1: '3', hidden_2: '0', wires_1: '63', wires_2: '63', activation: 'tanh', error: 'bernoulli' },
    ...{ optimizer: 'sgd', learning_rate: '0.5', schedule: 'constant', clip_norm: '0' },
    ...{ points: '8', data_order: 'in_turn', batch_size: '8', seed: '4', steps: '1000' },
  },
  resume: {},
  text: '0.3 0.1 1 0',
  dock: ['activation', 'learning_rate', 'seed'],
  panel: {
    // the net that is drawn is the reader's: a step that does not speak of it leaves it
    model: [
      ...['activation', 'error', 'skips', 'hidden_1', 'hidden_2', 'hidden_3'],
      ...['wires_1', 'wires_2', 'wires_3', 'wires_4', 'points', 'noise', 'batch_size', 'seed'],
    ],
    training: ['optimizer', 'learning_rate', 'steps'],
  },
  tour: [
    { id: 'net', show: show('walk', at('')), do: { step: { lab: at('sum.1'), mark: 'clock.step' } } },
    { id: 'sum', show: show('walk', at('sum.1'), 'lab.row') },
    { id: 'value', show: show('walk', at('value.1'), 'lab.row') },
    { id: 'answer', show: show('walk', at('answer'), 'lab.row') },
    { id: 'error', show: show('walk', at('deltas'), 'lab.row') },
    { id: 'derivative', show: show('walk', at('derivative.5'), 'lab.derivatives') },
    { id: 'delta', show: show('walk', at('delta.2'), 'lab.row') },
    { id: 'hidden', show: show('walk', at('derivative.2'), 'lab.derivatives') },
    { id: 'check', show: show('walk', at('derivative.1'), 'lab.check') },
    {
      id: 'batch',
      show: show('walk', at('derivative.2'), 'lab.points'),
      do: { train: { play: 'update', mark: 'clock.update' } },
    },
    { id: 'draw', show: show('draw', at('derivative.1'), 'lab.draw') },
    { id: 'errors', show: show('errors', at('deltas'), 'lab.errors') },
  ],
  try: [
    { id: 'skip', show: show('draw', at(''), 'lab.templates') },
    { id: 'off', show: { ...show('walk', at('derivative.2')), set: { activation: 'relu' } } },
    { id: 'grades', show: show('errors', at('deltas'), 'lab.errors') },
  ],
  questions: [
    { id: 'larger', kind: 'side', panel: 'walk', lab: { ...at('deltas') }, count: 'delta.1.3' },
    { id: 'wires', kind: 'side', panel: 'walk', lab: { ...at('deltas') }, count: 'derivative.9.13' },
    { id: 'count', kind: 'count', panel: 'walk', lab: { ...at('deltas') }, count: 'count' },
  ],
  claim: 'backprop',
};
