// The figure is laid out from the schema alone: for any number of letters, units and any box, nothing overlaps, nothing
// leaves it, nothing is missing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anatomy } from '../../web/src/figures/recurrent/anatomy.ts';
import { fold } from '../../web/src/figures/recurrent/fold.ts';
import { columns } from '../../web/src/figures/recurrent/geometry.ts';
import { layout } from '../../web/src/figures/recurrent/layout.ts';
import { operationSymbol, symbol } from '../../web/src/figures/recurrent/symbols.ts';
import { openTerms } from '../../web/src/figures/recurrent/terms.ts';
import type { FrameView } from '../../web/src/session/types.ts';
import { hitScene } from '../../web/src/stage/hit.ts';
import { shownValues } from '../../web/src/stage/paint.ts';
import { rowAt, rows } from '../../web/src/stage/rows.ts';
import { weightOf } from '../../web/src/stage/Sources.tsx';
import type { VectorMark } from '../../web/src/stage/scene.ts';
import { gradientState, hasValue } from '../../web/src/stage/tape.ts';
import type { Line } from '../../web/src/stage/terms.ts';
import { nearest, places } from '../../web/src/tracks/places.ts';
import { check, wish } from './unit/laid.ts';
import { schemaOf } from './unit/schema.ts';

const NAME = 'maximilianalexander';
for (const hidden of [4, 8, 32, 128]) {
  test(`nothing overlaps or leaves the box, ${hidden} units`, () => {
    for (const letters of [0, 1, 3, 6, 15])
      for (const [width, height] of [
        [330, 320],
        [358, 420],
        [616, 420],
        [900, 560],
        [1900, 800],
      ] as const) {
        const schema = schemaOf(NAME.slice(0, letters), hidden, Math.max(4, hidden >> 2));
        const F = schema.forward;
        for (const position of [
          0,
          1,
          3,
          Math.min(F, 9),
          F,
          F + 1,
          F + 3,
          F + 5,
          F + 8,
          2 * F,
          2 * F + 1,
          schema.length,
        ])
          check(
            layout(wish(schema, position, width, height)),
            `${letters} letters in ${width} × ${height} at ${position} of ${F}`,
          );
        check(fold(wish(schema, 4, width, height)), `folded in ${width} × ${height}`);
      }
  });
}

test('a box that can hold the steps holds them; only a box too narrow makes the figure wider', () => {
  for (const count of [1, 7, 17]) {
    assert.equal(columns({ width: 616, count, open: 0, openVectors: 6, openUnits: 5.9 }).width, 616);
    assert.ok(columns({ width: 1900, count, open: null, openVectors: 0, openUnits: 0 }).width === 1900);
  }
  assert.equal(columns({ width: 358, count: 7, open: 3, openVectors: 6, openUnits: 5.9 }).width, 358);
  assert.ok(columns({ width: 358, count: 17, open: 3, openVectors: 6, openUnits: 5.9 }).width > 358);
});

test('seven steps fit a figure of the smallest desktop and of a phone, at every position', () => {
  const schema = schemaOf('amelia', 8, 4);
  for (let position = 0; position <= schema.length; position++)
    for (const width of [358, 616])
      assert.ok(layout(wish(schema, position, width, 430)).scene.width <= width + 0.01, `at ${position} in ${width}`);
});

test('walking back at 1280 × 720, at a desk and on a projector, the rows of a state are easily read', () => {
  const schema = schemaOf('amelia', 8, 4);
  for (const [width, height] of [
    [616, 397], // under a row of views
    [616, 418],
    [856, 404],
    [856, 426],
  ] as const)
    for (let position = schema.forward + 1; position <= 2 * schema.forward; position++)
      for (const { rows } of layout(wish(schema, position, width, height)).scene.vectors)
        if (rows.y.length === 8)
          assert.ok(
            rows.h.every((h) => h >= 12.5),
            `${width} × ${height} at ${position}: ${rows.h}`,
          );
});

test('every operation of a step is named, once, and the one that was done is inverted', () => {
  const schema = schemaOf('ab', 8, 4);
  const a = anatomy(schema);
  for (let position = 1; position <= 2 * schema.forward; position++) {
    const w = wish(schema, position, 700, 460);
    const { scene } = layout(w);
    const step = a.steps[w.open ?? 0];
    for (const node of step?.operations ?? []) {
      const name = operationSymbol(a, node, 'a');
      assert.ok(
        scene.labels.some((l) => l.tex === name && (l.chip ?? false) === (node === w.now || node.id === w.now?.id)),
        `${node.path} at ${position}`,
      );
    }
  }
});

test('what the walk has not come to is not drawn as a value', () => {
  const schema = schemaOf('abc', 8, 4);
  for (let position = 0; position <= schema.forward; position++)
    for (const v of layout(wish(schema, position, 700, 460)).scene.vectors) {
      const node = schema.nodes[v.node];
      assert.equal(v.shown === 'pending', node !== undefined && !hasValue(node, position));
      assert.equal(v.gradient, 'none');
    }
});

test('a gradient comes term by term: pending, partial, whole', () => {
  const schema = schemaOf('ab', 4, 4);
  const a = anatomy(schema);
  const h = a.steps[0]?.state;
  assert.ok(h);
  const seen: string[] = [];
  for (let position = 0; position <= 2 * schema.forward; position++) {
    const state = gradientState(a, h, position, schema.forward);
    if (seen.at(-1) !== state) seen.push(state);
  }
  assert.deepEqual(seen, ['pending', 'partial', 'whole']);
});

/** A line in words, numbers as #. */
const said = ({ said }: Line) =>
  said.map((part) => (typeof part === 'string' ? part : 'kind' in part ? '#' : part.tex)).join(' ');

test('back through the activation two lines: arrives = own guess + later; goes on = slope × arrives', () => {
  const schema = schemaOf('ab', 4, 4);
  const a = anatomy(schema);
  const [first, last] = [a.steps[0], a.steps.at(-1)];
  assert.ok(first?.state && last?.state);
  const read = (step: typeof first) => openTerms(a, step, step.state, true, 'a').lines.map(said);
  const on = 'through # = slope # × arrives #';
  assert.deepEqual(read(first), ['arrives # = own # + later #', on]);
  // the last step has nothing after it: one term, nothing to add
  assert.deepEqual(read(last), [on]);
});

test('back through softmax the row multiplies out: probability times gradient less its mean', () => {
  const schema = schemaOf('ab', 4, 4);
  const a = anatomy(schema);
  const step = a.steps[0];
  const node = step?.probabilities;
  assert.ok(step && node);
  const { terms, lines } = openTerms(a, step, node, true, 'a');
  assert.deepEqual(
    terms.flatMap((t) => (t.kind === 'vector' ? [t.show] : [])),
    ['gradient', 'value', 'centred'],
  );
  assert.deepEqual(lines.map(said), ['through # = \\hat{y} # × mean #']);
  const [p, g] = [Float32Array.of(0.5, 0.25, 0.25), Float32Array.of(0, -4, 0)];
  const frame = { values: (_: number, what: unknown) => (what === 'value' ? p : g) } as unknown as FrameView;
  const mark = { node: node.id, op: 'softmax', shown: 'centred', what: 'grad' } as unknown as VectorMark;
  // dJ/do = p ∘ (g − Σ p g), with Σ p g = −1
  assert.deepEqual(
    Array.from(shownValues(mark, frame) ?? [], (centred, i) => centred * (p[i] ?? 0)),
    [0.5, -0.75, 0.25],
  );
});

test('thin rows open round the row that is looked at', () => {
  const r = rows(128, 0, 200, 64);
  assert.ok(r.readable(64) && !r.readable(0) && (r.h[64] as number) >= 10.7);
  assert.ok(Math.abs(r.bottom - 200) < 1e-6);
  for (let i = 0; i < 128; i++) assert.equal(rowAt(r, (r.y[i] as number) + (r.h[i] as number) / 2), i);
  assert.equal(rowAt(r, 201), -1);
  assert.ok(rows(8, 0, 200, 0).h.every((h) => h === 25));
});

test('a cell is hit where it is drawn', () => {
  const schema = schemaOf('amelia', 64, 16);
  const { scene } = layout(wish(schema, 33, 616, 440));
  for (const v of scene.vectors)
    for (const cell of [0, 3, v.rows.y.length - 1]) {
      const hit = hitScene(scene, v.x + v.w / 2, (v.rows.y[cell] as number) + (v.rows.h[cell] as number) / 2);
      assert.deepEqual(hit, { node: v.node, cell });
    }
});

test('symbols in both notations', () => {
  const schema = schemaOf('ab', 4, 4);
  const a = anatomy(schema);
  const at = (path: string, n: 'a' | 'b') =>
    symbol(a, schema.nodes.find((node) => node.path === path) as (typeof schema.nodes)[0], n);
  assert.equal(at('rnn.2.Wh_h', 'a'), '\\p{W_h}\\a{h}^{(1)}');
  assert.equal(at('rnn.2.Wh_h', 'b'), '\\p{W_{hh}^⊤}\\a{h}_{1}');
  assert.equal(at('rnn.2.We_e', 'b'), '\\p{W_{xh}^⊤}\\a{x}_{2}');
  assert.equal(at('rnn.1.y_hat', 'a'), '\\hat{y}^{(1)}');
});

test('every operation stands under its step, and dragging to it finds it', () => {
  for (const letters of [1, 6, 15]) {
    const schema = schemaOf(NAME.slice(0, letters), 8, 4);
    const c = columns({ width: 616, count: letters + 1, open: 1, openVectors: 6, openUnits: 5.9 });
    let token = 0;
    const operationAt = (position: number) => {
      const node = schema.nodes.find((n) => n.forward === position || n.backward === position);
      if (position > 2 * schema.forward)
        return position === 2 * schema.forward + 1
          ? ({ kind: 'clip', token: 0 } as const)
          : ({ kind: 'update', node: 0, token: 0 } as const);
      if (!node) return null;
      token = node.time || letters + 1;
      return { kind: position > schema.forward ? 'backward' : 'forward', node: node.id, token } as const;
    };
    const all = places(c, 0, schema.length, operationAt);
    assert.equal(all.length, schema.length);
    for (const p of all) {
      assert.ok(p.x >= 0 && p.x <= 616);
      assert.equal(nearest(all, p.x, p.lane), p.position);
    }
  }
});

test('a weight that is looked at: its gradient is framed, and its cell there and in each term that has come', () => {
  const schema = schemaOf('amelia', 8, 4);
  const [W, U] = ['W_h', 'U'].map((path) => schema.nodes.find((n) => n.path === path) as (typeof schema.nodes)[0]);
  const back = schema.nodes.find((n) => n.path === 'rnn.4.Wh_h')?.backward as number;
  assert.ok(W && U);
  for (const [width, height] of [
    [358, 420],
    [616, 420],
    [1200, 560],
  ] as const) {
    const { scene } = layout(wish(schema, back, width, height, { weight: W.id }));
    const [row, column] = [4, 3];
    const framed = weightOf(scene, { node: W.id, cell: row * 8 + column });
    assert.ok(framed);
    const come = scene.matrices.filter((m) => m.shown);
    assert.equal(come.length, 5, 'of steps 4 to 7, and their sum');
    const sum = come.find((m) => m.what === 'grad');
    assert.deepEqual(framed.whole, { x: sum?.x, y: sum?.y, w: sum?.size, h: sum?.size });
    assert.deepEqual(
      framed.cells,
      come.map(({ x, y, size }) => ({
        x: x + (column * size) / 8,
        y: y + (row * size) / 8,
        w: size / 8,
        h: size / 8,
      })),
    );
    assert.equal(weightOf(scene, { node: U.id, cell: 0 }), null, 'another weight is not on screen');
  }
});
