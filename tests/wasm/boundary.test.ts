// The boundary of the module: whatever JavaScript hands over, an error comes back and nothing traps; and memory that
// grows takes no view with it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { WasmCore } from '../../wasm/bridge/core.ts';
import { extend, instantiate } from '../../wasm/bridge/loader.ts';
import { CoreModule } from '../../wasm/bridge/module.ts';
import { bytesOf, core, failing, SMALL, textOf } from './modules.ts';

const BAD_HANDLES = [0, -1, 1, 63, 64, 65, 2 ** 31 - 1, -(2 ** 31)];
/** Exports that take a handle first, with a plausible rest. */
const WITH_HANDLE: [string, ...number[]][] = [
  ['trainer_settings'],
  ['trainer_set', 0, 1, 2, 1],
  ['trainer_step'],
  ['trainer_evaluate', 1],
  ['trainer_evaluate_at', 4],
  ['trainer_counts'],
  ['trainer_sequences'],
  ['trainer_tensors'],
  ['trainer_vocabulary'],
  ['trainer_encode', 0, 1],
  ['trainer_sample', 1, 0, 1, 0, 0, 1],
  ['trainer_next', 1, 0, 1, 0, 1],
  ['trainer_save', 1],
  ['pytorch_write'],
  ['trainer_restore', 0, 1],
  ['trainer_gradcheck', 1],
  ['trainer_example', 0],
  ['trainer_guess', 0, 1],
  ['trainer_answer', 0, 1],
  ['trainer_beam', 0, 1, 1, 0],
  ['trainer_groups', 1],
  ['trainer_units', 0, 1, 1],
  ['trainer_alignment', 1, 0, 1, 2, 1],
  ['trainer_looked', 0, 1, 0, -1],
  ['trainer_drawn', 1, 0, 1, 0, 1, 0, 1],
  ['trainer_cached', 0, 1],
  ['trainer_cached_run', 0, 1, 1, 1],
  ['trainer_pairs'],
  ['trainer_covered', 0, 1, 0, 1],
  ['trainer_cover_counts', 1],
  ['trainer_rolled', 0, 1, 1],
  ['trainer_roll_errors', 1, 1, 1],
  ['trainer_roll_speed', 1],
  ['trainer_roll_fan', 0.5, 0.5, 1],
  ['measure_reach', 1, 1],
  ['measure_terms', 1, 0, 1],
  ['measure_saliency', 1, 0],
  ['walk_to', 0],
  ['walk_state'],
  ['walk_clamp', 0, 0, 0.5],
  ['walk_schema'],
  ['walk_explain', 0, 0, 0],
  ['walk_derivatives'],
  ['trainer_each'],
  ['steps_counted'],
  ['steps_way', 0, 0],
  ['reader_nodes'],
  ['reader_run', 1],
  ['claim_step'],
  ['study_set', 0, 1, 2, 1],
  ['study_step'],
  ['study_arrays'],
];
const FINDING: [string, ...number[]][] = [
  ['walk_create', 0, 1],
  ['walk_create_pair', 0, 0, 1, 2, 1],
  ['measure_create', 0, 1],
  ['walk_values', 0, 0, 0],
  ['study_values', 0],
];

async function open() {
  const core = await instantiate(bytesOf('simd128'));
  const exports = { ...core, ...(await extend(core, bytesOf('simd128', 'more'))) };
  const module = new CoreModule(exports);
  module.check('text_bring', ...module.input('names', textOf('names')));
  const create = () => {
    const fields = Object.entries(SMALL).map(([key, value]) => `${key}\0${value}\0`);
    const [at, size] = module.input(fields.join('')) as [number, number];
    return module.find('trainer_create', at, size, 0, 0, 0);
  };
  return { exports, module, create };
}

test('a handle of nothing is an error, whatever is asked of it', async () => {
  const { exports, module } = await open();
  module.input('a', 'b');
  for (const handle of BAD_HANDLES) {
    for (const [name, ...rest] of WITH_HANDLE) assert.notEqual(module.raw(name, handle, ...rest), 0, name);
    for (const [name, ...rest] of FINDING) assert.equal(module.raw(name, handle, ...rest), 0, name);
    assert.equal(module.u64('trainer_hash', handle), '0'.repeat(16));
    module.raw('close', handle);
  }
  const covered = new Set([...WITH_HANDLE, ...FINDING].map(([name]) => name));
  const others = Object.keys(exports).filter(
    (name) => /^(trainer|walk|measure|claim|steps|reader|study)_/.test(name) && !covered.has(name),
  );
  assert.deepEqual(others.sort(), [
    ...['claim_create', 'reader_create', 'study_create'],
    ...['trainer_create', 'trainer_hash', 'trainer_load'],
  ]);
});

test('a handle of another kind, or of what was closed, is an error', async () => {
  const { module, create } = await open();
  const trainer = create();
  assert.throws(() => module.check('walk_to', trainer, 0), failing('argument'));
  const walk = module.find('walk_create', trainer, ...module.input('ab'));
  assert.throws(() => module.check('trainer_step', walk), failing('argument'));
  module.raw('close', trainer);
  assert.throws(() => module.check('walk_to', walk, 0), failing('argument'));
  const again = create();
  assert.notEqual(again, trainer);
  assert.throws(() => module.check('trainer_step', trainer), failing('argument'));
  module.check('trainer_step', again);
});

test('places outside the input area, texts without end or with NUL inside are errors', async () => {
  const { module, create } = await open();
  const trainer = create();
  const [at, size] = module.input('anna') as [number, number];
  const places = [
    [at, size + 1],
    [at + 1, size],
    [at, 2 ** 32 - 1],
    [2 ** 32 - 1, 2 ** 32 - 1],
    [2 ** 31, 1],
    [at, size - 1],
  ];
  for (const place of places) {
    assert.notEqual(module.raw('trainer_encode', trainer, ...place), 0, `${place}`);
    assert.equal(module.raw('walk_create', trainer, ...place), 0, `${place}`);
  }
  const inside = module.input('an\0na');
  assert.throws(() => module.check('trainer_encode', trainer, ...inside), failing('text'));
  for (const settings of ['model', 'model\0', 'model\0rnn_lm\0task\0names\0seed\0', '\0\0', '']) {
    const [from, length] = module.input(settings) as [number, number];
    assert.equal(module.raw('trainer_create', from, length, 0, 0, 0), 0, JSON.stringify(settings));
  }
});

test('every failure leaves an error of its own', async () => {
  const { module, create } = await open();
  const trainer = create();
  const code = (name: string, ...args: number[]) => {
    module.raw('claim_create', ...module.input('none'), 1, 1); // leaves another: there is no claim none
    assert.notEqual(module.raw(name, ...args), 0);
    module.raw('error');
    return module.fields()[0];
  };
  const [at] = module.input('anna') as [number, number];
  assert.equal(code('trainer_encode', trainer, at, 2 ** 32 - 1), 'argument', 'a text longer than any area');
  assert.equal(code('trainer_gradcheck', trainer, -1), 'argument', 'fewer cells than none');
});

test('nodes, cells, positions and edges that are not there are errors', async () => {
  const run = (await core()).create(SMALL, null);
  const walk = run.walk('ab');
  const beyond = walk.schema.nodes.length + 1000;
  for (const node of [-1, beyond, 2 ** 31 - 1]) {
    assert.throws(() => walk.explain(node, 0, 'forward'), failing('argument'));
    assert.equal(walk.read([{ node, what: 'value' }])[0]!.length, 0);
  }
  for (const cell of [2 ** 32 - 1, 100_000, -1, 0.5]) {
    assert.throws(() => walk.explain(walk.schema.nodes[0]!.id, cell, 'forward'), failing('argument'));
  }
  for (const edge of [-1, 2, 1000]) assert.equal(walk.read([{ node: 0, what: { edge } }])[0]!.length, 0);
  for (const line of [-1, 99]) assert.equal(walk.read([{ node: 0, what: { line } }])[0]!.length, 0);
  for (const position of [-1, walk.schema.length + 1]) {
    assert.throws(() => walk.to(position), failing('argument'));
  }
});

test('hostile files are refused with a reason', async () => {
  const c = await core();
  const good = c.create(SMALL, null).save(true);
  const header = 8;
  const broken = [
    new Uint8Array(0),
    good.subarray(0, 7),
    good.subarray(0, good.length - 1),
    good.with(0, 255).with(7, 127),
    good.with(header, '['.charCodeAt(0)),
  ];
  for (const file of broken) {
    assert.throws(
      () => c.load(file, null),
      ({ error }) => error.code === 'format' && error.message.length > 15,
    );
  }
  c.load(good, null).step();
});

test('too many open things are refused, and closing them makes room', async () => {
  const { module, create } = await open();
  const trainer = create();
  const walks: number[] = [];
  const text = module.input('ab');
  for (let walk = 1; walk !== 0; ) {
    walk = module.raw('walk_create', trainer, ...text);
    if (walk) walks.push(walk);
    assert.ok(walks.length < 100);
  }
  for (const walk of walks) module.raw('close', walk);
  assert.notEqual(module.raw('walk_create', trainer, ...module.input('ab')), 0);
});

test('memory that grows leaves values where they were, and views are made anew', async () => {
  const exports = await instantiate(bytesOf('simd128'));
  const memory = exports.memory as WebAssembly.Memory;
  const c = new WasmCore(new CoreModule(exports), () => Promise.reject());
  c.bring('names', textOf('names'));
  const walk = c.create(SMALL, null).walk('anna');
  walk.to(walk.schema.length);
  const wanted = walk.schema.nodes.map(({ id }) => ({ node: id, what: 'value' as const }));
  const before = walk.read(wanted).map((cells) => [...cells]);
  const old = memory.buffer;
  const large = c.create({ ...SMALL, hidden_size: '512' }, null);
  assert.notEqual(memory.buffer, old, 'memory grew');
  assert.equal(old.byteLength, 0, 'and took its old buffer away');
  assert.deepEqual(
    walk.read(wanted).map((cells) => [...cells]),
    before,
  );
  large.step();
  large.free();
});
