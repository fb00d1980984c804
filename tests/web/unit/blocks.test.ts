// A Transformer block by block, without a browser: what is read of a real tape with each part taken out, where the boxes
// stand, what the mask hides.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { WalkSchema } from '../../../wasm/bridge/protocol.ts';
import { type Blocks, pageOf, read } from '../../../web/src/figures/blocks/anatomy.ts';
import { blocks } from '../../../web/src/figures/blocks/index.ts';
import { whatOf } from '../../../web/src/figures/blocks/symbols.ts';
import { samePlace, walkOf } from '../../../web/src/session/clocks.ts';
import { markBox } from '../../../web/src/stage/scene.ts';
import { core } from '../../wasm/modules.ts';

const SMALL = { hidden_size: '8', num_heads: '2', num_blocks: '2', feed_forward_size: '12', positions: 'sinusoidal' };
const FORMS: Record<string, string>[] = [
  {},
  { num_heads: '1' },
  { num_heads: '4' },
  { norm: 'none' },
  { norm: 'post' },
  { residual: 'off' },
  { residual: 'off', norm: 'post' },
  { residual: 'off', norm: 'none' },
  { mask: 'off' },
  { scale: 'off' },
  { feed_forward: 'none' },
  { feed_forward: 'none', residual: 'off' },
  { feed_forward: 'gelu' },
  { places: 'off' },
  { positions: 'learned' },
  { positions_join: 'concatenated' },
  { num_blocks: '1' },
];
const tape = async (more: Record<string, string> = {}, text = 'zuko'): Promise<WalkSchema> =>
  (await core()).create({ model: 'gpt', task: 'names', ...SMALL, ...more }, null).walk(text).schema;
const of = (schema: WalkSchema): Blocks => {
  const a = read(schema);
  assert.ok(a);
  return a;
};
function scene(a: Blocks, schema: WalkSchema, position: number, width = 617, height = 330) {
  const now = schema.nodes.find((n) => position > 0 && (n.forward === position || n.backward === position)) ?? null;
  return blocks.layout(a, {
    ...{ schema, position, now, open: null, box: { width, height }, folded: false, looked: false },
    ...{ focus: 3, quarter: 0, weight: null, part: null, notation: 'a', text: (token) => `${token}` },
  }).scene;
}

test('each part that is there is found, each that is taken out is not', async () => {
  for (const form of FORMS) {
    const a = of(await tape(form));
    const said = JSON.stringify(form);
    assert.equal(a.blocks.length, Number(form.num_blocks ?? 2), said);
    for (const block of a.blocks) {
      assert.equal(block.heads.length, Number(form.num_heads ?? 2), said);
      assert.ok(
        block.heads.every(({ masked }) => (masked === null) === (form.mask === 'off')),
        said,
      );
      assert.deepEqual(
        block.past,
        form.residual === 'off' ? [false, false] : [true, form.feed_forward !== 'none'],
        said,
      );
      assert.equal(block.inner === null, form.feed_forward === 'none', said);
      const normed = form.norm !== 'none';
      assert.deepEqual(
        block.norm.map((one) => one !== null),
        [normed, normed && form.feed_forward !== 'none'],
        said,
      );
      for (const { nodes } of block.heads) {
        assert.equal(
          nodes.some((node) => whatOf(a, node) === 'scale'),
          form.scale !== 'off',
          said,
        );
      }
    }
    assert.equal(a.post, form.norm === 'post', said);
    assert.equal(a.start.length, form.places === 'off' ? 1 : 3, said);
  }
});

test('every operation has a page, a name, a letter and a formula, whatever is taken out', async () => {
  for (const form of FORMS) {
    const schema = await tape(form);
    const a = of(schema);
    for (const node of schema.nodes.filter(({ forward }) => forward > 0)) {
      const said = `${JSON.stringify(form)} ${node.path}`;
      const page = pageOf(a, node);
      const scope = /^blocks\.(\d+)\./.exec(node.path)?.[1];
      if (scope) assert.equal(page, Number(scope), said);
      else assert.ok(page === 0 || page === a.blocks.length + 1, said);
      assert.ok(whatOf(a, node) !== null, said);
      assert.notEqual(blocks.symbol(a, node, 'a'), '', said);
      assert.ok(blocks.formula(a, node) !== null || ['mid', 'stream'].includes(whatOf(a, node) ?? ''), said);
    }
  }
});

test('boxes stand side by side within the figure, at a desk, on a phone and on the projector, there and back', async () => {
  for (const form of FORMS)
    for (const [text, width, height] of [
      ['zuko', 617, 300],
      ['zuko', 358, 420],
      ['jacqueline', 900, 620],
    ] as const) {
      const schema = await tape(form, text);
      const a = of(schema);
      for (let position = 1; position <= 2 * schema.forward; position += 7) {
        const { vectors } = scene(a, schema, position, width, height);
        const boxes = vectors.filter(({ shown }) => shown !== 'gradient').map(markBox);
        const said = `${JSON.stringify(form)} ${text} at ${position}`;
        for (const box of boxes) {
          assert.ok(box.x >= 0 && box.x + box.w <= width + 0.5, `${said}: ${box.x} to ${box.x + box.w} of ${width}`);
          assert.ok(box.y >= 0 && box.y + box.h <= height + 0.5, `${said}: ${box.y + box.h} of ${height}`);
        }
        for (const [i, one] of boxes.entries())
          for (const two of boxes.slice(i + 1)) {
            const apart =
              one.x + one.w <= two.x + 0.01 ||
              two.x + two.w <= one.x + 0.01 ||
              one.y + one.h <= two.y + 0.01 ||
              two.y + two.h <= one.y + 0.01;
            assert.ok(apart, `${said}: two rows on one another`);
          }
      }
    }
});

test('what is read now has its numbers in the row that is looked at', async () => {
  const schema = await tape();
  const a = of(schema);
  for (let position = 1; position <= schema.forward; position++) {
    const now = schema.nodes.find(({ forward }) => forward === position);
    if (!now || now.op === 'slice' || (now.shape.at(-1) ?? 0) > 16 || now.op === 'mean_loss') continue;
    const { vectors } = scene(a, schema, position);
    const row = vectors.filter(({ node }) => node === now.id)[3];
    assert.ok(row?.figures, `${now.path} at ${position}`);
  }
});

test('of weights a row has those that it sees; without the mask all', async () => {
  for (const mask of ['on', 'off']) {
    const schema = await tape({ mask });
    const a = of(schema);
    const head = a.blocks[0]?.heads[0];
    assert.ok(head);
    const { vectors } = scene(a, schema, head.main.forward);
    const seen = vectors.filter(({ node }) => node === head.main.id).map(({ rows }) => rows.y.length);
    assert.deepEqual(seen, mask === 'on' ? [1, 2, 3, 4, 5] : [5, 5, 5, 5, 5]);
    const before = scene(a, schema, head.nodes[0]?.forward ?? 0).vectors;
    assert.deepEqual(
      before.filter(({ node }) => node === head.nodes[0]?.id).map(({ rows }) => rows.y.length),
      [5, 5, 5, 5, 5],
      'a score is there of every pair',
    );
  }
});

test('a switch that is thrown leaves one at the operation, or at the last before it that is still there', async () => {
  const whole = walkOf(await tape());
  const cut = walkOf(await tape({ residual: 'off' }));
  const at = (walk: typeof whole, path: string) => walk.byPath.get(path)?.forward ?? -1;
  assert.equal(samePlace(whole, at(whole, 'blocks.2.head1.a'), cut), at(cut, 'blocks.2.head1.a'));
  assert.equal(samePlace(whole, at(whole, 'blocks.1.mid'), cut), at(cut, 'blocks.1.attended'));
  const back = whole.byPath.get('blocks.1.mid')?.backward ?? -1;
  const place = cut.operations[samePlace(whole, back, cut)];
  assert.equal(place?.kind, 'backward');
});

test('no other network is taken for a Transformer', async () => {
  const c = await core();
  for (const [model, task, text] of [
    ['rnn_lm', 'names', 'anna'],
    ['attention_only', 'sentence', 'Zuko made tea'],
    ['mlp', 'xor', '0.5 0.5 1'],
  ] as const)
    assert.equal(read(c.create({ model, task }, null).walk(text).schema), null, model);
});
