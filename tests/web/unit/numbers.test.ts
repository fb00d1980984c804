import assert from 'node:assert/strict';
import test from 'node:test';
import { filledTerm, filledValue } from '../../../web/src/inspector/numbers.ts';
import type { Explanation, NodeSchema } from '../../../web/src/session/types.ts';
import { seeded } from '../page/browser.ts';

type Term = Explanation['terms'][number];
const term = (values: number[], partials: number[], upstream: number[] = []): Term => ({
  node: 0,
  input: 0,
  cells: values.map((_, i) => i),
  values,
  partials,
  upstream,
  total: upstream.reduce((s, u, i) => s + u * (partials[i] ?? 0), 0),
});
const explained = (op: string, value: number, ...terms: Term[]) => {
  const explanation: Explanation = { node: 1, cell: 0, direction: 'forward', value, terms };
  return filledValue({ op } as NodeSchema, explanation);
};
/** What a class gets that adds up what is on screen. */
const added = (pieces: string[]) =>
  pieces
    .join(' ')
    .replaceAll('−', '-')
    .replaceAll(/([+-]) /g, '$1')
    .match(/[+-]?\d+\.\d+/g)
    ?.reduce((sum, number) => sum + Number(number), 0);

test('a dot product is spelled as its products, which add up to the result', () => {
  const weights = [0.25, -0.5, 1.5];
  const values = [1, 0.333, -0.111];
  const value = weights.reduce((s, w, i) => s + w * (values[i] ?? 0), 0);
  const filled = explained('matmul', value, term(values, weights));
  assert.equal(filled?.result, '−0.08');
  assert.ok(Math.abs((added(filled?.pieces ?? []) ?? Number.NaN) - value) < 0.005);
});

test('a mean is the sum of the losses over their count, and the count is no term', () => {
  const losses = [2.25, 1.5, 0.75];
  const mean = 1.5;
  const each = losses.map((loss) => term([loss], [1 / 3]));
  const filled = explained('mean_loss', mean, ...each, term([3], [-mean / 3]));
  assert.deepEqual(filled?.pieces, ['(2.250', '+ 1.500', '+ 0.750) / 3']);
  assert.equal(filled?.result, '1.50');
});

test('a loss beyond the text is not part of the mean', () => {
  const filled = explained('mean_loss', 2, term([2], [1]), term([9], [0]), term([1], [-2]));
  assert.deepEqual(filled?.pieces, ['(2.000) / 1']);
});

test('a sum of two keeps its signs', () => {
  const filled = explained('add', -1.25, term([0.5], [1]), term([-1.75], [1]));
  assert.deepEqual(filled?.pieces, ['0.500', '− 1.750']);
  assert.equal(filled?.result, '−1.25');
});

test('the logistic function is written with exp, as the course writes it', () => {
  const [piece = ''] = explained('sigmoid', 0.38, term([-0.5], [0.24]))?.pieces ?? [];
  assert.match(piece, /^1 \/ \(1 \+ exp\(0\.50*\)\)$/);
});

test('backwards: slope times what comes from above', () => {
  assert.deepEqual(filledTerm(term([0.5], [0.75], [0.2])).pieces, ['0.7500 × 0.2000']);
  assert.equal(filledTerm(term([0.5], [0.75], [0.2])).result, '0.150');
});

test('what a class multiplies or adds up comes out as it stands there', () => {
  const holds = (pieces: string[], result: string) => {
    const words = pieces
      .join(' ')
      .replaceAll('−', '-')
      .replaceAll(/([+-]) /g, '$1');
    const numbers = (words.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
    const value = words.includes('×') ? numbers.reduce((p, v) => p * v, 1) : numbers.reduce((s, v) => s + v, 0);
    const places = result.split('.')[1]?.length ?? 0;
    assert.ok(Math.abs(value - Number(result.replace('−', '-'))) <= 0.5001 * 10 ** -places, `${words} ≈ ${result}`);
  };
  const next = seeded(3);
  const number = () => (next(20001) - 10000) / 10 ** (3 + next(4));
  for (let k = 0; k < 400; k++) {
    const [a, b] = [number(), number()];
    if (Math.abs(a * b) < 1e-4) continue;
    const product = filledTerm(term([1], [a], [b]));
    holds(product.pieces, product.result);
    const gate = explained('mul', a * b, term([a], [b]), term([b], [a]));
    holds(gate?.pieces ?? [], gate?.result ?? '');
    const terms = Array.from({ length: 2 + next(12) }, number);
    const value = terms.reduce((s, v) => s + v, 0);
    if (Math.abs(value) < 1e-3) continue;
    const spelled = explained(
      'matmul',
      value,
      term(
        terms,
        terms.map(() => 1),
      ),
    );
    holds(spelled?.pieces ?? [], spelled?.result ?? '');
  }
});
