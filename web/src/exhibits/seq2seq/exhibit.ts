// Exhibit 13: seq2seq. English to Swahili through one vector; how wide it is can be changed.
import { PHRASE, phrases, TRAINING } from '../phrase';
import type { Exhibit } from '../types';

export const exhibit: Exhibit = {
  slug: 'seq2seq',
  ...phrases('none'),
  tasks: { phrases: 'phrases-vector', dates: 'dates-vector', numbers: null, reverse: null },
  weights: 'phrases-vector',
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
    training: TRAINING,
  },
  tour: [
    { id: 'read', show: { at: { after: 'encoder.2.h' }, select: { node: 'encoder.2.h', cell: 0 } } },
    { id: 'neck', show: { at: { after: 'decoder.0.h' }, select: { node: 'decoder.0.h', cell: 0 } } },
    { id: 'write', show: { at: { after: 'decoder.1.h' }, select: { node: 'decoder.1.h', cell: 0 } } },
    { id: 'guess', show: { ...PHRASE, at: { after: 'decoder.1.J' }, select: { node: 'decoder.1.y_hat', cell: 51 } } },
    {
      id: 'forced',
      show: { ...PHRASE, at: { after: 'decoder.2.e' }, select: { node: 'decoder.2.e', cell: 0 }, mark: 'lab.fed' },
      do: {
        own: { target: null, mark: 'lab.fed' },
        truth: { target: PHRASE.target, mark: 'lab.fed' },
      },
    },
    { id: 'whole', show: { ...PHRASE, at: 'turn', mark: 'clock.token' } },
    {
      id: 'search',
      show: {
        ...{ at: 'turn', text: '3 0 4 days ago', panel: 'search', lab: { width: '1', norm: '0' } },
        mark: 'lab.width',
      },
      do: {
        three: { panel: 'search', lab: { width: '3', norm: '0' }, mark: 'lab.width' },
        one: { panel: 'search', lab: { width: '1', norm: '0' }, mark: 'lab.width' },
      },
    },
    {
      id: 'back',
      show: { ...PHRASE, at: { back: 'decoder.6.h' }, select: { node: 'decoder.6.h', cell: 0 }, view: 'gradient' },
    },
    {
      id: 'through',
      show: { at: { back: 'decoder.0.h' }, select: { node: 'decoder.0.h', cell: 0 }, view: 'table' },
    },
    {
      id: 'home',
      show: { ...PHRASE, at: { back: 'encoder.1.h' }, select: { node: 'encoder.1.h', cell: 0 }, view: 'table' },
    },
    { id: 'way', show: { ...PHRASE, at: { back: 'encoder.1.h' }, again: true, panel: 'way', mark: 'lab.way' } },
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
    {
      id: 'length',
      show: {
        ...{ at: 'turn', text: 'badge', set: { task: 'reverse' }, panel: 'length', mark: 'lab.task' },
      },
      do: { train: { play: 'update', mark: 'clock.update' } },
    },
    {
      id: 'dates',
      show: {
        ...{ at: 'turn', text: '4 juin 2034', target: null, set: { task: 'dates' } },
        ...{ panel: 'search', lab: { width: '3', norm: '0' }, mark: 'lab.width' },
      },
      do: { network: { panel: null, mark: 'lab.task' } },
    },
    {
      id: 'numbers',
      show: { at: 'turn', text: 'two hundred thirteen', set: { task: 'numbers' }, mark: 'lab.task' },
      do: { train: { play: 'update', mark: 'clock.update' } },
    },
  ],
  questions: [
    {
      ...{ id: 'keep', kind: 'number', at: { after: 'decoder.2.h' }, node: 'decoder.2.h', cell: 4 },
      ...{ what: 'value', tolerance: 0.1, ...PHRASE },
      given: { z: { node: 'decoder.2.z' }, old: { node: 'decoder.1.h' }, new: { node: 'decoder.2.n' } },
    },
    {
      ...{ id: 'harder', kind: 'choice', at: { after: 'decoder.2.J' }, node: 'decoder.2.J', cell: 0 },
      ...{ what: 'value', than: { node: 'decoder.1.J', cell: 0 }, ...PHRASE },
      given: { before: { node: 'decoder.1.J', cell: 0 } },
    },
    {
      ...{ id: 'score', kind: 'choice', at: { back: 'decoder.2.y_hat' }, node: 'decoder.2.logits', cell: 6 },
      ...{ what: 'grad', than: 0, ...PHRASE },
    },
  ],
  claim: 'seq2seq',
};
