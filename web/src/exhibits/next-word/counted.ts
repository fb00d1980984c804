// What the core says of a text as a chain, of the contexts of the names, and of all short texts; as arrays with names.
import type { Study } from '../../../../wasm/bridge/protocol';
import { arrayOf } from '../../session/studies';

const labels = (study: Study, name: string) => study.axes.find((axis) => axis.name === name)?.labels ?? [];
const numbers = (study: Study, name: string) => arrayOf(study, name).values;

export const END = 1; // the token

/** A text, token by token, by every order: order n counts n letters together and so looks back on n − 1. */
export interface Chain {
  text: string;
  steps: number; // END counted
  letters: string[]; // by token
  came: Float64Array; // [step]
  total: Float64Array; // [order, step]
  chosen: Float64Array;
  logP: Float64Array;
  sum: Float64Array;
  perplexity: Float64Array;
  /** Of a context: what came after it, and what that says. */
  row(order: number, step: number): { count: Float64Array; p: Float64Array };
  at(order: number, step: number): number;
}

export function chainOf(study: Study, text: string): Chain {
  const letters = labels(study, 'token');
  const steps = labels(study, 'step').length;
  const [count, p] = [numbers(study, 'count'), numbers(study, 'p')];
  const at = (order: number, step: number) => order * steps + step;
  const cut = (of: Float64Array, i: number) => of.subarray(i * letters.length, (i + 1) * letters.length);
  return {
    ...{ text, steps, letters, at },
    came: numbers(study, 'came'),
    total: numbers(study, 'total'),
    chosen: numbers(study, 'chosen'),
    logP: numbers(study, 'log_p'),
    sum: numbers(study, 'sum'),
    perplexity: numbers(study, 'perplexity'),
    row: (order, step) => ({ count: cut(count, at(order, step)), p: cut(p, at(order, step)) }),
  };
}

/** Of each number of letters before, how many contexts there could be, were met, and are met for the first time. */
export interface Contexts {
  possible: Float64Array;
  met: Float64Array;
  never: Float64Array; // share of those of unseen names
  counted: Float64Array; // loss on the names that were counted
  unseen: Float64Array; // and on those that were not
}
export const contextsOf = (study: Study): Contexts => ({
  possible: numbers(study, 'possible'),
  met: numbers(study, 'met'),
  never: numbers(study, 'never'),
  counted: numbers(study, 'counted'),
  unseen: numbers(study, 'unseen'),
});

/** A net that sees a window, while it is trained. */
export interface Trained {
  update: Float64Array; // by look
  unseen: Float64Array; // NaN where it is still to come
  /** How many looks there are so far. */
  done: number;
  parameters(look: number): number[];
}
export function trainedOf(study: Study): Trained {
  const [unseen, all] = [numbers(study, 'unseen'), numbers(study, 'parameters')];
  const size = all.length / unseen.length;
  return {
    update: numbers(study, 'update'),
    unseen,
    done: unseen.findLastIndex((one) => !Number.isNaN(one)) + 1,
    parameters: (look) => [...all.subarray(look * size, (look + 1) * size)],
  };
}
/** A text under it. */
export interface Guess {
  text: string;
  look: number;
  letters: string[];
  came: string[];
  x: Float64Array; // [step, place]: tokens seen
  e: Float64Array; // [step, place, number]
  h: Float64Array; // [step, unit]
  p: Float64Array; // [step, token]
  chosen: Float64Array;
  logP: Float64Array;
  sum: Float64Array;
  perplexity: Float64Array;
  embedding: Float64Array; // [token, number]
}
export const guessOf = (study: Study, text: string, look: number): Guess => ({
  ...{ text, look },
  letters: labels(study, 'token'),
  came: labels(study, 'step'),
  x: numbers(study, 'x'),
  e: numbers(study, 'e'),
  h: numbers(study, 'h'),
  p: numbers(study, 'p'),
  chosen: numbers(study, 'chosen'),
  logP: numbers(study, 'log_p'),
  sum: numbers(study, 'sum'),
  perplexity: numbers(study, 'perplexity'),
  embedding: numbers(study, 'embedding'),
});

/** What may have been meant, the likeliest first. */
export interface Spelling {
  meant: string[];
  slip: Float64Array; // its kind
  p: Float64Array;
  share: Float64Array; // among all that were weighed
  candidates: number;
}
export const spellingOf = (study: Study): Spelling => ({
  meant: labels(study, 'meant'),
  slip: numbers(study, 'slip'),
  p: numbers(study, 'p'),
  share: numbers(study, 'share'),
  candidates: numbers(study, 'candidates')[0] ?? 0,
});
/** How a beginning is likeliest to go on to its END. */
export interface Endings {
  beginning: string;
  texts: string[];
  p: Float64Array;
}
export const endingsOf = (study: Study, beginning: string): Endings => ({
  beginning,
  texts: labels(study, 'text'),
  p: numbers(study, 'p'),
});
/** A word under the names, and under the words of a novel. */
export interface Author {
  came: string[];
  logP: Float64Array; // [author, step]
  loss: Float64Array; // [author]
}
export const authorOf = (study: Study): Author => ({
  came: labels(study, 'step'),
  logP: numbers(study, 'log_p'),
  loss: numbers(study, 'loss'),
});

/** Tokens by their number in a row, the largest first. */
export const ranked = (row: ArrayLike<number>): number[] =>
  Array.from(row, (_, token) => token)
    .filter((token) => (row[token] ?? 0) > 0)
    .sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0));

/** Every text up to a length, each before those that go on from it; and beyond, only how much has ended. */
export interface Texts {
  strings: string[];
  reached: Float64Array; // of all that begin so
  probability: Float64Array; // of itself, with END
  ended: Float64Array; // [length]
  goingOn: Float64Array;
  all: Float64Array;
  longest: number;
  index: Map<string, number>;
}
export function textsOf(study: Study, longest: number): Texts {
  const strings = labels(study, 'string');
  return {
    ...{ strings, longest },
    reached: numbers(study, 'reached'),
    probability: numbers(study, 'probability'),
    ended: numbers(study, 'ended'),
    goingOn: numbers(study, 'going_on'),
    all: numbers(study, 'all'),
    index: new Map(strings.map((text, i) => [text, i])),
  };
}

export interface Piece {
  text: string;
  end: boolean; // it closes here
  from: number; // of the whole, 0 to 1
  to: number;
}
/** The whole, cut by one letter more in each row: row r has the beginnings of r letters, and the texts of r − 1 that end. */
export function piecesOf({ strings, reached, probability, longest }: Texts): Piece[][] {
  const rows: Piece[][] = Array.from({ length: longest + 2 }, () => []);
  const next = new Array<number>(longest + 2).fill(0); // where the next beginning of this length starts
  strings.forEach((text, i) => {
    const length = text.length;
    const from = next[length] ?? 0;
    const to = from + (reached[i] ?? 0);
    next[length] = to;
    next[length + 1] = from;
    rows[length]?.push({ text, end: false, from, to });
    rows[length + 1]?.push({ text, end: true, from: to - (probability[i] ?? 0), to });
  });
  return rows.slice(1);
}
