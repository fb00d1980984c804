// What the usual run takes of what --full goes through whole.
import assert from 'node:assert/strict';
import test from 'node:test';
import { some, spread } from '../page/sample.ts';

const STEPS = Array.from({ length: 11 }, (_, i) => i + 1);

test('each thing stands in one place, no place is left out, and another exhibit begins at another', () => {
  const of = (slug: string) => spread(slug, STEPS, ['desk', 'projector', 'phone'], false);
  const taken = of('rnn');
  assert.deepEqual(
    taken.flatMap(([, steps]) => steps).sort((a, b) => a - b),
    STEPS,
  );
  assert.deepEqual(
    taken.map(([place]) => place),
    ['desk', 'projector', 'phone'],
  );
  for (const [, steps] of taken) assert.ok(steps.length >= 3, `${steps}`);
  assert.deepEqual(of('rnn'), taken, 'the same at every run');
  assert.notDeepEqual(of('lstm'), taken);
  assert.equal(spread('rnn', ['claim'], ['desk', 'phone'], false).length, 1);
});

test('with --full each stands in all', () => {
  assert.deepEqual(spread('rnn', STEPS, ['desk', 'phone'], true), [
    ['desk', STEPS],
    ['phone', STEPS],
  ]);
  assert.deepEqual(some(STEPS, 3, true), STEPS);
});

test('some of many lie as far apart as they go, first and last among them, none twice', () => {
  assert.deepEqual(some(STEPS, 3, false), [1, 6, 11]);
  assert.deepEqual(some(STEPS, 11, false), STEPS);
  for (const most of [2, 5, 10]) assert.equal(new Set(some(STEPS, most, false)).size, most);
});
