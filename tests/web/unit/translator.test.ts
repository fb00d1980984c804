// How large an encoder and a decoder are, against the core's own parameters.
import assert from 'node:assert/strict';
import test from 'node:test';
import { bytesOf, countsOf, PAPER } from '../../../web/src/exhibits/translator/counts.ts';
import { labOf } from '../../../web/src/exhibits/translator/lab.ts';
import { cells } from '../../../web/src/stage/tape.ts';
import { core } from '../../wasm/modules.ts';

test('parameters are counted as the core has them, part by part', async () => {
  const c = await core();
  for (const [blocks, width, inner, positions, joined] of [
    [1, 16, 32, 'sinusoidal', false],
    [2, 12, 20, 'learned', false],
    [3, 8, 9, 'learned', true],
    [1, 10, 4, 'none', true],
  ] as const) {
    const settings = {
      ...{ model: 'transformer', task: 'reverse', seed: '1', num_heads: '2', positions, length: '4' },
      ...{ num_blocks: String(blocks), hidden_size: String(width), feed_forward_size: String(inner) },
      positions_join: joined ? 'concatenated' : 'added',
    };
    const run = c.create(settings, null);
    const { schema } = run.walk('ab');
    const parameters = schema.nodes.filter(({ role }) => role === 'parameter');
    const of = (scope: RegExp) =>
      parameters.filter(({ path }) => scope.test(path)).reduce((sum, node) => sum + cells(node), 0);
    const vocabulary = schema.nodes.find(({ path }) => path === 'E')?.shape[0] ?? 0;
    const counts = countsOf({ blocks, width, inner, vocabulary, positions, context: 65, joined });
    assert.equal(counts.encoder, of(/^encoder\.1\./));
    assert.equal(counts.decoder, of(/^decoder\.1\./));
    assert.equal(counts.blocks, of(/^(en|de)coder\./));
    assert.equal(counts.norms, of(/^(gamma|beta)(_source)?$/));
    assert.equal(counts.words, of(/^([EP](_source)?|U|b_2)$/));
    assert.equal(counts.all, of(/./));
  }
  const paper = countsOf({ ...PAPER, vocabulary: 1, positions: 'none', context: 1, joined: false });
  assert.equal(paper.blocks, 44_138_496);
  assert.equal(bytesOf(paper.blocks), 176_553_984);
});

test('what an address may set', () => {
  const none = { row: null, block: null, head: null, blocks: null, d: null, times: null, step: null };
  assert.deepEqual(labOf({}), none);
  assert.deepEqual(labOf({ blocks: '13', d: '17', times: '5', row: 'x', step: '-1' }), none);
  assert.deepEqual(labOf({ blocks: '12', d: '512', times: '4', row: '5', head: '2', step: '3' }), {
    ...none,
    ...{ blocks: 12, d: 512, times: 4, row: 5, head: 2, step: 3 },
  });
});
