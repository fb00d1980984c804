// What a mounted exhibit keeps as it comes, and finds again for a link, over a bridge without a core.
import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import { signal } from '@preact/signals';
import { LossCurve } from '../../wasm/bridge/curve.ts';
import type { CoreInfo, KeptRun, Requests } from '../../wasm/bridge/protocol.ts';
import { exhibit } from '../../web/src/exhibits/rnn/exhibit.ts';
import type { Database, Entry } from '../../web/src/keep/database.ts';
import { createKeep } from '../../web/src/keep/keep.ts';
import { unpackSession } from '../../web/src/keep/session.ts';
import { createStore } from '../../web/src/session/create.ts';
import { MOST_IN_LINK, needsOf } from '../../web/src/session/own.ts';
import { parseAddress } from '../../web/src/state/address.ts';
import { digestOf } from '../../web/src/state/digest.ts';
import { defaults, type ViewState } from '../../web/src/state/fields.ts';
import { FakeBridge, settled } from './page/bridge.ts';

Object.assign(globalThis, { matchMedia: () => ({ matches: true }) });

const TEXT = 'abc\ncab\nbaca\n'.repeat(400);
const HASH = digestOf(TEXT);
assert.ok(TEXT.length > MOST_IN_LINK);

/** One whose run can be kept, and opened with what was kept. */
class KeepingBridge extends FakeBridge {
  override async call<K extends keyof Requests>(name: K, ...rest: unknown[]): Promise<Requests[K][1]> {
    const answer = await super.call(name, ...rest);
    const { kept } = (rest[0] ?? {}) as { kept?: KeptRun };
    if (name === 'open' && kept) {
      this.run = { ...this.run, tip: kept.saved.curve.tip, log: kept.saved.log };
      return this.run as Requests[K][1];
    }
    if (name !== 'keep') return answer;
    const { step, tip, log } = this.run;
    const saved = { curve: { ...new LossCurve().data(), tip }, validation: [], log, initial: [] };
    const past: KeptRun = { saved, snapshots: [{ step, bytes: new Uint8Array([step % 256]) }] };
    return past as Requests[K][1];
  }
}
function disk() {
  const all = new Map<string, { entry: Entry; data: unknown }>();
  const database: Database = {
    entries: async () => [...all.values()].map(({ entry }) => entry),
    read: async (key) => all.get(key)?.data,
    write: async (entry, data) => void all.set(entry.key, { entry, data: structuredClone(data) }),
    remove: async (keys) => keys.forEach((key) => void all.delete(key)),
  };
  return { all, keep: () => createKeep(Promise.resolve(database)) };
}
const waited = async () => {
  for (let i = 0; i < 20; i++) await settled();
};
async function mounted(keep: ReturnType<typeof createKeep>, state: ViewState = defaults()) {
  const bridge = new KeepingBridge();
  const store = createStore(bridge, exhibit, {
    core: { models: [] as CoreInfo['models'] } as CoreInfo,
    projector: signal(false),
    theme: signal('light'),
    spawn: () => new FakeBridge(),
    keep,
  });
  const lacks = await store.keeping.find(state);
  if (lacks.length === 0) await store.apply(state);
  await waited();
  return { bridge, store, lacks };
}
const own = (store: Awaited<ReturnType<typeof mounted>>['store'], corpus = TEXT) =>
  store.open({ ...store.runs.origin.peek(), weights: 'none', seed: 5, corpus });

test('a long text is in the link by its hash, a short one as it is', async () => {
  const { store } = await mounted(createKeep(null));
  await own(store, 'abc\nbca\n'.repeat(20));
  assert.deepEqual([store.state.value.own, store.state.value.corpus.length], [null, 160]);
  await own(store);
  assert.deepEqual([store.state.value.own, store.state.value.corpus], [HASH, '']);
  assert.deepEqual(needsOf(store.state.value), [`text:${HASH}`]);
});

test('own text and run are kept a moment after they came, and found again by their link without training', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const { all, keep } = disk();
    const { bridge, store } = await mounted(keep());
    await own(store);
    await waited();
    assert.deepEqual([...all.keys()], [`text:${HASH}`], 'the text at once');
    bridge.trained(300);
    mock.timers.tick(1500);
    await waited();
    const kept = [...all.values()].find(({ entry }) => entry.kind === 'run')?.entry.run;
    assert.deepEqual([kept?.step, kept?.tip, kept?.needs], [300, 300, [`text:${HASH}`]]);
    const { state } = parseAddress(kept?.address ?? '');
    assert.deepEqual([state.own, state.step], [HASH, 300]);

    const later = await mounted(keep(), state);
    assert.deepEqual(later.lacks, []);
    const opened = later.bridge.last('open') as Requests['open'][0];
    assert.deepEqual([opened.corpus, opened.kept?.saved.curve.tip], [TEXT, 300]);
    assert.deepEqual([later.bridge.last('seek'), later.bridge.count('train')], [{ step: 300 }, 0]);
    assert.deepEqual(later.store.state.value.step, 300);
    // An earlier update of it comes from the same.
    const earlier = await mounted(keep(), { ...state, step: 40 });
    assert.deepEqual([earlier.bridge.last('seek'), earlier.bridge.count('train')], [{ step: 40 }, 0]);
    // A run with another past is another.
    const other = { ...state, log: [{ step: 7, key: 'learning_rate', value: '0.5' }] };
    const bridge2 = new KeepingBridge();
    const pageOf = {
      core: { models: [] as CoreInfo['models'] } as CoreInfo,
      projector: signal(false),
      theme: signal('light' as const),
      keep: keep(),
    };
    const store2 = createStore(bridge2, exhibit, { ...pageOf, spawn: () => new FakeBridge() });
    await store2.keeping.find(other);
    void store2.apply(other);
    await waited();
    assert.equal((bridge2.last('open') as Requests['open'][0]).kept, undefined);
    assert.deepEqual(bridge2.last('train'), { updates: 7 });
  } finally {
    mock.timers.reset();
  }
});

test('a run that needs nothing is kept once training it again would take a while', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const { all, keep } = disk();
    const { bridge } = await mounted(keep());
    bridge.trained(99);
    mock.timers.tick(5000);
    await waited();
    assert.equal(all.size, 0);
    bridge.trained(1);
    mock.timers.tick(5000);
    await waited();
    assert.deepEqual(
      [...all.values()].map(({ entry }) => [entry.kind, entry.run?.tip]),
      [['run', 100]],
    );
  } finally {
    mock.timers.reset();
  }
});

test('of two tabs with the same run the one that came less far takes nothing from the other', async () => {
  const { all, keep } = disk();
  const [one, two] = [await mounted(keep()), await mounted(keep())];
  one.bridge.trained(200);
  await one.store.keeping.save();
  two.bridge.trained(500);
  await two.store.keeping.save();
  one.store.session.seek(120);
  await waited();
  await one.store.keeping.save();
  const [kept] = [...all.values()];
  assert.deepEqual([all.size, kept?.entry.run?.tip, kept?.entry.run?.step], [1, 500, 120]);
  assert.equal((kept?.data as KeptRun | undefined)?.saved.curve.tip, 500);
});

test('what is in no store is missed by name; what is not what it is called is not there', async () => {
  const { all, keep } = disk();
  const state = { ...defaults(), own: HASH, lab: { own: '0123456789abcdef' }, weights: 'file-0123456789abcdef' };
  assert.deepEqual((await mounted(keep(), state)).lacks, [
    `text:${HASH}`,
    'text:0123456789abcdef',
    'weights:0123456789abcdef',
  ]);
  const entry: Entry = { ...{ key: `text:${HASH}`, kind: 'text', size: 1, at: 1, name: '', lines: 1 }, run: null };
  for (const data of [`${TEXT}x`, 7, null, new ArrayBuffer(3)]) {
    all.set(entry.key, { entry, data });
    assert.deepEqual((await mounted(keep(), { ...defaults(), own: HASH })).lacks, [entry.key], String(data).slice(-3));
  }
  all.set(entry.key, { entry, data: TEXT });
  assert.deepEqual((await mounted(keep(), { ...defaults(), own: HASH })).lacks, []);
});

test('what was kept and cannot be opened any more is forgotten, and the run is trained anew', async () => {
  const { all, keep } = disk();
  const { bridge, store } = await mounted(keep());
  await own(store);
  bridge.trained(200);
  await store.keeping.save();
  const { state } = parseAddress([...all.values()].find(({ entry }) => entry.kind === 'run')?.entry.run?.address ?? '');
  assert.equal(all.size, 2);
  const again = new KeepingBridge();
  const call = again.call.bind(again);
  again.call = async (name, ...rest) => {
    if (name === 'open' && (rest[0] as { kept?: KeptRun }).kept)
      throw { code: 'format', node: '', message: 'of another version' };
    return call(name, ...rest);
  };
  const page = {
    core: { models: [] as CoreInfo['models'] } as CoreInfo,
    projector: signal(false),
    theme: signal('light' as const),
    keep: keep(),
  };
  const other = createStore(again, exhibit, { ...page, spawn: () => new FakeBridge() });
  await other.keeping.find(state);
  void other.apply(state);
  await waited();
  assert.deepEqual(
    [again.last('train'), other.runs.problem.value, [...all.keys()]],
    [{ updates: 200 }, null, [`text:${HASH}`]],
  );
});

test('what is forgotten is not kept again as long as its run is on screen', async () => {
  const { all, keep } = disk();
  const { bridge, store } = await mounted(keep());
  await own(store);
  bridge.trained(150);
  await store.keeping.save();
  assert.equal(all.size, 2);
  await store.keeping.forget();
  bridge.trained(10);
  await store.keeping.save();
  assert.equal(all.size, 0);
  await own(store, `${TEXT}abc\n`);
  await store.keeping.save();
  assert.equal([...all.values()].filter(({ entry }) => entry.kind === 'text').length, 1);
});

test('a session holds all that its address needs', async () => {
  const { bridge, store } = await mounted(createKeep(null));
  await own(store);
  await store.keeping.holdText('Call me Ishmael.');
  store.setLab('own', digestOf('Call me Ishmael.'));
  bridge.trained(30);
  const session = unpackSession(await store.keeping.pack());
  if (typeof session === 'string') throw new Error(session);
  assert.deepEqual(session.texts, [TEXT, 'Call me Ishmael.']);
  assert.equal(session.run?.saved.curve.tip, 30);
  assert.deepEqual(
    needsOf(parseAddress(session.address).state),
    session.texts.map((text) => `text:${digestOf(text)}`),
  );
});
