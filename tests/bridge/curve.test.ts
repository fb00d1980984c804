// Losses of a run without end, in memory that has one.
import assert from 'node:assert/strict';
import test from 'node:test';
import { LossCurve } from '../../wasm/bridge/curve.ts';
import { validationDue } from '../../wasm/bridge/training.ts';

function curveOf(losses: Iterable<number>): LossCurve {
  const curve = new LossCurve();
  for (const loss of losses) curve.push(loss);
  return curve;
}
function* falling(updates: number) {
  for (let i = 0; i < updates; i++) yield 3 - i / updates;
}

test('a million updates take no more room than ten thousand, and their means are right', () => {
  const short = curveOf(falling(10_000)).data();
  const curve = curveOf(falling(1_000_000));
  const long = curve.data();
  assert.ok(long.sums.length <= 4096 && long.sums.length >= 2048, String(long.sums.length));
  assert.ok(long.sums.length <= 2 * short.sums.length);
  assert.equal(long.tip, 1_000_000);
  const points = curve.points(10);
  assert.equal(points.at(-1)?.step, 1_000_000);
  for (const { step, loss } of points.slice(0, -1)) {
    const width = points[0]?.step ?? 0;
    assert.ok(Math.abs(loss - (3 - (step - width / 2) / 1_000_000)) < 1e-5, `${step}: ${loss}`);
  }
});

test('each update is known while they are few, then only means', () => {
  const curve = curveOf(falling(4096));
  assert.equal(curve.at(4096), 3 - 4095 / 4096);
  curve.push(1);
  assert.equal(curve.at(4096), undefined);
  assert.equal(curve.width, 2);
});

test('what is cut is gone: a stretch that the cut divides holds only what comes after', () => {
  const curve = curveOf(falling(10_000));
  assert.equal(curve.width, 4);
  curve.cut(5001);
  assert.equal(curve.tip, 5001);
  curve.push(70);
  assert.deepEqual(curve.points().at(-1), { step: 5002, loss: 70 });
  assert.equal(curve.points().at(-2)?.step, 5000);
});

test('there and back, and what is no number counts as an update without a loss', () => {
  const curve = curveOf([3, Number.NaN, 2]);
  const again = LossCurve.of(structuredClone(curve.data()));
  assert.deepEqual(again.data(), curve.data());
  assert.deepEqual(
    again.points().map(({ step }) => step),
    [1, 3],
  );
  const begun = new LossCurve(40);
  begun.push(2);
  assert.deepEqual(begun.points(), [{ step: 41, loss: 2 }]);
});

test('the last sane update is the one before the loss left the ground', () => {
  assert.equal(curveOf([]).lastSane(), 0);
  assert.equal(curveOf([3.3, 3, 2.9, 3.1, 8, 30, Number.POSITIVE_INFINITY]).lastSane(), 3);
  assert.equal(curveOf([3.3, 40, 80]).lastSane(), 0);
});

test('unseen names are looked at ever more rarely', () => {
  const looks = (from: number, to: number) => {
    let count = 0;
    for (let step = from; step < to; step++) if (validationDue(step, 50)) count++;
    return count;
  };
  assert.equal(looks(0, 25_600), 512);
  assert.equal(looks(25_600, 51_200), 256);
  assert.equal(looks(51_200, 102_400), 256);
  assert.equal(validationDue(51_250, 50), false);
});
