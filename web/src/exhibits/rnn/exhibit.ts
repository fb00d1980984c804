// Exhibit 7: a character RNN on names. Words in en.md.
import type { Exhibit } from '../types';

export const exhibit: Exhibit = {
  slug: 'rnn',
  kind: 'recurrent',
  layers: true,
  sliced: true,
  answers: true,
  model: 'rnn_lm',
  task: 'names',
  weights: 'names-rnn',
  // The page trains until it is told to stop, so the rate stays.
  settings: { hidden_size: '8', embedding_size: '4', learning_rate: '0.01', schedule: 'constant' },
  resume: { schedule: 'constant' },
  text: 'amelia',
  dock: ['hidden_size', 'optimizer', 'learning_rate', 'clip_norm', 'seed'],
  panel: {
    model: ['hidden_size', 'embedding_size', 'activation', 'batch_size', 'optimizer', 'seed'],
    training: ['learning_rate', 'clip_norm', 'momentum', 'beta1', 'beta2', 'schedule', 'steps'],
  },
  tour: [
    { id: 'letter', show: { at: { after: 'rnn.4.e' }, select: { node: 'rnn.4.e', cell: 0 } } },
    { id: 'state', show: { at: { after: 'rnn.4.h' }, select: { node: 'rnn.4.h', cell: 0 } } },
    {
      id: 'product',
      show: { at: { after: 'rnn.5.Wh_h' }, part: 4, mark: 'clock.operation' },
      do: { step: { step: true } },
    },
    { id: 'sum', show: { at: { after: 'rnn.5.h' }, mark: 'notation' } },
    {
      id: 'same',
      show: { at: { after: 'rnn.6.Wh_h' }, select: { node: 'W_h', cell: 32 }, folded: false },
      do: { fold: { folded: true, mark: 'fold' } },
    },
    { id: 'guess', show: { at: { after: 'rnn.6.y_hat' }, select: { node: 'rnn.6.y_hat', cell: 2 } } }, // what comes next
    { id: 'loss', show: { at: { after: 'rnn.6.J' } } },
    { id: 'mean', show: { at: 'turn' } },
    { id: 'back', show: { at: { back: 'rnn.4.h' }, view: 'gradient' } },
    {
      id: 'sums',
      show: { at: { back: 'rnn.4.Wh_h' }, select: { node: 'W_h', cell: 32 }, view: 'gradient', folded: false },
    },
    {
      id: 'update',
      show: { at: { update: 'W_h' }, view: 'gradient', pane: 'run', mark: 'clock.update' },
      do: { play: { play: 'update' } },
    },
    {
      id: 'write',
      show: { at: 'turn', again: true, pane: 'next', mark: 'sampling' },
      do: {
        draw: { draw: true },
        cool: { sampling: { temperature: 0.3 }, pane: 'run', mark: 'samples' },
      },
    },
  ],
  try: [
    {
      id: 'last',
      show: { at: 'turn', text: 'amelia', mark: 'reading' },
      do: { last: { text: 'amelie' }, first: { text: 'emelia' } },
    },
    {
      id: 'untrained',
      show: { pane: 'run', mark: 'settings' },
      do: {
        untrained: { start: 'untrained', mark: 'clock.update' },
        play: { play: 'update' },
        zero: { update: 0, mark: 'samples' },
        hundred: { update: 100, mark: 'samples' },
        thousand: { update: 1000, mark: 'samples' },
      },
    },
    {
      id: 'rate',
      show: { pane: 'run', mark: 'settings' },
      do: { rate: { set: { learning_rate: '50' }, mark: 'clock.update' }, play: { play: 'update' } },
    },
  ],
  questions: [
    { id: 'largest', kind: 'cell', pick: 'largest', at: { after: 'rnn.4.h' }, node: 'rnn.4.h', what: 'value' },
    {
      ...{ id: 'loss', kind: 'number', at: { after: 'rnn.5.J' }, node: 'rnn.5.J', cell: 0, what: 'value' },
      ...{ given: { p: { node: 'rnn.5.y_hat', cell: 'next' } }, tolerance: 0.2 },
    },
    {
      ...{ id: 'dearer', kind: 'choice', at: { after: 'rnn.6.J' }, node: 'rnn.6.J', cell: 0, what: 'value' },
      ...{ than: { node: 'rnn.5.J' } },
      given: { p: { node: 'rnn.6.y_hat', cell: 'next' }, before: { node: 'rnn.5.y_hat', cell: 'next' } },
    },
  ],
  claim: 'rnn',
};
