// Exhibit 10: one to one, many to one, one to many, many to many; what a sequence model must do, and a bag of words cannot. Words in en.md.
import type { Exhibit } from '../types';
import { at, type Lab } from './defaults';

const show = (panel: string, lab: Partial<Lab> = {}, mark?: string) => ({
  at: 'start' as const,
  panel,
  lab: { ...at(lab) },
  ...(mark ? { mark } : {}),
});

export const exhibit: Exhibit = {
  slug: 'tasks',
  walks: false,
  writes: false,
  answers: true,
  model: 'classifier',
  task: 'sentiment',
  weights: 'sentiment',
  settings: {
    ...{ cell: 'rnn', hidden_size: '16', embedding_size: '8', batch_size: '64' },
    ...{ learning_rate: '0.02', schedule: 'constant', steps: '300', seed: '3' },
  },
  resume: { schedule: 'constant' },
  text: 'the food was great .',
  dock: ['hidden_size', 'learning_rate', 'seed'],
  panel: {
    model: ['cell', 'hidden_size', 'embedding_size', 'batch_size', 'seed'],
    training: ['optimizer', 'learning_rate', 'clip_norm', 'steps'],
  },
  tour: [
    { id: 'one', show: show('shapes', { shape: 'one-one' }, 'lab.shapes') },
    {
      id: 'many',
      show: show('shapes', { shape: 'many-one', op: '0' }, 'clock.operation'),
      do: { on: { step: true } },
    },
    { id: 'back', show: show('shapes', { shape: 'many-one', op: '40' }, 'clock.operation') },
    { id: 'write', show: show('shapes', { shape: 'one-many' }, 'lab.shapes') },
    { id: 'both', show: show('shapes', { shape: 'many-many' }, 'lab.shapes') },
    { id: 'pair', show: show('pair', { word: '3' }, 'lab.strips'), do: { on: { step: true } } },
    { id: 'bag', show: show('pair', {}, 'lab.bag') },
    { id: 'demands', show: show('demands', {}, 'lab.demands') },
    {
      id: 'train',
      show: { ...show('pair', {}, 'clock.update'), start: 'untrained' },
      do: { train: { play: 'update', mark: 'lab.right' } },
    },
  ],
  try: [
    {
      id: 'said',
      show: show('pair', {
        one: 'they+said+the+room+was+really+bad+.2C+but+it+was+good+.2E',
        other: 'they+said+the+room+was+really+good+.2C+but+it+was+bad+.2E',
        word: '16',
      }),
    },
    {
      id: 'own',
      show: show('pair', { one: 'never+dull', other: 'not+good', word: '16' }, 'lab.strips'),
    },
    {
      id: 'longer',
      show: show(
        'pair',
        { one: 'the+food+was+not+bad+.2E', other: 'the+food+was+not+good+.2E', word: '16' },
        'lab.strips',
      ),
    },
  ],
  questions: [
    { id: 'part', kind: 'count', panel: 'pair', lab: { ...at() }, count: 'part' },
    { id: 'bag', kind: 'count', panel: 'pair', lab: { ...at() }, count: 'bag' },
    { id: 'end', kind: 'side', panel: 'pair', lab: { ...at() }, count: 'end' },
  ],
  claim: 'tasks',
};
