// The formula of a cell with its actual numbers: words and figures, from the core's explanation. Pure.

import { addingDigits, fixed, placesOf, result, factor as significant, spelledSum, term } from '../draw/format.ts';
import type { Explanation, NodeSchema } from '../session/types.ts';
import { chosenTerms } from './subject.ts';

export interface Filled {
  pieces: string[]; // terms, each to stay on one line
  rest: { count: number; sum: string } | null;
  result: string;
}

const MOST = 16;

/** Forwards. Null for what has no sum to spell. f: the function of a gate. */
export function filledValue(node: NodeSchema, e: Explanation, f: string = node.op): Filled | null {
  const first = e.terms[0];
  if (!first) return null;
  const value = e.value;
  const number = (v: number | undefined) => term(v ?? Number.NaN);
  const simple = (...pieces: string[]): Filled => ({ pieces, rest: null, result: result(value) });
  switch (f) {
    case 'matmul':
      return sum(
        first.values.map((v, k) => v * (first.partials[k] ?? Number.NaN)),
        value,
      );
    case 'scores':
      return sum(
        first.values.map((v, k) => v * (first.partials[k] ?? Number.NaN)),
        value,
      );
    case 'weighted_sum': {
      // what lies below a thousandth of the whole says nothing
      const seen = first.values.map((_, k) => k).filter((k) => (first.values[k] ?? 0) >= 0.005);
      const pieces = seen.map((k, i) => {
        const product = `${fixed(first.values[k] ?? Number.NaN, 2)} × ${signed(factor(first.partials[k]))}`;
        return i ? `+ ${product}` : product;
      });
      const left = first.values.length - seen.length;
      const rest = first.values.reduce((all, v, k) => (seen.includes(k) ? all : all + v * (first.partials[k] ?? 0)), 0);
      return {
        pieces,
        rest: left ? { count: left, sum: `${rest < 0 ? '−' : '+'} ${fixed(Math.abs(rest), 3)}` } : null,
        result: result(value),
      };
    }
    case 'add':
      return sum(
        e.terms.map((t) => t.values[0] ?? Number.NaN),
        value,
      );
    case 'mean_loss': {
      // the last input is how many there are: the divisor, not a term
      const losses = e.terms.slice(0, -1).flatMap((t) => (t.partials[0] ? t.values : []));
      const total = losses.reduce((s, v) => s + v, 0);
      const { pieces, ...filled } = sum(losses, total, losses.length);
      const count = e.terms.at(-1)?.values[0] ?? Number.NaN;
      const spelled = `(${pieces.join('\n')}) / ${count}`; // brackets and divisor never stand alone on a line
      return { ...filled, pieces: spelled.split('\n'), result: result(value) };
    }
    case 'tanh':
      return simple(`tanh(${number(first.values[0])})`);
    case 'sigmoid':
      return simple(`1 / (1 + exp(${number(-(first.values[0] ?? 0))}))`);
    case 'relu':
      return simple(`max(0, ${number(first.values[0])})`);
    case 'mul':
      return simple(`${factor(e.terms[0]?.values[0])} × ${signed(factor(e.terms[1]?.values[0]))}`);
    case 'one_minus':
      return simple(`1 − ${signed(number(first.values[0]))}`);
    case 'squared_error':
      return e.terms.length < 2 || first.values.length > 1
        ? null
        : simple(`(${number(first.values[0])} − ${signed(number(e.terms[1]?.values[0]))})²`);
    case 'masked_softmax':
    case 'softmax': {
      const own = first.cells.indexOf(e.cell);
      const total = first.values.reduce((s, v) => s + Math.exp(v), 0);
      return simple(`${factor(Math.exp(first.values[own] ?? Number.NaN))} / ${factor(total)}`);
    }
    case 'nll':
      return simple(`−log ${factor(first.values[0])}`);
    default:
      return null;
  }
}

/** Backwards through one consumer: local slope times what comes from above. */
export function filledTerm(of: Explanation['terms'][number]): Filled {
  const products = of.partials.map((p, k) => p * (of.upstream[k] ?? Number.NaN));
  if (products.length === 1) {
    const text = `${factor(of.partials[0])} × ${signed(factor(of.upstream[0]))}`;
    return { pieces: [text], rest: null, result: result(of.total, 3) };
  }
  return sum(products, of.total, 6, 3);
}

/** The terms of a gradient, each of its own way on, and what they add up to. */
export const filledSum = (e: Explanation): Filled =>
  sum(
    e.terms.map((one) => one.total),
    e.value,
    MOST,
    3,
  );

const factor = (v: number | undefined) => significant(v ?? Number.NaN);
/** A negative number after a sign stands in brackets. */
const signed = (text: string) => (text.startsWith('−') ? `(${text})` : text);

/** Terms with as many digits as it takes for them to add up to the result: one more, seldom two. */
function sum(terms: number[], value: number, most = MOST, least = 2): Filled {
  const { index, rest, count } = chosenTerms(terms, most);
  // as many digits as the result has where it stands alone, within what such terms can say
  const places = Math.min(placesOf(value, least), placesOf(Math.max(...terms.map(Math.abs)), least) + 3);
  const shown = index.map((i) => terms[i] as number);
  const digits = addingDigits([...shown, rest], value, places);
  return {
    pieces: spelledSum(shown, digits),
    rest: count ? { count, sum: `${rest < 0 ? '−' : '+'} ${fixed(Math.abs(rest), digits + 1)}` } : null,
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
