// Exhibit 19: a decoder that writes. How a letter is drawn, what was looked at for it, and how that is learned. Words in
// en.md.
import type { Exhibit } from '../types';
import { DEFAULTS, type Lab } from './defaults';

const LETTER = 7; // moments
const HOW = { temperature: 0.8, topK: 6, topP: 1 };
/** Its words are about the net that is shipped. */
const SHIPPED = { at: 'start', start: 'shipped' } as const;
/** The views as they are at first, but for this; an address has no empty words. */
const labFor = (set: Partial<Lab>) => ({ ...DEFAULTS, ...set, was: set.was ?? '+' });
const write = (set: Partial<Lab>, sampling: Partial<typeof HOW> = {}, mark?: string) => ({
  ...{ ...SHIPPED, panel: 'write', lab: labFor(set), sampling: { ...HOW, ...sampling } },
  ...(mark ? { mark } : {}),
});
const heads = (set: Partial<Lab>, mark?: string) => ({
  ...{ ...SHIPPED, panel: 'heads', lab: labFor({ text: 'madelyn', ...set }) },
  ...(mark ? { mark } : {}),
});
const cache = (set: Partial<Lab>, mark?: string) => ({
  ...{ ...SHIPPED, panel: 'cache', lab: labFor({ text: 'madel', ...set }) },
  ...(mark ? { mark } : {}),
});

export const exhibit: Exhibit = {
  slug: 'gpt',
  walks: false,
  model: 'gpt',
  task: 'names',
  weights: 'names-gpt',
  settings: { learning_rate: '0.005', steps: '3000' },
  resume: { learning_rate: '0.001' },
  text: DEFAULTS.text,
  tasks: { names: 'names-gpt', prose: 'prose-gpt' },
  dock: ['num_blocks', 'num_heads', 'hidden_size', 'batch_size', 'learning_rate', 'seed'],
  panel: {
    model: [
      ...['num_blocks', 'num_heads', 'hidden_size', 'feed_forward_size', 'context_size', 'dropout', 'batch_size'],
      'seed',
    ],
    training: ['optimizer', 'learning_rate', 'warm_up', 'schedule', 'steps'],
  },
  offers: ['mask', 'norm', 'residual', 'feed_forward', 'places'],
  tour: [
    {
      id: 'letter',
      show: write({ done: '1' }, {}, 'clock.column'),
      do: { on: { lab: { done: '2' }, mark: 'clock.column' } },
    },
    {
      id: 'warm',
      show: write({ done: '3' }, {}, 'sampling'),
      do: {
        cold: { sampling: { temperature: 0.3 }, mark: 'sampling' },
        hot: { sampling: { temperature: 2 }, mark: 'sampling' },
        mild: { sampling: { temperature: 0.8 }, mark: 'sampling' },
      },
    },
    {
      id: 'cut',
      show: write({ done: '4' }, {}, 'sampling'),
      do: { left: { lab: { done: '6' }, mark: 'clock.column' } },
    },
    {
      id: 'nucleus',
      show: write({ done: '6' }, { topK: 0, topP: 0.7 }, 'sampling'),
      do: { next: { lab: { done: String(LETTER + 6) } } },
    },
    {
      id: 'draw',
      show: write({ done: String(LETTER) }, {}, 'lab.draw'),
      do: { again: { lab: { draw: '1', done: String(LETTER) } } },
    },
    {
      id: 'heads',
      show: heads({}, 'lab.head'),
      do: { one: { lab: { block: '1', head: '4' }, mark: 'lab.head' } },
    },
    {
      id: 'back',
      show: heads({ block: '1', head: '2' }, 'lab.head'),
      do: { other: { lab: { block: '2', head: '3' } } },
    },
    { id: 'mattered', show: heads({ text: 'mad' }) },
    {
      id: 'cache',
      show: cache({ read: '6' }, 'lab.keep'),
      do: { anew: { lab: { keep: 'off' }, mark: 'lab.keep' } },
    },
    {
      id: 'early',
      show: cache({ text: 'model', was: 'madel', read: '6' }),
      do: { back: { lab: { read: '1' }, mark: 'clock.letter' } },
    },
    {
      id: 'train',
      show: {
        ...{ at: 'start', panel: 'train', start: 'untrained', set: { task: 'names' } },
        ...{ lab: labFor({ text: 'madelyn' }), mark: 'clock.update' },
      },
      do: { play: { play: 'update' } },
    },
    {
      id: 'race',
      show: { at: 'start', panel: 'race', mark: 'clock.race' },
      do: { run: { play: 'update' } },
    },
  ],
  try: [
    {
      id: 'greedy',
      show: write({ done: '0' }, { temperature: 0, topK: 0 }, 'clock.column'),
      do: {
        play: { play: 'operation', mark: 'clock.column' },
        again: { lab: { draw: '1' }, mark: 'lab.draw' },
        hot: { sampling: { temperature: 3 }, mark: 'sampling' },
      },
    },
    {
      id: 'own',
      show: write({ done: '0' }, {}, 'lab.text'),
      do: { odd: { lab: { text: 'xq', done: '0' }, mark: 'lab.text' } },
    },
    {
      id: 'ahead',
      show: {
        ...{ at: 'start', panel: 'train', start: 'untrained', set: { task: 'names', mask: 'off' } },
        ...{ lab: labFor({ text: 'madelyn' }), mark: 'lab.mask' },
      },
      do: { play: { play: 'update' } },
    },
    {
      id: 'prose',
      show: {
        ...{ at: 'start', panel: 'train', set: { task: 'prose' }, mark: 'lab.net' },
        lab: labFor({ text: 'the+white+whale' }), // as the address has it
      },
      do: { play: { play: 'update' } },
    },
  ],
  questions: [
    {
      ...{ id: 'kept', kind: 'count', panel: 'write', count: 'kept', start: 'shipped' },
      ...{ lab: labFor({ done: '6' }), sampling: { ...HOW, topK: 0, topP: 0.9 } },
    },
    {
      ...{ id: 'cut', kind: 'side', panel: 'write', count: 'left.e', start: 'shipped' },
      ...{ lab: labFor({ done: '4' }), sampling: HOW },
    },
    { id: 'hangs', kind: 'side', panel: 'heads', lab: labFor({}), count: 'mattered.1.3', start: 'shipped' },
  ],
  claim: 'gpt',
};
