// How people write a number, and which answer is right.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellOf, numberOf, sideOf } from '../../../web/src/exhibits/answer.ts';

test('a number is read as people write it: point or comma, fraction, percent, any minus', () => {
  const read: [string, number][] = [
    ['0.25', 0.25],
    ['.25', 0.25],
    ['0,25', 0.25],
    ['−1,3', -1.3],
    ['–2', -2],
    ['+.5', 0.5],
    ['1/4', 0.25],
    [' 1 / 8 ', 0.125],
    ['-3/2', -1.5],
    ['0,5/2', 0.25],
    ['25 %', 0.25],
    ['12,5%', 0.125],
    ['2.', 2],
  ];
  for (const [text, value] of read) assert.equal(numberOf(text), value, text);
  for (const text of ['', 'a', '1/0', '1/', '/2', '1/2/3', '1.2.3', '%', '1e3', '0x1', '--1', 'Infinity', '.'])
    assert.ok(Number.isNaN(numberOf(text)), text);
});

test('larger or smaller, the least or the largest, by size alone where it is asked so', () => {
  assert.equal(sideOf(-0.1, 0), 'smaller');
  assert.equal(sideOf(1.7, 1.6), 'larger');
  const of = (pick: 'least' | 'largest', size?: true) =>
    cellOf(
      { id: '', kind: 'cell', at: 'turn', node: '', what: 'value', pick, ...(size ? { size } : {}) },
      [0.2, -0.9, 0.5, 0.1],
    );
  assert.deepEqual([of('least'), of('largest'), of('least', true), of('largest', true)], [1, 2, 3, 1]);
});
