// A number of E, Q, K or V as the setting that changes it. Pure.

/** Matrices of weights by the name of their parameter; a word's row is its place in the vocabulary. */
const MATRICES: Record<string, string> = { Q: 'query', K: 'key', V: 'value' };
const MARKS = 2; // of the vocabulary, before its words
const WIDTH = 4; // numbers of a word

export interface Changeable {
  key: string;
  tex: string; // "Q_{2,3}", "x of uncle"
  row: number;
  column: number;
}

/** Of a cell of the tape, by the path of its node; null for what is computed. words: the tokens that are read. */
export function changeable(path: string, cell: number, words: readonly number[]): Changeable | null {
  const [row, column] = [Math.floor(cell / WIDTH), cell % WIDTH];
  const matrix = MATRICES[path];
  if (matrix)
    return {
      key: `${matrix}_${row + 1}_${column + 1}`,
      tex: `\\p{${path}}_{${row + 1}${column + 1}}`,
      row,
      column,
    };
  const token = words[row];
  if (path !== 'head.x' || token === undefined || token < MARKS) return null;
  return {
    key: `word_${token - MARKS + 1}_${column + 1}`,
    tex: `\\a{x}_{${row + 1}${column + 1}}`,
    row,
    column,
  };
}

/** As it was thrown. */
export const THROWN = '100';
export const LIMIT = 99;

/** The words the other way about: every second one, then those between. In the link it is the text itself. */
export function shuffled(text: string): string {
  const [first = '', ...rest] = text.split('|');
  const words = first.trim().split(/\s+/);
  const order = [...words.filter((_, i) => i % 2 === 1), ...words.filter((_, i) => i % 2 === 0)];
  return [order.join(' '), ...rest.map((side) => side.trim())].join(' | ');
}
