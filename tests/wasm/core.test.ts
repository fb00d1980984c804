// The core as WebAssembly, in Node.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import type { RunLike, WalkLike } from '../../wasm/bridge/corelike.ts';
import { choose, hasSimd } from '../../wasm/bridge/loader.ts';
import type { NodeSchema, StudyRequest } from '../../wasm/bridge/protocol.ts';
import { readerTape } from '../../wasm/bridge/reader.ts';
import { core, failing, SMALL, top } from './modules.ts';

const OFF = { temperature: 1, topK: 0, topP: 1 };

function trained(run: RunLike, updates: number): RunLike {
  for (let i = 0; i < updates; i++) run.step();
  return run;
}
const value = (walk: WalkLike, node: number) => [...walk.read([{ node, what: 'value' }])[0]!];
const grad = (walk: WalkLike, node: number) => [...walk.read([{ node, what: 'grad' }])[0]!];
/** Equal as far as floats that were added up in another order can be. */
function near(a: number, b: number, scale: number, what: string): void {
  assert.ok(Math.abs(a - b) <= 1e-5 * Math.max(scale, 1e-3), `${what}: ${a} and ${b}`);
}

test('each build says what it is, and the machine chooses', async () => {
  assert.equal((await core('simd128')).simd, 'simd128');
  assert.equal((await core('scalar')).simd, 'scalar');
  assert.equal(hasSimd(), true);
  assert.deepEqual([choose('auto'), choose('scalar')], ['simd128', 'scalar']);
});

test('what there is comes from the core', async () => {
  const c = await core();
  const { info } = c;
  assert.ok(info.models.some((model) => model.name === 'rnn_lm'));
  assert.ok(info.tasks.some((task) => task.name === 'names'));
  assert.ok(info.ops.some((op) => op.name === 'matmul' && op.inputs === 2 && op.formula.includes('sum')));
  const { claims, studies } = await c.more();
  assert.ok(claims.some(({ id, asked }) => id === 'rnn' && asked.length > 10));
  assert.ok(studies.some(({ name, inputs }) => name === 'steps' && inputs[0]?.kind === 'text'));
  assert.ok(info.status.includes('number'));
  const rate = info.training.find((setting) => setting.key === 'learning_rate')!;
  assert.deepEqual([rate.type, rate.live], ['real', true]);
});

test('simd128 and scalar give the same hash, losses and samples', async () => {
  const [a, b] = [await core('simd128'), await core('scalar')].map((c) => trained(c.create(SMALL, null), 20));
  assert.equal(a!.hash(), b!.hash());
  assert.deepEqual(a!.step(), b!.step());
  assert.deepEqual(a!.evaluate(true), b!.evaluate(true));
  assert.equal(a!.sample(OFF, 5, 'a'), b!.sample(OFF, 5, 'a'));
});

test('a snapshot goes on bit for bit, restored into the same run or opened anew', async () => {
  const c = await core();
  const run = trained(c.create(SMALL, null), 7);
  const snapshot = run.save(true);
  const there = trained(run, 9).hash();
  run.restore(snapshot);
  assert.equal(run.updates(), 7);
  assert.equal(trained(run, 9).hash(), there);
  const other = c.load(snapshot, null);
  assert.equal(other.updates(), 7);
  assert.equal(trained(other, 9).hash(), there);
});

test('own lines are a corpus; an empty one is refused with what to do', async () => {
  const c = await core();
  const lines = ['anna', 'otto', 'жук', 'hannah', 'bob', 'ana', 'tom', 'noon', 'eve', 'ada'].join('\n');
  const run = c.create({ ...SMALL, task: 'lines' }, lines);
  assert.ok(run.vocabulary.includes('ж'));
  assert.deepEqual(run.vocabulary.slice(0, 2).sort(), ['<end>', '<start>']);
  assert.equal(run.sequences.train + run.sequences.validation, 10);
  assert.throws(() => c.create({ ...SMALL, task: 'lines' }, ''), failing('text'));
});

test('distributions sum to one, and sampling changes them as it says', async () => {
  const run = trained((await core()).create(SMALL, null), 5);
  const { before, after } = run.next({ temperature: 1, topK: 3, topP: 1 }, 'an');
  assert.equal(before.length, run.vocabulary.length);
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  near(sum(before), 1, 1, 'before');
  near(sum(after), 1, 1, 'after');
  assert.equal(after.filter((p) => p > 0).length, 3);
});

test('gradients agree with differences', async () => {
  const check = trained((await core()).create(SMALL, null), 3).gradcheck();
  assert.ok(check.worst < 1e-6, `${check.worst} in ${check.parameter}`);
  assert.ok(check.checked > 50);
  assert.ok(check.parameter.length > 0);
});

test('the walk computes every operation once forwards and once backwards, then clips and updates', async () => {
  const run = trained((await core()).create(SMALL, null), 3);
  const { schema } = run.walk('anna');
  const token = (text: string) => run.vocabulary.indexOf(text);
  assert.deepEqual(schema.tokens, ['<start>', 'a', 'n', 'n', 'a'].map(token));
  assert.deepEqual(schema.targets, ['a', 'n', 'n', 'a', '<end>'].map(token));
  const positions = (pick: (node: NodeSchema) => number) =>
    schema.nodes
      .map(pick)
      .filter((position) => position > 0)
      .sort((a, b) => a - b);
  const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
  assert.deepEqual(
    positions((n) => n.forward),
    range(1, schema.forward),
  );
  assert.deepEqual(
    positions((n) => n.backward),
    range(schema.forward + 1, schema.forward),
  );
  const parameters = schema.nodes.filter((node) => node.role === 'parameter');
  assert.deepEqual(schema.updates.map((u) => u.node).sort(), parameters.map((n) => n.id).sort());
  assert.deepEqual(
    schema.updates.map((u) => u.position),
    range(2 * schema.forward + 2, parameters.length),
  );
  assert.equal(schema.length, 2 * schema.forward + 1 + parameters.length);
  assert.ok(schema.updates.every((u) => u.lines.length > 1 && u.lines.every((line) => line.formula.length > 0)));
  assert.ok(schema.nodes.some((node) => node.path === 'rnn.3.Wh_h' && node.axes === 'BH' && node.time === 3));
});

test('the walk follows the parameters and leaves them alone', async () => {
  const run = (await core()).create(SMALL, null);
  const walk = run.walk('otto');
  const before = run.hash();
  walk.to(walk.schema.length);
  assert.equal(run.hash(), before);
  const loss = walk.schema.nodes.findLast((node) => node.role === 'loss')!.id;
  const first = value(walk, loss)[0]!;
  trained(run, 30);
  walk.to(walk.schema.length);
  const later = value(walk, loss)[0]!;
  assert.notEqual(later, first);
  walk.to(0);
  walk.to(walk.schema.forward);
  assert.equal(value(walk, loss)[0], later);
});

test('of a point every derivative comes beside a difference, of all points together their sum', async () => {
  const net = { model: 'mlp', task: 'passes', hidden_1: '3', hidden_2: '0', wires_1: '61', wires_2: '63' };
  const run = (await core()).create({ ...net, error: 'bernoulli', seed: '2' }, null);
  const { points, weights, x, t, y, errors, derivatives, variance } = run.each();
  assert.deepEqual([points, weights, x.length, t[0]!.length, y[7]!.length], [8, run.parameters, 8, 2, 2]);
  const off = y.flatMap((row, n) => row.map((cell, k) => (cell - t[n]![k]!) ** 2));
  assert.ok(Math.abs(variance - off.reduce((a, b) => a + b) / 16) < 1e-12);
  for (const n of [0, 5]) {
    const walk = run.walk([...x[n]!, ...t[n]!].map((cell) => Math.fround(cell)).join(' '));
    walk.to(2 * walk.schema.forward);
    const { backward, differences, checked, worst } = walk.derivatives();
    assert.equal(checked, weights);
    assert.ok(worst.gap < 1e-6 && worst.parameter < walk.schema.updates.length, `${worst.gap}`);
    const shown = walk.schema.updates.flatMap(({ node }) => {
      const [values] = walk.read([{ node, what: 'grad' }]);
      return [...values!];
    });
    for (let w = 0; w < weights; w++) {
      assert.ok(Math.abs(backward[w]! - differences[w]!) < 1e-9);
      assert.ok(Math.abs(backward[w]! - derivatives[n * weights + w]!) < 1e-12);
      assert.ok(Math.abs(backward[w]! - shown[w]!) < 1e-6);
    }
    const loss = walk.schema.nodes.find(({ path }) => path === 'J_t')!.id;
    assert.ok(Math.abs(value(walk, loss)[0]! - errors[n]!) < 1e-6);
    const parts = walk.schema.nodes.filter(({ op }) => op === 'slice');
    assert.deepEqual(
      parts.map(({ path, from }) => [path, from]),
      [['unit.1.from_1', 0]],
    );
    walk.free();
  }
});

test('an operation is a step after the last of its inputs; a way between two nodes is a shortest one', async () => {
  const walk = (await core()).create(SMALL, null).walk('anna');
  const { steps, longest, work } = walk.counted();
  const { nodes } = walk.schema;
  assert.equal(steps.length, nodes.length);
  for (const { id, op, inputs } of nodes)
    assert.equal(steps[id], op === 'leaf' ? 0 : 1 + Math.max(...inputs.map((input) => steps[input]!)));
  assert.deepEqual(
    longest.map((id) => steps[id]),
    Array.from({ length: Math.max(...steps) + 1 }, (_, i) => i),
  );
  const one = (op: string) => work.find((row) => row.op === op)!;
  const V = nodes.find(({ path }) => path === 'b_2')!.shape[0]!;
  assert.equal(one('matmul').multiplyAdds, 5 * (24 * 24 + 24 * 8 + V * 24));
  assert.deepEqual(one('tanh'), { op: 'tanh', nodes: 5, multiplyAdds: 0, others: 5 * 24, bytes: 5 * 24 * 4 });

  const id = (path: string) => nodes.find((node) => node.path === path)!.id;
  assert.deepEqual(
    walk.way(id('rnn.4.h'), id('rnn.5.h')),
    ['rnn.4.h', 'rnn.5.Wh_h', 'rnn.5.sum', 'rnn.5.a', 'rnn.5.h'].map(id),
  );
  assert.deepEqual(walk.way(id('rnn.5.h'), id('rnn.4.h')), []);
  for (const bad of [-1, nodes.length]) {
    assert.throws(() => walk.way(bad, 0), failing('argument'));
    assert.throws(() => walk.way(0, bad), failing('argument'));
  }
});

test('forwards, the terms of a cell make its value', async () => {
  const walk = trained((await core()).create(SMALL, null), 3).walk('anna');
  walk.to(walk.schema.forward);
  const seen = new Set<string>();
  for (const node of walk.schema.nodes.filter((n) => n.forward > 0)) {
    const size = node.shape.reduce((a, b) => a * b, 1);
    for (const cell of new Set([0, size >> 1, size - 1])) {
      const { value: made, terms } = walk.explain(node.id, cell, 'forward');
      assert.equal(made, value(walk, node.id)[cell]);
      for (const term of terms) {
        const cells = value(walk, term.node);
        assert.deepEqual(
          term.values,
          term.cells.map((c) => cells[c]),
          `${node.path} from ${term.node}`,
        );
      }
      const totals = terms.map((t) => t.total);
      const size1 = terms[0]!.values.reduce((sum, v, i) => sum + Math.abs(v * (terms[0]!.partials[i] ?? 0)), 0);
      if (node.op === 'matmul') for (const total of totals) near(total, made, size1, node.path);
      if (node.op === 'add')
        near(totals[0]! + totals[1]!, made, Math.abs(totals[0]!) + Math.abs(totals[1]!), node.path);
      if (node.op === 'tanh') near(terms[0]!.partials[0]!, 1 - made * made, 1, node.path);
      seen.add(node.op);
    }
  }
  for (const op of ['embedding', 'matmul', 'add', 'tanh', 'softmax', 'nll', 'mean_loss']) assert.ok(seen.has(op), op);
});

test('backwards, local derivative times what came from above adds up to every gradient', async () => {
  const walk = trained((await core()).create(SMALL, null), 3).walk('anna');
  walk.to(2 * walk.schema.forward);
  let shared = 0;
  for (const node of walk.schema.nodes.filter((n) => n.gradient)) {
    const gradient = grad(walk, node.id);
    for (const cell of new Set([0, gradient.length >> 1, gradient.length - 1])) {
      const { value: made, terms } = walk.explain(node.id, cell, 'backward');
      assert.equal(made, gradient[cell]);
      if (node.role === 'loss' && terms.length === 0) {
        assert.equal(made, 1);
        continue;
      }
      const size = terms.reduce((sum, t) => sum + Math.abs(t.total), 0);
      near(
        terms.reduce((sum, t) => sum + t.total, 0),
        made,
        size,
        `${node.path}[${cell}]`,
      );
      if (node.role === 'parameter' && terms.length > 1) shared++;
    }
  }
  assert.ok(shared > 0, 'a weight shared by several steps has a term for each');
});

test('only edges that the walk has gone back over are terms, and each edge holds its own', async () => {
  const walk = trained((await core()).create(SMALL, null), 3).walk('anna');
  const weight = walk.schema.nodes.find((node) => node.role === 'parameter' && node.name === 'W_h')!;
  const users = walk.schema.nodes.filter((node) => node.inputs.includes(weight.id)).map((node) => node.backward);
  assert.ok(users.length > 2);
  for (const position of [2 * walk.schema.forward, ...users]) {
    walk.to(position);
    const { terms } = walk.explain(weight.id, 30, 'backward');
    assert.equal(terms.length, users.filter((backward) => backward <= position).length);
    for (const { node, input, total } of terms) {
      const edge = walk.read([{ node, what: { edge: input } }])[0]!;
      near(edge[30]!, total, Math.abs(total), 'edge');
    }
  }
});

test("the optimiser's lines are there after clipping, each parameter's own", async () => {
  const walk = trained((await core()).create(SMALL, null), 3).walk('anna');
  const [a, b] = walk.schema.updates;
  const lines = (update: typeof a) => update!.lines.map((_, line) => ({ node: update!.node, what: { line } }));
  walk.to(2 * walk.schema.forward);
  assert.ok(walk.read(lines(a)).every((cells) => cells.length === 0));
  walk.to(walk.schema.length);
  assert.ok(walk.gradNorm() > 0 && walk.clipScale() > 0);
  const both = walk.read([...lines(a), ...lines(b)]).map((cells) => [...cells]);
  const alone = [...walk.read(lines(a)).map((cells) => [...cells]), ...walk.read(lines(b)).map((cells) => [...cells])];
  assert.deepEqual(both, alone);
  const size = (id: number) => walk.schema.nodes.find((n) => n.id === id)!.shape.reduce((x, y) => x * y, 1);
  assert.deepEqual(
    both.map((cells) => cells.length),
    [...a!.lines.map(() => size(a!.node)), ...b!.lines.map(() => size(b!.node))],
  );
});

test('a loss that is no number says where, and everything is as it was', async () => {
  const settings = { ...SMALL, activation: 'relu', optimizer: 'sgd', clip_norm: '0', learning_rate: '900' };
  const run = (await core()).create(settings, null);
  let before = '';
  const train = () => {
    for (let i = 0; i < 200; i++) {
      before = run.hash();
      run.step();
    }
  };
  assert.throws(train, ({ error }) => error.code === 'number' && error.node !== '' && error.message.length > 20);
  assert.equal(run.hash(), before);
  run.set('learning_rate', '0');
  assert.throws(() => run.set('hidden_size', '5'), failing('setting', 'hidden_size'));
});

test('a claim goes in small steps and ends with its rows', async () => {
  const c = await core();
  assert.throws(() => c.claim('no-such', 1, true), failing('name'));
  const claim = c.claim('rnn', 1, true);
  const report = claim.step();
  assert.ok(report.fraction >= 0 && report.fraction < 1 && !report.done);
  assert.ok(report.sentence.length > 10 && report.asked.length > 10 && report.now.length > 0);
  claim.free();
  assert.throws(() => claim.step(), failing('argument'));
});

const PAIRS = {
  ...{ model: 'seq2seq', task: 'reverse', attention: 'dot', length: '4', symbols: '5', seed: '1' },
  ...{ hidden_size: '8', embedding_size: '5', batch_size: '8', learning_rate: '0.01' },
};

test('a pair is walked: led by a target, by what is right, or by its own guess', async () => {
  const run = trained((await core()).create(PAIRS, null), 20);
  const written = (tokens: number[]) => tokens.map((token) => run.vocabulary[token]);
  const led = run.walk('cad', 'ace').schema;
  assert.deepEqual(led.pair, { source: led.pair!.source, target: 'ace', own: false });
  assert.deepEqual(written(led.pair!.source), ['c', 'a', 'd']);
  assert.deepEqual(written(led.tokens), ['<start>', 'a', 'c', 'e']);
  assert.deepEqual(written(led.targets), ['a', 'c', 'e', '<end>']);
  assert.equal(led.text, 'cad');
  assert.equal(run.walk('cad').schema.pair!.target, 'dac');
  // Steps of the source are its own, and a place in the walk.
  const { nodes } = led;
  const times = (of: boolean) =>
    new Set(nodes.filter((n) => n.time > 0 && (n.source === true) === of).map((n) => n.time));
  assert.deepEqual([...times(true)], [1, 2, 3]);
  assert.deepEqual([...times(false)], [1, 2, 3, 4]);

  const guess = run.guess('cad');
  const walk = run.walk('cad', null);
  assert.deepEqual(walk.schema.targets, guess.tokens);
  assert.deepEqual(walk.schema.pair!.own, true);
  assert.equal(walk.schema.pair!.target, guess.text);
  walk.to(walk.schema.length);
  for (const [i, token] of guess.tokens.entries()) {
    const node = walk.schema.nodes.find((one) => one.path === `decoder.${i + 1}.y_hat`)!;
    const [, ...p] = value(walk, node.id);
    assert.equal(p.indexOf(Math.max(...p)) + 1, token);
  }
  assert.throws(() => run.walk('cad', 'ax'), failing('text', 'target'));
  assert.throws(() => run.walk('', null), failing('text'));
  const reads = (await core()).create(SMALL, null);
  assert.throws(() => reads.walk('anna', 'a'), failing('state'));
  assert.throws(() => reads.guess('anna'), failing('state'));
});

test('what is written for a source: what is right, the tree of a search, how many by length', async () => {
  const run = trained((await core()).create(PAIRS, null), 20);
  assert.equal(run.answer('cad')!.text, 'dac');
  const { best, nodes } = run.beam('cad', 1, 0);
  const path: number[] = [];
  for (let at = best; at >= 0; at = nodes[at]!.parent) path.unshift(nodes[at]!.token);
  assert.deepEqual(path, run.guess('cad').tokens);
  const wide = run.beam('cad', 3, 0).nodes;
  assert.ok(wide[run.beam('cad', 3, 0).best]!.total >= nodes[best]!.total);
  assert.ok(wide.every(({ parent, step }) => (parent < 0 ? step === 1 : wide[parent]!.step === step - 1)));
  const groups = run.groups();
  assert.deepEqual(
    groups.map(({ length }) => length),
    [1, 2, 3, 4],
  );
  assert.equal(
    groups.reduce((sum, group) => sum + group.sequences, 0),
    512,
  );
  assert.ok(groups.every((group) => group.tokens === group.sequences * (group.length + 1)));
  const right = groups.reduce((sum, group) => sum + group.right, 0) / 512;
  assert.equal(run.evaluate(true).right, right);
});

test('an encoder is asked in longer texts than it was trained on: one that knows no places guesses there too', async () => {
  const small = { model: 'encoder', task: 'order', apart: '2', length: '6', batch_size: '32', learning_rate: '0.005' };
  const knows = trained((await core()).create({ ...small, seed: '2' }, null), 300);
  const hash = knows.hash();
  const [short, long] = [knows.evaluateAt(6), knows.evaluateAt(40)];
  assert.equal(short.sequences, 512);
  assert.ok(short.right > 0.9 && long.right < short.right, `${short.right}, ${long.right}`);
  assert.equal(knows.hash(), hash, 'it changes nothing');
  assert.throws(() => knows.evaluateAt(1e6), failing('setting'));
  assert.throws(() => knows.evaluateAt(Number.NaN), failing('setting'));
});

test('a net that reads a sentence: its nodes, states, counts and ways are those of one tape', async () => {
  const loaded = await core();
  const made = (net: 'recurrent' | 'attention', rest = {}) =>
    readerTape(loaded.reader({ net, text: 'the dog saw the cat', hidden: 8, layers: 2, seed: 3, ...rest }), [0, 4]);
  for (const [net, depth, way] of [
    ['recurrent', 4 * (5 + 2 - 1), 4 * 5],
    ['attention', 6 * 2, 3],
  ] as const) {
    const { nodes, states, counted, way: found } = made(net);
    assert.deepEqual([states.length, states[0]!.length, counted.longest.length - 1], [3, 5, depth]);
    assert.equal(found!.length - 1, way);
    const by = new Map(nodes.map((node, id) => [node.path, id]));
    for (const [id, { op, inputs }] of nodes.entries())
      assert.equal(
        counted.steps[id],
        op === 'leaf' ? 0 : 1 + Math.max(...inputs.map((path) => counted.steps[by.get(path)!]!)),
      );
    const of = (layer: number, word: number) => nodes[states[layer]![word]!]!;
    assert.deepEqual(of(0, 0).value, of(0, 3).value, 'the same word, the same vector');
    assert.notDeepEqual(of(0, 0).value, of(0, 1).value);
    assert.equal(of(2, 4).value!.length, 8);
    // Without positions and with all words in sight, a word is the same wherever it stands.
    assert.equal(JSON.stringify(of(2, 0).value) === JSON.stringify(of(2, 3).value), net === 'attention');
  }
  assert.throws(() => made('recurrent', { text: ' ' }), failing('text'));
  assert.throws(() => made('recurrent', { layers: 5 }), failing('argument'));
  assert.throws(() => made('recurrent', { seed: -1 }), failing('argument'));
});

test('a weight of an alignment is held: the others share the rest, and what comes after is another', async () => {
  const run = (await core()).create(
    { model: 'seq2seq', task: 'reverse', attention: 'dot', length: '4', symbols: '4', hidden_size: '6', seed: '2' },
    null,
  );
  const walk = run.walk('cadb');
  const node = (path: string) => walk.schema.nodes.find((one) => one.path === path)!;
  const [alpha, guess, later] = [node('decoder.2.alpha'), node('decoder.2.y_hat'), node('decoder.3.alpha')];
  const at = (id: number, what: 'value' | 'grad' = 'value') => [...walk.read([{ node: id, what }])[0]!];
  const { length } = walk.schema;
  walk.to(length);
  const [weights, first, own] = [at(alpha.id), at(guess.id), at(later.id)];
  walk.hold(alpha.id, 1, 0.75);
  walk.to(length);
  const held = at(alpha.id);
  assert.equal(held[1], 0.75);
  assert.ok(Math.abs(held.reduce((sum, one) => sum + one) - 1) < 1e-6, held.join(' '));
  assert.ok(Math.abs(held[0]! / held[2]! - weights[0]! / weights[2]!) < 1e-5, 'the others as they were to one another');
  assert.notDeepEqual(at(guess.id), first);
  assert.deepEqual(at(later.id), own, 'led by the target, the next step looks as it did');
  assert.equal(at(node('decoder.2.scores').id, 'grad')[1], 0, 'no gradient passes it');
  walk.hold(alpha.id, 1, null);
  walk.to(length);
  assert.deepEqual([at(alpha.id), at(guess.id)], [weights, first]);
  for (const [id, cell, value] of [
    [guess.id, 0, 0.5],
    [alpha.id, 4, 0.5],
    [alpha.id, -1, 0.5],
    [alpha.id, 0, 1.5],
    [alpha.id, 0, Number.NaN],
    [9999, 0, 0.5],
  ] as const)
    assert.throws(() => walk.hold(id, cell, value), failing('argument'));
});

test('a study gives its arrays, those of the program, with numbers that come back with their bits', async () => {
  const c = await core();
  const one = (request: StudyRequest) => {
    const study = c.study(request);
    let last = { done: false, fraction: -1 };
    while (!last.done) {
      const next = study.step();
      assert.ok(next.fraction > last.fraction && next.fraction <= 1);
      last = next;
    }
    const read = study.read();
    study.free();
    return read;
  };
  const { axes, arrays } = one({ study: 'steps', settings: { longest: '3' } });
  assert.deepEqual(
    axes.map(({ name, size }) => [name, size]),
    [
      ['T', 3],
      ['net', 2],
    ],
  );
  const steps = arrays.find(({ name }) => name === 'steps')!;
  assert.deepEqual([steps.unit, steps.axes, steps.shape], ['steps', ['net', 'T'], [2, 3]]);
  const printed = spawnSync('build/release/unroll', ['study', 'steps', '--set', 'longest=3', '--json'], { cwd: top });
  const lines = String(printed.stdout)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const { name, values } of arrays)
    assert.deepEqual([...values], lines.find((line) => line.array === name).values, name);
  assert.throws(() => c.study({ study: 'none' }), failing('name'));
  assert.throws(() => c.study({ study: 'steps', settings: { longest: 'x' } }), failing('setting', 'longest'));
  assert.throws(() => c.study({ study: 'steps', inputs: { nets: 'reader' } }).step(), failing('text', 'nets'));
});
