// Exhibit 16: self-attention by hand. Numbers thrown with a die, small enough for pencil and paper. Words in en.md.
import type { Exhibit } from '../types';

const UNCLE = 3; // row of the word whose look is read
const score = (key: number) => UNCLE * 5 + key;
const ORDERED = 'Zuko made his uncle tea';

const four = [1, 2, 3, 4];
/** Each number that was thrown: a step has them as they were, and the reader's again after it. */
const NUMBERS = [
  ...['query', 'key', 'value'].flatMap((name) => four.map((row) => `${name}_${row}`)),
  ...Array.from({ length: 12 }, (_, word) => `word_${word + 1}`),
].flatMap((row) => four.map((column) => `${row}_${column}`));

/** Backwards, until the gradient of a weight has come: a cell of it with its terms. */
const ofWeight = (node: string, made: string, cell: number) => ({
  ...{ at: { back: made }, text: ORDERED, view: 'gradient' as const },
  select: { node, cell },
});

export const exhibit: Exhibit = {
  slug: 'qkv',
  kind: 'matrices',
  model: 'attention_only',
  task: 'sentence',
  weights: 'sentence',
  settings: { steps: '0' },
  resume: {},
  text: ORDERED,
  writes: false,
  own: 'sentence',
  dock: ['scale', 'keys', 'asked_word', 'asked_number', 'seed'],
  panel: {
    model: ['scale', 'keys', 'alpha', 'asked_word', 'asked_number', 'seed'],
    training: ['learning_rate', 'optimizer'],
  },
  offers: ['alpha', 'scale', 'keys', ...NUMBERS],
  tour: [
    { id: 'words', show: { at: { after: 'head.x' }, text: ORDERED, select: { node: 'head.x', cell: UNCLE * 4 } } },
    { id: 'query', show: { at: { after: 'head.q' }, text: ORDERED, select: { node: 'head.q', cell: UNCLE * 4 } } },
    { id: 'key', show: { at: { after: 'head.v' }, text: ORDERED, select: { node: 'head.k', cell: 8 } } },
    {
      id: 'score',
      show: { at: { after: 'head.e' }, text: ORDERED, select: { node: 'head.e', cell: score(2) } },
      do: { again: { at: { after: 'head.v' }, step: true } },
    },
    { id: 'scale', show: { at: { after: 'head.s' }, text: ORDERED, select: { node: 'head.s', cell: score(2) } } },
    { id: 'weights', show: { at: { after: 'head.a' }, text: ORDERED, select: { node: 'head.a', cell: score(2) } } },
    {
      id: 'answer',
      show: { at: { after: 'head.o' }, text: ORDERED, select: { node: 'head.o', cell: UNCLE * 4 + 1 } },
    },
    {
      id: 'rows',
      show: { at: { after: 'head.a' }, again: true, text: ORDERED, part: 4, mark: 'clock.token' },
      do: { all: { at: { after: 'head.o' } } },
    },
    {
      id: 'shuffle',
      show: { at: { after: 'head.o' }, text: 'his tea Zuko uncle made', mark: 'lab.shuffle' },
      do: { back: { text: ORDERED } },
    },
    {
      id: 'change',
      show: {
        ...{ at: { after: 'head.o' }, text: ORDERED, mark: 'lab.number' },
        select: { node: 'V', cell: 4 },
      },
      do: { five: { set: { value_2_1: '5' } } },
    },
    {
      id: 'held',
      show: { at: { after: 'head.o' }, text: ORDERED, mark: 'lab.alpha', set: { word_6_2: '6' } },
      do: { hold: { set: { alpha: 'held' } }, free: { set: { alpha: 'free' } } },
    },
    {
      id: 'back',
      show: {
        ...{ at: { back: 'head.a' }, text: ORDERED, view: 'gradient' },
        select: { node: 'head.s', cell: score(2) },
      },
    },
    { id: 'value', show: ofWeight('V', 'head.v', 5) },
    {
      id: 'title',
      show: ofWeight('K', 'head.k', 1),
      do: { other: { select: { node: 'K', cell: 3 }, view: 'gradient' } },
    },
    { id: 'asker', show: ofWeight('Q', 'head.q', 4) },
  ],
  try: [
    {
      id: 'scale',
      show: { at: { after: 'head.a' }, text: ORDERED, mark: 'lab.scale', select: { node: 'head.a', cell: score(2) } },
      do: { off: { set: { scale: 'off' } }, on: { set: { scale: 'on' } } },
    },
    {
      id: 'cross',
      show: {
        ...{ at: { after: 'head.o' }, text: 'Zuko made tea | his uncle likes green tea', mark: 'lab.keys' },
        set: { keys: 'other' },
      },
    },
    {
      id: 'hand',
      show: { at: { after: 'head.e' }, text: ORDERED, select: { node: 'head.e', cell: score(3) }, mark: 'lab.work' },
      do: {
        score: { at: { after: 'head.e' }, view: 'value', select: { node: 'head.e', cell: score(3) } },
        grad: { at: { back: 'head.v' }, view: 'gradient', select: { node: 'V', cell: 5 } },
      },
    },
  ],
  questions: [
    {
      ...{ id: 'score', kind: 'number', at: { after: 'head.e' }, node: 'head.e', cell: score(3), what: 'value' },
      ...{ tolerance: 0.4, text: ORDERED },
    },
    {
      ...{ id: 'most', kind: 'cell', pick: 'largest', at: { after: 'head.a' }, node: 'head.a', what: 'value' },
      text: ORDERED,
    },
    {
      ...{ id: 'raise', kind: 'choice', at: { back: 'head.a' }, node: 'head.s', cell: score(2), what: 'grad' },
      ...{ than: 0, text: ORDERED },
    },
  ],
  claim: 'qkv',
};
