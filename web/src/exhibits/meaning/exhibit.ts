// Exhibit 5: a word is its company. Counts of neighbours, vectors from them in two ways, a map, analogies. Words in en.md.
import type { Exhibit } from '../types';
import { at, type Lab } from './defaults';

const show = (panel: string, lab: Partial<Lab>, mark?: string) => ({
  at: 'start' as const,
  panel,
  lab: { ...at(lab) },
  ...(mark ? { mark } : {}),
});
const LATE = '1000196'; // a pair of the training near its end: apple, and red

export const exhibit: Exhibit = {
  slug: 'meaning',
  walks: false,
  // nothing of this run is shown: what is learned here is a study's
  model: 'mlp',
  task: 'pass',
  weights: 'none',
  settings: { hidden_1: '2', hidden_2: '0', points: '2', batch_size: '2', steps: '0' },
  resume: {},
  text: '0.3 0.1 1',
  dock: [],
  panel: { model: [], training: [] },
  tour: [
    {
      id: 'six',
      show: show('count', { pair: '0' }, 'lab.sentences'),
      do: { first: { lab: { pair: '1' }, mark: 'clock.pair' } },
    },
    { id: 'company', show: show('count', { pair: '15' }, 'lab.table'), do: { play: { play: 'operation' } } },
    { id: 'row', show: show('count', {}, 'lab.company'), do: { other: { lab: { word: 'computer' } } } },
    { id: 'made', show: show('count', { text: 'made' }, 'lab.text') },
    { id: 'chance', show: show('count', { text: 'made', near: 'tree' }, 'lab.company') },
    { id: 'vector', show: show('map', { by: 'counts', word: 'pear' }, 'lab.vector') },
    { id: 'near', show: show('map', { by: 'counts', word: 'pear' }, 'lab.near') },
    { id: 'apple', show: show('map', { by: 'counts', word: 'apple' }, 'lab.near') },
    { id: 'guess', show: show('learn', { step: '0' }, 'lab.terms') },
    {
      id: 'move',
      show: show('learn', { step: '0' }, 'lab.moves'),
      do: { late: { lab: { step: LATE } }, early: { lab: { step: '0' } } },
    },
    { id: 'loss', show: show('learn', { step: LATE }, 'lab.loss') },
    {
      id: 'forms',
      show: show('map', { epoch: '0' }, 'clock.epoch'),
      do: { play: { play: 'update', mark: 'clock.epoch' } },
    },
    { id: 'holds', show: show('analogy', {}, 'lab.asked') },
    { id: 'fails', show: show('analogy', { asked: 'king.crown.uncle' }, 'lab.answers') },
  ],
  try: [
    { id: 'window', show: show('map', { by: 'counts' }, 'lab.window'), do: { one: { lab: { window: '1' } } } },
    { id: 'few', show: show('map', { size: '2' }, 'lab.size') },
    { id: 'anew', show: show('learn', {}, 'lab.anew'), do: { anew: { lab: { seed: '2' } } } },
  ],
  questions: [
    { id: 'pairs', kind: 'count', panel: 'count', lab: { ...at({ pair: '0' }) }, count: 'pairs' },
    {
      id: 'mixture',
      kind: 'side',
      panel: 'map',
      lab: { ...at({ word: 'pear' }) },
      count: 'cosine.pear.apple.pear.plum',
    },
    {
      ...{ id: 'crown', kind: 'side', panel: 'analogy', lab: { ...at({ asked: 'king.robe.aunt' }) } },
      count: 'analogy.king.robe.aunt.tea.kitchen',
    },
  ],
  claim: 'meaning',
};
