import assert from 'node:assert/strict';
import test from 'node:test';
import { SNAPSHOT_EVERY, Timeline } from '../../wasm/bridge/timeline.ts';

const snapshot = (step: number, size = 1000) => ({ step, bytes: new Uint8Array(size) });
function trained(updates: number, budget?: number): Timeline {
  const timeline = new Timeline(snapshot(0), budget);
  advance(timeline, updates);
  return timeline;
}
function advance(timeline: Timeline, to: number): void {
  while (timeline.tip < to) {
    timeline.record(timeline.tip + 0.5);
    if (timeline.snapshotDue(timeline.tip)) timeline.keep(snapshot(timeline.tip));
  }
}

test('snapshots stay within the budget, the first and the last among them', () => {
  const timeline = trained(5000, 40_000);
  assert.ok(timeline.bytes <= 40_000);
  assert.ok(timeline.steps.length >= 39, 'the budget is used');
  assert.equal(timeline.steps[0], 0);
  assert.equal(timeline.steps.at(-1), 5000);
});

test('gaps widen into the past', () => {
  const { steps } = trained(5000, 40_000);
  const gaps = steps.slice(1).map((step, i) => step - steps[i]!);
  const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  const quarter = Math.floor(gaps.length / 4);
  const quarters = [0, 1, 2, 3].map((q) => mean(gaps.slice(q * quarter, (q + 1) * quarter)));
  assert.ok(quarters[0]! > quarters[1]! && quarters[1]! > quarters[2]! && quarters[2]! > quarters[3]!, `${quarters}`);
  assert.equal(gaps.at(-1), SNAPSHOT_EVERY);
});

test('which snapshots stay depends on the steps alone', () => {
  assert.deepEqual(trained(3000, 30_000).steps, trained(3000, 30_000).steps);
});

test('nearest is never later than what is asked for', () => {
  const timeline = trained(1000, 20_000);
  for (const step of [0, 1, 9, 10, 11, 499, 1000]) {
    const { step: at } = timeline.nearest(step);
    assert.ok(at <= step);
    assert.ok(!timeline.steps.some((s) => s > at && s <= step));
  }
});

test('settings in force follow the log', () => {
  const timeline = trained(20);
  timeline.change(20, 'learning_rate', '0.1', '0.2');
  advance(timeline, 30);
  timeline.change(30, 'learning_rate', '0.2', '0.3');
  assert.equal(timeline.settingsAt(0).get('learning_rate'), '0.1');
  assert.equal(timeline.settingsAt(19).get('learning_rate'), '0.1');
  assert.equal(timeline.settingsAt(20).get('learning_rate'), '0.2');
  assert.equal(timeline.settingsAt(30).get('learning_rate'), '0.3');
  assert.deepEqual(timeline.changesAt(30), [{ step: 30, key: 'learning_rate', value: '0.3' }]);
});

test('training on from the past drops the future, and undo brings all of it back', () => {
  const timeline = trained(100);
  timeline.validation.push({ step: 50, loss: 2 }, { step: 100, loss: 1 });
  timeline.change(100, 'clip', '1', '2');
  advance(timeline, 200);
  const { losses, log, steps } = structuredClone({
    losses: timeline.curve.points(),
    log: timeline.log,
    steps: timeline.steps,
  });
  timeline.branch(55);
  assert.equal(timeline.tip, 55);
  assert.deepEqual(timeline.log, []);
  assert.deepEqual(timeline.validation, [{ step: 50, loss: 2 }]);
  assert.equal(timeline.steps.at(-1), 50);
  timeline.record(-1);
  assert.deepEqual(timeline.done.at(-1)?.deed, { what: 'train', updates: 1 });
  assert.equal(timeline.undo(56), 55);
  assert.deepEqual(timeline.curve.points(), losses);
  assert.deepEqual(timeline.log, log);
  assert.deepEqual(timeline.steps, steps);
  assert.equal(timeline.validation.length, 2);
  const { at, shown } = timeline.redo() ?? {};
  assert.deepEqual([at, shown, timeline.tip, timeline.curve.at(56)], [55, 56, 56, -1]);
  assert.deepEqual([timeline.validation.length, timeline.steps.at(-1)], [1, 50]);
});

test('undo of a setting changed in the past brings back log and future', () => {
  const timeline = trained(60);
  timeline.change(30, 'clip', '1', '5');
  assert.equal(timeline.tip, 30);
  assert.equal(timeline.undo(30), 30);
  assert.equal(timeline.tip, 60);
  assert.deepEqual(timeline.log, []);
  assert.equal(timeline.settingsAt(60).get('clip'), '1');
  assert.equal(timeline.undo(60), null);
  assert.deepEqual(timeline.redo()?.at, 30);
  assert.deepEqual([timeline.tip, timeline.settingsAt(30).get('clip')], [30, '5']);
  assert.equal(timeline.redo(), null);
});

test('moving one control at one update is one change', () => {
  const timeline = trained(10);
  timeline.change(10, 'clip', '1', '2');
  timeline.change(10, 'clip', '2', '3');
  assert.deepEqual(timeline.log, [{ step: 10, key: 'clip', value: '3' }]);
  assert.deepEqual(timeline.done, [{ number: 1, deed: { what: 'set', key: 'clip', from: '1', to: '3' } }]);
  timeline.undo(10);
  assert.deepEqual(timeline.done, []);
  assert.equal(timeline.settingsAt(10).get('clip'), '1');
});

test('after undo, a setting that is moved again is another change, and what was undone is gone', () => {
  const timeline = trained(10);
  timeline.change(10, 'clip', '1', '2');
  timeline.change(10, 'rate', '7', '8');
  timeline.undo(10);
  timeline.change(10, 'clip', '2', '3');
  assert.deepEqual([timeline.done.map(({ number }) => number), timeline.undone], [[1, 3], []]);
  timeline.undo(10);
  assert.equal(timeline.settingsAt(10).get('clip'), '2');
});

test('futures kept for undo share the budget', () => {
  const timeline = trained(300, 40_000);
  timeline.branch(100);
  advance(timeline, 900);
  assert.ok(timeline.bytes <= 40_000);
  timeline.undo(900);
  assert.equal(timeline.tip, 300);
  assert.equal(timeline.curve.at(300), 299.5);
});

test('a run that begins at a later update has no losses before it', () => {
  const timeline = new Timeline(snapshot(40));
  assert.equal(timeline.tip, 40);
  assert.deepEqual(timeline.curve.points(), []);
  assert.equal(timeline.first, 40);
});
