// Exhibit 2: walking downhill on the error of two weights. Words in en.md.
import type { Exhibit } from '../types';
import { at, type Lab } from './defaults';

const show = (panel: string, lab: Partial<Lab>, mark?: string) => ({
  at: 'start' as const,
  panel,
  lab: { ...at(lab) },
  ...(mark ? { mark } : {}),
});

export const exhibit: Exhibit = {
  slug: 'descent',
  walks: false,
  model: 'mlp',
  task: 'curve',
  weights: 'none',
  settings: { hidden_1: '3', hidden_2: '0', seed: '1' },
  resume: {},
  text: '0.5 0',
  dock: [],
  panel: { model: [], training: [] },
  tour: [
    { id: 'height', show: show('rules', {}, 'lab.map') },
    { id: 'still', show: show('rules', {}, 'lab.map') },
    { id: 'bends', show: show('rules', {}, 'lab.bends') },
    {
      id: 'update',
      show: show('rules', { op: '1' }, 'lab.doing'),
      do: {
        step: { lab: at({ op: '2' }), mark: 'clock.step' },
        play: { lab: at(), play: 'update', mark: 'clock.update' },
      },
    },
    { id: 'one', show: show('rules', { rule: 'one', update: '20' }, 'rule.one') },
    { id: 'mini', show: show('rules', { rule: 'mini', update: '9', op: '1' }, 'rule.mini') },
    {
      id: 'momentum',
      show: show('rules', { rule: 'momentum', update: '10' }, 'lab.mu'),
      do: { none: { lab: at({ rule: 'momentum', update: '10', mu: '0' }), mark: 'lab.mu' } },
    },
    { id: 'adam', show: show('rules', { rule: 'adam', update: '1' }, 'lab.update') },
    { id: 'rules', show: show('rules', { rule: 'one', update: '36' }, 'lab.errors') },
    { id: 'rate', show: show('rate', {}, 'lab.three') },
    { id: 'limit', show: show('rate', {}, 'lab.limit') },
    { id: 'leave', show: show('noise', {}, 'lab.leave') },
    { id: 'root', show: show('noise', {}, 'lab.root') },
    { id: 'twin', show: show('symmetry', { copy: '26' }, 'lab.copies') },
    { id: 'price', show: show('price', {}, 'lab.operations') },
  ],
  try: [
    { id: 'start', show: show('rules', { update: '24' }, 'lab.map') },
    { id: 'doubled', show: show('noise', {}, 'lab.twice') },
    { id: 'edge', show: show('rate', { bowl: '20' }, 'lab.high') },
    {
      id: 'slice',
      show: show('slice', {}, 'lab.map'),
      do: {
        names: { lab: at({ of: 'rnn' }), mark: 'lab.share' },
        principal: { lab: at({ of: 'rnn', by: 'principal' }), mark: 'lab.plane' },
      },
    },
  ],
  questions: [
    { id: 'climb', kind: 'side', panel: 'rate', lab: { ...at({ bowl: '0' }) }, count: 'climb' },
    { id: 'roll', kind: 'side', panel: 'rules', lab: { ...at({ rule: 'momentum', update: '7' }) }, count: 'roll' },
    { id: 'copies', kind: 'count', panel: 'symmetry', lab: { ...at({ units: '2' }) }, count: 'copies' },
  ],
  claim: 'descent',
};
