// How far a claim is and how long it says that it takes, told of a run of every claim as it went (`./dev claims --costs`),
// by what its rows took in another.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Timed } from '../../.ci/tools/costs.ts';
import { Costs } from '../../wasm/bridge/costs.ts';
import type { RowCost } from '../../wasm/bridge/protocol.ts';

const top = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(top, path), 'utf8');
const claims = readdirSync(join(top, 'models/claims')).map((file) => file.replace('.json', ''));
const lines = read('tests/bridge/progress.jsonl').trim().split('\n');
const runs: Record<string, Timed> = Object.fromEntries(lines.map((line) => [JSON.parse(line).id, JSON.parse(line)]));
const OFF = 0.15; // of the whole
const OFF_SECONDS = 1;

test('every claim has a run of which this is told', () => {
  assert.deepEqual(Object.keys(runs).sort(), claims.sort());
});

for (const id of claims)
  test(`${id}: the time that is told is the time that it takes`, () => {
    const { costs, rows }: { costs: RowCost[]; rows: string[] } = JSON.parse(read(`models/claims/${id}.json`));
    const run = runs[id];
    assert.ok(run && costs.length === rows.length);
    const so = new Costs(costs);
    const done = run.steps.map(() => 0);
    let [known, before] = [0, 0];
    for (const [seconds, updates, measured] of run.moments) {
      // as if the pieces up to there had come one after the other
      for (const [row, now] of updates.entries())
        for (let step = (done[row] ?? 0) + 1; step <= now; step++) so.spend(row, step, run.steps[row] ?? 0);
      for (const [row, now] of updates.entries()) done[row] = now;
      for (; known < measured.length; known++) so.spend(measured[known] as number, 'measured', 0);
      const left = so.left(seconds);
      const off = Math.abs((left ?? 0) - (run.seconds - seconds));
      assert.ok(so.done >= before && so.done <= 1, `${id}: ${so.done} after ${before}`);
      if (left !== null)
        assert.ok(off < Math.max(OFF_SECONDS, OFF * run.seconds), `${left} s at ${seconds} of ${run.seconds}`);
      before = so.done;
    }
    assert.ok(before > 0.999, `${id}: at its end ${before} is done`);
  });

test('a row of one update, one that is measured alone, and rows whose cost is unknown', () => {
  const costs = new Costs([
    [2, 0, 1],
    [0, 0, 5],
  ]);
  costs.spend(0, 1, 1);
  assert.equal(costs.done, 0.25);
  assert.deepEqual([costs.left(0.5), costs.left(2)], [null, 6]);
  costs.spend(0, 'measured', 1);
  costs.spend(1, 'measured', 0);
  assert.deepEqual([costs.done, costs.left(8)], [1, 0]);
  const unknown = new Costs([]);
  unknown.spend(0, 1, 1);
  assert.deepEqual([unknown.done, unknown.left(9)], [0, null]);
});

test('a machine that gets slower: the time left is that of its present speed, soon', () => {
  const costs = new Costs([[1, 99, 0]]);
  let seconds = 0;
  for (let step = 1; step <= 60; step++) {
    seconds += step <= 40 ? 0.1 : 0.4; // 4 s, then a quarter of that speed
    costs.spend(0, step, 100);
    const left = costs.left(seconds);
    if (step === 40) assert.ok(Math.abs((left ?? 0) - 6) < 0.01, `${left} of 60 at 0.1 s`);
    if (step === 60) assert.ok(Math.abs((left ?? 0) - 16) < 0.01, `${left} of 40 at 0.4 s`);
  }
});
