// Exhibit 9: gates. The names again, read by an LSTM; a GRU beside it. Words in en.md, own views in panels.tsx.
import type { Exhibit } from '../types';
import { labOf, STANDARD } from './contest';

const RACE = labOf(STANDARD.remember);

export const exhibit: Exhibit = {
  slug: 'lstm',
  kind: 'recurrent',
  layers: true,
  sliced: true,
  answers: true,
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
    { id: 'why', show: { at: { after: 'rnn.2.c' }, select: { node: 'rnn.2.c', cell: 4 } } },
    { id: 'cell', show: { at: { after: 'rnn.3.c' }, select: { node: 'rnn.3.c', cell: 4 } } },
    { id: 'sums', show: { at: { after: 'rnn.4.a' } } },
    { id: 'forget', show: { at: { after: 'rnn.4.f' }, select: { node: 'rnn.4.f', cell: 0 } } },
    {
      id: 'kept',
      show: { at: { after: 'rnn.4.f_c' }, select: { node: 'rnn.4.f_c', cell: 4 } },
      do: {
        five: { select: { node: 'rnn.4.f_c', cell: 4 } },
        six: { select: { node: 'rnn.4.f_c', cell: 5 } },
      },
    },
    { id: 'store', show: { at: { after: 'rnn.4.i_g' }, select: { node: 'rnn.4.i_g', cell: 4 } } },
    { id: 'update', show: { at: { after: 'rnn.4.c' }, select: { node: 'rnn.4.c', cell: 4 } } },
    { id: 'output', show: { at: { after: 'rnn.4.h' }, select: { node: 'rnn.4.h', cell: 4 } } },
    {
      id: 'strips',
      show: { at: 'turn', panel: 'gates', text: 'amelia', start: 'shipped', mark: 'lab.unit' },
      do: { one: { lab: { unit: '1' } }, five: { lab: { unit: '5' } } },
    },
    { id: 'back', show: { at: { back: 'rnn.4.f_c' }, select: { node: 'rnn.3.c', cell: 1 }, view: 'gradient' } },
    {
      id: 'bias',
      show: { at: { after: 'rnn.4.a' }, again: true, select: { node: 'b_1', cell: 10 }, view: 'value' },
    },
    {
      id: 'hold',
      show: { at: { after: 'rnn.4.f_c' }, select: { node: 'rnn.4.f_c', cell: 4 }, mark: 'hold' },
      do: {
        f: { set: { hold_f: '0', hold_o: '2' }, mark: 'hold' },
        o: { set: { hold_f: '2', hold_o: '0' }, at: { after: 'rnn.4.h' }, mark: 'hold' },
      },
    },
    {
      id: 'both',
      show: { at: { after: 'rnn.4.h' }, panel: 'both', mark: 'clock.operation' },
      do: { step: { step: true } },
    },
    { id: 'page', show: { at: 'turn', panel: 'prose' } },
    {
      id: 'race',
      show: { at: 'turn', panel: 'race', lab: RACE, mark: 'clock.race' },
      do: { play: { play: 'update' }, shorter: { lab: { ...RACE, k: '15' }, mark: 'lab.k' } },
    },
  ],
  try: [
    {
      id: 'bias',
      show: { panel: 'race', lab: RACE, mark: 'lab.bias' },
      do: {
        one: { lab: { ...RACE, bias: '1' }, mark: 'clock.race' },
        play: { play: 'update' },
        near: { lab: { ...RACE, bias: '1', k: '15' }, mark: 'lab.k' },
      },
    },
    {
      id: 'orthogonal',
      show: { panel: 'race', lab: RACE, mark: 'lab.start' },
      do: {
        choose: { lab: { ...RACE, start: 'orthogonal', spread: '0.3', answers: 'symbols' }, mark: 'clock.race' },
        play: { play: 'update' },
        wide: { lab: { ...RACE, start: 'orthogonal', spread: '1', answers: 'symbols' }, mark: 'clock.race' },
        ten: { lab: { ...RACE, start: 'orthogonal', spread: '0.3', answers: 'vocabulary' }, mark: 'clock.race' },
      },
    },
    {
      id: 'forget',
      show: { at: { after: 'rnn.4.f_c' }, select: { node: 'rnn.4.f_c', cell: 4 }, pane: 'run', mark: 'hold' },
      do: { hold: { set: { hold_f: '0' }, mark: 'samples' }, play: { play: 'update', mark: 'clock.update' } },
    },
    { id: 'page', show: { panel: 'prose', mark: 'lab.own' } },
  ],
  questions: [
    { id: 'forget', kind: 'cell', pick: 'least', at: { after: 'rnn.4.f' }, node: 'rnn.4.f', what: 'value' },
    {
      ...{ id: 'update', kind: 'choice', at: { after: 'rnn.5.c' }, node: 'rnn.5.c', cell: 4, what: 'value' },
      ...{ than: { node: 'rnn.4.c' } },
      given: { old: { node: 'rnn.4.c' }, gate: { node: 'rnn.5.f' }, stored: { node: 'rnn.5.i_g' } },
    },
    {
      ...{ id: 'output', kind: 'number', at: { after: 'rnn.5.h' }, node: 'rnn.5.h', cell: 2, what: 'value' },
      ...{ given: { c: { node: 'rnn.5.c' }, gate: { node: 'rnn.5.o' } }, tolerance: 0.1 },
    },
  ],
  claim: 'lstm',
};
