// Exhibit 13: seq2seq. English to Swahili through one vector; how wide it is can be changed.
import type { Exhibit } from '../types';

export const exhibit: Exhibit = {
  slug: 'seq2seq',
  kind: 'coder',
  model: 'seq2seq',
  task: 'phrases',
  tasks: ['phrases', 'dates', 'numbers', 'reverse'],
  weights: 'phrases-vector',
  settings: {
    attention: 'none',
    hidden_size: '32',
    embedding_size: '16',
    batch_size: '64',
    learning_rate: '0.01',
    schedule: 'constant',
  },
  resume: { schedule: 'constant' },
  text: '4 7 7 days ago',
  target: 'siku 4 7 7 zilizopita',
  dock: ['hidden_size', 'cell', 'directions', 'learning_rate', 'seed'],
  panel: {
    model: [
      'cell',
      'hidden_size',
      'embedding_size',
      'directions',
      'language',
      'translate',
      'length',
      'symbols',
      'batch_size',
      'optimizer',
      'seed',
    ],
    training: ['learning_rate', 'clip_norm', 'momentum', 'beta1', 'beta2', 'schedule', 'steps'],
  },
  tour: [
    { id: 'read', show: { at: { after: 'encoder.2.h' }, select: { node: 'encoder.2.h', cell: 0 } } },
    { id: 'neck', show: { at: { after: 'decoder.0.h' }, select: { node: 'decoder.0.h', cell: 0 } } },
    { id: 'write', show: { at: { after: 'decoder.1.h' }, select: { node: 'decoder.1.h', cell: 0 } } },
    { id: 'guess', show: { at: { after: 'decoder.1.J' }, select: { node: 'decoder.1.y_hat', cell: 51 } } },
    {
      id: 'forced',
      show: { at: { after: 'decoder.2.e' }, select: { node: 'decoder.2.e', cell: 0 }, mark: 'lab.fed' },
      do: {
        own: { target: null, mark: 'lab.fed' },
        truth: { target: 'siku 4 7 7 zilizopita', mark: 'lab.fed' },
      },
    },
    { id: 'whole', show: { at: 'turn', mark: 'clock.token' } },
    {
      id: 'back',
      show: { at: { back: 'decoder.6.h' }, select: { node: 'decoder.6.h', cell: 0 }, view: 'gradient' },
    },
    {
      id: 'through',
      show: { at: { back: 'decoder.0.h' }, select: { node: 'decoder.0.h', cell: 0 }, view: 'table' },
    },
    {
      id: 'home',
      show: { at: { back: 'encoder.1.h' }, select: { node: 'encoder.1.h', cell: 0 }, view: 'table' },
    },
    {
      id: 'size',
      show: { at: 'turn', again: true, view: 'value', mark: 'lab.vector' },
      do: {
        narrow: { at: 'turn', set: { hidden_size: '4' }, mark: 'lab.vector' },
        train: { play: 'update', mark: 'clock.update' },
      },
    },
  ],
  try: [
    { id: 'own', show: { at: 'turn', text: '8 6 minutes ago', target: null, mark: 'lab.fed' } },
    {
      id: 'narrow',
      show: { at: 'turn', set: { hidden_size: '2' }, mark: 'lab.vector' },
      do: { train: { play: 'update', mark: 'clock.update' } },
    },
    { id: 'dates', show: { at: 'start', mark: 'lab.task' } },
  ],
  questions: [
    {
      ...{ id: 'keep', kind: 'number', at: { after: 'decoder.2.h' }, node: 'decoder.2.h', cell: 4 },
      ...{ what: 'value', tolerance: 0.1 },
      given: { z: { node: 'decoder.2.z' }, old: { node: 'decoder.1.h' }, new: { node: 'decoder.2.n' } },
    },
    {
      ...{ id: 'harder', kind: 'choice', at: { after: 'decoder.2.J' }, node: 'decoder.2.J', cell: 0 },
      ...{ what: 'value', than: { node: 'decoder.1.J', cell: 0 } },
      given: { before: { node: 'decoder.1.J', cell: 0 } },
    },
    {
      ...{ id: 'score', kind: 'choice', at: { back: 'decoder.2.y_hat' }, node: 'decoder.2.logits', cell: 6 },
      ...{ what: 'grad', than: 0 },
    },
  ],
  claim: 'seq2seq',
};
