import assert from 'node:assert/strict';
import test from 'node:test';
import type { Frame, RunInfo } from '../../wasm/bridge/protocol.ts';
import { wire } from './fake.ts';

async function running() {
  const wired = wire();
  const { client, rest } = wired;
  const replaced: RunInfo[] = [];
  const frames: Frame[] = [];
  client.on('replaced', ({ run }) => replaced.push(run));
  client.on('frame', (frame) => frames.push(frame));
  await client.call('open', { weights: 'names-rnn' });
  await client.call('train', { updates: 20 });
  await rest();
  await client.call('set', { key: 'learning_rate', value: '0.5' });
  await client.call('train', { updates: 17 });
  await rest();
  const hashes = new Map<number, string>();
  for (const step of [5, 25, 37]) {
    const seek = client.call('seek', { step });
    await rest();
    await seek;
    hashes.set(step, await client.call('hash'));
  }
  await client.call('set', { key: 'learning_rate', value: '0.4' });
  return { ...wired, replaced, frames, hashes };
}

test('a worker that dies is replaced: run, log, past and figure are as they were', async () => {
  const { client, workers, replaced, frames, hashes, pictures, rest } = await running();
  await client.call('walk', { text: 'ab' });
  await client.call('goto', { position: 6 });
  await client.call('subscribe', { wanted: [{ node: 3, what: 'value' }] });
  await rest();
  const seen = structuredClone(frames.at(-1)!);
  const before = await client.call('stop');
  workers[0]!.onerror!({ message: 'out of memory' });
  await rest();
  assert.equal(workers.length, 2);
  assert.equal(workers[0]!.terminated, true);
  assert.equal(replaced.length, 1);
  assert.deepEqual(replaced[0]!, before);
  for (const callback of pictures.splice(0)) callback();
  await rest();
  assert.deepEqual(frames.at(-1)!, seen);
  for (const step of [5, 37, 25]) {
    const seek = client.call('seek', { step });
    await rest();
    await seek;
    assert.equal(await client.call('hash'), hashes.get(step), `update ${step}`);
  }
});

test('what was walked comes back with the target that it was led by, be it a guess of other weights', async () => {
  const { client, workers, rest } = await running();
  await client.call('walk', { text: 'ab', target: null });
  workers[0]!.onerror!({ message: 'out of memory' });
  await rest();
  assert.deepEqual(workers[1]!.core.runs.at(-1)!.walked, [['ab', 'a']]);
});

test('undo and redo go on behind a death: settings, futures, and runs that were replaced', async () => {
  const { client, workers, hashes, rest } = await running();
  const done = async <T>(reply: Promise<T>): Promise<T> => {
    await rest();
    return reply;
  };
  const die = async () => {
    workers.at(-1)!.onerror!({ message: 'gone' });
    await rest();
  };
  await done(client.call('seek', { step: 25 }));
  await client.call('train', { updates: 2 }); // 37 updates become 27
  await rest();
  await die();
  const other = await client.call('open', { settings: { seed: '5' } });
  await client.call('train', { updates: 3 });
  await rest();
  const there = await client.call('hash');
  await done(client.call('seek', { step: 2 }));
  await client.call('set', { key: 'learning_rate', value: '0.3' });
  await die();
  const last = await client.call('stop');
  assert.deepEqual([last.id, last.step, last.tip], [other.id, 2, 2]);
  const undone = await done(client.call('undo'));
  assert.deepEqual([undone.step, undone.tip, undone.settings.learning_rate], [2, 3, '0.1']);
  await done(client.call('seek', { step: 3 }));
  assert.equal(await client.call('hash'), there);
  assert.equal((await done(client.call('undo'))).step, 0);
  await die();
  const first = await done(client.call('undo'));
  assert.ok(first.id < other.id);
  assert.equal(first.settings.learning_rate, '0.5');
  const before = await done(client.call('undo'));
  assert.deepEqual([before.step, before.tip], [25, 37]);
  for (const [step, hash] of hashes) {
    await done(client.call('seek', { step }));
    assert.equal(await client.call('hash'), hash, `update ${step}`);
  }
  for (const at of [37, 20, 20, 0]) assert.equal((await done(client.call('undo'))).step, at);
  await assert.rejects(client.call('undo'), { code: 'state' });
  await die();
  for (const at of [20, 20, 37, 37, 27, 0, 3, 2]) assert.equal((await done(client.call('redo'))).step, at);
  assert.equal((await client.call('stop')).settings.learning_rate, '0.3');
  await assert.rejects(client.call('redo'), { code: 'state' });
  const fresh = await client.call('open', { settings: {} });
  assert.ok(fresh.id > other.id, 'no number is given twice');
});

test('calls that wait when a worker dies are told so', async () => {
  const { client, workers, rest } = await running();
  const lost = client.call('hash');
  workers[0]!.onerror!({ message: 'gone' });
  await assert.rejects(lost, { code: 'worker', node: '' });
  await rest();
  assert.equal((await client.call('stop')).step, 37);
});

test('a trap inside the module replaces the worker', async () => {
  const { client, workers, replaced, rest } = await running();
  await assert.rejects(client.call('walk', { text: 'a!' }), { code: 'worker' });
  await rest();
  assert.equal(workers.length, 2);
  assert.equal(replaced.length, 1);
});

test('a worker that dies again and again is given up with a reason', async () => {
  const { client, workers } = wire();
  for (let i = 0; i < 4; i++) workers.at(-1)!.onerror!({ message: 'no WebAssembly here' });
  await assert.rejects(client.call('info'), { code: 'worker', message: /no WebAssembly here.*Load the page again/ });
});

test("a claim's worker that dies leaves the exhibit alone", async () => {
  const { client, workers, rest } = await running();
  const broke: unknown[] = [];
  client.on('claimBroke', (event) => broke.push(event));
  await client.call('claim', { id: 'rnn', seed: 1, costs: [] });
  workers[1]!.onerror!({ message: 'gone' });
  await rest();
  assert.equal(broke.length, 1);
  assert.equal((await client.call('stop')).step, 37);
  assert.equal(workers.length, 2);
});

test('a closed bridge says so', async () => {
  const { client } = await running();
  client.close();
  await assert.rejects(client.call('info'), { code: 'state' });
});
