// Exhibit 6: a chain of guesses. A text's probability letter by letter, by counting; all texts together are 1. Words in en.md.
import type { Exhibit } from '../types';
import { at, type Lab } from './defaults';

const show = (panel: string, lab: Partial<Lab>, mark?: string) => ({
  at: 'start' as const,
  panel,
  lab: { ...at(lab) },
  ...(mark ? { mark } : {}),
});
const TWO: Partial<Lab> = { text: 'two', seen: '1', smoothing: '1' };

export const exhibit: Exhibit = {
  slug: 'next-word',
  walks: false,
  model: 'window_lm',
  task: 'names',
  weights: 'none',
  settings: { window: '3', embedding_size: '8', hidden_size: '64', steps: '3000' },
  resume: {},
  text: 'amelia',
  dock: [],
  panel: { model: [], training: [] },
  tour: [
    {
      id: 'guess',
      show: show('chain', { done: '5' }, 'clock.letter'),
      do: { next: { lab: { done: '10' }, mark: 'clock.letter' } },
    },
    { id: 'count', show: show('chain', { done: '13', side: 'row' }) },
    {
      id: 'smooth',
      show: show('chain', { done: '13' }, 'lab.smoothing'),
      do: { little: { lab: { smoothing: '0.1' } }, much: { lab: { smoothing: '1000' } } },
    },
    { id: 'chain', show: show('chain', {}) },
    { id: 'logs', show: show('chain', { done: '19' }, 'clock.operation'), do: { add: { lab: { done: '20' } } } },
    { id: 'end', show: show('chain', { done: '33' }) },
    { id: 'perplexity', show: show('chain', { done: '35' }) },
    {
      id: 'lengths',
      show: show('chain', {}, 'lab.lengths'),
      do: { other: { lab: { name: 'iroh' } }, back: { lab: { name: 'amelia' } } },
    },
    { id: 'window', show: show('window', { seen: '5' }, 'lab.sizes') },
    {
      id: 'vector',
      show: show('window', {}, 'lab.vector'),
      do: { learn: { lab: { look: '20' }, mark: 'lab.losses' } },
    },
    { id: 'whole', show: show('all', { ...TWO, rows: '1' }, 'clock.row'), do: { cut: { lab: { rows: '2' } } } },
    { id: 'parts', show: show('all', { ...TWO, piece: 'ab' }, 'lab.piece') },
    { id: 'one', show: show('all', { ...TWO }, 'lab.list') },
    {
      id: 'names',
      show: show('all', { text: 'names', piece: 'a' }, 'lab.text'),
      do: { open: { lab: { piece: 'ma' }, mark: 'lab.piece' } },
    },
    {
      id: 'uses',
      show: show('uses', { seen: '3' }, 'lab.typed'),
      do: { ends: { lab: { beginning: 'kath' }, mark: 'lab.beginning' } },
    },
  ],
  try: [
    { id: 'own', show: show('chain', {}, 'lab.name') },
    { id: 'blind', show: show('chain', { seen: '0' }, 'lab.seen'), do: { two: { lab: { seen: '2' } } } },
    {
      id: 'flat',
      show: show('all', { ...TWO, smoothing: '0.1' }, 'lab.smoothing'),
      do: { much: { lab: { smoothing: '1000' } } },
    },
    { id: 'race', show: show('race', {}, 'lab.race'), do: { run: { play: 'update', mark: 'clock.race' } } },
  ],
  questions: [
    { id: 'longer', kind: 'side', panel: 'chain', lab: { ...at({ name: 'iroh' }) }, count: 'seen.5.1' },
    { id: 'texts', kind: 'count', panel: 'all', lab: { ...at({ ...TWO, rows: '1' }) }, count: 'texts.3' },
    { id: 'likelier', kind: 'side', panel: 'all', lab: { ...at({ ...TWO }) }, count: 'end.ab.ba' },
  ],
  claim: 'next-word',
};
