// What heads look at: which weights belong to which head, what the mask takes, and where a word looks most.
import assert from 'node:assert/strict';
import test from 'node:test';
import { hueOf, isMasked, looksOf, most } from '../../../web/src/figures/heads/looks.ts';

test('of all weights in a row each head has its square', () => {
  // two blocks, three heads, two words that look at four keys
  const weights = Float32Array.from({ length: 2 * 3 * 2 * 4 }, (_, i) => i);
  const looks = looksOf(weights, { blocks: 2, heads: 3, words: ['a', 'b'], keys: ['p', 'q', 'r', 's'], masked: false });
  for (let block = 0; block < 2; block++)
    for (let head = 0; head < 3; head++)
      assert.deepEqual(
        Array.from(looks.at(block, head) ?? []),
        Array.from({ length: 8 }, (_, i) => (block * 3 + head) * 8 + i),
      );
  assert.equal(looks.at(2, 0), null);
});

test('a word sees itself and what is before it, with the mask; without, all', () => {
  const looks = { blocks: 1, heads: 1, words: ['a', 'b', 'c'], keys: ['a', 'b', 'c'], at: () => null };
  const seen = (masked: boolean) =>
    looks.words.map((_, row) => looks.keys.filter((_, key) => !isMasked({ ...looks, masked }, row, key)).length);
  assert.deepEqual(seen(true), [1, 2, 3]);
  assert.deepEqual(seen(false), [3, 3, 3]);
});

test('of equal weights the first is the largest', () => {
  assert.equal(most([0.5, 0.5, 0.2, 0.8], 0, 2), 0);
  assert.equal(most([0.5, 0.5, 0.2, 0.8], 1, 2), 1);
});

test('a seventh head has the hue of the first', () => {
  assert.equal(hueOf(6), hueOf(0));
  assert.notEqual(hueOf(5), hueOf(0));
});
