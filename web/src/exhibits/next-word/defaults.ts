// What the views are set to at first.
export const DEFAULTS = {
  /** Whose probability is asked. */
  name: 'amelia',
  /** Letters before the one that is guessed, of those that the counts look back on. */
  seen: '2',
  /** Counts that the shorter context is worth. */
  smoothing: '12',
  /** Operations of the chain that are done; '': all. */
  done: '',
  /** Beside the chain: the number that was made last, or the whole row it is from. */
  side: 'number',
  /** All texts, of the names or of a few texts of two letters. */
  text: 'two',
  /** Rows of the picture of all texts that are cut; '': all. */
  rows: '',
  /** How far the net that sees a window is trained: looks at it, 0 before its first update. */
  look: '0',
  /** The letter whose vector is looked at. */
  letter: 'e',
  /** What was typed, a beginning, a word: of which it is asked what was meant, how it ends, who wrote it. */
  typed: 'jonh',
  beginning: 'ste',
  word: 'ishmael',
  /** The beginning whose piece is looked at. */
  piece: '',
};
export type Lab = typeof DEFAULTS;

/** What a text sets: all of it, so that what the reader had is put by and comes back. */
export const at = (some: Partial<Lab>): Lab => ({ ...DEFAULTS, ...some });
