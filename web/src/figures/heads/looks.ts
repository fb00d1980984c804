// What heads look at: of every head of every block a square of weights, a row a word that looks, a column one that is looked
// at. Pure.

export interface Looks {
  blocks: number;
  heads: number; // of each block
  words: readonly string[]; // those that look
  keys: readonly string[]; // those that are looked at
  masked: boolean; // a word sees none behind it
  /** Of a head, both from 0: its weights, row by row; null where they are not there yet. */
  at(block: number, head: number): ArrayLike<number> | null;
}
export interface Chosen {
  block: number; // from 0
  head: number;
}

/** As the core gives all of them at once, [blocks, heads, words, keys]. */
export function looksOf(
  weights: ArrayLike<number> & { slice(from: number, to: number): ArrayLike<number> },
  of: Omit<Looks, 'at' | 'keys'> & { keys?: readonly string[] },
): Looks {
  const keys = of.keys ?? of.words;
  const square = of.words.length * keys.length;
  return {
    ...of,
    keys,
    at(block, head) {
      const from = (block * of.heads + head) * square;
      return from + square <= weights.length ? weights.slice(from, from + square) : null;
    },
  };
}

/** Is this weight one that the mask takes? */
export const isMasked = ({ masked }: Looks, row: number, key: number) => masked && key > row;

/** The key that a word looks at most; of equal ones the first. */
export function most(weights: ArrayLike<number>, row: number, keys: number): number {
  let best = 0;
  for (let key = 1; key < keys; key++)
    if ((weights[row * keys + key] as number) > (weights[row * keys + best] as number)) best = key;
  return best;
}

/** How many hues heads have; beyond that they begin again, and their number tells them apart. */
const HUES = 6;
export const hueOf = (head: number) => `var(--head-${(head % HUES) + 1})`;
