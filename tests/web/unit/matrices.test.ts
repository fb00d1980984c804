// Queries, keys and values as matrices, without a browser: what is read of a real tape, where the marks stand, and which
// number a setting changes.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { WalkSchema } from '../../../wasm/bridge/protocol.ts';
import { changeable, shuffled } from '../../../web/src/exhibits/qkv/changed.ts';
import { inside, type Matrices, partOf, read } from '../../../web/src/figures/matrices/anatomy.ts';
import { matrices } from '../../../web/src/figures/matrices/index.ts';
import { nextStop, walkOf } from '../../../web/src/session/clocks.ts';
import { markBox } from '../../../web/src/stage/scene.ts';
import { cells } from '../../../web/src/stage/tape.ts';
import { core } from '../../wasm/modules.ts';

const FIVE = 'Zuko made his uncle tea';
const TWELVE = Array.from({ length: 12 }, (_, i) => String.fromCharCode(97 + i)).join(' ');

async function tape(text: string, more: Record<string, string> = {}, own: string | null = null): Promise<WalkSchema> {
  return (await core()).create({ model: 'attention_only', task: 'sentence', ...more }, own).walk(text).schema;
}
const of = (schema: WalkSchema): Matrices => {
  const a = read(schema);
  assert.ok(a);
  return a;
};

function scene(a: Matrices, schema: WalkSchema, position: number, width: number, height: number) {
  const now = schema.nodes.find((n) => position > 0 && (n.forward === position || n.backward === position)) ?? null;
  const update = schema.updates.find((one) => one.position === position);
  return matrices.layout(a, {
    ...{
      schema,
      position,
      open: null,
      box: { width, height },
      folded: false,
      looked: false,
      focus: 3,
      quarter: 0,
      weight: null,
    },
    ...{ now: update ? (schema.nodes[update.node] ?? null) : now, part: null, notation: 'a' },
    text: (token) => `word${token}`,
  }).scene;
}

test('it knows its parts, of one sentence and of two, scaled or not, held or free', async () => {
  const nets: Record<string, string>[] = [
    {},
    { scale: 'off' },
    { alpha: 'held' },
    { keys: 'other' },
    { keys: 'other', alpha: 'held' },
  ];
  for (const more of nets) {
    const text = 'keys' in more ? 'Zuko made tea | his green tea likes' : FIVE;
    const a = of(await tape(text, more));
    assert.equal(a.parts.s === null, 'scale' in more);
    assert.equal(a.held, 'alpha' in more);
    assert.deepEqual(a.others, 'keys' in more ? ['his', 'green', 'tea', 'likes'] : null);
    for (const [name, node] of Object.entries(a.parts)) if (node) assert.equal(partOf(a, node), name);
  }
});

test('a number of x is taken from the column of its own word, held or free', async () => {
  for (const alpha of ['free', 'held']) {
    const schema = await tape(FIVE, { alpha });
    const a = of(schema);
    for (const node of schema.nodes.filter(({ op }) => op === 'embedding'))
      for (let cell = 0; cell < 20; cell++) {
        assert.equal(matrices.picked(a, node, cell), schema.tokens[Math.floor(cell / 4)]);
        assert.match(matrices.formula(a, node) ?? '', /^\\a\{x\}/);
      }
  }
  const other = of(await tape('Zuko made tea | his uncle', { keys: 'other' }));
  assert.ok(other.parts.y);
  assert.equal(matrices.picked(other, other.parts.y, 0), null);
});

test('the middle clock comes to every row of every operation, there and back', async () => {
  const schema = await tape(FIVE);
  const a = of(schema);
  const rows = schema.nodes.map((node) => inside(a, node));
  const walk = walkOf(schema, [], rows);
  let at = { position: 0, part: null as { cells: number; terms: number } | null };
  const seen: string[] = [];
  while (at.position < a.parts.o.forward || at.part) {
    at = nextStop(walk, at.position, 1, at.part);
    seen.push(`${at.position}.${at.part?.cells ?? ''}`);
    if (at.position === a.parts.o.forward && at.part?.cells === cells(a.parts.o) - 1) break;
  }
  assert.equal(seen.length, 8 * 5);
  assert.equal(new Set(seen).size, seen.length);
  const back = [];
  for (let one = at; one.position > 0; back.push(one)) one = nextStop(walk, one.position, -1, one.part);
  assert.equal(back.length, seen.length);
});

test('what is read now has its numbers, nothing leaves the figure, no matrix stands on another', async () => {
  for (const [text, own] of [
    [FIVE, null],
    [TWELVE, TWELVE],
  ] as const) {
    const schema = await tape(text, {}, own);
    const a = of(schema);
    for (const [width, height] of [
      [616, 330],
      [358, 420],
      [990, 520],
    ] as const)
      for (let position = 0; position <= schema.length; position++) {
        const { vectors } = scene(a, schema, position, width, height);
        const what = `${text}, ${width} × ${height} at ${position}`;
        const boxes = new Map<number, { x: number; y: number; right: number; bottom: number }>();
        for (const mark of vectors) {
          const { x, y, w, h } = markBox(mark);
          assert.ok(x >= 0 && y >= 0 && x + w <= width + 1 && y + h <= height + 1, `${what}: ${mark.node} leaves`);
          const box = boxes.get(mark.node) ?? { x, y, right: x + w, bottom: y + h };
          boxes.set(mark.node, {
            x: Math.min(box.x, x),
            y: Math.min(box.y, y),
            right: Math.max(box.right, x + w),
            bottom: Math.max(box.bottom, y + h),
          });
        }
        const all = [...boxes.entries()];
        for (const [i, [one, p]] of all.entries())
          for (const [two, q] of all.slice(i + 1))
            assert.ok(
              p.right <= q.x || q.right <= p.x || p.bottom <= q.y || q.bottom <= p.y,
              `${what}: ${one} on ${two}`,
            );
        if (text === FIVE && width > 600 && position > 0 && position <= a.parts.o.forward) {
          const now = schema.nodes.find(({ forward }) => forward === position);
          assert.ok(
            vectors.filter(({ node }) => node === now?.id).every(({ figures }) => figures),
            what,
          );
        }
      }
  }
});

test('each number that was thrown has its setting, and nothing that is computed', async () => {
  const run = (await core()).create({ model: 'attention_only', task: 'sentence', seed: '3' }, null);
  const { schema } = run.walk(FIVE);
  const known = new Set(['query', 'key', 'value', 'word'].flatMap((name) => [1, 2, 3, 4].map((i) => `${name}_${i}_1`)));
  for (const node of schema.nodes) {
    const found = changeable(node.path, 0, schema.tokens);
    assert.equal(found !== null, ['Q', 'K', 'V', 'head.x'].includes(node.path), node.path);
    if (found && node.path !== 'head.x') assert.ok(known.has(found.key));
  }
  assert.equal(changeable('Q', 7, [])?.key, 'query_2_4');
  assert.equal(changeable('head.x', 13, schema.tokens)?.key, 'word_7_2', 'uncle is the seventh word of its alphabet');
});

test('another order is of the same words, and comes round', () => {
  let text = FIVE;
  const seen = new Set<string>();
  while (!seen.has(text)) {
    seen.add(text);
    assert.deepEqual(text.split(' ').toSorted(), FIVE.split(' ').toSorted());
    text = shuffled(text);
  }
  assert.equal(text, FIVE);
  assert.ok(seen.size > 2);
  assert.equal(shuffled('a b c | d e'), 'b a c | d e');
});
