// The tree of a search as it is drawn, over a small one made by hand.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Beam } from '../../../wasm/bridge/protocol.ts';
import { searchOf } from '../../../web/src/figures/search/set.ts';
import { leading, pathTo, stepsOf, tokensOf, treeOf } from '../../../web/src/figures/search/tree.ts';

type Fate = Beam['nodes'][number]['fate'];
const node = (parent: number, token: number, step: number, total: number, fate: Fate) => ({
  ...{ parent, token, step, logProbability: total, total, score: total, fate, look: -1 },
});
/** Width 2: greedy would go on from the first; what is found comes from the second. */
const BEAM: Pick<Beam, 'best' | 'nodes'> = {
  best: 6,
  nodes: [
    node(-1, 2, 1, -0.5, 'kept'),
    node(-1, 3, 1, -1, 'kept'),
    node(0, 4, 2, -3, 'cut'),
    node(0, 5, 2, -4, 'cut'),
    node(1, 4, 2, -1.1, 'kept'),
    node(1, 6, 2, -2, 'kept'),
    node(4, 1, 3, -1.2, 'ended'),
    node(4, 2, 3, -9, 'cut'),
    node(5, 1, 3, -2.5, 'ended'),
    node(5, 2, 3, -8, 'cut'),
  ],
};

test('a step’s places are what was kept, likeliest first, then the likeliest of what was cut', () => {
  const { placed, steps, more } = treeOf(BEAM, [2, 4, 1], 3);
  assert.equal(steps, 3);
  const at = (step: number) => placed.filter((one) => one.step === step).map(({ index, lane }) => [index, lane]);
  assert.deepEqual(at(1), [
    [0, 0],
    [1, 1],
  ]);
  assert.deepEqual(at(2), [
    [4, 0],
    [5, 1],
    [2, 2],
  ]);
  assert.deepEqual(more, [0, 0, 1, 1]);
  const indices = (of: (one: (typeof placed)[number]) => boolean) => placed.filter(of).map(({ index }) => index);
  assert.deepEqual(
    indices(({ found }) => found),
    [1, 4, 6],
  );
  assert.deepEqual(
    indices(({ greedy }) => greedy),
    [0, 2],
    'as far as the tree has the greedy way',
  );
  assert.deepEqual(
    indices(({ dead }) => dead),
    [0],
    'kept, and nothing of it was',
  );
});

test('what was kept has a place however few there are', () => {
  const { placed, more } = treeOf(BEAM, [], 1);
  assert.deepEqual(
    placed.map(({ index }) => index),
    [0, 1, 4, 5, 6, 8],
  );
  assert.deepEqual(more, [0, 0, 2, 2]);
  assert.equal(treeOf(BEAM, [], Number.POSITIVE_INFINITY).placed.length, BEAM.nodes.length);
});

test('the tree grows: after a step nobody knows what comes, what will be found, and what was kept in vain', () => {
  assert.equal(stepsOf(BEAM), 3);
  const { placed, steps, more } = treeOf(BEAM, [2, 4, 1], 3, 2);
  assert.equal(steps, 3, 'the places stay');
  assert.deepEqual(
    placed.map(({ index }) => index),
    [0, 1, 4, 5, 2],
  );
  assert.deepEqual(more, [0, 0, 1]);
  assert.ok(placed.every(({ found }) => !found));
  const dead = (at: number) => treeOf(BEAM, [], 3, at).placed.flatMap((one) => (one.dead ? [one.index] : []));
  assert.deepEqual([dead(1), dead(2), dead(3)], [[], [0], [0]]);
  assert.deepEqual(
    [0, 1, 2, 3].map((at) => leading(BEAM, at)),
    [null, 0, 4, 6],
  );
});

test('a way is told from its beginning', () => {
  assert.deepEqual(pathTo(BEAM.nodes, 6), [1, 4, 6]);
  assert.deepEqual(tokensOf(BEAM, 6), [3, 4, 1]);
});

test('settings of the search come from the address where they can be', () => {
  assert.deepEqual(searchOf({}), { width: 3, normalisation: 0, node: null });
  assert.deepEqual(searchOf({ width: '8', norm: '0.5', node: '12' }), { width: 8, normalisation: 0.5, node: 12 });
  for (const width of ['0', '9', '2.5', 'x', '']) assert.equal(searchOf({ width }).width, 3);
  for (const norm of ['-1', '2.1', 'x', '']) assert.equal(searchOf({ norm }).normalisation, 0);
  assert.equal(searchOf({ node: '-1' }).node, null);
});
