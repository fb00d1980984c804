// Exhibit 14: attention. English to Swahili, word by word; the decoder looks back at every word it has read.
import { PHRASE, phrases, TRAINING } from '../phrase';
import type { Exhibit } from '../types';

export const exhibit: Exhibit = {
  slug: 'attention',
  layers: true,
  ...phrases('dot'),
  tasks: { phrases: 'phrases-attention', dates: 'dates-attention' },
  weights: 'phrases-attention',
  dock: ['attention', 'hidden_size', 'directions', 'learning_rate', 'seed'],
  panel: {
    model: [
      'attention',
      'cell',
      'hidden_size',
      'embedding_size',
      'directions',
      'language',
      'translate',
      'batch_size',
      'optimizer',
      'seed',
    ],
    training: TRAINING,
  },
  tour: [
    { id: 'why', show: { at: { after: 'encoder.5.h' }, select: { node: 'encoder.5.h', cell: 0 } } },
    { id: 'query', show: { at: { after: 'decoder.1.h' }, select: { node: 'decoder.1.h', cell: 0 } } },
    {
      id: 'scores',
      show: { at: { after: 'decoder.1.scores' }, select: { node: 'decoder.1.scores', cell: 3 } },
    },
    { id: 'weights', show: { at: { after: 'decoder.1.alpha' }, select: { node: 'decoder.1.alpha', cell: 3 } } },
    {
      id: 'context',
      show: { at: { after: 'decoder.1.context' }, select: { node: 'decoder.1.context', cell: 0 } },
    },
    { id: 'both', show: { at: { after: 'decoder.1.both' }, select: { node: 'decoder.1.both', cell: 32 } } },
    {
      id: 'guess',
      show: { ...PHRASE, at: { after: 'decoder.1.J' }, mark: 'clock.token' },
      do: { next: { at: { after: 'decoder.2.J' } } },
    },
    { id: 'matrix', show: { ...PHRASE, at: 'turn', mark: 'clock.token' } },
    {
      id: 'back',
      show: { at: { back: 'decoder.4.context' }, select: { node: 'decoder.4.alpha', cell: 2 }, view: 'gradient' },
    },
    { id: 'short', show: { at: { back: 'decoder.1.context' }, view: 'gradient' } },
    {
      id: 'hold',
      show: { at: { after: 'decoder.2.J' }, again: true, view: 'value', mark: 'lab.hold' },
      do: {
        hold: { at: { after: 'decoder.2.J' }, lab: { step: '2', word: '2', hold: '1' }, mark: 'lab.hold' },
        free: { at: { after: 'decoder.2.J' }, lab: {}, mark: 'lab.hold' },
      },
    },
    {
      id: 'own',
      show: { at: 'turn', text: '8 6 minutes ago', target: null, mark: 'lab.fed' },
      do: { truth: { text: '8 6 minutes ago', mark: 'lab.fed' } },
    },
  ],
  try: [
    {
      id: 'order',
      show: { at: 'turn', text: '1 0 0 kilometers per hour', target: null, mark: 'reading' },
    },
    {
      id: 'untrained',
      show: { at: 'turn', start: 'untrained', mark: 'clock.update' },
      do: { play: { play: 'update', mark: 'clock.update' } },
    },
    {
      id: 'hold',
      show: { ...PHRASE, at: { after: 'decoder.3.J' }, mark: 'lab.hold' },
      do: { hold: { lab: { step: '3', word: '1', hold: '1' }, mark: 'lab.hold' } },
    },
    { id: 'dates', show: { at: 'turn', text: '4 juin 2034', target: null, set: { task: 'dates' }, mark: 'lab.task' } },
    { id: 'vector', show: { at: 'turn', text: '8 6 minutes ago', target: null, mark: 'lab.carry' } },
    { id: 'race', show: { panel: 'race', mark: 'clock.race' }, do: { play: { play: 'update' } } },
  ],
  questions: [
    {
      id: 'most',
      kind: 'cell',
      pick: 'largest',
      at: { after: 'decoder.5.alpha' },
      node: 'decoder.5.alpha',
      what: 'value',
      ...PHRASE,
    },
    {
      ...{ id: 'weight', kind: 'number', at: { after: 'decoder.4.alpha' }, node: 'decoder.4.alpha', cell: 2 },
      ...{ ...PHRASE, what: 'value', tolerance: 0.1, given: { score: { node: 'decoder.4.scores' } } },
    },
    {
      ...{ id: 'less', kind: 'choice', at: { after: 'decoder.6.scores' }, node: 'decoder.6.scores' },
      ...{ cell: 4, what: 'value', than: { node: 'decoder.5.scores', cell: 4 } },
      ...{ given: { before: { node: 'decoder.5.scores', cell: 4 } }, ...PHRASE },
    },
  ],
  claim: 'attention',
};
