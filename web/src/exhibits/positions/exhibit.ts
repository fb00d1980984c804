// Exhibit 17: order put back. A place has numbers of its own, and the word gets them too. Words in en.md.
import type { Exhibit } from '../types';
import { DEFAULTS, type Lab } from './defaults';

/** The view as it is at first, but for this; its words as an address has them. */
const labFor = (set: Partial<Lab>) => {
  const lab = { ...DEFAULTS, ...set };
  return { ...lab, text: lab.text.replaceAll(' ', '+') };
};
const show = (set: Partial<Lab>, mark?: string) => ({
  at: 'start' as const,
  panel: 'places',
  lab: labFor(set),
  ...(mark ? { mark } : {}),
});

/** Three nets that learn it, untrained. */
const race = (set: Record<string, string>, mark: string) => ({
  at: 'start' as const,
  panel: 'order',
  lab: { join: 'added', thrown: '', at: '0', ...set },
  mark,
});
const play = { play: 'update' as const };

export const exhibit: Exhibit = {
  slug: 'positions',
  walks: false,
  model: 'encoder',
  task: 'order',
  weights: 'none',
  settings: {
    ...{ positions: 'sinusoidal', num_heads: '4', apart: '4', batch_size: '32' },
    ...{ learning_rate: '0.005', steps: '800' },
  },
  resume: {},
  text: 'cdaebc',
  dock: ['positions', 'learning_rate', 'seed'],
  panel: {
    model: [
      'positions',
      'positions_join',
      'count_from',
      'random_start',
      'hidden_size',
      'num_heads',
      'num_blocks',
      'seed',
    ],
    training: ['optimizer', 'learning_rate', 'steps'],
  },
  tour: [
    { id: 'lost', show: show({ kind: 'none', done: '160' }, 'lab.kind') },
    { id: 'table', show: show({}, 'lab.table'), do: { next: { lab: { row: '5' } } } },
    {
      id: 'wave',
      show: show({ column: '3' }),
      do: { slow: { lab: { column: '11' } }, first: { lab: { column: '1' } } },
    },
    { id: 'hands', show: show({ row: '8', column: '1' }), do: { one: { lab: { row: '9' } } } },
    {
      id: 'sum',
      show: show({ done: '99', column: '3' }, 'clock.step'),
      do: { step: { lab: { done: '100', column: '4' }, mark: 'clock.step' }, all: { lab: { done: '160' } } },
    },
    { id: 'distance', show: show({ row: '4' }) },
    {
      id: 'beside',
      show: show({ kind: 'concatenated', done: '320' }, 'lab.kind'),
      do: { add: { lab: { kind: 'added', done: '160' } } },
    },
    { id: 'learned', show: show({ kind: 'learned', done: '160' }, 'lab.kind') },
    {
      id: 'zero',
      show: show({ from: '0', row: '1', column: '1' }, 'lab.from'),
      do: { one: { lab: { from: '1' } }, zero: { lab: { from: '0' } } },
    },
    {
      id: 'later',
      show: show({ start: '20', done: '160', row: '21' }, 'lab.start'),
      do: { first: { lab: { start: '0', row: '1' } }, later: { lab: { start: '20', row: '21' } } },
    },
    { id: 'order', show: race({}, 'clock.race'), do: { play } },
    {
      id: 'anywhere',
      show: race({}, 'lab.anywhere'),
      do: { anywhere: { lab: { thrown: '0', at: '0' } }, play, one: { lab: { thrown: '', at: '0' } } },
    },
  ],
  try: [
    {
      id: 'twice',
      show: show({ text: 'tea or no tea', done: '128', row: '1' }, 'lab.kind'),
      do: { none: { lab: { kind: 'none' } }, waves: { lab: { kind: 'added' } } },
    },
    {
      id: 'throw',
      show: race({}, 'lab.anywhere'),
      do: {
        play,
        throw: { lab: { thrown: '800', at: '800' } },
        beside: { lab: { join: 'concatenated', thrown: '', at: '0' } },
      },
    },
    { id: 'turn', show: show({ row: '12', column: '1' }, 'lab.table'), do: { slow: { lab: { column: '31' } } } },
  ],
  questions: [
    { id: 'alike', kind: 'side', panel: 'places', lab: labFor({ row: '1' }), count: 'dot.2.14' },
    { id: 'again', kind: 'side', panel: 'places', lab: labFor({ row: '1' }), count: 'dot.17.21' },
    { id: 'width', kind: 'count', panel: 'places', lab: labFor({ kind: 'concatenated' }), count: 'width' },
  ],
  claim: 'positions',
};
