// A plane: where its values stand and back, its lines, squares and ticks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ticks } from '../../../web/src/figures/plane/Axes.tsx';
import { pathOf, planeOf, squareOf } from '../../../web/src/figures/plane/plane.ts';

const MARGINS = { left: 40, right: 10, top: 20, bottom: 30 };
const plane = planeOf({ width: 250, height: 150 }, { from: 0, to: 1 }, { from: -1, to: 1 }, MARGINS);

test('the ends of both axes stand at the margins, and y goes up', () => {
  assert.deepEqual([plane.x(0), plane.x(1)], [40, 240]);
  assert.deepEqual([plane.y(-1), plane.y(1)], [120, 20]);
  assert.equal(plane.unit, 50);
});

test('a place of the pointer is the value that is drawn there, outside of the box too', () => {
  const other = planeOf({ width: 250, height: 150 }, { from: 2, to: 5 }, { from: 1, to: 9 }, MARGINS);
  for (const value of [-0.5, 0, 0.125, 0.7, 1, 1.5]) {
    for (const { x, y, unx, uny } of [plane, other]) {
      assert.ok(Math.abs(unx(x(value)) - value) < 1e-12);
      assert.ok(Math.abs(uny(y(value)) - value) < 1e-12);
    }
  }
});

test('a box smaller than its margins still has finite places, the right way round', () => {
  const small = planeOf({ width: 20, height: 10 }, { from: 0, to: 1 }, { from: -1, to: 1 }, MARGINS);
  assert.ok(small.right > small.left && small.bottom > small.top);
  for (const place of [small.x(0.5), small.y(0.5), small.unx(45), small.uny(20)]) assert.ok(Number.isFinite(place));
});

test('a line goes through its values; what is no number breaks it, at the start and within', () => {
  assert.equal(pathOf(plane, [0, 0.5, 1], [0, 1, -1]), 'M40.0 70.0L140.0 20.0L240.0 120.0');
  assert.equal(
    pathOf(plane, [0, 0.25, 0.5, 0.75, 1], [Number.NaN, 0, Number.NaN, 0, 1]),
    'M90.0 70.0M190.0 70.0L240.0 20.0',
  );
  assert.equal(pathOf(plane, [], []), '');
  assert.equal(pathOf(plane, [0, 0.5], [0]), 'M40.0 70.0', 'fewer values than places');
});

test('a value far outside is drawn out of sight, where a pen still reaches', () => {
  for (const far of [1e30, Number.POSITIVE_INFINITY]) {
    const [, up, down] = pathOf(plane, [0, 0.5, 1], [0, far, -far]).split('L');
    assert.equal(up, '140.0 -380.0');
    assert.equal(down, '240.0 520.0');
  }
});

test('a square over a distance is as wide as the distance is high, and stays within on the right', () => {
  assert.deepEqual(squareOf(plane, 0.5, 0.2, -0.4), { x: 140, y: plane.y(0.2), side: plane.y(-0.4) - plane.y(0.2) });
  assert.deepEqual(squareOf(plane, 0.5, -0.4, 0.2), squareOf(plane, 0.5, 0.2, -0.4), 'whichever of the two is above');
  const { x, side } = squareOf(plane, 0.95, 0.2, -0.4);
  assert.equal(x + side, plane.x(0.95), 'to the left of its point');
  assert.equal(squareOf(plane, 0.5, 0.3, 0.3).side, 0);
});

test('a tick has a true minus and no figure too many, nor a point without one', () => {
  const texts = (values: number[], digits?: number) => ticks(values, digits).map(({ text }) => text);
  assert.deepEqual(texts([-1, 0, 10]), ['−1', '0', '10']);
  assert.deepEqual(texts([0, 0.25, 0.5, 1, 10, -0.5], 2), ['0', '0.25', '0.5', '1', '10', '−0.5']);
  assert.deepEqual(
    ticks([0.5], 2).map(({ at }) => at),
    [0.5],
  );
});
