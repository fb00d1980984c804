// Exhibit 15: what has to wait for what, and how far it is from word to word. Words in en.md.
import type { Exhibit } from '../types';
import { DEFAULTS, type Lab, labFor } from './lab';

const FIVE = 'The students opened their books';
/** The view as it is at first, but for this. */
const at = (set: Partial<Lab>) => labFor({ ...DEFAULTS, ...set });

export const exhibit: Exhibit = {
  slug: 'steps',
  kind: 'recurrent',
  layers: true,
  answers: true,
  model: 'rnn_lm',
  task: 'names',
  weights: 'names-rnn',
  settings: { hidden_size: '8', embedding_size: '4', learning_rate: '0.01', schedule: 'constant' },
  resume: { schedule: 'constant' },
  text: 'amelia',
  dock: ['hidden_size', 'activation', 'seed'],
  panel: {
    model: ['hidden_size', 'embedding_size', 'activation', 'batch_size', 'seed'],
    training: ['optimizer', 'learning_rate', 'clip_norm', 'schedule', 'steps'],
  },
  tour: [
    { id: 'walk', show: { at: { after: 'rnn.3.We_e' }, select: { node: 'rnn.3.We_e', cell: 0 } } },
    { id: 'wait', show: { at: { after: 'rnn.4.Wh_h' }, select: { node: 'rnn.3.h', cell: 0 } } },
    {
      id: 'two',
      show: { at: 'end', panel: 'steps', lab: at({ step: '0' }), mark: 'clock.step' },
      do: { play: { play: 'update' } },
    },
    {
      id: 'ready',
      show: { at: 'end', panel: 'steps', lab: at({ step: '1' }), mark: 'clock.step' },
      do: { next: { lab: { step: '2' }, mark: 'clock.step' } },
    },
    {
      id: 'done',
      show: { at: 'end', panel: 'steps', lab: at({ step: '12', cell: 'attention.2.8.o' }) },
      do: { inside: { lab: { side: 'values' }, mark: 'side.values' } },
    },
    {
      id: 'longer',
      show: { at: 'end', panel: 'steps', lab: at({ step: '12' }), mark: 'clock.step' },
      do: {
        short: { lab: labFor({ text: 'The chef was', from: '2', to: '3' }) },
        long: { lab: labFor({ text: DEFAULTS.text, from: '2', to: '8' }) },
      },
    },
    {
      id: 'way',
      show: { at: 'end', panel: 'steps', lab: at({ step: '36' }), mark: 'lab.words' },
      do: { near: { lab: { from: '7' } }, far: { lab: { from: '1' } } },
    },
    {
      id: 'back',
      show: { at: 'end', panel: 'steps', lab: at({ step: '36', from: '8', to: '2' }), mark: 'lab.words' },
    },
    { id: 'work', show: { at: 'end', panel: 'steps', lab: at({ step: '36', length: '512' }), mark: 'lab.length' } },
    { id: 'time', show: { at: 'end', panel: 'steps', lab: at({ step: '36', length: '512' }), mark: 'lab.measure' } },
  ],
  try: [
    {
      id: 'layers',
      show: { panel: 'steps', lab: at({ step: '12' }), mark: 'lab.layers' },
      do: { one: { lab: { layers: '1' } }, three: { lab: { layers: '3' } }, play: { play: 'update' } },
    },
    {
      id: 'france',
      show: {
        panel: 'steps',
        lab: at({ text: 'I grew up in France and I speak fluent French', from: '5', to: '10', step: '44' }),
        mark: 'lab.words',
      },
      do: { turned: { lab: { from: '10', to: '5' } } },
    },
    {
      id: 'inside',
      show: {
        panel: 'steps',
        lab: at({ step: '5', side: 'values', cell: 'attention.1.8.alpha' }),
        mark: 'side.values',
      },
      do: { state: { lab: { step: '6', cell: 'attention.1.8.o' } } },
    },
  ],
  questions: [
    {
      ...{ id: 'last', kind: 'count', panel: 'steps', count: 'recurrent.depth' },
      lab: at({ text: FIVE, layers: '1', step: '4', from: '1', to: '5' }),
    },
    {
      ...{ id: 'layer', kind: 'count', panel: 'steps', count: 'attention.depth' },
      lab: at({ text: FIVE, layers: '2', step: '6', from: '1', to: '5' }),
    },
    {
      ...{ id: 'far', kind: 'count', panel: 'steps', count: 'recurrent.way' },
      lab: at({ text: FIVE, layers: '1', step: '4', from: '2', to: '5' }),
    },
  ],
  claim: 'steps',
};
