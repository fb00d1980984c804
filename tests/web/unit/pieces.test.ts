// Linear pieces as a page draws them: which one a place is in, how large it is, and where its map is 0.
import assert from 'node:assert/strict';
import test from 'node:test';
import { labOf, placed, placeOf } from '../../../web/src/exhibits/depth/lab.ts';
import { areaOf, cutOf, holds, type Piece, piecesOf, said } from '../../../web/src/exhibits/depth/pieces.ts';
import { core } from '../../wasm/modules.ts';

const square: Piece = {
  corners: [
    { x: 0, y: 0 },
    { x: 2, y: 0 },
    { x: 2, y: 1 },
    { x: 0, y: 1 },
  ],
  map: [1, 0, -0.5],
  above: 3,
};

test('a place is in a piece or on its rim, or is not; the piece has its area', () => {
  for (const [x, y, is] of [
    [1, 0.5, true],
    [0, 0, true],
    [2, 0.3, true],
    [2.01, 0.3, false],
    [1, -0.01, false],
  ] as const)
    assert.equal(holds(square, { x, y }), is, `${x} ${y}`);
  assert.equal(areaOf(square), 2);
  assert.equal(said(square, { x: 2, y: 9 }), 1.5);
});

test('the cut is where the map is 0, and nowhere where it is not', () => {
  assert.deepEqual(cutOf(square), [
    { x: 0.5, y: 0 },
    { x: 0.5, y: 1 },
  ]);
  assert.equal(cutOf({ ...square, map: [1, 0, 0.5] }), null);
  assert.equal(cutOf({ ...square, map: [0, 0, 0] }), null);
});

test('a study gives pieces that fill the square, each place in one, and ends of the cut that are 0', async () => {
  const study = (await core()).study({
    study: 'regions',
    inputs: { net: 'mlp spiral activation=relu init=he error=bernoulli hidden_1=6 hidden_2=5 seed=2' },
  });
  while (!study.step().done);
  const { all, after } = piecesOf(study.read());
  study.free();
  assert.equal(after.at(-1), all.length);
  assert.ok(all.length > 10);
  const area = all.reduce((sum, one) => sum + areaOf(one), 0);
  assert.ok(Math.abs(area - 4) < 1e-9);
  for (const [x, y] of [
    [0.123, 0.456],
    [-0.789, 0.321],
    [0.555, -0.888],
  ] as const)
    assert.equal(all.filter((one) => holds(one, { x, y })).length, 1);
  const cuts = all.flatMap((one) => (cutOf(one) ?? []).map((end) => said(one, end)));
  for (const value of cuts) assert.ok(Math.abs(value) < 1e-9);
});

test('what the address says is taken where it can be', () => {
  assert.equal(labOf({ place: '250_-310', unit: '0', face: '01', look: '7' }).place, '250_-310');
  assert.deepEqual(placeOf('250_-310'), { x: 0.25, y: -0.31 });
  assert.equal(placeOf('1001_0'), null);
  assert.equal(placed({ x: 1.4, y: -0.0004 }), '1000_0');
  const lab = labOf({ unit: '0', face: '01', look: '7', x: '1001', point: 'x' });
  assert.deepEqual([lab.unit, lab.face, lab.look, lab.x, lab.point], ['', '000', '7', '300', '12']);
});
