// What the views are set to at first: apart from lab.ts, since every page knows what an exhibit declares.
export const DEFAULTS = {
  /** What is given; what is drawn goes on from it. */
  text: 'mad',
  /** Which of its random numbers the core draws with: another, another name. */
  draw: '0',
  /** Moments of the drawing that are done, so many a letter. */
  done: '0',
  side: 'numbers',
  /** What is looked at in large, from 1, and whose row; 0: the last. */
  block: '1',
  head: '1',
  row: '0',
  /** Letters that the cache has read, and whether it keeps them; the text before one of them was changed. */
  read: '0',
  keep: 'on',
  was: '',
};
export type Lab = typeof DEFAULTS;
