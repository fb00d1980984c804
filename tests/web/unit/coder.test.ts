// The figure of an encoder and a decoder, without a browser: what it reads of a real tape, and where it puts the marks.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { WalkLike } from '../../../wasm/bridge/corelike.ts';
import type { WalkSchema } from '../../../wasm/bridge/protocol.ts';
import { type Coder, isWriting, read, scoreOf } from '../../../web/src/figures/coder/anatomy.ts';
import { coder } from '../../../web/src/figures/coder/index.ts';
import type { Laid, Wish } from '../../../web/src/figures/kind.ts';
import type { FrameView, What } from '../../../web/src/session/types.ts';
import { timeless } from '../../../web/src/stage/letters.ts';
import { shownValues } from '../../../web/src/stage/paint.ts';
import { markBox } from '../../../web/src/stage/scene.ts';
import { cells } from '../../../web/src/stage/tape.ts';
import { core } from '../../wasm/modules.ts';
import { spread } from '../page/sample.ts';
import { walked } from './walked.ts';

const SOURCE = 'badce';
const pair = (more: Record<string, string>) =>
  walked('seq2seq', SOURCE, 6, { task: 'reverse', length: '6', symbols: '6', ...more });
const SETTINGS = {
  ...{ model: 'seq2seq', task: 'reverse', length: '6', symbols: '6', seed: '1' },
  ...{ hidden_size: '6', embedding_size: '4' },
};
/** The numbers at a position. */
function frameOf(walk: WalkLike, schema: WalkSchema, position: number): FrameView {
  walk.to(position);
  return {
    ...{ step: 0, position, gradNorm: 0, clipScale: 1 },
    values: (node: number, what: What) =>
      schema.nodes[node] ? (walk.read([{ node, what }])[0]?.slice() ?? null) : null,
  } as FrameView;
}
const NETS: Record<string, string>[] = [
  ...['none', 'dot', 'scaled', 'general', 'additive'].map((attention) => ({ attention })),
  { attention: 'dot', directions: '2' },
  { attention: 'none', directions: '2' },
  { attention: 'additive', cell: 'rnn' },
  { attention: 'none', cell: 'lstm' },
];
const named = (net: Record<string, string>) => Object.values(net).join(' ');
const coded = (schema: WalkSchema): Coder => {
  const a = read(schema);
  assert.ok(a);
  return a;
};
function wish(a: Coder, schema: WalkSchema, position: number, width: number, height: number): Wish {
  const now = schema.nodes.find((n) => position > 0 && (n.forward === position || n.backward === position)) ?? null;
  const update = schema.updates.find((one) => one.position === position);
  const shown = update ? (schema.nodes[update.node] ?? null) : now;
  const open = a.stops.findIndex((stop) => now && stop.nodes.includes(now));
  return {
    schema,
    position,
    now: shown,
    open: open < 0 ? null : open,
    box: { width, height },
    looked: false,
    folded: false,
    focus: 0,
    quarter: 0,
    weight: null,
    part: null,
    notation: 'a',
    text: (token) => (token === 0 ? '<start>' : token === 1 ? '<end>' : String.fromCharCode(95 + token)),
  };
}

test('it reads what is read and what is written, and every operation belongs to one word', async () => {
  for (const net of NETS) {
    const schema = await pair(net);
    const a = coded(schema);
    assert.equal(a.source.length, 5, named(net));
    assert.equal(a.target.length, 6);
    assert.equal(scoreOf(a), net.attention);
    assert.deepEqual(
      a.target.map(({ fed }) => fed),
      schema.tokens,
    );
    const owned = a.stops.flatMap(({ nodes }) => nodes.map(({ path }) => path)).toSorted();
    const all = schema.nodes.filter(({ forward }) => forward > 0).map(({ path }) => path);
    assert.deepEqual(owned, all.toSorted(), named(net));
    assert.ok(a.source.every(({ state }) => cells(state) > 0 && state.source));
    // the last vector is what the decoder begins with
    const first = a.target[0];
    assert.ok(first && a.handed.forward < first.embedding.forward);
  }
});

test('it leaves other tapes alone', async () => {
  assert.equal(read(await walked('rnn_lm', 'ab', 5)), null);
  assert.equal(read(await walked('lstm_lm', 'ab', 5)), null);
});

test('a symbol names one kind of node, in both notations', async () => {
  for (const net of NETS) {
    const schema = await pair(net);
    const a = coded(schema);
    for (const n of ['a', 'b'] as const) {
      const names = new Map<string, Set<string>>();
      for (const node of schema.nodes) {
        if (node.role === 'input' && !/\.(x|h|c|source)$/.test(node.path)) continue;
        const name = timeless(coder.symbol(a, node, n));
        names.set(name, (names.get(name) ?? new Set()).add(node.name));
      }
      for (const [name, nodes] of names) assert.equal(nodes.size, 1, `${named(net)}: ${name} (${n}) is ${[...nodes]}`);
    }
  }
});

const SIZES = [
  [616, 392],
  [358, 372],
  [1010, 640],
] as const;

function check({ scene, columns, places }: Laid, of: string) {
  const inside = (what: string, x: number, y: number, w: number, h: number) => {
    assert.ok(x >= -0.5 && x + w <= scene.width + 0.5, `${of}: ${what} from ${x} to ${x + w} of ${scene.width}`);
    assert.ok(y >= -0.5 && y + h <= scene.height + 0.5, `${of}: ${what} from ${y} to ${y + h} of ${scene.height}`);
  };
  const marks = scene.vectors.map((mark) => ({ mark, ...markBox(mark) }));
  for (const { mark, x, y, w, h } of marks) inside(`vector ${mark.node}`, x, y, w, h);
  for (const b of scene.bars) inside(`bars ${b.node}`, b.x, b.y, b.w, b.h);
  for (const m of scene.matrices) inside(`matrix ${m.node}`, m.x, m.y, m.size, m.size);
  for (const p of places ?? []) inside('place', p.x, p.y, p.w, p.h);
  for (const l of scene.labels) {
    assert.ok(l.size >= 12, `${of}: label ${l.tex} of size ${l.size}`);
    inside(`label ${l.tex}`, l.x, l.y - 8, 0, 8);
  }
  for (const [i, one] of marks.entries())
    for (const other of marks.slice(i + 1)) {
      const apart =
        one.x + one.w <= other.x + 0.01 ||
        other.x + other.w <= one.x + 0.01 ||
        one.y + one.h <= other.y + 0.01 ||
        other.y + other.h <= one.y + 0.01;
      assert.ok(apart, `${of}: vectors ${one.mark.node} and ${other.mark.node} overlap`);
    }
  const all = [...columns.steps, columns.end];
  for (let i = 1; i < all.length; i++)
    assert.ok((all[i - 1]?.x ?? 0) + (all[i - 1]?.w ?? 0) <= (all[i]?.x ?? 0) + 0.01, `${of}: columns overlap`);
}

test('at every position of the walk, in one of the sizes: all is inside, nothing overlaps, and what is now has its mark', async () => {
  for (const net of NETS) {
    const schema = await pair(net);
    const a = coded(schema);
    const positions = Array.from({ length: schema.length + 1 }, (_, position) => position);
    for (const [[width, height], some] of spread(named(net), positions, SIZES)) {
      for (const position of some) {
        const asked = wish(a, schema, position, width, height);
        const laid = coder.layout(a, asked);
        const of = `${named(net)}, ${width} × ${height}, position ${position} ${asked.now?.path ?? ''}`;
        check(laid, of);
        assert.equal(laid.columns.steps.length, a.stops.length);
        assert.equal(laid.places?.length, a.stops.length);
        const unseen = ['mean_loss', 'stack', 'nll', 'last'].includes(asked.now?.op ?? '');
        if (asked.now && !unseen && position <= schema.forward)
          assert.ok(laid.scene.now, `${of}: no mark for what is now`);
      }
    }
  }
});

test('the open word: its scores and weights stand under the words read, lines lead from each to the context', async () => {
  const schema = await pair({ attention: 'dot' });
  const a = coded(schema);
  const word = a.target[2];
  assert.ok(word?.look);
  const { weights, context, scores } = word.look;
  const before = coder.layout(a, wish(a, schema, scores.forward, 616, 392));
  assert.equal(before.scene.ribbons.length, 0, 'no weights yet, no lines');
  const { scene } = coder.layout(a, wish(a, schema, context.forward, 616, 392));
  assert.deepEqual(
    scene.ribbons.map(({ node, cell }) => [node, cell]),
    a.source.map((_, j) => [weights.id, j]),
  );
  const rows = scene.vectors.filter(({ node }) => node === weights.id);
  assert.equal(rows.length, 2, 'under the states, and in the alignment');
  const states = a.source.map(({ state }) => scene.vectors.find(({ node }) => node === state.id));
  for (const [j, state] of states.entries()) {
    const [left, width] = [rows[0]?.rows.y[j] ?? 0, rows[0]?.rows.h[j] ?? 0];
    assert.ok(state && Math.abs(left + width / 2 - (state.x + state.w / 2)) < 0.6, `weight ${j} under its state`);
  }
  assert.equal(scene.choices.length, a.target.length);
});

test('a word that is pointed at: its context as a sum of named vectors, each state times its weight, that adds up', async () => {
  for (const net of NETS.filter(({ attention }) => attention !== 'none')) {
    const run = (await core()).create({ ...SETTINGS, ...net }, null);
    const walk = run.walk(SOURCE);
    const { schema } = walk;
    const a = coded(schema);
    for (const [width, height] of SIZES)
      for (const word of a.target) {
        const at = { ...wish(a, schema, schema.forward, width, height), looked: true };
        const laid = coder.layout(a, { ...at, open: a.stops.indexOf(word) });
        check(laid, `${named(net)}, word ${word.time}, ${width} × ${height}`);
        const { vectors, labels } = laid.scene;
        const terms = vectors.filter(({ shown }) => shown === 'times');
        assert.deepEqual(
          terms.map(({ node, times }) => [node, times]),
          a.source.map(({ state }, j) => [state.id, { node: word.look?.weights.id, cell: j }]),
        );
        const told = labels.map(({ tex }) => tex);
        for (const [j] of a.source.entries()) assert.ok(told.some((tex) => tex.endsWith(`\\a{\\bar{h}}_{${j + 1}}`)));
        const frame = frameOf(walk, schema, schema.forward);
        const sum = terms.map((mark) => shownValues(mark, frame));
        const context = frame.values(word.look?.context.id ?? -1, 'value');
        for (const [row, c] of (context ?? []).entries())
          assert.ok(Math.abs(sum.reduce((all, one) => all + (one?.[row] ?? Number.NaN), 0) - c) < 1e-5);
      }
    // words that are written open while they are pointed at; those that are read do not
    const { places } = coder.layout(a, wish(a, schema, schema.forward, 616, 392));
    assert.deepEqual(
      places?.map(({ point }) => point === true),
      a.stops.map((stop) => isWriting(stop as never)),
    );
  }
});

test('the way back in lines: what arrives and what goes on, by every operation of the look, and the numbers hold', async () => {
  for (const net of NETS) {
    const run = (await core()).create({ ...SETTINGS, ...net }, null);
    const walk = run.walk(SOURCE);
    const { schema } = walk;
    const a = coded(schema);
    const seen = new Set<string>();
    for (let position = schema.forward + 1; position <= 2 * schema.forward; position++) {
      const at = wish(a, schema, position, 616, 520);
      const { scene } = coder.layout(a, { ...at, focus: 2, quarter: 2 });
      if (scene.lines.length === 0 || !at.now) continue;
      seen.add(at.now.op);
      const frame = frameOf(walk, schema, position);
      for (const { kind, parts } of scene.lines) {
        const numbers = parts.flatMap((part) => ('number' in part ? [part.number] : []));
        const [total = 0, ...rest] = numbers.map((one) => shownValues(one, frame)?.[one.cell] ?? Number.NaN);
        if (kind === 'words' || numbers.length === 0) continue; // where there is no room for numbers the columns have them
        // into the weight of a word: its state times what arrives, cell by cell
        const state = frame.values(a.source[2]?.state.id ?? -1, 'value');
        const dot = Array.from((at.now.op === 'weighted_sum' && frame.values(at.now.id, 'grad')) || []).reduce(
          (sum: number, g: number, row: number) => sum + g * (state?.[row] ?? Number.NaN),
          0,
        );
        const made =
          rest.length === 0
            ? (dot ?? Number.NaN)
            : kind === 'sum'
              ? rest.reduce((x, y) => x + y, 0)
              : rest.reduce((x, y) => x * y, 1);
        assert.ok(
          Math.abs(made - total) <= 1e-5 + 1e-4 * Math.abs(total),
          `${at.now.path}: ${total} is not ${made}, ${kind} of ${rest}`,
        );
      }
    }
    const wanted = net.attention === 'none' ? ['matmul'] : ['weighted_sum', 'masked_softmax', 'matmul'];
    if (net.attention === 'dot') wanted.push('scores');
    for (const op of wanted) assert.ok(seen.has(op), `${named(net)}: nothing is said of ${op}`);
  }
});

test('the neck is as narrow as the vector is small', async () => {
  const heights = await Promise.all(
    ['4', '16', '64'].map(async (hidden_size) => {
      const schema = await pair({ attention: 'none', hidden_size });
      const a = coded(schema);
      const { scene } = coder.layout(a, wish(a, schema, schema.forward, 616, 392));
      const handed = scene.vectors.find(({ node }) => node === a.handed.id);
      return handed ? handed.rows.bottom - handed.rows.top : 0;
    }),
  );
  assert.ok((heights[0] ?? 0) < (heights[1] ?? 0) && (heights[1] ?? 0) < (heights[2] ?? 0), heights.join(' '));
});

test('fed in: the true word in a solid frame, the own guess in a dashed one', async () => {
  const schema = await pair({ attention: 'dot' });
  const frames = (own: boolean) => {
    const led = { ...schema, pair: { source: [], target: '', ...schema.pair, own } };
    const a = coded(led);
    const { scene } = coder.layout(a, wish(a, led, led.forward, 616, 392));
    return scene.paths.filter(({ look }) => look === 'dashed').length;
  };
  assert.equal(frames(false), 0);
  assert.equal(frames(true), 5, 'all but the start mark');
});

test('many words written: each in its own row, in letters that its row and its frame have room for', async () => {
  const source = 'badcebadceb';
  const schema = await walked('seq2seq', source, 12, {
    ...{ task: 'reverse', length: '12', symbols: '6', attention: 'dot' },
  });
  const a = coded(schema);
  for (const [width, height] of [
    [616, 392],
    [358, 330],
  ] as const) {
    const { scene } = coder.layout(a, wish(a, schema, schema.forward, width, height));
    const written = scene.choices.map(({ y }) => y);
    const pitch = (written[1] as number) - (written[0] as number);
    const words = scene.labels.filter(({ y }) => written.includes(y));
    assert.equal(words.length, 2 * a.target.length, 'what is right, and what is fed in');
    for (const { size, tex } of words)
      assert.ok(0.72 * size <= pitch - 2, `${width} × ${height}: ${tex} of ${size} in a row of ${pitch}`);
  }
});

test('a target word in words: what it looks at most', async () => {
  const schema = await pair({ attention: 'dot' });
  const a = coded(schema);
  const stop = a.stops.findIndex((one) => isWriting(one as never));
  const said = coder.describe(a, stop, {
    schema,
    position: schema.forward,
    open: stop,
    text: (token) => `w${token}`,
    values: (node) =>
      node === a.target[0]?.look?.weights.id ? Float32Array.of(0.1, 0.2, 0.4, 0.2, 0.1) : Float32Array.of(1),
    isAsked: () => false,
    asks: () => false,
  });
  assert.match(
    said,
    new RegExp(`looks most at w${a.source[2]?.token}, \\.40|looks most at w${a.source[2]?.token}, 0\\.40`),
  );
});

test('a candidate is said to be the tanh that it is, each other gate a σ, there and back', async () => {
  for (const cell of ['gru', 'lstm']) {
    const a = coded(await pair({ cell, attention: 'dot' }));
    const gates = a.stops.flatMap(({ nodes }) => nodes.filter(({ op }) => op === 'gate'));
    assert.ok(gates.length > 0);
    for (const node of gates) {
      const tanh = ['n', 'g'].includes(node.name);
      for (const formula of [coder.formula(a, node), coder.backFormula(a, node, 0)])
        assert.equal(/tanh|1 - \\mathrm\{out\}.*\^2/.test(formula ?? ''), tanh, node.path);
    }
  }
});
