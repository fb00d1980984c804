// The same number keeps its colour: scales grow in steps that are said, and stay where colours are compared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createScales, type Moment } from '../../../web/src/draw/scales.ts';

const walking: Moment = {
  run: 1,
  text: 'ab',
  position: 5,
  step: 0,
  arrived: true,
  known: true,
  ...{ training: false, fixed: false },
};

test('a scale grows where it must, says so as long as one stays there, and never shrinks', () => {
  const hold = createScales();
  assert.deepEqual(range(hold('rest', 2, walking)), [2, null]);
  assert.deepEqual(range(hold('rest', 1, { ...walking, position: 6 })), [2, null]);
  assert.deepEqual(range(hold('rest', 5, { ...walking, position: 7 })), [5, 2]);
  assert.deepEqual(range(hold('rest', 1, { ...walking, position: 7 })), [5, 2], 'it is said as long as one stays');
  assert.deepEqual(range(hold('rest', 10, { ...walking, position: 7 })), [10, 2], 'and what it was before it all');
  assert.deepEqual(range(hold('rest', 5, { ...walking, position: 6 })), [10, null]);
  assert.deepEqual(range(hold('cell', 0.5, { ...walking, position: 6 })), [0.5, null], 'each scale by itself');
});

test('where it first comes up a scale is made as large as all views together need', () => {
  const hold = createScales();
  assert.deepEqual(range(hold('rest', 1, walking)), [1, null]);
  assert.deepEqual(range(hold('rest', 5, walking)), [5, null]);
  assert.deepEqual(range(hold('rest', 10, { ...walking, text: 'abc' })), [10, 5], 'another text is another place');
});

test('numbers that are still those of another place make no scale, nor change one', () => {
  const hold = createScales();
  assert.deepEqual(range(hold('rest', 1, { ...walking, arrived: false })), [1, null]);
  assert.deepEqual(range(hold('rest', 5, walking)), [5, null]);
  assert.deepEqual(range(hold('rest', 10, { ...walking, arrived: false })), [5, null]);
});

test('at the start, where nothing is computed yet, no scale is made', () => {
  const hold = createScales();
  assert.deepEqual(range(hold('rest', 1, { ...walking, position: 0 })), [1, null]);
  assert.deepEqual(range(hold('rest', 5, walking)), [5, null]);
  assert.deepEqual(range(hold('rest', 10, { ...walking, position: 0 })), [10, 5]);
});

test('while training runs a scale is held; what it needs by then comes when it stops, and is said', () => {
  const hold = createScales();
  hold('rest', 2, walking);
  for (let step = 1; step < 9; step++) {
    const moment = { ...walking, step, position: 5 + step, training: true };
    assert.deepEqual(range(hold('rest', 10 * step, moment)), [2, null]);
  }
  assert.deepEqual(range(hold('rest', 100, { ...walking, step: 9 })), [100, 2]);
});

test('a gate that is held changes no colour in place; walking on may', () => {
  const hold = createScales();
  hold('cell', 2, walking);
  const held = { ...walking, fixed: true };
  assert.deepEqual(range(hold('cell', 20, held)), [2, null]);
  assert.deepEqual(range(hold('cell', 0.1, held)), [2, null]);
  assert.deepEqual(range(hold('cell', 20, { ...held, position: 6 })), [20, 2]);
  assert.deepEqual(range(hold('cell', 1, { ...walking, position: 6 })), [20, null], 'nor when it is let go');
});

test('of another network a scale is made anew, and says what it was', () => {
  const hold = createScales();
  hold('rest', 20, walking);
  assert.deepEqual(range(hold('rest', 1, { ...walking, run: 2 })), [1, 20]);
  hold('cell', 2, walking);
  assert.deepEqual(range(hold('cell', 2, { ...walking, run: 2 })), [2, null]);
});

test('what is known over the whole walk reaches so far wherever one stands, and by whatever way one came', () => {
  const hold = createScales();
  for (const position of [5, 0, 9, 6])
    assert.deepEqual(range(hold('rest', position, { ...walking, position }, 10)), [10, null]);
  assert.deepEqual(range(createScales()('rest', 1, { ...walking, position: 6 }, 10)), [10, null], 'by a link');
  assert.deepEqual(range(hold('rest', 2, { ...walking, step: 9 }, 5)), [5, 10], 'it shrinks too, and says so');
  assert.deepEqual(range(hold('rest', 2, { ...walking, step: 12, training: true }, 5)), [5, null]);
  const late = { ...walking, step: 20, known: false };
  assert.deepEqual(range(hold('rest', 2, late, 5)), [5, null], 'nothing changes before it is known of this update');
  assert.deepEqual(range(hold('rest', 2, { ...late, known: true }, 20)), [20, 5]);
});

test('what is kept of another place says so, since a link there shows another', () => {
  const hold = createScales();
  assert.equal(hold('rest', 5, walking, 5).kept, false);
  const held = hold('rest', 1, { ...walking, fixed: true }, 2);
  assert.deepEqual([held.range, held.kept], [5, true]);
  assert.equal(hold('rest', 1, { ...walking, step: 1, training: true }, 5).kept, false);
  assert.deepEqual(range(hold('rest', 1, walking, 5)), [5, null], 'let go');
  hold('one matrix', 5, walking);
  const grown = hold('one matrix', 1, { ...walking, position: 6 });
  assert.deepEqual([grown.range, grown.kept], [5, true]);
});

const range = ({ range, was }: { range: number; was: number | null }) => [range, was];
