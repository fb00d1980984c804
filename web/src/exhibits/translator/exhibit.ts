// Exhibit 20: an encoder and a decoder made of blocks. English to Swahili, word by word. Words in en.md.
import { PHRASE, TRAINING } from '../phrase';
import type { Exhibit } from '../types';

const ZILIZOPITA = 4; // row of the word whose look is read
const [DAYS, AGO] = [3, 4];
const [VOCABULARY, WRITTEN] = [60, 59]; // of them the word that this row writes
const look = (word: number) => ZILIZOPITA * 5 + word; // cell of its weights over the five words of the source
const across = 'decoder.1.cross.head2';

export const exhibit: Exhibit = {
  slug: 'translator',
  kind: 'crossed',
  model: 'transformer',
  task: 'phrases',
  tasks: { phrases: 'phrases-transformer', dates: null },
  weights: 'phrases-transformer',
  settings: {
    hidden_size: '16',
    num_heads: '2',
    num_blocks: '1',
    feed_forward_size: '32',
    positions: 'sinusoidal',
    batch_size: '64',
    learning_rate: '0.005',
    schedule: 'constant',
  },
  resume: { schedule: 'constant' },
  ...PHRASE,
  dock: ['num_blocks', 'hidden_size', 'num_heads', 'learning_rate', 'seed'],
  panel: {
    model: [
      'num_blocks',
      'hidden_size',
      'num_heads',
      'feed_forward_size',
      'feed_forward',
      'norm',
      'positions',
      'places',
      'language',
      'translate',
      'batch_size',
      'optimizer',
      'seed',
    ],
    training: [...TRAINING, 'dropout', 'free_running'],
  },
  tour: [
    { id: 'words', show: { at: { after: 'h_source' }, select: { node: 'h_source', cell: 0 } } },
    {
      id: 'all',
      show: { ...PHRASE, at: { after: 'encoder.1.head2.a' }, select: { node: 'encoder.1.head2.a', cell: 15 } },
    },
    { id: 'read', show: { at: { after: 'norm_source' }, select: { node: 'norm_source', cell: AGO * 16 } } },
    {
      id: 'masked',
      show: { ...PHRASE, at: { after: 'decoder.1.head2.a' }, select: { node: 'decoder.1.head2.a', cell: 24 } },
    },
    {
      id: 'query',
      show: {
        ...PHRASE,
        at: { after: 'decoder.1.cross.q' },
        select: { node: 'decoder.1.cross.q', cell: ZILIZOPITA * 16 },
      },
    },
    {
      id: 'memory',
      show: { at: { after: 'decoder.1.cross.v' }, select: { node: 'decoder.1.cross.k', cell: AGO * 16 } },
    },
    {
      id: 'score',
      show: { ...PHRASE, at: { after: `${across}.e` }, select: { node: `${across}.e`, cell: look(AGO) } },
    },
    {
      id: 'weights',
      show: { ...PHRASE, at: { after: `${across}.a` }, select: { node: `${across}.a`, cell: look(AGO) } },
      do: { first: { select: { node: 'decoder.1.cross.head1.a', cell: look(AGO) } } },
    },
    {
      id: 'answer',
      show: {
        ...{ ...PHRASE, at: { after: 'decoder.1.cross.o' } },
        select: { node: 'decoder.1.cross.o', cell: ZILIZOPITA * 16 },
      },
    },
    {
      id: 'guess',
      show: { ...PHRASE, at: { after: 'y_hat' }, select: { node: 'y_hat', cell: ZILIZOPITA * VOCABULARY + WRITTEN } },
      do: { loss: { at: 'turn' }, own: { target: null, mark: 'lab.fed' } },
    },
    {
      id: 'heads',
      show: { ...PHRASE, at: 'turn', again: true, panel: 'heads', lab: { row: '5' }, mark: 'lab.heads' },
      do: { first: { panel: 'heads', lab: { row: '5', head: '1' }, mark: 'lab.heads' } },
    },
    {
      id: 'search',
      show: {
        ...{ at: 'turn', again: true, text: 'minutes ago', target: null, panel: 'search' },
        ...{ lab: { width: '3', norm: '0', step: '1' }, mark: 'clock.step' },
      },
      do: {
        on: { panel: 'search', lab: { width: '3', norm: '0', step: '2' }, mark: 'clock.step' },
        eight: { panel: 'search', lab: { width: '8', norm: '0', step: '2' }, mark: 'lab.width' },
      },
    },
    {
      id: 'back',
      show: {
        ...{ ...PHRASE, at: { back: `${across}.o` }, view: 'gradient' },
        select: { node: `${across}.a`, cell: look(DAYS) },
      },
    },
    {
      id: 'home',
      show: { at: { back: 'encoder.1.out' }, view: 'table', select: { node: 'norm_source', cell: AGO * 16 } },
    },
    {
      id: 'three',
      show: {
        at: 'turn',
        again: true,
        text: '3 0 4 days ago',
        target: null,
        panel: 'three',
        lab: {},
        mark: 'lab.three',
      },
    },
  ],
  try: [
    {
      id: 'order',
      show: {
        at: 'turn',
        text: '1 0 0 kilometers per hour',
        target: null,
        panel: 'heads',
        lab: { row: '1' },
        mark: 'reading',
      },
    },
    {
      id: 'places',
      show: { ...PHRASE, at: 'turn', mark: 'panel.model' },
      do: { off: { set: { places: 'off' } }, on: { set: { places: 'on' } } },
    },
    {
      id: 'untrained',
      show: { ...PHRASE, at: 'turn', start: 'untrained', mark: 'clock.update' },
      do: { play: { play: 'update', mark: 'clock.update' } },
    },
    {
      id: 'size',
      show: { at: 'turn', panel: 'size', lab: {}, mark: 'lab.size' },
      do: {
        wide: { panel: 'size', lab: { d: '32' }, mark: 'lab.size' },
        paper: { panel: 'size', lab: { blocks: '6', d: '512', times: '4' }, mark: 'lab.build' },
      },
    },
  ],
  questions: [
    {
      ...{ id: 'most', kind: 'cell', pick: 'largest', at: { after: `${across}.a` }, node: `${across}.a` },
      ...{ what: 'value', ...PHRASE },
    },
    {
      ...{ id: 'weight', kind: 'number', at: { after: `${across}.a` }, node: `${across}.a`, cell: look(AGO) },
      ...{ what: 'value', tolerance: 0.1, ...PHRASE },
      given: { score: { node: `${across}.e` }, other: { node: `${across}.e`, cell: look(DAYS) } },
    },
    {
      ...{
        id: 'raise',
        kind: 'choice',
        at: { back: 'decoder.1.cross.head1.o' },
        node: 'decoder.1.cross.head1.a',
        cell: look(AGO),
      },
      ...{ what: 'grad', than: { node: 'decoder.1.cross.head1.a', cell: look(DAYS) }, ...PHRASE },
    },
  ],
  claim: 'translator',
};
