// Studies over a fake core: in slices, one after another, told how far they are, and stopped.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Study } from '../../wasm/bridge/protocol.ts';
import { arrayOf, createStudies } from '../../web/src/session/studies.ts';
import { wire } from './fake.ts';

function wired() {
  const all = wire();
  const { study, dispose } = createStudies(all.client);
  const beside = () => all.workers[1]!.core.studied;
  return { ...all, study, dispose, beside };
}

test('a study runs beside the run, and gives its arrays; the same is not worked out twice', async () => {
  const { study, rest, workers, beside } = wired();
  const asked = study({ study: 'one', settings: { pieces: '3' }, inputs: { x: [1, 2] } });
  await rest();
  const found = await asked;
  assert.equal(workers.length, 2, 'a worker of its own');
  assert.deepEqual(
    workers.map(({ soon, core }) => [soon, core.extended]),
    [
      [false, 0],
      [true, 1],
    ],
    'which is told at once that it will need the rest of the core',
  );
  assert.deepEqual([...arrayOf(found, 'one').values], [3, Number.NaN]);
  assert.throws(() => arrayOf(found, 'two'), /no array two/);
  assert.equal(await study({ study: 'one', settings: { pieces: '3' }, inputs: { x: [1, 2] } }), found);
  assert.deepEqual(beside(), ['one', 'one freed']);
});

test('it says how far it is; several are done in the order in which they were asked for', async () => {
  const { study, rest, clock, beside } = wired();
  clock.updateMs = 60;
  const seen: number[] = [];
  const ended: string[] = [];
  const first = study({ study: 'a', settings: { pieces: '8' } }, { progress: (fraction) => seen.push(fraction) });
  void first.then(() => ended.push('a'));
  void study({ study: 'b' }).then(() => ended.push('b'));
  await rest();
  assert.deepEqual(ended, ['a', 'b']);
  assert.ok(seen.length >= 2 && seen.every((fraction, i) => fraction > (seen[i - 1] ?? 0) && fraction < 1), `${seen}`);
  assert.deepEqual(beside(), ['a', 'b', 'a freed', 'b freed']);
});

test('of one that is watched, what is there comes on its way; of others only how far they are', async () => {
  const { client, study, rest, clock } = wired();
  clock.updateMs = 60;
  const seen: number[] = [];
  const watch = (some: Study) => seen.push(arrayOf(some, 'a').values[0] ?? Number.NaN);
  const found = study({ study: 'a', settings: { pieces: '8' } }, { watch });
  await rest();
  assert.equal(arrayOf(await found, 'a').values[0], 8);
  assert.ok(seen.length >= 2 && seen.every((done, i) => done > (seen[i - 1] ?? 0) && done < 8), `${seen}`);
  const told: boolean[] = [];
  client.on('studying', (event) => told.push('study' in event));
  void study({ study: 'b', settings: { pieces: '8' } });
  await rest();
  assert.ok(told.length >= 2 && !told.includes(true));
});

test('one that is stopped, under way or waiting, is freed, and the next goes on', async () => {
  const { study, slices, beside } = wired();
  const [now, later] = [new AbortController(), new AbortController()];
  const refused: unknown[] = [];
  const noted = (error: unknown) => void refused.push(error);
  study({ study: 'a', settings: { pieces: '1000000' } }, { signal: now.signal }).catch(noted);
  study({ study: 'b' }, { signal: later.signal }).catch(noted);
  const last = study({ study: 'c' });
  await slices(3);
  later.abort('b is not wanted');
  now.abort('a is not wanted');
  await slices(20); // not as many as the first would have taken
  assert.deepEqual(refused, ['b is not wanted', 'a is not wanted']);
  assert.equal((await last).arrays[0]?.name, 'c');
  assert.deepEqual(
    beside()
      .filter((name) => name.endsWith('freed'))
      .sort(),
    ['a freed', 'b freed', 'c freed'],
  );
  await assert.rejects(study({ study: 'd' }, { signal: AbortSignal.abort(new Error('before')) }), /before/);
});

test('what is refused or breaks says why, and where the worker dies all that wait do', async () => {
  const { study, slices, rest, workers } = wired();
  for (const [name, code] of [
    ['none', 'name'],
    ['breaks', 'number'],
  ] as const) {
    const refused = assert.rejects(study({ study: name }), { code });
    await rest();
    await refused;
  }
  const long = { settings: { pieces: '1000000' } };
  const lost = ['a', 'b'].map((name) => assert.rejects(study({ study: name, ...long }), { code: 'worker' }));
  await slices(2);
  workers[1]!.onerror!({ message: 'out of memory' });
  await Promise.all(lost);
  const again = study({ study: 'one' });
  await rest();
  assert.equal((await again).arrays[0]?.name, 'one', 'in a new worker');
  assert.equal(workers.length, 3);
});

test('an exhibit that is left stops its studies', async () => {
  const { study, dispose, slices, beside } = wired();
  const asked = assert.rejects(study({ study: 'a', settings: { pieces: '1000000' } }), { code: 'state' });
  await slices(2);
  dispose();
  await slices(20);
  await asked;
  assert.deepEqual(beside(), ['a', 'a freed']);
});
