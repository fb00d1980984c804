// The way back, of every network of every exhibit with its shipped weights: each operation that is undone is told in lines
// with their names, whose numbers are the core's and hold as they are written; no row reads as a chain of equations.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spelled } from '../../web/src/draw/format.ts';
import { anatomy } from '../../web/src/figures/recurrent/anatomy.ts';
import { partsOf } from '../../web/src/figures/recurrent/cells.ts';
import { layout } from '../../web/src/figures/recurrent/layout.ts';
import { openTerms } from '../../web/src/figures/recurrent/terms.ts';
import type { FrameView, What } from '../../web/src/session/types.ts';
import { halves, shownValues } from '../../web/src/stage/paint.ts';
import type { LineMark } from '../../web/src/stage/scene.ts';
import { numberOf } from './page/browser.ts';
import { walking } from './page/folders.ts';
import { trace } from './page/trace.ts';
import { wish } from './unit/laid.ts';
import { walked } from './unit/walked.ts';

const networks = new Map(
  // those that read one text, a state after each token: what is undone of a pair stands in columns alone
  walking
    .filter(({ target, kind }) => target === undefined && kind === undefined)
    .flatMap(({ model, weights, variants, text }) =>
      (variants ?? [{ model, weights }]).map((one) => [one.weights, { ...one, text }] as const),
    ),
);
const BOXES = [
  [616, 400],
  [358, 420],
  [1200, 560],
] as const;

/** What a line says its first number is, by its words and the others. */
function claimed({ kind, parts }: LineMark, [, ...numbers]: number[]): number {
  const words = parts.flatMap((p) => ('words' in p ? [p.words] : []));
  if (kind === 'sum') return numbers.reduce((a, b) => a + b, 0);
  const [a = Number.NaN, b = 1] = numbers;
  if (words.includes('−1 /')) return (-1 / a) * b;
  return words.includes('−') ? -a : a * b;
}

for (const { model, weights, text } of networks.values()) {
  test(`${weights}: every operation that is undone, in lines whose numbers hold`, async () => {
    const traced = trace(weights, text);
    const hidden = traced.find((n) => n.path === 'rnn.1.h')?.value.length ?? 0;
    const schema = await walked(model, text, hidden);
    const a = anatomy(schema);
    const byPath = new Map(traced.map((n) => [n.path, n]));
    const frame = {
      values: (id: number, what: What) => {
        const node = byPath.get(schema.nodes[id]?.path ?? '');
        if (what === 'value') return node?.value;
        return what === 'grad' ? node?.grad : node?.edges?.['edge' in what ? what.edge : -1];
      },
    } as unknown as FrameView;
    let numbers = 0;
    for (const node of schema.nodes.filter((n) => n.backward > 0 && n.time > 0)) {
      const at = `back through ${node.path}`;
      const step = a.steps[node.time - 1];
      assert.ok(step);
      const { terms, lines, equation } = openTerms(a, step, node, true, 'a');
      if (!equation) {
        // into a table or a start that is given, nothing goes on
        const on = node.inputs.filter((id) => schema.nodes[id]?.gradient && schema.nodes[id]?.role !== 'parameter');
        assert.deepEqual(on, [], `${at}: nothing is said`);
        continue;
      }
      assert.deepEqual(
        terms.flatMap((t) => (t.kind === 'sign' && t.sign ? [t.sign] : [])),
        [],
        `${at}: a sign between columns of figures`,
      );
      const ways = a.consumers[node.id]?.filter((c) => c.node.gradient) ?? [];
      const meet = ways.length > 1 && !(step.gated && partsOf(step.gated, node));
      assert.equal(lines[0]?.said[0] === 'arrives', meet, `${at}: what arrives is ${meet ? '' : 'not '}a sum`);
      assert.ok(lines.slice(meet ? 1 : 0).every(({ said }) => ['through', 'onto', 'alike'].includes(String(said[0]))));
      for (const [width, height] of BOXES)
        for (const focus of [node.id % hidden, (node.id + 3) % hidden]) {
          const { scene, bands } = layout(wish(schema, node.backward, width, height, { focus }));
          assert.equal(scene.lines.length, lines.length, at);
          for (const label of scene.labels)
            if (label.y === bands.symbols) assert.doesNotMatch(label.tex, /^[^∂]*⊤\}?$/, `${at}: a column of numbers`);
          for (const mark of scene.vectors)
            if (mark.gradient !== 'none') {
              const { value, gradient } = halves(mark, 0);
              assert.ok(
                gradient && gradient.y === value.y && gradient.x > value.x,
                `${at}: value left, gradient right`,
              );
            }
          for (const line of scene.lines) {
            const values = line.parts.flatMap((p) =>
              'number' in p ? [shownValues(p.number, frame)?.[p.number.cell] ?? Number.NaN] : [],
            );
            if (values.length === 0) continue;
            numbers++;
            const [first = Number.NaN] = values;
            const where = `${at}, row ${focus + 1}: ${JSON.stringify(line.parts)} ${values}`;
            assert.ok(Math.abs(first - claimed(line, values)) <= 1e-6 + 1e-4 * Math.abs(first), where);
            if (line.kind === 'words') continue;
            const written = spelled(line.kind, values);
            const [total = Number.NaN, ...rest] = written.map(numberOf);
            const unit = 10 ** -(written[0]?.split('.')[1]?.replace(/·.*/, '').length ?? 0);
            const off = Math.abs(total - claimed(line, [total, ...rest]));
            assert.ok(off <= unit || off <= 2e-3 * Math.abs(total), `${where}: ${written}`);
          }
        }
    }
    assert.ok(numbers > 50, `${numbers} lines with numbers`);
  });
}
