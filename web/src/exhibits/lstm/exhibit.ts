// Exhibit 9: gates. The names again, read by an LSTM; a GRU beside it. Words in en.md, own views in panels.tsx.
import type { Exhibit } from '../types';

export const exhibit: Exhibit = {
  slug: 'lstm',
  model: 'lstm_lm',
  task: 'names',
  weights: 'names-lstm',
  variants: [
    { model: 'lstm_lm', weights: 'names-lstm' },
    { model: 'gru_lm', weights: 'names-gru' },
  ],
  // The page trains until it is told to stop, so the rate stays.
  settings: { hidden_size: '6', embedding_size: '4', learning_rate: '0.01', schedule: 'constant' },
  resume: { schedule: 'constant' },
  text: 'amelia',
  dock: ['hidden_size', 'forget_bias', 'update_bias', 'learning_rate', 'clip_norm', 'seed'],
  panel: {
    model: ['hidden_size', 'embedding_size', 'forget_bias', 'update_bias', 'batch_size', 'optimizer', 'seed'],
    training: ['learning_rate', 'clip_norm', 'momentum', 'beta1', 'beta2', 'schedule', 'steps'],
  },
  offers: ['hold_f', 'hold_i', 'hold_o', 'hold_r', 'hold_z'],
  tour: [
    { id: 'why', show: { at: { after: 'rnn.3.h' } } },
    { id: 'cell', show: { at: { after: 'rnn.3.c' }, select: { node: 'rnn.3.c', cell: 4 } } },
    { id: 'sums', show: { at: { after: 'rnn.4.a' } } },
    { id: 'forget', show: { at: { after: 'rnn.4.f' }, select: { node: 'rnn.4.f', cell: 0 } } },
    { id: 'kept', show: { at: { after: 'rnn.4.f_c' }, select: { node: 'rnn.4.f_c', cell: 4 } } },
    { id: 'store', show: { at: { after: 'rnn.4.i_g' }, select: { node: 'rnn.4.i_g', cell: 4 } } },
    { id: 'update', show: { at: { after: 'rnn.4.c' }, select: { node: 'rnn.4.c', cell: 4 } } },
    { id: 'output', show: { at: { after: 'rnn.4.h' }, select: { node: 'rnn.4.h', cell: 4 } } },
    { id: 'strips', show: { at: 'turn', panel: 'gates' } },
    { id: 'back', show: { at: { back: 'rnn.4.f_c' }, select: { node: 'rnn.3.c', cell: 1 }, view: 'gradient' } },
    { id: 'bias', show: { at: { after: 'rnn.4.a' }, select: { node: 'b_1', cell: 10 } } },
    { id: 'hold', show: { at: { after: 'rnn.4.f_c' } } },
    { id: 'both', show: { at: { after: 'rnn.4.h' }, panel: 'both' } },
    { id: 'page', show: { at: 'turn', panel: 'prose' } },
    { id: 'race', show: { at: 'turn', panel: 'race' } },
  ],
  questions: [
    { id: 'forget', at: { after: 'rnn.4.f_c' }, node: 'rnn.4.f_c', cell: 4, what: 'value', tolerance: 0.1 },
    { id: 'update', at: { after: 'rnn.5.c' }, node: 'rnn.5.c', cell: 2, what: 'value', tolerance: 0.05 },
    { id: 'output', at: { after: 'rnn.5.h' }, node: 'rnn.5.h', cell: 2, what: 'value', tolerance: 0.05 },
  ],
  claim: 'lstm',
};
