// The view of exhibit 15: a tape laid out by words, layers and steps, from the real core; and what its tour says of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readerTape } from '../../../wasm/bridge/reader.ts';
import { packed, wordsOf } from '../../../web/src/exhibits/sentence.ts';
import { exhibit } from '../../../web/src/exhibits/steps/exhibit.ts';
import {
  DEFAULTS,
  HIDDEN,
  LENGTHS,
  labFor,
  labOf,
  NETS,
  type Net,
  pressed,
  SEED,
} from '../../../web/src/exhibits/steps/lab.ts';
import {
  counting,
  countsOf,
  gridOf,
  lengthOf,
  median,
  type Read,
  readTape,
  standing,
} from '../../../web/src/exhibits/steps/layout.ts';
import { core } from '../../wasm/modules.ts';

async function read(net: Net, given: Record<string, string> = {}): Promise<Read> {
  const lab = labOf(given);
  const reader = (await core()).reader({
    ...{ net, text: wordsOf(lab.text).join(' '), hidden: HIDDEN, layers: Number(lab.layers), seed: SEED },
  });
  return readTape(net, readerTape(reader, [Number(lab.from) - 1, Number(lab.to) - 1]));
}

test('each state has its operations in the order of their steps, the last of them its own', async () => {
  for (const net of NETS) {
    const { states, tape, depth, at } = await read(net);
    assert.deepEqual([states.length, states[0]?.length], [3, 8]);
    for (const state of states.slice(1).flat()) {
      const steps = state.operations.map(({ step }) => step);
      assert.deepEqual(
        steps,
        steps.toSorted((a, b) => a - b),
      );
      assert.equal(state.operations.at(-1)?.node, state.node);
      assert.equal(state.step, tape.counted.steps[state.node]);
      const names = state.operations.map(({ name }) => name);
      const all = net === 'recurrent' ? 'We_e Wh_h a h sum' : 'alpha k keys o products q scores v values';
      assert.equal(names.toSorted().join(' '), all);
    }
    // All operations of the tape, each in one step.
    assert.equal(
      at.reduce((sum, count) => sum + count, 0),
      tape.nodes.filter(({ op }) => op !== 'leaf').length,
    );
    assert.equal(at.length, depth + 1);
    assert.ok(at.slice(1).every((count) => count > 0));
  }
});

test('a state is ahead, under way, there', async () => {
  const { states } = await read('recurrent');
  const second = states[1]?.[1];
  assert.ok(second);
  // At step 1 its product with the word is done, long before the rest of it.
  const seen = Array.from({ length: 10 }, (_, now) => standing(second, now));
  assert.deepEqual(seen, ['ahead', 'now', 'ahead', 'ahead', 'ahead', 'now', 'now', 'now', 'now', 'done']);
});

test('the way passes every state between, or none; there is none from what comes later', async () => {
  const recurrent = await read('recurrent');
  assert.deepEqual(recurrent.way, [[0, 1], ...Array.from({ length: 7 }, (_, i) => [1, i + 1])]);
  assert.equal(lengthOf(recurrent), 28);
  const attention = await read('attention');
  assert.deepEqual(
    [attention.way, lengthOf(attention)],
    [
      [
        [0, 1],
        [1, 7],
      ],
      3,
    ],
  );
  const back = { from: '8', to: '2' };
  assert.deepEqual([(await read('recurrent', back)).way, lengthOf(await read('recurrent', back))], [null, null]);
  assert.equal(lengthOf(await read('attention', back)), 3);
});

test('the study of lengths: steps and products by formula, and a weight for each pair of words in each layer', async () => {
  const [L, H] = [2, HIDDEN];
  const study = (await core()).study(counting(L));
  while (!study.step().done);
  const { recurrent, attention } = countsOf(study.read());
  study.free();
  assert.deepEqual(
    recurrent,
    LENGTHS.map((T) => ({ length: T, steps: 4 * (T + L - 1), products: 2 * L * T * H * H, weights: 0 })),
  );
  assert.deepEqual(
    attention,
    LENGTHS.map((T) => ({
      length: T,
      steps: 6 * L,
      products: L * (3 * T * H * H + 2 * T * T * H),
      weights: L * T * T,
    })),
  );
  // and at the length of the sentence, what its own tape has
  assert.equal(recurrent[0]?.steps, (await read('recurrent')).depth);
});

test('where the tour and the questions stand is where their words say', async () => {
  const of = async (net: Net, lab?: Record<string, string>) => ({ ...(await read(net, lab)), step: Number(lab?.step) });
  const lab = (id: string) => exhibit.tour.find((one) => one.id === id)?.show.lab;
  const done = await of('attention', lab('done'));
  assert.equal(done.step, done.depth, 'self-attention has just all its states');
  for (const id of ['way', 'back', 'work', 'time']) {
    const { step, depth } = await of('recurrent', lab(id));
    assert.equal(step, depth, `${id}: both are done`);
  }
  for (const question of exhibit.questions) {
    assert.ok(question.kind === 'count');
    const net = question.count.split('.')[0] as Net;
    const { step, states } = await of(net, question.lab);
    assert.equal(states[1]?.[0]?.step, step, `${question.id}: what is there has just come`);
  }
  const france = await of('recurrent', exhibit.try.find(({ id }) => id === 'france')?.show.lab);
  assert.equal(france.step, france.depth);
});

test('what an address says of the view is taken where it can be', () => {
  assert.deepEqual(labOf({}), DEFAULTS);
  assert.deepEqual(labOf({ layers: '9', step: '-1', length: '7', side: 'x', other: '1' }), DEFAULTS);
  const long = Array.from({ length: 13 }, () => 'so').join(' ');
  assert.equal(labOf({ text: packed(long) }).text, DEFAULTS.text);
  assert.equal(labOf({ text: '+' }).text, DEFAULTS.text);
  const short = labOf(labFor({ text: 'one  two', from: '5' }));
  assert.deepEqual([short.text, short.from, short.to], ['one two', '1', '2'], 'words that are there');
  for (const text of ["It isn't so: über (1.5), 東京!", DEFAULTS.text, '~*%+._-']) {
    assert.match(packed(text), /^[\w.+-]+$/);
    assert.equal(labOf(labFor({ text })).text, text);
  }
  assert.equal(labOf({ text: 'a.zz' }).text, DEFAULTS.text, 'no bytes');
});

test('a word that is pressed is where the way ends, and it begins where it ended; the end that is pressed turns the way round', () => {
  assert.deepEqual(pressed({ from: '2', to: '8' }, 5), { from: '8', to: '5' });
  assert.deepEqual(pressed({ from: '2', to: '8' }, 8), { from: '8', to: '2' });
});

test('columns and rows lie apart and inside, for any sentence and any layers', () => {
  for (const words of [1, 3, 8, 12])
    for (const layers of [1, 2, 3])
      for (const [width, height] of [
        [358, 170],
        [600, 180],
      ] as const) {
        const grid = gridOf(words, layers, { left: 0, top: 10, width, height });
        assert.ok(grid.height >= 20 && grid.width >= 20);
        assert.ok(grid.x(0) - grid.width / 2 >= 0 && grid.x(words - 1) + grid.width / 2 <= width);
        assert.ok(grid.y(layers) >= 10 && grid.y(0) + grid.height <= 10 + height + 1e-9);
        assert.ok(grid.y(0) - grid.y(1) >= grid.height + 6, 'room for the operations');
      }
  assert.equal(median([3, 1, 9, 2, 5]), 3);
});
