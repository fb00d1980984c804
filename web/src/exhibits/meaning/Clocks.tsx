// Clocks of these views: pairs and sentences that are counted, epochs that are learned.
import type { Store } from '../../session/create';
import { type Clocked as AnyClock, type ClockWords, Clocks as Own } from '../Clocks';

type Id = 'pair' | 'sentence' | 'epoch';
export type Clocked = AnyClock<Id>;
const PACE: Record<Id, number> = { pair: 700, sentence: 700, epoch: 350 };
const WORDS: Record<Id, ClockWords> = {
  pair: {
    name: 'meaning.pair',
    back: 'meaning.pair.back',
    step: 'meaning.pair.step',
    play: 'meaning.pair.play',
    pause: 'meaning.pair.pause',
    scrub: 'meaning.pair.scrub',
  },
  sentence: {
    name: 'meaning.sentence',
    back: 'meaning.sentence.back',
    step: 'meaning.sentence.step',
    play: 'meaning.sentence.play',
    pause: 'meaning.sentence.pause',
    scrub: 'meaning.sentence.scrub',
  },
  epoch: {
    name: 'meaning.epoch',
    back: 'meaning.epoch.back',
    step: 'meaning.epoch.step',
    play: 'meaning.epoch.play',
    pause: 'meaning.epoch.pause',
    scrub: 'meaning.epoch.scrub',
  },
};

export const Clocks = ({ store, clocks }: { store: Store; clocks: Clocked[] }) => (
  <Own store={store} clocks={clocks} words={WORDS} pace={PACE} updates="epoch" />
);
