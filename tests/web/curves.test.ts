// What is drawn of a long run of losses.
import assert from 'node:assert/strict';
import test from 'node:test';
import { LossCurve } from '../../wasm/bridge/curve.ts';
import { limits, thinned, ticks } from '../../web/src/dock/thin.ts';

const curveOf = (losses: number[]): LossCurve => {
  const curve = new LossCurve();
  for (const loss of losses) curve.push(loss);
  return curve;
};

test('a short run is drawn as it is, beside what was measured on unseen names', () => {
  const seen = [
    { step: 2, loss: 2.6 },
    { step: 5, loss: 2.4 },
  ];
  assert.deepEqual(thinned(curveOf([3, 2.5, 2]), seen), {
    x: [1, 2, 3, 5],
    train: [3, 2.5, 2, null],
    validation: [null, 2.6, null, 2.4],
  });
});

test('a long run is drawn as means of equal stretches; what is no number is left out', () => {
  const losses: number[] = Array.from({ length: 100_000 }, (_, i) => (i % 2 === 0 ? 1 : 3));
  losses[7] = Number.NaN;
  const { x, train } = thinned(curveOf(losses), []);
  assert.ok(x.length > 300 && x.length <= 600, String(x.length));
  assert.equal(x.at(-1), 100_000);
  for (const mean of train.slice(1)) assert.ok(Math.abs((mean ?? 0) - 2) < 0.02, String(mean));
  assert.ok(Number.isFinite(train[0]));
  const none = thinned(curveOf([Number.NaN, Number.POSITIVE_INFINITY]), [{ step: 1, loss: Number.NaN }]);
  assert.deepEqual(none.x, []);
});

test('an axis has two to five round values within its limits', () => {
  for (const [low, high] of [
    [2.1, 2.9],
    [0, 1],
    [2.2, 2.35],
    [1, 300],
    [0.001, 0.0042],
  ] as const) {
    const found = ticks(low, high);
    assert.ok(found.length >= 2 && found.length <= 5, `${low} to ${high}: ${found}`);
    for (const value of found) assert.ok(value >= low - 1e-9 && value <= high + 1e-9);
  }
  assert.deepEqual(
    ticks(2.1, 2.9).map((value) => value.toFixed(2)),
    ['2.25', '2.50', '2.75'],
  );
  assert.deepEqual(limits(null, null), [0, 1]);
  const [low, high] = limits(2, 2);
  assert.ok(low < 2 && high > 2);
});
