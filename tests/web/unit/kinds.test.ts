// What holds for every kind of picture, on the tape of each network that an exhibit shows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exhibit } from '../../../web/src/exhibits/types.ts';
import { loadAny, loadKinds } from '../../../web/src/figures/index.ts';
import type { Kind } from '../../../web/src/figures/kind.ts';
import { type Picture, pictureOf, stopsBy } from '../../../web/src/figures/picture.ts';
import { walkOf } from '../../../web/src/session/clocks.ts';
import type { NodeSchema, Notation, WalkSchema } from '../../../web/src/session/types.ts';
import { cells } from '../../../web/src/stage/tape.ts';
import { core } from '../../wasm/modules.ts';
import { walking } from '../page/folders.ts';
import { schemaOf } from './schema.ts';

/** Every network of an exhibit, small, reading the exhibit's text. */
async function tapes(exhibit: Exhibit): Promise<{ model: string; schema: WalkSchema; picture: Picture }[]> {
  const { task, settings, kind, text } = exhibit;
  const models = (exhibit.variants ?? [exhibit]).map(({ model }) => model);
  const kinds = await loadKinds({ kind, models });
  const c = await core();
  return models.map((model) => {
    // a Transformer has no embeddings of another width, and its heads divide one
    const narrows = 'hidden_size' in settings && !('num_heads' in settings);
    const small = narrows ? { ...settings, hidden_size: '5', embedding_size: '3' } : settings;
    // a task that makes its pairs needs no text, and a tape is drawn alike whatever it reads
    const made = exhibit.target === undefined ? task : 'reverse';
    const { schema } = c.create({ ...small, model, task: made, seed: '1' }, null).walk(made === task ? text : 'abca');
    const picture = pictureOf(kinds, schema);
    assert.ok(picture, `${exhibit.slug}: no kind of picture draws ${model}`);
    return { model, schema, picture };
  });
}
test('the first kind that can read a tape draws it; what none can read, the one for any, which is asked for then', async () => {
  const [kind] = await loadKinds({ kind: 'recurrent', models: ['rnn_lm'] });
  assert.ok(kind);
  const none: Kind = { ...kind, id: 'none', read: () => null };
  const later: Kind = { ...kind, id: 'later', read: () => assert.fail('the one before can read it') };
  assert.equal(pictureOf([none, kind, later], schemaOf('ab', 4, 3))?.kind, kind);
  const unread = schemaOf('ab', 4, 3);
  assert.equal(pictureOf([none], unread), null);
  assert.equal(await stopsBy([none])(unread), null);
  const some = [none];
  let asked = 0;
  const stops = stopsBy(some, () => {
    asked++;
    return loadAny();
  });
  assert.ok(await stops(unread));
  assert.ok(await stops(schemaOf('abc', 4, 3)));
  assert.deepEqual([asked, some.map(({ id }) => id)], [1, ['none', 'rows']]);
  assert.equal(pictureOf(some, unread)?.kind.id, 'rows');
  const ids = async (named?: string) => (await loadKinds({ kind: named, models: [] })).map(({ id }) => id);
  assert.deepEqual(await ids('unheard of'), []);
  assert.deepEqual(await ids('recurrent'), ['recurrent']);
});

const moments = ({ length, forward }: WalkSchema) => [0, 1, 2, forward, forward + 1, 2 * forward, length - 1, length];

for (const exhibit of walking)
  test(`${exhibit.slug}: its kind of picture names, places and tells what the tape has`, async () => {
    for (const { model, schema, picture } of await tapes(exhibit)) {
      const { kind, anatomy: a } = picture;
      const { stops } = a;

      // every operation of a time belongs to one stop, and the middle clock comes to all of them in their order
      const owned = stops.flatMap(({ nodes }) => nodes.map(({ id }) => id));
      assert.equal(new Set(owned).size, owned.length, `${model}: a node of two stops`);
      for (const n of schema.nodes)
        if (n.forward > 0 && n.time > 0) assert.ok(owned.includes(n.id), `${model}: ${n.path} is of no stop`);
      const counted = await stopsBy([kind])(schema);
      const ends = walkOf(schema, counted?.stops, counted?.inside).stops.filter(({ backward }) => !backward);
      const whole = ends.filter(({ part }) => part === undefined);
      if (whole.length === ends.length)
        assert.deepEqual(
          ends.map(({ token }) => token),
          stops.map((_, i) => i + 1),
        );
      // inside an operation it comes to all rows
      for (const [id, rows] of (counted?.inside ?? []).entries()) {
        const own = ends.filter(({ position, part }) => part && position === schema.nodes[id]?.forward);
        assert.deepEqual(
          own.map(({ token }) => token),
          Array.from({ length: rows?.rows ?? 0 }, (_, i) => (rows?.after ?? 0) + i + 1),
        );
      }

      const scales = kind.scales(a).map(({ key }) => key);
      for (const n of schema.nodes) {
        if (n.forward > 0) assert.ok(scales.includes(kind.scale(a, n)), `${model}: ${n.path} has no scale`);
        for (const notation of ['a', 'b'] satisfies Notation[])
          assert.ok(kind.symbol(a, n, notation) !== '', `${model}: ${n.path} has no symbol`);
      }
      for (const back of [false, true])
        for (const { node, what } of kind.wanted(a, back)) {
          const n = schema.nodes[node];
          assert.ok(n, `${model}: node ${node} is wanted and is not there`);
          if (what === 'grad') assert.ok(n.gradient, `${model}: ${n.path} has no gradient`);
          if (typeof what === 'object' && 'edge' in what) assert.ok(what.edge < n.inputs.length, n.path);
        }
      for (const position of moments(schema)) tells(picture, schema, position, `${model} at ${position}`);
    }
  });

function tells({ kind, anatomy: a }: Picture, schema: WalkSchema, position: number, of: string) {
  const now: NodeSchema | null =
    schema.nodes.find((n) => position > 0 && (n.forward === position || n.backward === position)) ?? null;
  const text = (token: number) => `<${token}>`;
  const open = position > 2 * schema.forward ? null : 0;
  const moment = { schema, position, now, open, notation: 'a' as const };
  const seen = {
    ...{ schema, position, open, text, isAsked: () => false, asks: () => false },
    values: (node: number) => new Float32Array(cells(schema.nodes[node] as NodeSchema)).fill(0.5),
  };
  for (const folded of [false, true]) {
    const box = { width: 900, height: 500 };
    const look = { box, folded, looked: false, focus: 0, quarter: 0, weight: null, part: null, text };
    const { scene, columns, places } = kind.layout(a, { ...moment, ...look });
    assert.equal((places ?? columns.steps).length, a.stops.length, of);
    assert.equal(columns.steps.length, a.stops.length, of);
    for (const { node, from, rows, shown } of scene.vectors) {
      const size = cells(schema.nodes[node] as NodeSchema);
      assert.ok(from + rows.y.length <= size, `${of}: node ${node} has ${size} cells`);
      const there = (schema.nodes[node] as NodeSchema).forward <= position;
      assert.ok(there || shown === 'pending', `${of}: node ${node} is not there yet`);
    }
    const keys = [...scene.scales.map(({ key }) => key), 'gradient'];
    for (const { scale } of scene.vectors) assert.ok(keys.includes(scale), `${of}: no scale ${scale}`);
  }
  assert.ok(
    position === 0 || now === null || kind.equation(a, { ...moment, clip: false, asking: false }).length > 0,
    of,
  );
  const { head, rows } = kind.table(a, seen);
  assert.ok(rows.length > 0, of);
  for (const row of rows) assert.equal(row.length, head.length, of);
  for (const i of a.stops.keys()) assert.ok(kind.describe(a, i, seen) !== '', `${of}: stop ${i + 1} has no words`);
}
