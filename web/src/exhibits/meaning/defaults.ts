// What the views are set to, and at first.
export const DEFAULTS = {
  /** What is counted: the six sentences, or the constructed ones. */
  text: 'six',
  /** Pairs counted; '': all. */
  pair: '',
  /** How many places to each side are company. */
  window: '3',
  /** The word that is looked at. */
  word: 'apple',
  /** Of its company, the one whose number is spelled out; '': the first. */
  near: '',
  /** Where the vectors come from. */
  by: 'skip-gram',
  /** Epochs done; '': all. */
  epoch: '',
  /** The pair that is learned from, of the whole training, from 0. */
  step: '0',
  /** Which of its words: 0 its neighbour, then those that were drawn. */
  term: '0',
  size: '16',
  negatives: '5',
  seed: '1',
  /** "a is to b as c is to ...", words with a point between them. */
  asked: 'king.queen.uncle',
};
export type Lab = typeof DEFAULTS;

/** What a text sets: all of it, so that what the reader had is put by and comes back. */
export const at = (some: Partial<Lab>): Lab => ({ ...DEFAULTS, ...some });
