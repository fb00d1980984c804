import assert from 'node:assert/strict';
import test from 'node:test';
import { LossCurve } from '../../wasm/bridge/curve.ts';
import { SLICE_MS } from '../../wasm/bridge/pace.ts';
import type { Progress, RunInfo } from '../../wasm/bridge/protocol.ts';
import { TOO_FAST, wire } from './fake.ts';

/** Opens a run and trains it so far, noting each update's hash on the way. */
async function trained(updates: number) {
  const wired = wire();
  const { client, rest } = wired;
  await client.call('open', { settings: {} });
  const hashes = [await client.call('hash')];
  for (let step = 1; step <= updates; step++) {
    await client.call('train', { updates: 1 });
    await rest();
    hashes.push(await client.call('hash'));
  }
  return { ...wired, hashes };
}
/** A request that needs slices before it is answered. */
async function done<T>(wired: { rest(): Promise<void> }, reply: Promise<T>): Promise<T> {
  await wired.rest();
  return reply;
}

test('a slice is about ten milliseconds, or one update where that is longer', async () => {
  const { client, clock, slices, rest } = wire();
  await client.call('open', { settings: {} });
  clock.updateMs = 3;
  await client.call('train', { updates: Number.POSITIVE_INFINITY });
  await slices(1);
  assert.equal((await client.call('stop')).step, Math.ceil(SLICE_MS / 3));
  await rest();
  clock.updateMs = 400;
  await client.call('train', { updates: Number.POSITIVE_INFINITY });
  await slices(1);
  assert.equal((await client.call('stop')).step, Math.ceil(SLICE_MS / 3) + 1);
});

test('stop is heard after the slice that runs, and nothing runs after it', async () => {
  const { client, clock, slices } = wire();
  await client.call('open', { settings: {} });
  await client.call('train', { updates: Number.POSITIVE_INFINITY });
  await slices(5);
  const stopped = await client.call('stop');
  assert.equal(stopped.step, 5 * Math.ceil(SLICE_MS / clock.updateMs));
  assert.equal(await slices(10), 1, 'the slice that was queued finds its job cancelled');
  assert.equal((await client.call('stop')).step, stopped.step);
});

test('training keeps to a pace, and stop is heard while it waits', async () => {
  const { client, clock, slices } = wire();
  await client.call('open', { settings: {} });
  const began = clock.ms;
  await client.call('train', { updates: Number.POSITIVE_INFINITY, perSecond: 20 });
  while (clock.ms < began + 1000) await slices(1);
  const { step } = await client.call('stop');
  assert.ok(step >= 20 && step <= 21, `${step} updates in a second`);
  assert.equal(await slices(10), 1, 'the wait that was queued finds its job cancelled');
  assert.equal((await client.call('stop')).step, step);
  await assert.rejects(client.call('train', { updates: 1, perSecond: 0 }), { code: 'argument', node: 'perSecond' });
});

test('train replies at once and stops after as many updates as asked for', async () => {
  const { client, rest } = wire();
  await client.call('open', { settings: {} });
  assert.equal((await client.call('train', { updates: 25 })).step, 0);
  await rest();
  const run = await client.call('stop');
  assert.deepEqual([run.step, run.tip], [25, 25]);
});

test('progress tells every loss once, in order, and ends with running: false', async () => {
  const { client, rest } = wire();
  const told: Progress[] = [];
  client.on('progress', (progress) => told.push(progress));
  await client.call('open', { settings: {} });
  await client.call('train', { updates: 500 });
  await rest();
  const losses: number[] = [];
  for (const progress of told) {
    assert.equal(progress.from, losses.length);
    losses.push(...progress.losses);
  }
  const history = await client.call('history');
  assert.equal(losses.length, 500);
  assert.deepEqual(
    losses,
    LossCurve.of(history.curve)
      .points()
      .map(({ loss }) => loss),
  );
  assert.deepEqual(
    told.flatMap((p) => p.validation),
    history.validation,
  );
  assert.ok(told.length > 3);
  assert.deepEqual(
    told.map((p) => p.running),
    told.map((_, i) => i < told.length - 1),
  );
  assert.ok(told.at(-1)!.tokensPerSecond > 0);
});

test('every update comes back exactly, from any other', async () => {
  const wired = await trained(137);
  const { client, hashes } = wired;
  for (const step of [137, 0, 136, 1, 100, 101, 99, 10, 9, 11, 137]) {
    const run = await done(wired, client.call('seek', { step }));
    assert.equal(run.step, step);
    assert.equal(run.tip, 137);
    assert.equal(await client.call('hash'), hashes[step], `update ${step}`);
  }
});

test('a change of a live setting is replayed at its update', async () => {
  const wired = await trained(33);
  const { client, rest } = wired;
  await client.call('set', { key: 'learning_rate', value: '0.7' });
  await client.call('train', { updates: 20 });
  await rest();
  await client.call('set', { key: 'learning_rate', value: '0.02' });
  await client.call('train', { updates: 20 });
  await rest();
  const hash = await client.call('hash');
  const { settings } = await done(wired, client.call('seek', { step: 20 }));
  assert.equal(settings.learning_rate, '0.1');
  const middle = await done(wired, client.call('seek', { step: 40 }));
  assert.equal(middle.settings.learning_rate, '0.7');
  const last = await done(wired, client.call('seek', { step: 73 }));
  assert.equal(last.settings.learning_rate, '0.02');
  assert.equal(await client.call('hash'), hash);
  assert.deepEqual(last.log, [
    { step: 33, key: 'learning_rate', value: '0.7' },
    { step: 53, key: 'learning_rate', value: '0.02' },
  ]);
});

test('training on from the past drops the future; undo brings it back with its hashes', async () => {
  const wired = await trained(64);
  const { client, hashes, rest } = wired;
  await done(wired, client.call('seek', { step: 31 }));
  await client.call('set', { key: 'learning_rate', value: '3' });
  await client.call('train', { updates: 10 });
  await rest();
  const other = await client.call('stop');
  assert.deepEqual([other.step, other.tip], [41, 41]);
  assert.notEqual(await client.call('hash'), hashes[41]);
  const held = await done(wired, client.call('undo'));
  assert.deepEqual([held.step, held.tip, held.settings.learning_rate], [31, 31, '3'], 'the updates alone');
  const back = await done(wired, client.call('undo'));
  assert.deepEqual([back.step, back.tip, back.settings.learning_rate], [31, 64, '0.1']);
  await done(wired, client.call('seek', { step: 64 }));
  assert.equal(await client.call('hash'), hashes[64]);
});

test('the same updates after the same past give the same losses and validation points', async () => {
  const wired = await trained(0);
  const { client, rest } = wired;
  await client.call('train', { updates: 170 });
  await rest();
  const first = await client.call('history');
  await done(wired, client.call('seek', { step: 60 }));
  await client.call('train', { updates: 110 });
  await rest();
  assert.deepEqual(await client.call('history'), first);
  assert.deepEqual(
    first.validation.map((v) => v.step),
    [0, 50, 100, 150],
  );
});

test('a replay goes in slices, tells of itself, and gives way to another', async () => {
  const wired = await trained(9);
  const { client, clock, hashes, slices } = wired;
  await client.call('train', { updates: 5 });
  await wired.rest();
  await done(wired, client.call('seek', { step: 0 }));
  clock.updateMs = 40;
  const told: unknown[] = [];
  client.on('replay', (replay) => told.push(replay));
  const first = client.call('seek', { step: 9 });
  await slices(3);
  assert.deepEqual(told.at(-1), { step: 3, from: 0, to: 9 });
  const second = client.call('seek', { step: 4 });
  assert.equal((await first).step, 3);
  await wired.rest();
  assert.equal((await second).step, 4);
  assert.equal(await client.call('hash'), hashes[4]);
});

test('what is asked during a replay is answered after it', async () => {
  const wired = await trained(30);
  await done(wired, wired.client.call('seek', { step: 1 }));
  const seek = wired.client.call('seek', { step: 9 });
  const hash = wired.client.call('hash');
  await wired.rest();
  assert.equal((await seek).step, 9);
  assert.equal(await hash, wired.hashes[9]);
});

test('a new run can be undone: the old one is back at its update, with its past', async () => {
  const wired = await trained(45);
  const { client, hashes } = wired;
  const before = await done(wired, client.call('seek', { step: 12 }));
  const other = await client.call('open', { settings: { seed: '5' } });
  assert.notEqual(other.id, before.id);
  assert.deepEqual([other.step, other.tip], [0, 0]);
  const back = await done(wired, client.call('undo'));
  assert.deepEqual(back, before);
  assert.equal(await client.call('hash'), hashes[12]);
  await done(wired, client.call('seek', { step: 45 }));
  assert.equal(await client.call('hash'), hashes[45]);
});

test('a run that cannot be opened leaves the present one alone', async () => {
  const { client } = await trained(3);
  await assert.rejects(client.call('open', { settings: {}, corpus: '' }), { code: 'text' });
  await assert.rejects(client.call('open', { weights: 'none-such' }), { code: 'name', node: 'none-such' });
  await assert.rejects(client.call('open', { weights: 'names-rnn', settings: { hidden_size: '9' } }), {
    code: 'setting',
    node: 'hidden_size',
  });
  assert.equal((await client.call('stop')).step, 3);
});

test('shipped weights are named, and weights can be opened again from their bytes', async () => {
  const { client } = await trained(8);
  const hash = await client.call('hash');
  const file = await client.call('save', { snapshot: true });
  assert.equal((await client.call('open', { weights: 'names-rnn' })).trainedFrom, 'names-rnn');
  const run = await client.call('open', { file });
  assert.deepEqual([run.step, run.trainedFrom], [8, null]);
  assert.equal(await client.call('hash'), hash);
});

test('a text that is not in the module is fetched once, for its task alone, and an own text wins', async () => {
  const { client, core, workers, rest } = wire();
  await client.call('open', { settings: {} });
  assert.equal(workers[0]!.fetched, 0);
  const prose = { task: 'prose' };
  await client.call('open', { settings: prose });
  await client.call('open', { settings: prose, corpus: 'of my own' });
  const undone = client.call('undo');
  await rest();
  await undone;
  assert.deepEqual(core.corpora, [null, null, 'of my own', null]);
  assert.deepEqual(core.brought, { 'moby-dick': 'a whale' });
  assert.equal(workers[0]!.fetched, 1);
});

test('a loss that is no number stops training on the last good update', async () => {
  const { client, rest, hashes } = await trained(5);
  const broke: { error: { code: string }; at: number; run: RunInfo }[] = [];
  const running: boolean[] = [];
  client.on('broke', (event) => broke.push(event));
  client.on('progress', (event) => running.push(event.running));
  await client.call('set', { key: 'learning_rate', value: String(TOO_FAST + 1) });
  await client.call('train', { updates: 10 });
  await rest();
  assert.equal(broke.length, 1);
  assert.deepEqual([broke[0]!.error.code, broke[0]!.at, broke[0]!.run.step], ['number', 6, 5]);
  assert.equal(running.at(-1), false);
  assert.equal(await client.call('hash'), hashes[5]);
});

test('errors name code, place and what to do', async () => {
  const { client } = wire();
  await assert.rejects(client.call('walk', { text: 'a' }), { code: 'state', message: 'No run is open.' });
  await client.call('open', { settings: {} });
  await assert.rejects(client.call('goto', { position: 1 }), { code: 'state' });
  await assert.rejects(client.call('counted'), { code: 'state' });
  await client.call('walk', { text: 'a' });
  assert.deepEqual((await client.call('counted')).steps, [0, 1, 2]);
  assert.deepEqual(await client.call('way', { from: 1, to: 2 }), [1, 2]);
  await client.call('hold', { node: 1, cell: 0, value: 0.5 });
  await assert.rejects(client.call('hold', { node: 2, cell: 0, value: 0.5 }), { code: 'argument' });
  await assert.rejects(client.call('goto', { position: 10 }), { code: 'argument', node: 'position' });
  await assert.rejects(client.call('goto', { position: 0.5 }), { code: 'argument' });
  await assert.rejects(client.call('walk', { text: 'z' }), { code: 'text', node: 'z' });
  await assert.rejects(client.call('seek', { step: 1 }), { code: 'argument', node: 'step' });
  await assert.rejects(client.call('train', { updates: 0 }), { code: 'argument' });
  await assert.rejects(client.call('set', { key: 'hidden_size', value: '3' }), {
    code: 'setting',
    node: 'hidden_size',
  });
  await assert.rejects(client.call('undo'), { code: 'state' });
  await assert.rejects(client.call('redo'), { code: 'state', message: 'There is nothing to redo.' });
  await assert.rejects(client.call('toString' as 'info'), { code: 'name' });
  const sampling = { temperature: 1, topK: 0, topP: 1 };
  await assert.rejects(client.call('sample', { count: 1000, sampling, prefix: '' }), { code: 'argument' });
});

test('samples are a function of the update', async () => {
  const wired = await trained(12);
  const ask = { count: 8, sampling: { temperature: 1, topK: 0, topP: 1 }, prefix: 'x' };
  const first = await wired.client.call('sample', ask);
  await done(wired, wired.client.call('seek', { step: 3 }));
  assert.notDeepEqual((await wired.client.call('sample', ask)).samples, first.samples);
  await done(wired, wired.client.call('seek', { step: 12 }));
  assert.deepEqual(await wired.client.call('sample', ask), first);
  assert.equal(new Set(first.samples).size, 8);
});

test('what is measured is of the update on screen', async () => {
  const wired = await trained(12);
  const { client } = wired;
  const ask = async () => ({
    reach: await client.call('reach', { text: 'ab', at: 3, layer: 2 }),
    terms: await client.call('terms', { text: 'ab', at: 2, param: 'theta' }),
    saliency: await client.call('saliency', { text: 'ab', at: 4, token: 3 }),
    units: await client.call('units', { text: 'abba' }),
    evaluate: await client.call('evaluate'),
    evaluateAt: await client.call('evaluateAt', { lengths: [2, 4] }),
  });
  const last = await ask();
  for (const { step } of Object.values(last)) assert.equal(step, 12);
  assert.deepEqual([last.reach.h.length, last.reach.c, last.saliency.sizes.length], [3, null, 4]);
  assert.deepEqual(last.evaluateAt.right, [last.evaluate.right / 2, last.evaluate.right / 4]);
  assert.deepEqual([last.terms.terms.length, last.units.h.length, last.units.c], [2, 4, null]);
  await done(wired, client.call('seek', { step: 5 }));
  const early = await ask();
  assert.equal(early.reach.step, 5);
  for (const name of ['reach', 'terms', 'saliency', 'units', 'evaluate', 'evaluateAt'] as const)
    assert.notDeepEqual({ ...early[name], step: 12 }, last[name], name);
  await done(wired, client.call('seek', { step: 12 }));
  assert.deepEqual(await ask(), last);
});

test('one text is unrolled once, and let go with its run or for another', async () => {
  const { client, core, rest } = await trained(2);
  const [run] = core.runs;
  for (const at of [1, 2, 3]) await client.call('reach', { text: 'ab', at });
  await client.call('train', { updates: 3 });
  await rest();
  await client.call('saliency', { text: 'ab', at: 1, token: 2 });
  assert.deepEqual(run!.measured, ['ab']);
  await assert.rejects(client.call('reach', { text: 'z', at: 1 }), { code: 'text', node: 'z' });
  await client.call('terms', { text: 'ab', at: 1, param: 'theta' });
  assert.deepEqual(run!.measured, ['ab'], 'a text that cannot be read takes nothing away');
  await client.call('reach', { text: 'ba', at: 1 });
  assert.deepEqual(run!.measured, ['ab', 'ba', 'ab freed']);
  await client.call('open', { settings: { seed: '8' } });
  assert.deepEqual(run!.measured.slice(3), ['ba freed']);
  const fresh = await client.call('reach', { text: 'ba', at: 2 });
  assert.equal(fresh.step, 0);
  assert.deepEqual(core.runs[1]!.measured, ['ba']);
  const undone = client.call('undo');
  await rest();
  await undone;
  assert.deepEqual(core.runs[1]!.measured, ['ba', 'ba freed']);
  assert.notDeepEqual(await client.call('reach', { text: 'ba', at: 2 }), fresh);
});

test('measures that cannot be made say why', async () => {
  const { client } = wire();
  await assert.rejects(client.call('reach', { text: 'a', at: 1 }), { code: 'state', message: 'No run is open.' });
  await client.call('open', { settings: {} });
  await assert.rejects(client.call('reach', { text: 'a', at: 0 }), { code: 'argument' });
  await assert.rejects(client.call('terms', { text: 'a', at: 1, param: 'W' }), { code: 'name', node: 'W' });
  await assert.rejects(client.call('units', { text: 'a', layer: 2 }), { code: 'argument' });
  await assert.rejects(client.call('example', { index: -1 }), { code: 'argument', node: 'index' });
  assert.deepEqual(await client.call('example', { index: 1 }), { text: 'abab' });
});

test('a net that reads is there for one request; its time is that of one run, over a stretch that a clock can measure', async () => {
  const { client, core, clock } = wire();
  clock.updateMs = 0.5;
  const spec = { net: 'attention', text: 'a b', hidden: 2, layers: 1, seed: 1 } as const;
  assert.equal((await client.call('reader', spec)).way, null);
  assert.deepEqual((await client.call('reader', { ...spec, way: [1, 0] })).way, [1, 2]);
  const before = clock.ms;
  const { milliseconds, counted } = await client.call('readerTime', { ...spec, samples: 3 });
  assert.deepEqual([milliseconds, counted.longest.length], [[0.5, 0.5, 0.5], 3]);
  assert.equal((clock.ms - before) / 0.5, 1 + 2 + 4 + 8 + 16 + 3 * 16);
  await assert.rejects(client.call('reader', { ...spec, text: '' }), { code: 'text' });
  assert.equal(core.readers, 0);
});

test('reading with what is kept and anew is timed by the same clock, over as many runs as it takes', async () => {
  const { client } = wire();
  await client.call('open', { settings: {} });
  assert.deepEqual(await client.call('cachedTime', { text: 'ab', samples: 2 }), {
    step: 0,
    kept: [1, 1],
    anew: [2, 2],
  });
  assert.deepEqual(
    (await client.call('drawn', { text: 'ab', sampling: { temperature: 1, topK: 0, topP: 1 }, index: 7 })).u,
    [1],
  );
});

test("progress tells the last update's gradient", async () => {
  const { client, rest } = wire();
  const told: Progress[] = [];
  client.on('progress', (progress) => told.push(progress));
  await client.call('open', { settings: {} });
  await client.call('train', { updates: 40 });
  await client.call('stop');
  assert.ok(Number.isNaN(told.at(-1)!.gradNorm), 'there has been no update');
  await client.call('train', { updates: 40 });
  await rest();
  for (const { step, gradNorm } of told.slice(1)) assert.equal(gradNorm, step / 8);
  assert.equal(told.at(-1)!.step, 40);
});

test('a claim runs in a worker of its own and can be stopped', async () => {
  const { client, workers, rest, slices } = wire();
  await client.call('stopClaim');
  assert.equal(workers.length, 1);
  const seen: { fraction: number; done: boolean }[] = [];
  client.on('claim', (progress) => seen.push(progress));
  await client.call('claim', { id: 'rnn', seed: 1, costs: [], short: true });
  await rest();
  assert.equal(workers.length, 2);
  assert.equal(seen.at(-1)!.done, true);
  await client.call('claim', { id: 'rnn', seed: 2, costs: [] });
  await slices(12);
  await client.call('stopClaim');
  await rest();
  assert.equal(seen.at(-1)!.done, false);
  await assert.rejects(client.call('claim', { id: 'no', seed: 1, costs: [] }), { code: 'name' });
});

test('a claim shows the losses so far, and the time that it says is left is the time it takes', async () => {
  const { client, clock, rest } = wire();
  clock.updateMs = 40;
  const seen: { at: number; left: number | null; losses: number }[] = [];
  client.on('claim', ({ left, curves }) => seen.push({ at: clock.ms, left, losses: curves[0]?.losses.length ?? 0 }));
  await client.call('claim', { id: 'rnn', seed: 1, costs: [[1, 298, 1]] });
  await rest();
  const end = seen.at(-1)!.at;
  const said = seen.filter(({ left }) => left !== null);
  assert.ok(said.length > 20);
  for (const { at, left } of said)
    assert.ok(Math.abs(left! * 1000 - (end - at)) < 0.02 * end, `${left} s at ${at} of ${end}`);
  for (const [i, one] of seen.slice(1).entries()) assert.ok(one.losses >= seen[i]!.losses);
  assert.equal(seen.at(-1)!.losses, 59, 'means of five updates; the last is a measurement');
});

test('a replay can be stopped whatever else waits, and stands at an update as exact as any', async () => {
  const wired = await trained(9);
  const { client, hashes, slices, rest } = wired;
  await client.call('train', { updates: 1000 });
  await rest();
  await done(wired, client.call('seek', { step: 8 }));
  await done(wired, client.call('seek', { step: 0 }));
  const seek = client.call('seek', { step: 9 });
  await slices(1);
  const [waits, stop] = [
    client.call('sample', { count: 1, sampling: { temperature: 1, topK: 0, topP: 1 }, prefix: '' }),
    client.call('stop'),
  ];
  await slices(1);
  const stood = await seek;
  assert.ok(stood.step > 0 && stood.step < 9, String(stood.step));
  assert.deepEqual([(await waits).step, (await stop).step, (await stop).tip], [stood.step, stood.step, 1009]);
  assert.equal(await client.call('hash'), hashes[stood.step]);
  assert.equal((await done(wired, client.call('seek', { step: 1009 }))).step, 1009);
});

test('a pair is walked by its target, or null for its own guess; what is written comes with its update', async () => {
  const { client } = await trained(5);
  const walk = async (target?: string | null) => (await client.call('walk', { text: 'ab', target })).pair;
  assert.equal(await walk(), undefined, 'one text');
  assert.deepEqual(await walk('b'), { source: [2], target: 'b', own: false });
  assert.deepEqual(await walk(null), { source: [2], target: 'a', own: true });
  assert.deepEqual(await client.call('guess', { text: 'aa' }), { step: 5, tokens: [2, 2, 1], text: 'aa' });
  assert.equal((await client.call('answer', { text: 'a' }))?.text, 'b');
  assert.equal(await client.call('answer', { text: 'b' }), null);
  assert.equal((await client.call('beam', { text: 'a', width: 3, normalisation: 0 })).step, 5);
  await assert.rejects(client.call('beam', { text: 'a', width: 9, normalisation: 0 }), { code: 'argument' });
  const { step, groups } = await client.call('groups');
  assert.deepEqual([step, groups[0]?.length], [5, 2]);
});
