// Exhibit 22: the same block on other sequences. Residues, patches of a picture, days: only what makes a token a vector
// differs. Words in en.md.
import type { Exhibit } from '../types';
import { at, type Lab } from './defaults';

type Task = 'protein' | 'digits' | 'days';
const show = (task: Task, panel: string, lab: Partial<Lab> = {}, mark?: string) => ({
  ...{ at: 'start' as const, panel, lab: { ...at(lab) }, set: { task } },
  ...(mark ? { mark } : {}),
});
/** Where the step of a walk stands, by what was done. */
const EMBEDDED = '2';
const WEIGHTS = '21';
const TURNED = [...at().protein].reverse().join('');
const train = { play: 'update' as const, mark: 'clock.update' };

export const exhibit: Exhibit = {
  slug: 'elsewhere',
  walks: false,
  writes: false,
  model: 'encoder',
  task: 'protein',
  weights: 'protein',
  settings: {
    ...{ embedding_std: '0.3', context_size: '32', batch_size: '32', learning_rate: '0.005' },
    ...{ steps: '800', seed: '7' },
  },
  resume: { learning_rate: '0.002' },
  text: at().protein,
  tasks: { protein: 'protein', digits: 'digits', days: 'days' },
  dock: ['hidden_size', 'learning_rate', 'seed'],
  panel: {
    model: ['hidden_size', 'num_heads', 'num_blocks', 'positions', 'noise', 'batch_size', 'seed'],
    training: ['optimizer', 'learning_rate', 'steps'],
  },
  tour: [
    { id: 'chain', show: show('protein', 'look', {}, 'lab.figure') },
    {
      id: 'looks',
      show: show('protein', 'look', { row: '1' }, 'lab.looks'),
      do: { other: { lab: at({ row: '6' }), mark: 'lab.looks' } },
    },
    {
      id: 'turned',
      show: show('protein', 'look', { protein: TURNED }, 'lab.answer'),
      do: { back: { lab: at(), mark: 'lab.answer' } },
    },
    { id: 'patches', show: show('digits', 'look', {}, 'lab.figure') },
    { id: 'matrix', show: show('digits', 'walk', { op: EMBEDDED, row: '6' }, 'lab.walk') },
    { id: 'picture', show: show('digits', 'look', {}, 'lab.errors') },
    { id: 'days', show: show('days', 'look', {}, 'lab.figure') },
    {
      id: 'block',
      show: show('days', 'walk', { op: WEIGHTS }, 'lab.walk'),
      do: { on: { lab: at({ op: '22' }), mark: 'lab.walk' } },
    },
    {
      id: 'same',
      show: show('days', 'same', {}, 'lab.same'),
      do: {
        protein: { set: { task: 'protein' }, mark: 'lab.same' },
        digits: { set: { task: 'digits' }, mark: 'lab.same' },
      },
    },
    {
      id: 'train',
      show: { ...show('days', 'look', {}, 'clock.update'), start: 'untrained' },
      do: { train },
    },
  ],
  try: [
    { id: 'own', show: show('digits', 'look', { digits: `1_${'0'.repeat(144)}` }, 'lab.ink') },
    {
      id: 'short',
      show: show('protein', 'look', { protein: 'MKKSSDEQPTNKLLVVIILAAVFG' }, 'lab.answer'),
      do: { turn: { lab: at({ protein: 'GFVAALIIVVLLKNTPQEDSSKKM' }), mark: 'lab.answer' } },
    },
    { id: 'flat', show: show('days', 'look', { days: `${'200_'.repeat(13)}350_200` }, 'lab.figure') },
  ],
  questions: [
    { id: 'end', kind: 'side', panel: 'look', lab: { ...at({ protein: TURNED }) }, start: 'shipped', count: 'end' },
    { id: 'said', kind: 'count', panel: 'same', lab: { ...at() }, start: 'shipped', count: 'said' },
    { id: 'error', kind: 'side', panel: 'look', lab: { ...at() }, start: 'shipped', count: 'error' },
  ],
  claim: 'elsewhere',
};
