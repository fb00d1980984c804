// What is kept, over stores that work, are full, fail or are not there; and the file that takes it elsewhere.
import assert from 'node:assert/strict';
import test from 'node:test';
import { pastOf } from '../../../wasm/bridge/kept.ts';
import { Training } from '../../../wasm/bridge/training.ts';
import type { Database, Entry } from '../../../web/src/keep/database.ts';
import { BUDGET, createKeep } from '../../../web/src/keep/keep.ts';
import { packSession, type SessionFile, unpackSession } from '../../../web/src/keep/session.ts';
import { digest, digestOf } from '../../../web/src/state/digest.ts';
import { FakeClock } from '../../bridge/fake.ts';
import { core as makeCore } from '../../wasm/modules.ts';

/** A store of so many bytes; what it holds outlives the pages that use it. */
function disk(room = Number.POSITIVE_INFINITY) {
  const all = new Map<string, { entry: Entry; data: unknown }>();
  const taken = () => [...all.values()].reduce((sum, { entry }) => sum + entry.size, 0);
  const fails = { write: false, read: false, slow: false };
  const database: Database = {
    entries: async () => {
      if (fails.read) throw new Error('no');
      return [...all.values()].map(({ entry }) => entry);
    },
    read: async (key) => {
      if (fails.read) throw new Error('no');
      return structuredClone(all.get(key)?.data);
    },
    write: async (entry, data) => {
      if (fails.slow) await new Promise((resolve) => setTimeout(resolve, 20));
      const before = all.get(entry.key)?.entry.size ?? 0;
      if (fails.write || taken() - before + entry.size > room) throw new Error('QuotaExceededError');
      all.set(entry.key, { entry, data: structuredClone(data) });
    },
    remove: async (keys) => {
      for (const key of keys) all.delete(key);
    },
  };
  let ms = 0;
  return { all, fails, database, open: () => createKeep(Promise.resolve(database), () => ++ms) };
}
const text = (name: string, size = 10): Omit<Entry, 'at'> => ({
  ...{ key: `text:${name}`, kind: 'text', size, name: '', lines: 1, run: null },
});
const run = (name: string, needs: string[] = [], size = 10): Omit<Entry, 'at'> => ({
  ...{ key: `run:${name}`, kind: 'run', size, name: '', lines: 0 },
  run: { exhibit: 'rnn', origin: name, log: [], address: '#rnn', step: 1, tip: 1, needs },
});
const keysOf = (entries: readonly Entry[]) => entries.map(({ key }) => key);

test('what one page kept another finds, the latest first', async () => {
  const { open } = disk();
  const [one, two] = [open(), open()];
  assert.equal(await one.put(text('a'), 'anna'), true);
  assert.equal(await two.put(run('b'), { steps: new Float64Array([1, 2]) }), true);
  const later = open();
  assert.deepEqual([await later.get('text:a'), await later.get('text:c')], ['anna', null]);
  await later.look();
  assert.deepEqual(keysOf(later.entries.value), ['run:b', 'text:a']);
  assert.deepEqual([...later.stored.value], ['run:b', 'text:a']);
  assert.equal(later.trouble.value, null);
});

test('without a store, with one that fails and with one that is full, the page itself still has it', async () => {
  const full = disk(15);
  await full.open().put(text('old', 10), 'old');
  const broken = disk();
  Object.assign(broken.fails, { write: true, read: true });
  const refuses = createKeep(Promise.reject(new Error('SecurityError')));
  for (const [keep, why] of [
    [createKeep(null), 'absent'],
    [refuses, 'absent'],
    [broken.open(), 'full'],
    [full.open(), 'full'],
  ] as const) {
    assert.equal(await keep.put(text('a', 20), 'anna'), false);
    assert.deepEqual([keep.trouble.value, await keep.get('text:a'), await keep.get('text:x')], [why, 'anna', null]);
    assert.deepEqual([keysOf(keep.entries.value).includes('text:a'), keep.stored.value.has('text:a')], [true, false]);
    await keep.forget();
    assert.deepEqual([await keep.get('text:a'), keep.entries.value.length], [null, 0]);
  }
});

test('a store that opens late is used from then on, and nobody waits for it', async () => {
  const { all, database } = disk();
  let opens = () => {};
  const opening = new Promise<Database>((resolve) => {
    opens = () => resolve(database);
  });
  const keep = createKeep(opening, () => 1, 1);
  assert.equal(await keep.put(text('a'), 'anna'), false);
  assert.deepEqual([keep.trouble.value, await keep.get('text:a'), all.size], ['absent', 'anna', 0]);
  opens();
  await new Promise<void>((done) => keep.trouble.subscribe((why) => why === null && done()));
  assert.equal(await keep.put(text('b'), 'bruno'), true);
  assert.deepEqual([[...all.keys()], keep.trouble.value], [['text:a', 'text:b'], null]);
});

test('the oldest make room, and what this page uses does not', async () => {
  const { all, open } = disk();
  const [before, keep] = [open(), open()];
  await before.put(text('old', BUDGET / 2), 'old');
  await before.put(text('newer', BUDGET / 4), 'newer');
  await keep.put(text('mine', BUDGET / 2), 'mine');
  assert.deepEqual([...all.keys()], ['text:newer', 'text:mine']);
  assert.equal(await keep.put(text('large', BUDGET), 'large'), false);
  assert.equal(keep.trouble.value, 'full');
  assert.ok(all.has('text:mine'));
  // A disk with less room than the budget.
  const small = disk(100);
  await small.open().put(text('a', 60), 'a');
  await small.open().put(text('b', 30), 'b');
  assert.equal(await small.open().put(text('c', 50), 'c'), true);
  assert.ok(small.all.has('text:c') && !small.all.has('text:a'));
});

test('runs are so many and no more; of two tabs none takes the other one away', async () => {
  const { all, open } = disk();
  const [one, two] = [open(), open()];
  await one.put(run('one'), 1);
  for (let i = 0; i < 40; i++) await two.put(run(`two-${i}`), i);
  assert.equal(all.size, 32);
  await one.put(run('one'), 2);
  assert.ok(all.has('run:one') && all.has('run:two-39'));
});

test('what is forgotten is gone with what only it needs', async () => {
  const { all, open } = disk();
  const keep = open();
  for (const name of ['a', 'b']) await keep.put(text(name), name);
  await keep.put(run('1', ['text:a', 'text:b']), 1);
  await keep.put(run('2', ['text:b']), 2);
  await keep.forget(['run:1']);
  assert.deepEqual([...all.keys()], ['text:b', 'run:2']);
  await keep.forget();
  assert.equal(all.size, 0);
});

test('what is still on its way when all is forgotten does not come back', async () => {
  const { all, fails, open } = disk();
  const keep = open();
  fails.slow = true;
  const kept = keep.put(text('a'), 'anna');
  await keep.look();
  await keep.forget();
  await kept;
  assert.deepEqual([all.size, keep.entries.value.length, await keep.get('text:a')], [0, 0, null]);
});

const SESSION: SessionFile = {
  address: '#rnn?at=3',
  texts: ['anna\nмосква\n'],
  weights: [{ name: 'a b.safetensors', bytes: new Uint8Array([1, 2, 3, 0, 255]).buffer }],
  run: {
    saved: {
      curve: { tip: 20, width: 1, sums: new Float64Array([2.5, 1 / 3]), counts: new Float64Array([1, 1]) },
      validation: [
        { step: 0, loss: 2.25 },
        { step: 10, loss: Number.POSITIVE_INFINITY },
      ],
      log: [{ step: 5, key: 'learning_rate', value: '0.1' }],
      initial: [['learning_rate', '0.01']],
    },
    snapshots: [
      { step: 10, bytes: new Uint8Array([9, 8]) },
      { step: 20, bytes: new Uint8Array([7]) },
    ],
  },
};

test('a session comes out of its file as it went in', () => {
  assert.deepEqual(unpackSession(packSession(SESSION)), SESSION);
  const plain = { address: '#rnn', texts: [], weights: [], run: null };
  assert.deepEqual(unpackSession(packSession(plain)), plain);
});

test('a session file that lost or changed anything is refused, and says which', () => {
  const whole = packSession(SESSION);
  for (let size = 0; size < whole.length; size++) {
    assert.match(String(unpackSession(whole.slice(0, size))), size < 8 ? /other|version/ : /cut/, `${size} bytes`);
  }
  for (let at = 0; at < whole.length; at++) {
    const changed = whole.slice();
    changed[at] = (changed[at] as number) ^ 4;
    assert.equal(typeof unpackSession(changed), 'string', `byte ${at}`);
  }
  const more = new Uint8Array(whole.length + 1);
  more.set(whole);
  assert.equal(unpackSession(more), 'changed');
  const newer = whole.slice();
  newer[7] = '2'.charCodeAt(0);
  assert.equal(unpackSession(newer), 'version');
  assert.equal(unpackSession(new TextEncoder().encode('a letter')), 'other');
});

/** A file whose hashes are right and whose header says this. */
function forged(header: unknown, body = new Uint8Array()): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const all = new Uint8Array(28 + json.length + body.length);
  all.set(new TextEncoder().encode('UNROLL-1'));
  new DataView(all.buffer).setUint32(8, json.length, true);
  all.set(new TextEncoder().encode(digest(json)), 12);
  all.set(json, 28);
  all.set(body, 28 + json.length);
  return all;
}

test('a header that was made up is refused, whatever it says', () => {
  const part = (of: object) => ({ kind: 'text', size: 0, hash: digestOf(''), ...of });
  const good = { address: '#rnn', run: null, parts: [part({})] };
  assert.deepEqual(unpackSession(forged(good)), { address: '#rnn', texts: [''], weights: [], run: null });
  const curve = { tip: 1, width: 1, sums: [1], counts: [1] };
  const saved = { curve, validation: [], log: [], initial: [] };
  for (const bad of [
    null,
    [],
    'x',
    {},
    { ...good, address: 5 },
    { ...good, parts: {} },
    { ...good, parts: [part({ kind: 'program' })] },
    { ...good, parts: [part({ size: -1 })] },
    { ...good, parts: [part({ size: 1e300 })] },
    { ...good, parts: [part({ size: 1.5 })] },
    { ...good, parts: [part({ kind: 'weights', name: 7 })] },
    { ...good, parts: [part({ kind: 'snapshot', step: -1 })] },
    { ...good, run: [] },
    { ...good, run: { ...saved, curve: { ...curve, sums: ['1'] } } },
    { ...good, run: { ...saved, log: [{ step: 1, key: 'x'.repeat(41), value: '1' }] } },
    { ...good, run: { ...saved, initial: [['a']] } },
    { ...good, run: { ...saved, validation: [{ step: 0.5, loss: 1 }] } },
  ]) {
    assert.match(String(unpackSession(forged(bad))), /^(changed|cut)$/, JSON.stringify(bad));
  }
});

test('a run that was kept comes back by the core to the same bits as one that is trained anew', async () => {
  const core = await makeCore();
  const settings = { model: 'rnn_lm', task: 'lines', seed: '5', hidden_size: '6' };
  const corpus = Array.from({ length: 200 }, (_, i) => `${'abcd'[i % 4]}${'efg'[i % 3]}${'abcde'[i % 5]}`).join('\n');
  const clock = new FakeClock();
  const nobody = { changed() {}, progress() {}, replay() {}, broke() {}, begun() {} };
  const rest = () => {
    while (clock.tasks.length > 0) clock.tasks.shift()?.();
  };
  const first = new Training(core.create(settings, corpus), clock, nobody);
  const hashes: string[] = [first.run.hash()];
  for (let step = 1; step <= 64; step++) {
    if (step === 31) first.set('learning_rate', '0.05');
    first.train(1);
    rest();
    hashes.push(first.run.hash());
  }
  const kept = structuredClone(first.keep(1e6));
  assert.equal(kept.snapshots.at(-1)?.step, 64);
  const before = core.create(settings, corpus);
  const again = new Training(before, clock, nobody, pastOf(before, kept));
  assert.equal(again.run.hash(), hashes[0]);
  for (const step of [64, 30, 31, 63, 1]) {
    const there = again.seek(step);
    rest();
    await there;
    assert.equal(again.run.hash(), hashes[step], `update ${step}`);
  }
  // Others are refused, and the run is freed.
  const other = (change: Partial<typeof settings>, text = corpus) => core.create({ ...settings, ...change }, text);
  assert.throws(() => pastOf(other({ seed: '6' }), kept), /not a snapshot of the run/);
  assert.throws(() => pastOf(other({}, `${corpus}\nabc`), kept));
  const cut = kept.snapshots.map(({ step, bytes }) => ({ step, bytes: bytes.slice(0, -3) }));
  assert.throws(() => pastOf(other({}), { ...kept, snapshots: cut }));
  const moved = kept.snapshots.map(({ step, bytes }) => ({ step: step - 1, bytes }));
  assert.throws(() => pastOf(other({}), { ...kept, snapshots: moved }), /does not fit/);
  for (const change of [
    { log: [{ step: 3, key: 'hidden_size', value: '7' }] },
    { log: [{ step: 3, key: 'no_such', value: '7' }] },
    { log: [{ step: 300, key: 'learning_rate', value: '1' }] },
    { curve: { ...kept.saved.curve, tip: 5 } },
    { curve: { ...kept.saved.curve, width: 0 } },
    { validation: [{ step: 1e9, loss: 1 }] },
  ]) {
    assert.throws(() => pastOf(other({}), { ...kept, saved: { ...kept.saved, ...change } }), JSON.stringify(change));
  }
});
