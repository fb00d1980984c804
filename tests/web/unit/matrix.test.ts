// Matrices as the course writes them: E is d × |V|, and e = E x takes one of its columns.
import assert from 'node:assert/strict';
import test from 'node:test';
import { cellOf, drawn } from '../../../web/src/inspector/matrix.ts';
import { shapeText, slots } from '../../../web/src/inspector/subject.ts';
import { nodeAt, walkOf } from '../../../web/src/session/clocks.ts';
import type { NodeSchema } from '../../../web/src/session/types.ts';
import { cellNamed, inBrackets } from '../../../web/src/stage/letters.ts';
import { pictured } from './pictured.ts';
import { schemaOf } from './schema.ts';
import { walked } from './walked.ts';

const text = (token: number) => ['<start>', '<end>', 'a', 'b', 'c'][token] ?? '';

test('a cell of E that formula, picture and core name is one cell', async () => {
  const schema = schemaOf('ab', 4, 3, 5);
  const of = { schema, ...(await pictured(schema, 'rnn_lm')) };
  const node = (path: string) => schema.nodes.find((n) => n.path === path) as NodeSchema;
  const [E, e] = [node('E'), node('rnn.2.e')];
  const token = schema.tokens[1] as number;
  const stored = Float32Array.from({ length: 15 }, (_, i) => i); // a row a letter
  const table = drawn(E, text);
  assert.deepEqual([table.rows, table.columns], [3, 5]);
  assert.equal(shapeText(E), 'd 3 × |V| 5');
  for (let cell = 0; cell < 3; cell++) {
    const { i, x } = slots(of, e, cell) as Record<string, number>;
    const core = token * 3 + cell; // what the op takes
    const picture = table.values(stored)[((i as number) - 1) * table.columns + (x as number) - 1];
    assert.equal(picture, stored[core]);
    assert.deepEqual(table.place(core), { row: cell, column: token });
    assert.equal(table.cell(cell, token), core);
  }
  assert.deepEqual(
    [0, 1, 2].map((i) => table.columnName?.(i)),
    ['▸', '■', 'a'],
  );
});

test('other matrices are drawn as they are stored', () => {
  const schema = schemaOf('ab', 4, 3, 5);
  const U = schema.nodes.find((n) => n.path === 'U') as NodeSchema;
  const matrix = drawn(U, text);
  assert.deepEqual([matrix.rows, matrix.columns, matrix.rowName?.(2)], [5, 4, 'a']);
  assert.deepEqual(matrix.place(9), { row: 2, column: 1 });
  assert.equal(matrix.cell(2, 1), 9);
});

test('links name nodes as they were called before', async () => {
  for (const [model, before, now] of [
    ['rnn_lm', 'rnn.2.z', 'rnn.2.a'],
    ['lstm_lm', 'rnn.9.z', 'rnn.3.a'],
    ['gru_lm', 'rnn.2.s_n', 'rnn.2.a_n'],
    ['gru_lm', 'rnn.1.z', 'rnn.1.z'],
  ] as const) {
    const walk = walkOf(await walked(model, 'ab', 4));
    assert.equal(nodeAt(walk, before)?.path, now, model);
  }
});

test('a cell of a matrix is its letter with row and column; of E, as the course writes it, the column is the letter', () => {
  const schema = schemaOf('ab', 4, 3, 5);
  const named = (path: string, cell: number) => {
    const one = schema.nodes.find((n) => n.path === path) as NodeSchema;
    return cellOf(`\\p{${path}}`, drawn(one, text), cell);
  };
  assert.equal(named('W_h', 2 * 4 + 1), '(\\p{W_h})_{3,2}');
  assert.equal(named('E', 4 * 3), '\\p{E}_{1,5}');
  assert.equal(named('b_1', 3), '(\\p{b_1})_{4}');
});

test('a cell of a step: alone in (a), with its time in (b), where an index alone is the time', () => {
  for (const [tex, a, b] of [
    ['\\a{a}', '\\a{a}_{2}', '\\a{a}_{3,2}'],
    ['\\a{a}_{f}', '\\a{a}_{f,2}', '\\a{a}_{f,3,2}'],
  ] as const) {
    assert.equal(cellNamed(`${tex}^{(3)}`, 1, 'a'), a);
    assert.equal(cellNamed(tex.endsWith('}_{f}') ? '\\a{a}_{f,3}' : `${tex}_{3}`, 1, 'b'), b);
  }
  assert.equal(cellNamed('\\a{f}∘\\a{c}_{2}', 1, 'b'), '(\\a{f}∘\\a{c}_{2})_{2}');
});

test('what is differentiated by stands in brackets where it is more than a letter', () => {
  assert.deepEqual(
    ['\\a{h}^{(3)}', '\\p{W_h}\\a{h}^{(3)}', '(\\p{W_h}\\a{h})_{rz}', '\\a{f}∘\\a{c}', '1−\\a{z}', '\\p{b_1}'].map(
      inBrackets,
    ),
    ['\\a{h}^{(3)}', '(\\p{W_h}\\a{h}^{(3)})', '(\\p{W_h}\\a{h})_{rz}', '(\\a{f}∘\\a{c})', '(1−\\a{z})', '\\p{b_1}'],
  );
});
