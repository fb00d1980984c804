// Two runs beside one another: always at the same update, whatever is asked for, and both back where one broke.
import assert from 'node:assert/strict';
import test from 'node:test';
import { type Contestant, createRace } from '../../web/src/session/race.ts';
import { TOO_FAST, type Wired, wire } from '../bridge/fake.ts';

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

async function race(contestants: Contestant[]) {
  const wired: Wired[] = [];
  const made = createRace(() => {
    wired.push(wire());
    return (wired.at(-1) as Wired).client;
  }, contestants);
  /** Until nothing is left to do in any worker. */
  const rest = async (): Promise<void> => {
    for (let idle = 0; idle < 3; idle++) {
      for (const { clock, rest } of wired) {
        if (clock.tasks.length > 0) idle = 0;
        await rest();
      }
      await settled();
    }
  };
  await rest();
  const steps = () => made.lanes.map((lane) => lane.run.peek()?.step);
  return { made, wired, rest, steps };
}
const TWO: Contestant[] = [
  { id: 'slow', settings: { learning_rate: '0.1' } },
  { id: 'quick', settings: { learning_rate: '0.2' } },
];

test('all stand at the same update, and whoever looks sees them there', async () => {
  const { made, rest, steps } = await race(TWO);
  const seen: unknown[] = [];
  made.each(async (lanes, step) => {
    const hashes = await Promise.all(lanes.map((lane) => lane.bridge.call('hash')));
    seen.push([step, ...lanes.map((lane) => lane.run.peek()?.step), new Set(hashes).size]);
  });
  await rest();
  void made.advance(30);
  void made.advance(5);
  await rest();
  assert.equal(made.step.value, 35);
  assert.deepEqual(steps(), [35, 35]);
  assert.deepEqual(seen, [
    [0, 0, 0, 1],
    [30, 30, 30, 2],
    [35, 35, 35, 2],
  ]);
  assert.deepEqual(
    made.lanes.map((lane) => lane.losses.value.length),
    [35, 35],
  );
  assert.equal(made.lanes[0]?.gradNorms.value.at(-1)?.step, 35);
});

test('a past update comes back in all of them, and training goes on from there', async () => {
  const { made, rest, steps } = await race(TWO);
  void made.advance(40);
  await rest();
  const hash = () => Promise.all(made.lanes.map((lane) => lane.bridge.call('hash')));
  void made.seek(20);
  await rest();
  assert.deepEqual(steps(), [20, 20]);
  assert.equal(made.tip.value, 40);
  void made.advance(20);
  await rest();
  const again = await hash();
  const { made: other, rest: otherRest } = await race(TWO);
  void other.advance(40);
  await otherRest();
  assert.deepEqual(again, await Promise.all(other.lanes.map((lane) => lane.bridge.call('hash'))));
  assert.equal(made.lanes[1]?.losses.value.length, 40);
});

test('where one breaks, both come back to its last good update, and it is said', async () => {
  const { made, rest, steps } = await race(TWO);
  void made.advance(10);
  await rest();
  void made.set('quick', 'learning_rate', String(10 * TOO_FAST));
  void made.advance(10);
  await rest();
  assert.equal(made.ended.value, true);
  assert.equal(made.lanes[1]?.broken.value?.at, 11);
  assert.equal(made.lanes[1]?.broken.value?.error.code, 'number');
  assert.deepEqual(steps(), [10, 10]);
  assert.equal(made.step.value, 10);
  void made.advance(5);
  await rest();
  assert.equal(made.step.value, 10, 'there is no going on from there');
});

test('a contestant that cannot be opened is a problem that is told; what is put away stops its workers', async () => {
  const { made, wired, rest } = await race([{ id: 'one', weights: 'no-such-weights' }]);
  await rest();
  assert.match(made.problem.value?.message ?? '', /no-such-weights/);
  made.dispose();
  assert.ok(wired.every(({ workers }) => workers.every((worker) => worker.terminated)));
});

test('an update from a link is brought back in turns: looked at once, at its end or where it was stopped', async () => {
  const { made, rest, steps } = await race(TWO);
  const seen: number[] = [];
  made.each((_, step) => seen.push(step));
  const there = made.bring(300);
  await rest();
  await there;
  assert.deepEqual([made.step.value, steps(), seen, made.running.value], [300, [300, 300], [0, 300], false]);
  const far = made.bring(100_000);
  assert.equal(made.running.value, true);
  const off = made.step.subscribe((step) => step > 300 && made.pause());
  await rest();
  off();
  await far;
  const stood = made.step.value;
  assert.ok(stood > 300 && stood < 100_000);
  assert.deepEqual([steps(), seen, made.bringing.shown.value], [[stood, stood], [0, 300, stood], null]);
});
