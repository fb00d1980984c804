// The stage draws marks of any figure: tested with a picture that no network has, and nothing of it names one.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { NodeSchema, WalkSchema } from '../../../wasm/bridge/protocol.ts';
import { makeTheme, signShade } from '../../../web/src/draw/colour.ts';
import type { FrameView } from '../../../web/src/session/types.ts';
import { hitScene } from '../../../web/src/stage/hit.ts';
import { halves, paint, ranges, scalesOf } from '../../../web/src/stage/paint.ts';
import { Pen } from '../../../web/src/stage/pen.ts';
import { drawRow } from '../../../web/src/stage/row.ts';
import { rows } from '../../../web/src/stage/rows.ts';
import { placeOf } from '../../../web/src/stage/scene.ts';
import { stopNumbers, stopOf } from '../../../web/src/stage/stops.ts';
import { tapeOf } from '../../../web/src/stage/tape.ts';

const STAGE = new URL('../../../web/src/stage/', import.meta.url);
const NETWORKS = new RegExp(
  `\\b(${[
    'rnn|lstm|gru|seq2seq|transformers?|mlps?|cnns?|recurrent|encoders?|decoders?|attention|convolutions?|perceptrons?',
    'gates?|gated|logits?|embeddings?|neurons?|candidates?|forget|hidden state|cell state|one-hot',
    'tanh|sigmoid|relu|gelu|softmax|y_hat|[WU]_\\w+',
  ].join('|')})\\b`,
  'i',
);

test('no file of the stage names a network, its parts or its functions', () => {
  for (const file of readdirSync(STAGE)) {
    const lines = readFileSync(new URL(file, STAGE), 'utf8').split('\n');
    for (const [i, line] of lines.entries()) assert.doesNotMatch(line, NETWORKS, `stage/${file}:${i + 1}`);
  }
});

/** Three bottles are poured into one jug, which is weighed: 4 cells a bottle. */
function bottles(): WalkSchema {
  const node = (id: number, more: Partial<NodeSchema>): NodeSchema => ({
    ...{ id, path: `n.${id}`, name: `n${id}`, op: 'leaf', role: 'activation', dtype: 'f32', axes: 'X', shape: [4] },
    ...{ time: 0, inputs: [], forward: 0, backward: 0, gradient: true },
    ...more,
  });
  const nodes = [
    node(0, { role: 'input' }),
    node(1, { op: 'pour', inputs: [0], forward: 1, backward: 6 }),
    node(2, { op: 'pour', inputs: [0, 1], forward: 2, backward: 5 }),
    node(3, { op: 'weigh', role: 'loss', shape: [1], inputs: [2], forward: 3, backward: 4 }),
  ];
  return { text: '', tokens: [], targets: [], length: 7, forward: 3, nodes, updates: [] };
}
const WORDS = {
  ...{ own: '', by: '', later: '', through: '', onto: '', alike: '', arrives: '', slope: '', mean: '' },
  short: {},
};
const schema = bottles();
const tape = tapeOf(schema);
const penAt = (position: number) => {
  const now = schema.nodes.find((n) => n.forward === position || n.backward === position) ?? null;
  const wish = { forward: schema.forward, position, now, part: null, quarter: 0, words: WORDS };
  const scales = [{ key: 'litres', reach: 'unit' as const }];
  return new Pen(tape, wish, { width: 200, height: 100, scales, scaleOf: () => 'litres' });
};
const numbers: Record<string, Float32Array> = {
  '0 value': Float32Array.of(0.1, 0.2, 0.3, 0.4),
  '1 value': Float32Array.of(-0.5, 0.25, 3, 0),
  '1 grad': Float32Array.of(0.01, -0.02, 0, 0.04),
};
const frame: FrameView = {
  ...{ step: 0, position: 0, gradNorm: 1, clipScale: 1 },
  values: (node, what) => numbers[`${node} ${what}`] ?? null,
};

test('a node is pending until the walk has come to it; walking back its gradient stands in its right half', () => {
  const at = (position: number) => {
    const pen = penAt(position);
    return [0, 1, 2].map((id, k) => pen.vector(tape.node(id), 10 + k * 60, 50, rows(4, 10, 80, 0), true));
  };
  assert.deepEqual(
    at(1).map((m) => m.shown),
    ['value', 'value', 'pending'],
  );
  assert.deepEqual(
    at(3).map((m) => m.gradient),
    ['none', 'none', 'none'],
  );
  // the jug is weighed and undone; what it came from has its gradient once its last taker is undone
  assert.deepEqual(
    at(4).map((m) => m.gradient),
    ['pending', 'pending', 'whole'],
  );
  assert.deepEqual(
    at(5).map((m) => m.gradient),
    ['partial', 'whole', 'whole'],
  );
  const [first] = at(5);
  assert.ok(first);
  const { value, gradient } = halves(first, 1);
  assert.deepEqual([value.x, value.w, gradient?.x, gradient?.w], [10, 25, 35, 25]);
});

test('a cell is hit where it stands, and stands where it is asked for', () => {
  const pen = penAt(3);
  const mark = pen.vector(tape.node(1), 40, 50, rows(2, 10, 60, 0), true, 2); // its last two cells
  assert.deepEqual(hitScene(pen.scene, 60, (mark.rows.y[1] ?? 0) + 1), { node: 1, cell: 3 });
  assert.equal(hitScene(pen.scene, 60, 95), null);
  assert.deepEqual(placeOf(pen.scene, 1, 3), { mark, row: 1 });
  assert.equal(placeOf(pen.scene, 1, 0), null);
});

test('a scale reaches as far as what is drawn with it, and is held only while something is', () => {
  const pen = penAt(4);
  for (const id of [0, 1]) pen.vector(tape.node(id), 10 + id * 60, 50, rows(4, 10, 80, 0), true);
  assert.equal(ranges(pen.scene, frame).litres, 5); // 3 of the second bottle, rounded up
  const held: string[] = [];
  scalesOf(pen.scene, frame, (key, needed) => {
    held.push(key);
    return { range: needed, was: null, kept: false };
  });
  assert.deepEqual(held, ['litres']);
});

test('a cell is painted in the colour of its number; what is asked for is not', () => {
  const css = readFileSync(new URL('../../../web/src/styles/tokens.css', import.meta.url), 'utf8');
  const theme = makeTheme((name) => new RegExp(`${name}:\\s*([^;]+);`).exec(css)?.[1] ?? '#000000');
  const pen = penAt(2);
  const mark = pen.vector(tape.node(1), 40, 50, rows(4, 10, 80, 0), true);
  const filled: [string, number][] = [];
  const state = { fillStyle: '' };
  const ctx = new Proxy(state, {
    get: (of, name) =>
      name === 'fillRect'
        ? (_x: number, y: number) => filled.push([of.fillStyle, y])
        : name in of
          ? of.fillStyle
          : () => {},
  }) as unknown as CanvasRenderingContext2D;
  const scales = scalesOf(pen.scene, frame, (_, needed) => ({ range: needed, was: null, kept: false }));
  paint(ctx, pen.scene, frame, theme, scales, (_, cell) => cell === 1);
  const expected = [0, 2, 3].map((row) => [
    signShade(theme, numbers['1 value']?.[row] ?? 0, 5).fill,
    mark.rows.y[row] as number,
  ]);
  assert.deepEqual(filled, expected);
});

test('a row of columns and signs keeps to its room, in its order', () => {
  const pen = penAt(2);
  const column = (id: number) =>
    ({ kind: 'vector', node: tape.node(id), length: 4, show: 'both', what: 'grad', tex: 'b' }) as const;
  const terms = [
    column(0),
    { kind: 'sign', sign: '+' } as const,
    column(1),
    { kind: 'sign', sign: '=' } as const,
    column(2),
  ];
  const { marks, left, right } = drawRow(pen, terms, {
    ...{ x0: 5, x1: 195, symbols: 8, middle: 50 },
    rowsOf: (n) => rows(n, 10, 80, 0),
  });
  assert.deepEqual(
    marks.map((m) => m.node),
    [0, 1, 2],
  );
  assert.ok(left >= 5 && right <= 195.01, `${left} to ${right}`);
  for (const [i, m] of marks.entries()) assert.ok(i === 0 || m.x > (marks[i - 1]?.x ?? 0) + (marks[i - 1]?.w ?? 0));
  assert.deepEqual(
    pen.scene.labels.filter((l) => l.face === 'sans').map((l) => l.tex),
    ['+', '='],
  );
});

test('each node is counted with the stop that holds it', () => {
  const stops = [1, 2].map((id) => ({ token: id, nodes: [tape.node(id)], main: null, shown: [] }));
  assert.equal(stopOf(stops, tape.node(2)), 1);
  assert.equal(stopOf(stops, tape.node(0)), -1);
  const numbered = stopNumbers(stops);
  assert.deepEqual([numbered[0] ?? 0, numbered[1], numbered[2]], [0, 1, 2]);
});
