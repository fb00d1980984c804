// Exhibit 8: the gradient on its way back through time. Words in en.md.
import type { Exhibit } from '../types';
import { labFor } from './lab';

export const exhibit: Exhibit = {
  slug: 'bptt',
  kind: 'recurrent',
  layers: true,
  model: 'rnn_lm',
  task: 'names',
  weights: 'names-rnn',
  settings: { hidden_size: '8', embedding_size: '4', learning_rate: '0.01', schedule: 'constant' },
  resume: { schedule: 'constant' },
  text: 'amelia',
  dock: ['hidden_size', 'activation', 'start', 'clip_norm', 'seed'],
  panel: {
    model: [
      ...['hidden_size', 'embedding_size', 'embedding_std', 'activation'],
      ...['start', 'spectral_radius', 'batch_size', 'seed'],
    ],
    training: ['optimizer', 'learning_rate', 'clip_norm', 'schedule', 'steps'],
  },
  tour: [
    { id: 'back', show: { at: { back: 'rnn.7.Wh_h' }, select: { node: 'rnn.7.e', cell: 0 }, view: 'gradient' } },
    { id: 'arrow', show: { at: { back: 'rnn.6.h' }, select: { node: 'rnn.6.h', cell: 3 }, view: 'gradient' } },
    { id: 'meet', show: { at: { back: 'rnn.5.h' }, select: { node: 'rnn.5.h', cell: 2 }, view: 'gradient' } },
    { id: 'little', show: { at: { back: 'rnn.4.h' }, select: { node: 'rnn.4.h', cell: 0 }, view: 'gradient' } },
    { id: 'again', show: { at: { back: 'rnn.4.Wh_h' }, select: { node: 'rnn.3.h', cell: 1 }, view: 'gradient' } },
    {
      id: 'terms',
      show: { at: { back: 'rnn.3.Wh_h' }, select: { node: 'W_h', cell: 32 }, view: 'gradient', folded: false },
    },
    { id: 'sum', show: { at: { back: 'rnn.1.Wh_h' }, panel: 'terms', mark: 'lab.t' } },
    {
      id: 'distance',
      show: { at: 'end', panel: 'reach', lab: labFor('vanishes', 'remembers'), mark: 'preset.vanishes' },
    },
    {
      id: 'knobs',
      show: { at: 'end', panel: 'reach', lab: labFor('identity', 'remembers'), mark: 'lab.radius' },
      do: {
        tanh: { lab: labFor('vanishes', 'remembers') },
        radius: { lab: { ...labFor('vanishes', 'remembers'), radius: '1.5' } },
      },
    },
    {
      id: 'gates',
      show: { at: 'end', panel: 'reach', lab: labFor('vanishes', 'forgets'), mark: 'lab.forget' },
      do: { remember: { lab: labFor('vanishes', 'remembers'), mark: 'preset.remembers' } },
    },
    {
      id: 'clip',
      show: { at: 'end', panel: 'reach', lab: labFor('explodes', 'remembers'), mark: 'clock.both' },
      do: {
        play: { play: 'update' },
        clip: { lab: { ...labFor('explodes', 'remembers'), clip: '1' }, mark: 'lab.clip' },
      },
    },
  ],
  try: [
    {
      id: 'edge',
      show: { panel: 'reach', lab: labFor('vanishes', 'remembers'), mark: 'lab.radius' },
      do: {
        up: { lab: { radius: '2', at: '0' }, mark: 'lab.radius' },
        small: { lab: { spread: '0.1', at: '0' }, mark: 'lab.spread' },
        play: { play: 'update', mark: 'clock.both' },
      },
    },
    {
      id: 'weights',
      show: { at: { back: 'rnn.4.h' }, view: 'gradient', pane: 'run', mark: 'settings' },
      do: { untrained: { start: 'untrained', at: { back: 'rnn.4.h' }, view: 'gradient' } },
    },
    {
      id: 'terms',
      show: { panel: 'terms', lab: { weight: 'W_h' }, mark: 'lab.t' },
      do: { last: { lab: { t: '7' } }, first: { lab: { t: '1' } }, play: { play: 'update', mark: 'clock.update' } },
    },
  ],
  questions: [
    { id: 'share', kind: 'number', at: { back: 'J' }, node: 'rnn.4.J', cell: 0, what: 'grad', tolerance: 0.01 },
    {
      ...{ id: 'meet', kind: 'choice', at: { back: 'rnn.4.h' }, node: 'rnn.4.h', cell: 2, what: 'grad', than: 0 },
      given: { own: { node: 'rnn.4.Uh', what: { edge: 0 } }, late: { node: 'rnn.5.Wh_h', what: { edge: 0 } } },
    },
    {
      ...{ id: 'through', kind: 'cell', pick: 'largest', size: true },
      ...{ at: { back: 'rnn.4.h' }, node: 'rnn.4.a', what: 'grad' },
    },
  ],
  claim: 'bptt',
};
