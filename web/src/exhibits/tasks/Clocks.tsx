import type { Store } from '../../session/create';
import { type Clocked, type ClockWords, Clocks as Rows } from '../Clocks';

type Id = 'operation' | 'word';
const WORDS: Record<Id, ClockWords> = {
  operation: {
    ...{ name: 'tasks.operation', back: 'tasks.operation.back', step: 'tasks.operation.step' },
    ...{ play: 'tasks.operation.play', pause: 'tasks.operation.pause', scrub: 'tasks.operation.scrub' },
  },
  word: {
    ...{ name: 'tasks.word', back: 'tasks.word.back', step: 'tasks.word.step' },
    ...{ play: 'tasks.word.play', pause: 'tasks.word.pause', scrub: 'tasks.word.scrub' },
  },
};
const PACE = { operation: 300, word: 600 }; // ms

export const Clocks = ({ store, clocks }: { store: Store; clocks: Clocked<Id>[] }) => (
  <Rows store={store} clocks={clocks} words={WORDS} pace={PACE} trains />
);
