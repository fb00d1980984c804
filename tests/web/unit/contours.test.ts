// A field over a plane: where its outlines run, and which levels are drawn.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelsOf, outlinesOf } from '../../../web/src/figures/plane/contours.ts';
import { planeOf } from '../../../web/src/figures/plane/plane.ts';

const X = { from: -1, to: 3 };
const Y = { from: -2, to: 2 };
const none = { left: 0, right: 0, top: 0, bottom: 0 };
const plane = planeOf({ width: 400, height: 200 }, X, Y, none);
const fieldOf = (of: (x: number, y: number) => number, [columns, rows] = [41, 21]) => ({
  ...{ columns, rows, x: X, y: Y },
  values: Array.from({ length: columns * rows }, (_, i) =>
    of(
      X.from + ((X.to - X.from) * (i % columns)) / (columns - 1),
      Y.from + ((Y.to - Y.from) * Math.floor(i / columns)) / (rows - 1),
    ),
  ),
});
/** The places of a path that lie within the plane, in its own values. */
const within = (path: string) =>
  [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)]
    .map(([, x, y]) => ({ x: plane.unx(Number(x)), y: plane.uny(Number(y)) }))
    .filter(({ x, y }) => x >= X.from && x <= X.to && y >= Y.from && y <= Y.to);

test('an outline runs where the field has its level, whichever axis it rises along', () => {
  for (const of of [(x: number) => x, (_: number, y: number) => y, (x: number, y: number) => 2 * x - y]) {
    const [path = ''] = outlinesOf(plane, fieldOf(of), [0.35]);
    const places = within(path);
    assert.ok(places.length >= 20);
    for (const { x, y } of places) assert.ok(Math.abs(of(x, y) - 0.35) < 0.02, `${x} ${y}`);
  }
});

test('an island is a ring of its own, and a lake within is another', () => {
  const ring = fieldOf((x, y) => -Math.abs(Math.hypot(x - 1, y) - 1), [81, 81]);
  const [path = '', all = '', nowhere = ''] = outlinesOf(plane, ring, [-0.5, -9, 9]);
  assert.equal(path.match(/M/g)?.length, 2);
  for (const { x, y } of within(path)) {
    const radius = Math.hypot(x - 1, y);
    assert.ok(Math.abs(radius - 0.5) < 0.03 || Math.abs(radius - 1.5) < 0.03, String(radius));
  }
  assert.deepEqual([within(all).length, nowhere], [0, ''], 'all of it: closed outside of the plane; none of it');
});

test('what is no number belongs to no band', () => {
  const [path = ''] = outlinesOf(
    plane,
    fieldOf((x) => (x > 1 ? Number.NaN : 1)),
    [0],
  );
  for (const { x } of within(path)) assert.ok(x <= 1.1);
});

test('levels lie between the ends, closer where the field is low', () => {
  const levels = levelsOf([4, Number.NaN, 20, 8], 3);
  assert.deepEqual(levels, [5, 8, 13]);
  assert.deepEqual(levelsOf([2, 2], 3), [], 'a flat field has none');
});
