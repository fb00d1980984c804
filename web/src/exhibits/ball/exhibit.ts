// Exhibit 11: where will it go next? A ball in a box, a net that reads numbers, and what the past is good for. Words in en.md.
import type { Exhibit } from '../types';
import { at, type Lab } from './defaults';

const show = (panel: string, lab: Partial<Lab> = {}, mark?: string) => ({
  at: 'start' as const,
  panel,
  lab: { ...at(lab) },
  ...(mark ? { mark } : {}),
});
const train = { play: 'update' as const, mark: 'clock.update' };
const forget = { set: { hold_z: '0', hold_r: '0' } };

export const exhibit: Exhibit = {
  slug: 'ball',
  walks: false,
  writes: false,
  model: 'forecaster',
  task: 'ball',
  weights: 'ball',
  settings: { batch_size: '32', learning_rate: '0.005', schedule: 'constant', steps: '1000', seed: '7' },
  resume: { schedule: 'constant' },
  text: '0.15,0.55>0.65,0.25',
  dock: ['hidden_size', 'learning_rate', 'seed'],
  panel: {
    model: ['hidden_size', 'noise', 'batch_size', 'seed'],
    training: ['optimizer', 'learning_rate', 'clip_norm', 'steps'],
  },
  offers: ['hold_z', 'hold_r'],
  tour: [
    { id: 'one', show: show('one', { frame: '1' }, 'lab.fan') },
    {
      id: 'two',
      show: show('throw', { reads: 'came', frame: '2' }, 'lab.numbers'),
      do: { on: { lab: at({ reads: 'came', frame: '3' }), mark: 'lab.numbers' } },
    },
    { id: 'past', show: show('throw', { reads: 'came', frame: '12' }, 'clock.frame'), do: { on: { step: true } } },
    {
      id: 'inside',
      show: show('inside', { frame: '12', op: '17' }, 'lab.inside'),
      do: { on: { lab: at({ frame: '12', op: '18' }), mark: 'lab.inside' } },
    },
    { id: 'step', show: show('inside', { frame: '12', op: '20' }, 'lab.spelled') },
    { id: 'back', show: show('inside', { frame: '12', op: '25' }, 'lab.inside') },
    {
      id: 'own',
      show: show('throw', { frame: '20' }, 'lab.box'),
      do: { all: { lab: at({ frame: '31' }), mark: 'lab.box' } },
    },
    { id: 'errors', show: show('errors', { frame: '20' }, 'lab.errors') },
    { id: 'early', show: show('errors', { frame: '3' }, 'lab.errors') },
    { id: 'speed', show: show('speed', { reads: 'came', given: '20', frame: '20' }, 'lab.speed') },
    {
      id: 'train',
      show: { ...show('throw', { frame: '31' }, 'clock.update'), start: 'untrained' },
      do: { train },
    },
  ],
  try: [
    {
      id: 'forget',
      show: show('throw', { frame: '31' }, 'lab.memory'),
      do: { forget: { ...forget, mark: 'lab.box' }, errors: { ...show('errors', { frame: '20' }), ...forget } },
    },
    {
      id: 'fast',
      show: show('throw', { throw: '100_300_1800_600', frame: '25' }, 'lab.box'),
      do: { slow: { lab: at({ throw: '100_300_500_300', frame: '25' }), mark: 'lab.box' } },
    },
    {
      id: 'given',
      show: show('throw', { given: '3', frame: '20' }, 'lab.given'),
      do: { more: { lab: at({ given: '6', frame: '20' }), mark: 'lab.given' } },
    },
  ],
  questions: [
    { id: 'one', kind: 'side', panel: 'one', lab: { ...at({ frame: '1' }) }, count: 'one' },
    { id: 'far', kind: 'side', panel: 'errors', lab: { ...at({ frame: '10' }) }, count: 'far' },
    { id: 'speed', kind: 'side', panel: 'speed', lab: { ...at({ frame: '10' }) }, count: 'speed' },
  ],
  claim: 'ball',
};
