// What the page measures, against the same numbers found in another way: from the values and gradients of a walk.

import assert from 'node:assert/strict';
import test from 'node:test';
import type { RunLike, WalkLike } from '../../wasm/bridge/corelike.ts';
import { core, failing, SMALL } from './modules.ts';

const TEXT = 'hannah';
const STEPS = TEXT.length + 1;
const CLASSIFIER = { model: 'classifier', task: 'remember', seed: '2', hidden_size: '12', embedding_size: '5' };

async function opened(settings: Record<string, string>, updates = 15): Promise<RunLike> {
  const run = (await core()).create(settings, null);
  for (let i = 0; i < updates; i++) run.step();
  return run;
}
const norm = (list: ArrayLike<number>) => Math.sqrt(Array.from(list).reduce((sum, x) => sum + x * x, 0));
function near(a: number, b: number, what: string): void {
  assert.ok(Math.abs(a - b) <= 1e-5 * Math.max(Math.abs(a), Math.abs(b), 1e-6), `${what}: ${a} and ${b}`);
}
/** Sizes are the norms of these vectors, one by one. */
function sized(sizes: number[], vectors: ArrayLike<number>[], what: string): void {
  assert.equal(sizes.length, vectors.length, what);
  for (const [i, size] of sizes.entries()) near(size, norm(vectors[i]!), `${what} ${i + 1}`);
}
function cells(walk: WalkLike, path: string, what: 'value' | 'grad' = 'value'): number[] {
  const node = walk.schema.nodes.find((one) => one.path === path);
  assert.ok(node, path);
  return [...walk.read([{ node: node.id, what }])[0]!];
}
/** rows^T v */
const transposed = (weight: number[], v: number[]) =>
  Array.from({ length: weight.length / v.length }, (_, j) =>
    v.reduce((sum, x, i) => sum + x * weight[(i * weight.length) / v.length + j]!, 0),
  );

/** Of an rnn_lm: the gradients of h^(1..t) when that of h^(t) is g, and through the tanh, by the chain rule. */
function chain(walk: WalkLike, t: number, g: number[]): { h: number[][]; z: number[][] } {
  const W_h = cells(walk, 'W_h');
  const h: number[][] = [];
  const z: number[][] = [];
  for (let i = t; i >= 1; i--) {
    const state = cells(walk, `rnn.${i}.h`);
    h.unshift(g);
    z.unshift(g.map((x, j) => x * (1 - state[j]! ** 2)));
    g = transposed(W_h, z[0]!);
  }
  return { h, z };
}

test('reach is the norm of dJ^(t)/dh^(i), as the chain rule gives it from the walk', async () => {
  const run = await opened(SMALL);
  const walk = run.walk(TEXT);
  const measure = run.measure(TEXT);
  walk.to(walk.schema.forward);
  for (let t = 1; t <= STEPS; t++) {
    const target = walk.schema.targets[t - 1]!;
    const error = cells(walk, `rnn.${t}.y_hat`).map((p, v) => p - (v === target ? 1 : 0));
    const { h } = chain(walk, t, transposed(cells(walk, 'U'), error));
    const reach = measure.reach(t, 1);
    assert.equal(reach.c, null);
    sized(reach.h, h, `t ${t}, i`);
    assert.ok(reach.h[0]! > 0);
  }
});

test('where there is one answer, reach is the norm of the gradients of the walk, h and c', async () => {
  for (const cell of ['rnn', 'lstm', 'gru']) {
    const run = await opened({ ...CLASSIFIER, cell });
    const text = run.example(3);
    const walk = run.walk(text);
    walk.to(2 * walk.schema.forward);
    const { h, c } = run.measure(text).reach(text.length, 1);
    const gradients = (name: string) => [...text].map((_, i) => cells(walk, `rnn.${i + 1}.${name}`, 'grad'));
    sized(h, gradients('h'), `${cell} h`);
    assert.equal(c !== null, cell === 'lstm');
    if (c) sized(c, gradients('c'), `${cell} c`);
  }
});

test('terms add up to their sum, and the sums of all losses to the gradient of the walk', async () => {
  const run = await opened({ ...SMALL, model: 'lstm_lm' });
  const measure = run.measure(TEXT);
  const walk = run.walk(TEXT);
  walk.to(2 * walk.schema.forward);
  for (const param of ['W_h', 'b_1']) {
    const whole = cells(walk, param, 'grad');
    const mean = new Float64Array(whole.length);
    for (let t = 1; t <= STEPS; t++) {
      const { size, norms, terms, sum } = measure.terms(t, param);
      assert.deepEqual([size, norms.length, terms.length, sum.length], [whole.length, t, t * size, size]);
      const term = (_: number, i: number) => terms.subarray(i * size, (i + 1) * size);
      sized(norms, norms.map(term), `${param} at ${t}, term`);
      const added = Array.from(sum, (_, k) => norms.reduce((total, _n, i) => total + terms[i * size + k]!, 0));
      assert.ok(norm(added.map((x, k) => x - sum[k]!)) <= 1e-6 * norm(sum));
      for (const [k, x] of sum.entries()) mean[k]! += x / STEPS;
    }
    assert.ok(norm(mean) > 0 && norm(mean.map((x, k) => x - whole[k]!)) <= 1e-5 * norm(whole), param);
  }
});

test('saliency is the norm of the gradient of one score by each input', async () => {
  const run = await opened(SMALL);
  const walk = run.walk(TEXT);
  walk.to(walk.schema.forward);
  const token = 5;
  const hidden = Number(SMALL.hidden_size);
  const { z } = chain(walk, STEPS, cells(walk, 'U').slice(token * hidden, (token + 1) * hidden));
  const sizes = run.measure(TEXT).saliency(STEPS, token);
  const W_e = cells(walk, 'W_e');
  const inputs = z.map((one) => transposed(W_e, one));
  sized(sizes, inputs, 'input');
});

test('units are those of the walk bit for bit, and of a text far longer than a walk', async () => {
  const run = await opened({ ...SMALL, model: 'lstm_lm' });
  const walk = run.walk(TEXT);
  walk.to(walk.schema.forward);
  const units = run.units(TEXT, 1);
  assert.deepEqual([units.steps, units.hidden, units.gateNames], [STEPS, 24, 'ifgo']);
  assert.deepEqual(units.tokens, walk.schema.tokens);
  const row = (list: Float32Array, width: number, t: number) => [...list.subarray((t - 1) * width, t * width)];
  for (let t = 1; t <= STEPS; t++) {
    assert.deepEqual(row(units.h, 24, t), cells(walk, `rnn.${t}.h`));
    assert.deepEqual(row(units.c!, 24, t), cells(walk, `rnn.${t}.c`));
    const gates = [...'ifgo'].flatMap((gate) => cells(walk, `rnn.${t}.${gate}`));
    assert.deepEqual(row(units.gates!, 96, t), gates);
  }
  const long = run.units(TEXT.repeat(500), 1);
  assert.deepEqual([long.steps, long.h.length, long.gates!.length], [3001, 3001 * 24, 3001 * 96]);
  assert.deepEqual([...long.h.subarray(0, STEPS * 24)], [...units.h]);
  const gru = (await opened({ ...SMALL, model: 'gru_lm' })).units(TEXT, 1);
  assert.deepEqual([gru.c, gru.gates!.length, gru.gateNames], [null, STEPS * 72, 'rzn']);
  const rnn = (await opened(SMALL)).units(TEXT, 1);
  assert.deepEqual([rnn.c, rnn.gates, rnn.gateNames, rnn.h.length], [null, null, '', STEPS * 24]);
});

test('held gates, later updates and other parameters are seen by a measure that stands', async () => {
  const run = await opened({ ...SMALL, model: 'lstm_lm' });
  const measure = run.measure(TEXT);
  const before = measure.reach(STEPS, 1);
  const snapshot = run.save(true);
  run.set('hold_f', '1');
  assert.notDeepEqual(measure.reach(STEPS, 1), before);
  assert.ok([...run.units(TEXT, 1).gates!.subarray(24, 48)].every((f) => f === 1));
  run.set('hold_f', '2');
  run.step();
  assert.notDeepEqual(measure.reach(STEPS, 1), before);
  run.restore(snapshot);
  assert.deepEqual(measure.reach(STEPS, 1), before);
});

test('examples and how many answers are right', async () => {
  const run = await opened(CLASSIFIER, 3);
  assert.equal(run.example(0), run.example(0));
  assert.notEqual(run.example(0), run.example(1));
  const { right, loss } = run.evaluate(true);
  assert.ok(right >= 0 && right <= 1 && loss > 0);
  const names = await opened(SMALL, 1);
  assert.equal(names.evaluate(true).right, -1);
  assert.ok(names.example(0).length > 0);
  assert.throws(() => run.example(-1), failing('argument', 'index'));
});

test('steps, layers, parameters, tokens and texts that there are not are errors', async () => {
  const run = await opened(SMALL, 1);
  const measure = run.measure('ab');
  for (const at of [0, 4, -1, 2 ** 31, Number.NaN]) {
    assert.throws(() => measure.reach(at, 1), failing('argument'));
    assert.throws(() => measure.terms(at, 'W_h'), failing('argument'));
    assert.throws(() => measure.saliency(at, 2), failing('argument'));
  }
  for (const layer of [0, 2, -1]) {
    assert.throws(() => measure.reach(1, layer), failing('argument'));
    assert.throws(() => run.units('ab', layer), failing('argument'));
  }
  assert.throws(() => measure.terms(1, 'W'), failing('name', 'W'));
  for (const token of [-1, 1000]) assert.throws(() => measure.saliency(1, token), failing('argument'));
  for (const text of ['', 'a'.repeat(65), 'ж']) assert.throws(() => run.measure(text), failing('text'));
  for (const text of ['', 'a'.repeat(4097), 'ж']) assert.throws(() => run.units(text, 1), failing('text'));
  assert.equal(run.units('a'.repeat(4096), 1).steps, 4097);
  const window = await opened({ model: 'window_lm', task: 'names' }, 1);
  assert.throws(() => window.units('ab', 1), failing('state'));
  measure.free();
  assert.throws(() => measure.reach(1, 1), failing('argument'));
});
