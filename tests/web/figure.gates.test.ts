// LSTM and GRU on the figure, from the schema that the core gives: laid out at any size, told move by move, drawn whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureIn } from '../../web/src/draw/format.ts';
import { anatomy, isOutput } from '../../web/src/figures/recurrent/anatomy.ts';
import { partsOf } from '../../web/src/figures/recurrent/cells.ts';
import { fold } from '../../web/src/figures/recurrent/fold.ts';
import { layout } from '../../web/src/figures/recurrent/layout.ts';
import { partSymbol, symbol } from '../../web/src/figures/recurrent/symbols.ts';
import { hitScene } from '../../web/src/stage/hit.ts';
import { halves } from '../../web/src/stage/paint.ts';
import { spread } from './page/sample.ts';
import { check, wish } from './unit/laid.ts';
import { walked } from './unit/walked.ts';

const NAME = 'maximilianalexandermaximilianalexander';
const BOXES = [
  [330, 320],
  [358, 420],
  [616, 414],
  [900, 560],
  [1900, 800],
] as const;

for (const model of ['lstm_lm', 'gru_lm'])
  for (const hidden of [1, 6, 24, 64])
    test(`${model}: nothing overlaps or leaves the box, ${hidden} units`, async () => {
      for (const letters of [1, 6, 38]) {
        const schema = await walked(model, NAME.slice(0, letters), hidden);
        const F = schema.forward;
        const each = (F - 1) / schema.tokens.length;
        const second = Array.from({ length: 2 * each }, (_, k) => each + k).filter((k) => k <= F);
        const back = second.map((k) => 2 * F + 1 - k);
        const positions = [0, ...second, F, F + 1, ...back, 2 * F, 2 * F + 1, schema.length];
        for (const [[width, height], some] of spread(`${model} ${hidden} ${letters}`, positions, BOXES)) {
          for (const position of some)
            check(
              layout(wish(schema, position, width, height, { quarter: 1 })),
              `${letters} letters in ${width} × ${height} at ${position} of ${F}`,
            );
          check(fold(wish(schema, 4, width, height)), `folded in ${width} × ${height}`);
        }
      }
    });

test('every operation is drawn where it is done, forwards and back, and every cell of it is reached', async () => {
  for (const model of ['lstm_lm', 'gru_lm']) {
    const schema = await walked(model, 'ab', 6);
    const a = anatomy(schema);
    const step = a.steps[1];
    assert.ok(step?.gated);
    for (const node of step.operations) {
      const size = node.shape.reduce((x, y) => x * y, 1);
      const { scene } = layout(wish(schema, node.forward, 700, 460));
      if (node !== step.loss) {
        const reached = new Set<number>();
        for (const v of scene.vectors)
          for (const [row, y] of v.rows.y.entries()) {
            const hit = hitScene(scene, v.x + v.w / 2, y + (v.rows.h[row] ?? 0) / 2);
            if (hit?.node === node.id) reached.add(hit.cell);
          }
        assert.equal(reached.size, size, node.path);
        assert.equal(scene.now?.mark.node, node.id, node.path);
      }
      // its gradient stands in the row, or it has no equation of columns
      const back = layout(wish(schema, node.backward, 700, 460)).scene;
      const drawn = back.vectors.some((v) => v.node === node.id);
      assert.ok(drawn || node === step.loss, `back through ${node.path}`);
    }
  }
});

test('the moves hold every operation of a step, once, in the order of the walk', async () => {
  const names = { lstm_lm: 'sums forget store update output guess', gru_lm: 'sums reset candidate update guess' };
  for (const [model, moves] of Object.entries(names)) {
    const schema = await walked(model, 'abc', 3);
    for (const step of anatomy(schema).steps) {
      assert.equal(step.moves.map((m) => m.name).join(' '), moves);
      assert.deepEqual(
        step.moves.flatMap((m) => m.operations.map((n) => n.id)),
        step.operations.map((n) => n.id),
      );
      assert.ok(step.moves.at(-1)?.operations.every((n) => isOutput(step, n)));
    }
  }
});

test('the open step names the present move and its operations; the operation that was done is inverted', async () => {
  const schema = await walked('lstm_lm', 'ab', 6);
  for (const path of ['f', 'f_c', 'i', 'g', 'i_g', 'c', 'o', 'tanh_c', 'h', 'Uh', 'a']) {
    const node = schema.nodes.find((n) => n.path === `rnn.2.${path}`);
    assert.ok(node);
    for (const width of [360, 700]) {
      const { scene } = layout(wish(schema, node.forward, width, 460));
      const move = anatomy(schema).steps[1]?.moves.find((m) => m.operations.some((n) => n.id === node.id))?.name;
      assert.ok(
        scene.labels.some((l) => l.tex === move && l.bold),
        `${path}: ${move}`,
      );
      assert.ok(
        scene.labels.some((l) => l.chip),
        path,
      );
    }
  }
});

test('the conveyor runs from the first c to the last, open only where f multiplies', async () => {
  const schema = await walked('lstm_lm', 'amelia', 6);
  for (const position of [0, 40, schema.forward, schema.forward + 30]) {
    const { scene } = layout(wish(schema, position, 900, 460));
    assert.ok(scene.belt);
    assert.equal(scene.belt.gaps.length, 7);
    let last = scene.belt.x;
    for (const { from, to } of scene.belt.gaps) {
      assert.ok(from >= last - 0.01 && to >= from, `${from} to ${to}`);
      last = to;
    }
    assert.ok(last <= scene.belt.x + scene.belt.w);
  }
  assert.equal(layout(wish(await walked('gru_lm', 'ab', 4), 5, 900, 460)).scene.belt, null);
});

test('gates have their own scale, and each node its letter in both notations', async () => {
  const schema = await walked('lstm_lm', 'ab', 4);
  const a = anatomy(schema);
  const node = (path: string) => schema.nodes.find((n) => n.path === path) as (typeof schema.nodes)[0];
  const scale = (path: string) =>
    layout(wish(schema, node(path).forward, 700, 460)).scene.vectors.find((v) => v.node === node(path).id)?.scale;
  assert.deepEqual(
    ['f', 'i', 'o', 'g', 'c', 'f_c', 'a', 'h'].map((name) => scale(`rnn.2.${name}`)),
    ['gate', 'gate', 'gate', 'state', 'cell', 'cell', 'rest', 'state'],
  );
  assert.equal(symbol(a, node('rnn.2.f'), 'a'), '\\a{f}^{(2)}');
  assert.equal(symbol(a, node('rnn.2.f'), 'b'), '\\a{f}_{2}');
  assert.equal(symbol(a, node('rnn.2.f_c'), 'a'), '\\a{f}∘\\a{c}^{(1)}');
  assert.equal(symbol(a, node('rnn.0.c'), 'a'), '\\a{c}^{(0)}');
  assert.equal(partSymbol(a, node('rnn.2.a'), 'f', 'a'), '\\a{a}_{f}^{(2)}');
  assert.equal(partSymbol(a, node('rnn.2.a'), 'f', 'b'), '\\a{a}_{f,2}');
  const letters = a.steps[1]?.operations.map((n) => symbol(a, n, 'a')) ?? [];
  // what has no letter is called by its name in upright; here only the sum of two has none
  assert.deepEqual(
    letters.filter((tex) => /^\\t\{(?!tanh)/.test(tex)),
    ['\\t{sum}'],
  );
  assert.equal(new Set(letters).size, letters.length);
});

test('rows of the weights are those of the gates, in their order', async () => {
  const a = anatomy(await walked('lstm_lm', 'a', 4));
  const cell = a.steps[0]?.gated;
  assert.ok(cell?.kind === 'lstm');
  assert.deepEqual(partsOf(cell, cell.a), ['i', 'f', 'g', 'o']);
  assert.equal(partsOf(cell, cell.c), null);
});

test('a network that the figure cannot draw is told from those that it can', async () => {
  const drawable = async (model: string, more: Record<string, string>) =>
    anatomy(await walked(model, 'ab', 4, more)).drawable;
  for (const model of ['rnn_lm', 'lstm_lm', 'gru_lm']) {
    assert.equal(await drawable(model, {}), true, model);
    assert.equal(await drawable(model, { num_layers: '2' }), false, `${model}, two layers`);
  }
});

test('at 1280 × 720 every row of h and c in the open step has room for its numbers, forwards and back', async () => {
  for (const model of ['lstm_lm', 'gru_lm']) {
    const schema = await walked(model, 'amelia', 6);
    const turn = schema.forward;
    const sizes = [
      [616, 376],
      [856, 404],
    ] as const; // at a desk, and on a projector
    for (let position = 1; position <= 2 * turn; position++)
      for (const [width, height] of position > turn ? sizes : sizes.slice(0, 1)) {
        const asked = wish(schema, position, width, height);
        const { scene } = layout(asked);
        const step = asked.anatomy.steps[asked.open ?? 0];
        const own = scene.vectors.filter((v) => v.node === step?.state?.id || v.node === step?.carried?.id);
        assert.ok(own.length >= 1, `${model} at ${position}`);
        for (const mark of own)
          for (let row = 0; row < 6; row++) {
            const where = `${model} at ${position}, row ${row} of ${mark.node}`;
            assert.ok(mark.figures && mark.rows.readable(row), where);
            const { value, gradient } = halves(mark, row);
            const told = mark.gradient === 'none' ? [value] : [value, gradient];
            for (const box of told) {
              assert.ok(box && box.h >= 10.6, where);
              // the way back is as easily read as that of a network without gates
              if (position > turn)
                assert.ok(
                  mark.rows.h.every((h) => h >= 12.5),
                  `${where}: ${mark.rows.h}`,
                );
              // before it has come a gradient has no number, and its value may be told in one digit
              const least = mark.gradient === 'pending' ? '−.3' : '−.32';
              assert.ok(figureIn(-0.32, box.w, 2).length >= least.length, `${where}: ${box.w} wide`);
            }
          }
      }
  }
});
