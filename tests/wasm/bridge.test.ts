// The bridge over the real module: exact replay of real updates, and what the page sees of them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import type { Frame } from '../../wasm/bridge/protocol.ts';
import { core, failing, SMALL, top } from './modules.ts';
import { bridge } from './onethread.ts';

test('every update comes back with the hash first seen, across changes of settings', async () => {
  const { client, train } = await bridge();
  await client.call('open', { settings: SMALL });
  const hashes = [await client.call('hash')];
  for (let step = 1; step <= 60; step++) {
    if (step === 23) await client.call('set', { key: 'learning_rate', value: '0.01' });
    if (step === 41) await client.call('set', { key: 'clip_norm', value: '0.25' });
    await train(1);
    hashes.push(await client.call('hash'));
  }
  assert.equal(new Set(hashes).size, 61);
  for (const step of [59, 0, 23, 22, 24, 45, 40, 60, 1]) {
    assert.equal((await client.call('seek', { step })).step, step);
    assert.equal(await client.call('hash'), hashes[step], `update ${step}`);
  }
  await client.call('seek', { step: 30 });
  await client.call('set', { key: 'learning_rate', value: '0.05' });
  await train(20);
  assert.notEqual(await client.call('hash'), hashes[50]);
  assert.equal((await client.call('undo')).tip, 30, 'the training');
  assert.equal((await client.call('undo')).tip, 60, 'the rate, and the future comes back');
  await client.call('seek', { step: 50 });
  assert.equal(await client.call('hash'), hashes[50]);
});

test('training in one go or in pieces, with a walk on screen or none, gives the same hash', async () => {
  const one = await bridge();
  await one.client.call('open', { settings: SMALL });
  await one.train(40);
  const other = await bridge();
  await other.client.call('open', { settings: SMALL });
  const frames: Frame[] = [];
  other.client.on('frame', (frame) => frames.push(frame));
  const schema = await other.client.call('walk', { text: 'anna' });
  const wanted = schema.nodes.map(({ id }) => ({ node: id, what: 'value' as const }));
  await other.client.call('goto', { position: schema.length });
  await other.client.call('subscribe', { wanted });
  for (const updates of [1, 19, 3, 17]) await other.train(updates);
  assert.equal(await other.client.call('hash'), await one.client.call('hash'));
  assert.ok(frames.length > 1);
  assert.equal(frames.at(-1)!.values.length, wanted.length);
  assert.ok(frames.at(-1)!.gradNorm > 0);
});

test('a new run and undo: the old run is back, exactly', async () => {
  const { client, train } = await bridge();
  const first = await client.call('open', { settings: SMALL });
  await train(25);
  const hash = await client.call('hash');
  await client.call('open', { settings: { ...SMALL, hidden_size: '9' } });
  await train(5);
  assert.equal((await client.call('undo')).tip, 0, 'the training of the new one');
  const back = await client.call('undo');
  assert.deepEqual([back.id, back.step, back.tip], [first.id, 25, 25]);
  assert.equal(await client.call('hash'), hash);
});

test('a loss that is no number: the event, the place, and the last good update', async () => {
  const { client, train } = await bridge();
  const rates = { activation: 'relu', optimizer: 'sgd', clip_norm: '0', learning_rate: '900' };
  await client.call('open', { settings: { ...SMALL, ...rates } });
  const broke = new Promise<{ error: { code: string; node: string }; at: number; run: { step: number } }>((resolve) => {
    client.on('broke', resolve);
  });
  await train(200);
  const { error, at, run } = await broke;
  assert.equal(error.code, 'number');
  assert.notEqual(error.node, '');
  assert.equal(run.step, at - 1);
});

test('the prose is fetched, not in the module: hash and files are those of the program, which holds it', async () => {
  const OPTIONS = { model: 'lstm_lm', task: 'prose', seed: '2', hidden_size: '10', embedding_size: '6' };
  const c = await core();
  assert.throws(() => c.create(OPTIONS, null), failing('text'));
  const { client, train } = await bridge();
  await client.call('open', { settings: { ...OPTIONS, steps: '4' } }); // as --steps sets the schedule
  await train(4);
  const hash = await client.call('hash');
  const { model, task, seed, ...rest } = OPTIONS;
  const sets = Object.entries(rest).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const words = ['train', '--model', model, '--task', task, '--seed', seed, '--steps', '4', '--json', ...sets];
  const tool = ['--import', 'tsx', 'wasm/bridge/cli.ts', 'build/wasm/cli.wasm', ...words];
  const { stdout } = spawnSync(process.execPath, tool, { cwd: top, encoding: 'utf8' });
  assert.equal(JSON.parse(stdout.trimEnd().split('\n').at(-1)!).hash, hash);
  for (const snapshot of [true, false]) {
    const file = await client.call('save', { snapshot });
    const run = await client.call('open', { file });
    assert.equal(await client.call('hash'), hash);
    assert.ok(run.sequences.train > 1000 && run.sequences.validation > 0);
  }
});

test('phrases: their text is fetched; what is written, looked at and right comes of the update on screen', async () => {
  const settings = { model: 'seq2seq', task: 'phrases', attention: 'dot', hidden_size: '16', embedding_size: '8' };
  const { client, train } = await bridge();
  const opened = await client.call('open', { settings });
  const { vocabulary } = opened;
  const said = (tokens: number[]) => tokens.map((token) => vocabulary[token]);
  assert.deepEqual([opened.sequences.train, opened.sequences.validation], [3232, 359]);
  await train(3);
  assert.equal((await client.call('answer', { text: '100 days ago' }))?.text, 'siku 100 zilizopita');
  assert.equal(await client.call('answer', { text: 'ago ago' }), null);
  const greedy = await client.call('guess', { text: 'ago ago' });
  assert.equal(greedy.step, 3);

  const { step, source, written, weights } = await client.call('alignment', { text: '100 days ago' });
  assert.equal(step, 3);
  assert.deepEqual(said(source), ['1', '0', '0', 'days', 'ago']);
  assert.deepEqual(said(written), ['siku', '1', '0', '0', 'zilizopita', '<end>']);
  assert.equal(weights.length, 30);
  assert.ok(Math.abs(weights.slice(0, 5).reduce((sum, weight) => sum + weight, 0) - 1) < 1e-6);
  const unknown = await client.call('alignment', { text: 'ago ago' });
  assert.deepEqual(unknown.written, greedy.tokens);
  const own = await client.call('alignment', { text: 'ago ago', target: 'siku 2' });
  assert.deepEqual(said(own.written), ['siku', '2', '<end>']);
  const { pair, targets } = await client.call('walk', { text: 'ago ago' });
  assert.deepEqual([targets, pair?.target], [greedy.tokens, greedy.text]);

  const { groups } = await client.call('groups');
  const right = groups.reduce((sum, group) => sum + group.right, 0);
  assert.equal(right / 359, (await client.call('evaluate')).right);
  await assert.rejects(client.call('alignment', { text: 'parsecs' }), { code: 'text' });
  for (const snapshot of [false, true]) {
    const file = await client.call('save', { snapshot });
    assert.equal((await client.call('open', { file })).sequences.train, 3232, 'a file finds its text too');
  }
  await client.call('open', { settings: SMALL });
  await assert.rejects(client.call('alignment', { text: 'anna' }), { code: 'state' });
});

test('what the heads of a gpt look at comes over the bridge, and what mattered', async () => {
  const settings = { model: 'gpt', task: 'names', hidden_size: '8', num_heads: '2', feed_forward_size: '8' };
  const { client, train } = await bridge();
  await client.call('open', { settings });
  await train(2);
  const { step, blocks, heads, at, tokens, weights, rollout, times, sizes, depth } = await client.call('looked', {
    text: 'anna',
    at: 3,
  });
  assert.deepEqual([step, blocks, heads, at, tokens.length], [2, 2, 2, 3, 5]);
  assert.deepEqual([weights.length, rollout.length, times.length, sizes.length, depth.length], [100, 50, 5, 5, 3]);
  assert.deepEqual(times.slice(3), [0, 0], 'nothing behind it matters');
  const rows = [...weights, ...rollout].reduce((sum, weight) => sum + weight, 0);
  assert.ok(Math.abs(rows - 30) < 1e-4 && weights[1] === 0);
  const other = await client.call('looked', { text: 'anna', at: 3, token: 5 });
  assert.deepEqual([other.token, other.at], [5, 3]);
  await assert.rejects(client.call('looked', { text: 'anna', at: 6 }), { code: 'argument' });
  await client.call('open', { settings: SMALL });
  await assert.rejects(client.call('looked', { text: 'anna' }), { code: 'state' });
});

test('each draw of what a gpt writes comes with its numbers, and what is kept of each token', async () => {
  const settings = { model: 'gpt', task: 'names', hidden_size: '8', num_heads: '2', feed_forward_size: '8' };
  const sampling = { temperature: 0.8, topK: 6, topP: 0.9 };
  const { client, train } = await bridge();
  const { vocabulary } = await client.call('open', { settings });
  const V = vocabulary.length;
  await train(2);
  const drawn = await client.call('drawn', { text: 'an', sampling, index: 2 });
  assert.deepEqual(drawn, await client.call('drawn', { text: 'an', sampling, index: 2, keep: false }));
  const { step, read, tokens, u, order } = drawn;
  assert.deepEqual([step, read, u.length], [2, 2, tokens.length]);
  for (const name of ['logits', 'divided', 'given', 'warmed', 'left', 'order'] as const)
    assert.equal(drawn[name].length, tokens.length * V, name);
  for (const [t, token] of tokens.entries()) {
    const row = (of: ArrayLike<number>) => Array.from({ length: V }, (_, i) => of[t * V + i] as number);
    const left = row(drawn.left);
    const below = left.slice(0, token).reduce((sum, p) => sum + p, 0);
    assert.ok(below <= u[t]! && u[t]! < below + left[token]!);
    assert.ok(
      left.filter((p) => p > 0).length <= 6 && [...row(order)].sort((a, b) => a - b).every((one, i) => one === i),
    );
    assert.ok(row(drawn.divided).every((z, i) => Math.abs(z - drawn.logits[t * V + i]! / 0.8) < 1e-5));
  }
  const { samples } = await client.call('sample', { count: 1, sampling, prefix: 'an' }); // of another stream
  const said = (await client.call('drawn', { text: 'an', sampling, index: step * 64 })).tokens;
  assert.equal(samples[0], `an${said.map((token) => (token === 1 ? '' : vocabulary[token])).join('')}`);
  const cached = await client.call('cached', { text: 'anna' });
  assert.deepEqual([cached.step, cached.blocks, cached.width, cached.tokens.length], [2, 2, 8, 5]);
  assert.deepEqual([cached.keys.length, cached.values.length, cached.kept.length], [80, 80, 5 * V]);
  assert.deepEqual(cached.apart, [0, 0, 0, 0, 0]);
  assert.deepEqual(cached.kept, cached.anew);
  assert.ok(cached.work.kept[4]! < cached.work.anew[4]! && cached.work.kept[0] === cached.work.anew[0]);
  assert.notDeepEqual(cached.keys, cached.values);
  const time = await client.call('cachedTime', { text: 'anna', samples: 2 });
  assert.ok([...time.kept, ...time.anew].every((ms) => ms > 0) && time.kept.length === 2 && time.anew.length === 2);
  await assert.rejects(client.call('cached', { text: 'ANNA' }), { code: 'text' });
  await client.call('open', { settings: SMALL });
  await assert.rejects(client.call('cached', { text: 'anna' }), { code: 'state' });
});

test('a ball: frame by frame, its own steps, errors of three ways, its speed, throws from one place', async () => {
  const { client, train } = await bridge();
  const ball = { model: 'forecaster', task: 'ball', seed: '2', hidden_size: '6', batch_size: '4', length: '12' };
  await client.call('open', { settings: ball });
  await train(3);
  const text = '0.25,0.5>0.5,-0.25';
  const { step, frames, hidden, seen, guess, own, speed, states } = await client.call('rolled', { text, given: 5 });
  assert.deepEqual([step, frames, hidden, states.length], [3, 13, 6, 12 * 6]);
  assert.deepEqual([...seen.slice(0, 2), ...speed.slice(0, 2)], [0.25, 0.5, 0.5, -0.25]);
  assert.deepEqual(own.slice(0, 10), seen.slice(0, 10));
  assert.deepEqual(own.slice(10, 12), guess.slice(10, 12), 'its first own step is what it says of the sixth frame');
  assert.notDeepEqual(own.slice(12), guess.slice(12));
  const errors = await client.call('rollErrors', { throws: 10, given: 5, steps: 8 });
  for (const way of ['net', 'velocity', 'place'] as const)
    assert.deepEqual([errors[way].ahead.length, errors[way].seen.length], [8, 12]);
  const counted = errors.place.seen.slice(4);
  assert.ok(Math.abs(errors.place.next - counted.reduce((sum, one) => sum + one, 0) / 8) < 1e-12);
  const { weights, ...said } = await client.call('rollSpeed', { throws: 10 });
  assert.deepEqual([weights.length, said.hidden, said.tested, said.fitted, said.ridge], [14, 6, 80, 64, 1e-3]);
  assert.ok(said.error > 0 && said.spread > said.byPlaces);
  const { places } = await client.call('rollFan', { x: 0.5, y: 0.5, count: 32 });
  assert.equal(places.length, 64);
  await assert.rejects(client.call('rolled', { text: '0.5', given: 5 }), { code: 'text' });
  await assert.rejects(client.call('rollFan', { x: 2, y: 0, count: 32 }), { code: 'argument' });
  await client.call('open', { settings: SMALL });
  await assert.rejects(client.call('rolled', { text, given: 5 }), { code: 'state' });
});

test('a picture: where each word is looked for, and what it misses; and over many', async () => {
  const { client, train } = await bridge();
  const small = { seed: '2', hidden_size: '12', num_heads: '1', feed_forward_size: '8', batch_size: '4' };
  await client.call('open', { settings: { model: 'transformer', task: 'caption', encoder: 'none', ...small } });
  await train(3);
  const text = 'red circle 0 0, blue square 0 2, noise 7';
  const target = 'red circle and blue square';
  const one = await client.call('covered', { text, target });
  assert.deepEqual([one.step, one.patches, one.picture.length, one.logP.length], [3, 9, 9 * 192, 6]);
  assert.deepEqual(one.words, one.right);
  assert.deepEqual(one.places, [0, 0, -1, 2, 2, -1]);
  for (let t = 0; t < 6; t++) {
    const row = one.looks.slice(9 * t, 9 * t + 9);
    assert.ok(Math.abs(row.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-5);
  }
  const covered = await client.call('covered', { text: `${text}, cover 0 2`, target });
  assert.deepEqual(covered.picture.slice(0, 192), one.picture.slice(0, 192));
  assert.ok(covered.picture.slice(2 * 192, 3 * 192).every((dot) => dot === 1));
  for (let t = 0; t < 6; t++)
    assert.ok(Math.abs(one.falls[9 * t + 2]! - (one.logP[t]! - covered.logP[t]!)) < 1e-5, `word ${t}`);
  const { text: own } = await client.call('guess', { text });
  assert.deepEqual(
    (await client.call('covered', { text })).words,
    (await client.call('covered', { text, target: own })).words,
  );
  const counts = await client.call('coverCounts', { pictures: 5 });
  assert.deepEqual([counts.pictures, counts.colour.words, counts.shape.words, counts.other.words], [5, 10, 10, 10]);
  await assert.rejects(client.call('covered', { text: 'red' }), { code: 'text' });
  await assert.rejects(client.call('coverCounts', { pictures: 0 }), { code: 'argument' });
  await client.call('open', { settings: SMALL });
  await assert.rejects(client.call('covered', { text }), { code: 'state' });
});

test('a claim that reads a text gets it: all of its nets train', async () => {
  const { claims } = await (await core()).more();
  assert.deepEqual(claims.find(({ id }) => id === 'attention')!.texts, ['dates']);
  assert.deepEqual(claims.find(({ id }) => id === 'rnn')!.texts, ['names']);
  const { client } = await bridge();
  const all = new Promise<string[]>((resolve, reject) => {
    client.on('claimBroke', ({ error }) => reject(error));
    client.on('claim', ({ curves }) => curves.length >= 4 && resolve(curves.map(({ task }) => task)));
  });
  await client.call('claim', { id: 'attention', seed: 1, costs: [], short: true });
  assert.deepEqual((await all).slice(0, 4), ['reverse', 'reverse', 'dates', 'dates']);
  await client.call('stopClaim');
});
