// The kind of picture that draws any tape: nets of several layers and directions, and classifiers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WalkSchema } from '../../../wasm/bridge/protocol.ts';
import { mathText } from '../../../web/src/draw/math.ts';
import type { Wish } from '../../../web/src/figures/kind.ts';
import { givenTo, type Rows } from '../../../web/src/figures/rows/anatomy.ts';
import { cells } from '../../../web/src/stage/tape.ts';
import { pictured } from './pictured.ts';
import { walked } from './walked.ts';

const NETS: [string, string, Record<string, string>, string][] = [
  ['rnn_lm', 'ab', { num_layers: '2' }, 'two layers'],
  ['lstm_lm', 'anna', { num_layers: '3' }, 'three layers with gates'],
  ['gru_lm', 'ab', { num_layers: '2' }, 'two layers of a GRU'],
  ['classifier', 'abc', { task: 'remember', cell: 'lstm', num_layers: '2', directions: '2' }, 'both directions'],
  ['classifier', 'abcd', { task: 'remember', cell: 'gru' }, 'one answer'],
];
const drawn = async (model: string, text: string, more: Record<string, string>) => {
  const schema = await walked(model, text, 5, more);
  const { kind, anatomy } = await pictured(schema, model);
  assert.equal(kind.id, 'rows');
  return { schema, kind, a: anatomy as Rows };
};
const wish = (schema: WalkSchema, a: Rows, position: number, box: Wish['box']): Wish => {
  const now = schema.nodes.find((n) => position > 0 && (n.forward === position || n.backward === position)) ?? null;
  const stop = now ? a.stops.findIndex(({ nodes }) => nodes.includes(now)) : 0;
  const open = position > 2 * schema.forward ? null : Math.max(0, stop);
  const look = { folded: false, looked: false, focus: 0, quarter: 0, weight: null, part: null, notation: 'a' as const };
  return { schema, position, now, open, box, text: (token) => `<${token}>`, ...look };
};

test('a layer is a part, a direction is a part, and each takes what the one before comes to', async () => {
  const { a } = await drawn('rnn_lm', 'ab', { num_layers: '2' });
  const parts = a.stops.map((step) => step.parts.map(({ main }) => main.path));
  assert.deepEqual(
    parts[1],
    ['layer1.h', 'layer2.h', 'y_hat'].map((name) => `rnn.2.${name}`),
  );
  // of the last step the same, though no step takes it on; and the mean after it, which is no column
  assert.deepEqual(parts[2], [...['layer1.h', 'layer2.h', 'y_hat'].map((name) => `rnn.3.${name}`), 'J']);
  assert.deepEqual(
    a.stops.map(({ bands }) => bands.length),
    [3, 3, 3],
  );

  const both = await drawn('classifier', 'abc', { task: 'remember', cell: 'lstm', directions: '2' });
  assert.deepEqual(
    both.a.stops.map(({ time, token }) => [time, token]),
    both.schema.tokens.map((token, i) => [i + 1, token]),
  );
  const paths = both.a.stops[1]?.parts.map(({ main }) => main.path);
  assert.deepEqual(paths, ['rnn.2.e', 'rnn.2.back.h', 'rnn.2.h', 'rnn.2.both']);
  const back = both.a.stops[1]?.parts[1];
  assert.ok(back);
  // what is read from the end takes the state of the step after it
  assert.deepEqual(
    givenTo(both.a, back).map(({ path }) => path),
    ['rnn.3.back.h', 'rnn.2.e', 'back.b_1', 'rnn.3.back.c'],
  );
});

for (const [model, text, more, of] of NETS)
  test(`${of}: every operation is drawn with its numbers at its moment, on its own place`, async () => {
    const { schema, kind, a } = await drawn(model, text, more);
    const counted = a.stops.flatMap(({ nodes }) => nodes);
    assert.equal(counted.length, schema.forward, 'every operation is of one step');
    assert.equal(new Set(counted).size, schema.forward);
    for (const node of counted) {
      const { scene, columns } = kind.layout(a, wish(schema, a, node.forward, { width: 820, height: 380 }));
      const own = scene.vectors.find((v) => v.node === node.id && v.w >= 26);
      assert.ok(own, `${node.path} is not drawn`);
      assert.equal(own.shown, 'value', node.path);
      assert.equal(own.rows.y.length, cells(node), node.path);
      const chip = scene.labels.find((label) => label.chip);
      assert.ok(!chip || chip.to === node.forward, node.path);
      assert.ok(columns.end.x + columns.end.w <= columns.width + 0.01);
      // it stands where it stands on the way back
      const back = kind.layout(a, wish(schema, a, node.backward, { width: 820, height: 380 }));
      const again = back.scene.vectors.find((v) => v.node === node.id && v.w >= 26);
      assert.equal(again?.x, own.x, node.path);
      if (node.gradient) assert.notEqual(again?.gradient, 'none', node.path);
    }
  });

test('nothing overlaps or leaves the figure, on a phone as on a wide screen', async () => {
  for (const [model, text, more] of NETS) {
    const { schema, kind, a } = await drawn(model, text, more);
    for (const box of [
      { width: 820, height: 380 },
      { width: 358, height: 300 },
      { width: 1300, height: 640 },
    ])
      for (let position = 0; position <= schema.length; position += 3) {
        const { scene } = kind.layout(a, wish(schema, a, position, box));
        for (const [i, v] of scene.vectors.entries()) {
          assert.ok(v.rows.bottom > v.rows.top, `${model} at ${position}: node ${v.node} has no height`);
          assert.ok(v.x >= 0 && v.x + v.w <= scene.width && v.rows.top >= 0 && v.rows.bottom <= scene.height);
          for (const u of scene.vectors.slice(i + 1)) {
            const apart =
              v.x + v.w <= u.x || u.x + u.w <= v.x || v.rows.bottom <= u.rows.top || u.rows.bottom <= v.rows.top;
            assert.ok(apart, `${model} at ${position}: nodes ${v.node} and ${u.node}`);
          }
        }
      }
  }
});

test('layer and direction stand in square brackets and as an arrow, in both notations', async () => {
  const { schema, kind, a } = await drawn('classifier', 'abc', { task: 'remember', num_layers: '2', directions: '2' });
  const called = (path: string, n: 'a' | 'b') => {
    const node = schema.nodes.find((one) => one.path === path);
    assert.ok(node, path);
    return mathText(kind.symbol(a, node, n));
  };
  assert.equal(called('rnn.2.layer2.back.h', 'a'), 'h[2]←(2)');
  assert.equal(called('rnn.2.layer2.back.h', 'b'), 'h2[2]←');
  assert.equal(called('layer2.back.W_h', 'a'), 'Wh[2]←');
  assert.equal(called('layer2.back.W_h', 'b'), 'Whh[2]←⊤');
  assert.equal(called('rnn.2.layer1.Wh_h', 'a'), 'Wh[1]h[1]');
});

test('a gate takes its own cells of the sums, and a loss its right answer', async () => {
  const { schema, kind, a } = await drawn('classifier', 'cab', { task: 'remember', cell: 'lstm', directions: '2' });
  const node = (path: string) => {
    const found = schema.nodes.find((one) => one.path === path);
    assert.ok(found, path);
    return found;
  };
  const from = (path: string) => {
    const one = node(path);
    return kind.taken?.(a, one, schema.nodes[one.inputs[0] as number] as typeof one, 'a')?.from;
  };
  assert.deepEqual(
    ['i', 'f', 'g', 'o'].map((gate) => from(`rnn.2.back.${gate}`)),
    [0, 5, 10, 15],
  );
  assert.deepEqual([from('h_T_forward'), from('h_1_back')], [0, 5]);
  assert.equal(kind.picked(a, node('J_t'), 0), schema.targets[0]);
  assert.equal(kind.picked(a, node('rnn.2.e'), 0), schema.tokens[1]);
});
