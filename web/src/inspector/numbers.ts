// The formula of a cell with its actual numbers: words and figures, from the core's explanation. Pure.

import { fixed, plain, spelledSum } from '../draw/format.ts';
import type { Explanation, NodeSchema } from '../session/types.ts';
import { chosenTerms } from './subject.ts';

export interface Filled {
  pieces: string[]; // terms, each to stay on one line
  rest: { count: number; sum: string } | null;
  result: string;
}

const MOST = 16;

/** Forwards. Null for what has no sum to spell. */
export function filledValue(node: NodeSchema, e: Explanation): Filled | null {
  const first = e.terms[0];
  if (!first) return null;
  const value = e.value;
  const number = (v: number | undefined) => plain(v ?? Number.NaN, 3);
  const simple = (...pieces: string[]): Filled => ({ pieces, rest: null, result: plain(value, 3) });
  switch (node.op) {
    case 'matmul':
      return sum(
        first.values.map((v, k) => v * (first.partials[k] ?? Number.NaN)),
        value,
      );
    case 'add':
      return sum(
        e.terms.map((t) => t.values[0] ?? Number.NaN),
        value,
      );
    case 'mean_loss': {
      // the last input is how many there are: the divisor, not a term
      const losses = e.terms.slice(0, -1).flatMap((t) => (t.partials[0] ? t.values : []));
      const { pieces, ...filled } = sum(losses, value, losses.length);
      const count = e.terms.at(-1)?.values[0] ?? Number.NaN;
      return { ...filled, pieces: [`(${pieces[0]}`, ...pieces.slice(1), `) / ${count}`] };
    }
    case 'tanh':
      return simple(`tanh(${number(first.values[0])})`);
    case 'sigmoid':
      return simple(`1 / (1 + e^${number(-(first.values[0] ?? 0))})`);
    case 'relu':
      return simple(`max(0, ${number(first.values[0])})`);
    case 'softmax': {
      const own = first.cells.indexOf(e.cell);
      const total = first.values.reduce((s, v) => s + Math.exp(v), 0);
      return simple(`${plain(Math.exp(first.values[own] ?? Number.NaN), 3)} / ${plain(total, 3)}`);
    }
    case 'nll':
      return simple(`−log ${plain(first.values[0] ?? Number.NaN, 4)}`);
    default:
      return null;
  }
}

/** Backwards through one consumer: local slope times what comes from above. */
export function filledTerm(term: Explanation['terms'][number]): Filled {
  const products = term.partials.map((p, k) => p * (term.upstream[k] ?? Number.NaN));
  if (products.length === 1) {
    const text = `${plain(term.partials[0] ?? Number.NaN, 3)} × ${plain(term.upstream[0] ?? Number.NaN, 4)}`;
    return { pieces: [text], rest: null, result: plain(term.total, 4) };
  }
  return sum(products, term.total, 6);
}

function sum(terms: number[], value: number, most = MOST): Filled {
  const { index, rest, count } = chosenTerms(terms, most);
  const size = Math.max(...terms.map(Math.abs), Math.abs(value));
  // small numbers are spelled with more digits, so that there is something to add up
  const places = size >= 0.1 || size === 0 ? 2 : 2 + Math.min(5, Math.ceil(-Math.log10(size)));
  const spelled = spelledSum(
    index.map((i) => terms[i] as number),
    places,
  );
  return {
    pieces: spelled,
    rest: count ? { count, sum: `${rest < 0 ? '−' : '+'} ${fixed(Math.abs(rest), places + 1)}` } : null,
    result: fixed(value, places),
  };
}

/** Which term is the largest by size. */
export function largestTerm(e: Explanation): number {
  const t = e.terms[0];
  if (!t) return -1;
  let best = -1;
  let size = -1;
  t.values.forEach((v, k) => {
    const product = Math.abs(v * (t.partials[k] ?? 0));
    if (product > size) {
      size = product;
      best = t.cells[k] ?? -1;
    }
  });
  return best;
}
