// The session of an exhibit over a bridge without a core: clocks, frames, runs, undo, questions, links.
import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import { signal } from '@preact/signals';
import type { CoreInfo } from '../../wasm/bridge/protocol.ts';
import type { Exhibit } from '../../web/src/exhibits/types.ts';
import { nextStop, niceEnd, nodeAt, positionOf, samePlace, walkOf } from '../../web/src/session/clocks.ts';
import { createStore } from '../../web/src/session/create.ts';
import { ready, union, viewOf } from '../../web/src/session/frames.ts';
import { latest } from '../../web/src/session/latest.ts';
import { inTokens, LONGEST, readable, readableNumbers } from '../../web/src/session/reading.ts';
import { defaults } from '../../web/src/state/fields.ts';
import { FakeBridge, schemaOf, settled } from './page/bridge.ts';

Object.assign(globalThis, { matchMedia: () => ({ matches: true }) }); // reduced motion: nothing moves by itself

const EXHIBIT: Exhibit = {
  slug: 'test',
  model: 'rnn_lm',
  task: 'names',
  weights: 'names-rnn',
  settings: { hidden_size: '3' },
  resume: { learning_rate: '0.1' },
  text: 'abc',
  dock: [],
  panel: { model: [], training: [] },
  try: [],
  tour: [
    { id: 'one', show: { at: { after: 'rnn.2.h' }, select: { node: 'rnn.2.h', cell: 1 } } },
    { id: 'two', show: { at: { back: 'rnn.1.h' }, view: 'gradient' } },
    { id: 'three', show: { at: { after: 'rnn.4.h' }, select: { node: 'rnn.4.h', cell: 0 } } },
  ],
  questions: [
    { id: 'q', kind: 'number', at: { after: 'rnn.1.h' }, node: 'rnn.1.h', cell: 2, what: 'value', tolerance: 0.1 },
  ],
  claim: 'rnn',
};

async function mounted(state = defaults(), exhibit = EXHIBIT) {
  const bridge = new FakeBridge();
  const core = { models: [] as CoreInfo['models'] } as CoreInfo;
  const store = createStore(bridge, exhibit, {
    core,
    projector: signal(false),
    theme: signal('light'),
    spawn: () => new FakeBridge(),
  });
  await store.apply(state);
  await settled();
  return { bridge, store, session: store.session };
}

test('operations, tokens and places follow from the schema', () => {
  const walk = walkOf(schemaOf('ab'));
  const { forward, length } = walk.schema;
  assert.deepEqual(walk.operations[0], null);
  assert.deepEqual(walk.operations[3], { kind: 'forward', node: 3, token: 2 });
  assert.deepEqual(
    walk.operations[forward],
    { kind: 'forward', node: 7, token: 3 },
    'the mean belongs to the last token',
  );
  assert.deepEqual(walk.operations[forward + 1], { kind: 'backward', node: 7, token: 3 });
  assert.deepEqual(walk.operations[2 * forward + 1], { kind: 'clip', token: 0 });
  assert.deepEqual(walk.operations[length], { kind: 'update', node: 0, token: 0 });
  assert.deepEqual(
    walk.stops.map(({ token, backward }) => `${token}${backward ? '-' : '+'}`),
    ['1+', '2+', '3+', '3-', '2-', '1-'],
  );
  assert.equal(nextStop(walk, 0, 1).position, 2);
  assert.equal(nextStop(walk, 2, 1).position, 4);
  assert.equal(nextStop(walk, 4, -1).position, 2);
  assert.equal(nextStop(walk, 1, -1).position, 0);
  assert.equal(nextStop(walk, 2 * forward, 1).position, length);
  assert.equal(positionOf(walk, { after: 'rnn.2.Wh' }), 3);
  assert.equal(positionOf(walk, { back: 'rnn.2.Wh' }), 2 * forward + 1 - 3);
  assert.equal(positionOf(walk, { update: 'W' }), length);
  assert.equal(positionOf(walk, { after: 'rnn.9.h' }), walk.byPath.get('rnn.3.h')?.forward);
  assert.equal(positionOf(walk, { after: 'rnn.2.q' }), null);
  assert.equal(nodeAt(walk, 'lstm.2.h'), null);
  assert.equal(positionOf(walk, 'turn'), forward);
  assert.deepEqual([1, 1001, 2001, 4000, 4001].map(niceEnd), [1000, 2000, 4000, 4000, 10000]);
});

test('on another text one stands at the same operation of the same token', () => {
  const [long, short] = [walkOf(schemaOf('abcab')), walkOf(schemaOf('a'))];
  const same = (place: Parameters<typeof positionOf>[1], there: Parameters<typeof positionOf>[1]) =>
    assert.equal(
      samePlace(long, positionOf(long, place) ?? -1, short),
      positionOf(short, there),
      JSON.stringify(place),
    );
  same('start', 'start');
  same({ after: 'rnn.2.Wh' }, { after: 'rnn.2.Wh' });
  same({ back: 'rnn.2.Wh' }, { back: 'rnn.2.Wh' });
  same({ after: 'rnn.6.Wh' }, { after: 'rnn.2.Wh' });
  same({ back: 'rnn.5.h' }, { after: 'rnn.2.h' });
  same('turn', 'turn');
  same('clip', 'clip');
  same('end', 'end');
  const other = walkOf({
    ...schemaOf('a'),
    nodes: schemaOf('a').nodes.map((node) => ({ ...node, path: `lstm.${node.path}` })),
  });
  assert.equal(samePlace(long, 3, other), 5, 'another network: the end of that token');
  assert.equal(samePlace(long, 11, other), 5, 'of the last token');
});

test('what the walk has not come to is not there', () => {
  const walk = walkOf(schemaOf('ab'));
  const wanted = union([
    [{ node: 3, what: 'value' }],
    [
      { node: 3, what: 'value' },
      { node: 3, what: 'grad' },
    ],
  ]);
  assert.equal(wanted.length, 2);
  const at = (position: number) =>
    viewOf(
      { step: 0, position, gradNorm: 0, clipScale: 1, values: [new Float32Array(3), new Float32Array(3)] },
      wanted,
      walk,
    );
  assert.equal(at(2)?.values(3, 'value'), null);
  assert.notEqual(at(3)?.values(3, 'value'), null);
  const back = walk.schema.nodes[4]?.backward ?? 0; // its consumer, going back, brings its gradient
  assert.equal(at(back - 1)?.values(3, 'grad'), null);
  assert.notEqual(at(back)?.values(3, 'grad'), null);
  assert.equal(at(back)?.values(1, 'value'), null, 'nobody wanted it');
  assert.equal(viewOf({ step: 0, position: 3, gradNorm: 0, clipScale: 1, values: [] }, wanted, walk), null);
  assert.ok(ready(walk, walk.schema.length, 0, { line: 0 }) && !ready(walk, walk.schema.length - 1, 0, { line: 0 }));
});

test('of calls that come too fast the first and the last are made', async () => {
  const made: number[] = [];
  const call = latest(async (n: number) => {
    made.push(n);
    await settled();
    if (n === 1) throw new Error('refused');
  });
  for (const n of [1, 2, 3, 4]) call(n);
  for (let i = 0; i < 9; i++) await settled();
  assert.deepEqual(made, [1, 4]);
});

test('of a call that fails what is on screen goes, unless another is under way', async () => {
  const shown: (number | null)[] = [];
  const call = latest(
    async (n: number) => {
      await settled();
      if (n % 2 === 1) throw new Error('refused');
      shown.push(n);
    },
    () => shown.push(null),
  );
  for (const n of [1, 2]) call(n);
  for (let i = 0; i < 9; i++) await settled();
  assert.deepEqual(shown, [2], 'the next was right');
  call(3);
  for (let i = 0; i < 9; i++) await settled();
  assert.deepEqual(shown, [2, null]);
});

test('numbers are read with their marks, and what is none is said', () => {
  for (const text of ['0.5', '*0.25 1', ' .5  *1. ']) assert.equal(readableNumbers(text), null, text);
  assert.deepEqual(readableNumbers(' '), { kind: 'short' });
  assert.deepEqual(readableNumbers('0.5 1.5 *.25'), { kind: 'number', count: 2, rest: '0.5 *.25' });
  for (const wrong of ['x', '*', '.', '0.5*', '-1', '1e0', '0..5', '**1'])
    assert.equal(readableNumbers(`1 ${wrong}`)?.kind, 'number', wrong);
  assert.equal(readableNumbers('1 '.repeat(LONGEST)), null);
  assert.equal(readableNumbers('1 '.repeat(LONGEST + 1))?.kind, 'long');
});

test('a text that cannot be read says why', () => {
  const vocabulary = ['<start>', '<end>', 'a', 'b'];
  assert.equal(readable('abba', vocabulary), null);
  assert.deepEqual(readable('', vocabulary), { kind: 'short' });
  assert.deepEqual(readable('aüb3ü', vocabulary), { kind: 'foreign', text: 'aüb3ü', letters: ['ü', '3'], rest: 'ab' });
  assert.equal(readable('a'.repeat(LONGEST), vocabulary), null);
  assert.deepEqual(readable('a'.repeat(LONGEST + 1), vocabulary), {
    kind: 'long',
    count: LONGEST + 1,
    rest: 'a'.repeat(LONGEST),
  });
  assert.equal(inTokens('ABba', vocabulary), 'abba');
  assert.equal(inTokens('ABC', ['A', 'b', 'a']), 'AbC', 'only what is known in lower case alone');
  const words = ['<start>', '<end>', "o'clock", 'ago', 'über', '4', '7', ','];
  assert.equal(inTokens("477 O'clock,über  ago", words), "4 7 7 o'clock , über ago", 'as the core tells words apart');
  assert.equal(readable('47 ago', words), null);
});

test('it opens the shipped weights, reads the text, and shows values of what is wanted', async () => {
  const { bridge, session } = await mounted();
  assert.deepEqual(bridge.last('open'), { weights: 'names-rnn', settings: { learning_rate: '0.1' } });
  assert.equal(session.text.value, 'abc');
  const stop = session.want([{ node: 2, what: 'value' }]);
  session.goto(4);
  await settled();
  assert.deepEqual([...(session.frame.value?.values(2, 'value') ?? [])], [2, 4, 0]);
  assert.equal(session.token.value, 2);
  stop();
  await settled();
  assert.deepEqual(bridge.last('subscribe'), { wanted: [] });
});

test('clocks move, stay within the walk, and turn the inspector over at the turn', async () => {
  const { session } = await mounted();
  session.goto(1);
  session.move('operation', -1);
  session.move('operation', -1);
  assert.equal(session.position.value, 0);
  session.move('token', 1);
  assert.equal(session.position.value, 2);
  session.gotoToken(3);
  assert.equal(session.position.value, 6);
  session.goto(9); // F
  assert.equal(session.view.value, 'value');
  session.move('operation', 1);
  assert.equal(session.view.value, 'gradient');
  session.gotoToken(2);
  assert.equal(session.operation.value?.kind, 'backward');
  session.move('operation', -1);
  session.goto(1e9);
  assert.equal(session.position.value, session.length.value);
  session.select({ node: 2, cell: 1 });
  assert.deepEqual(session.focus.value, { node: 2, cell: 1 });
  session.move('operation', -1);
  assert.equal(session.selection.value, null);
});

test('stepping into a product shows one dot product, then the sweep; a second step goes on', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  Object.assign(globalThis, { matchMedia: () => ({ matches: false }) });
  try {
    const { session } = await mounted();
    session.goto(0);
    session.move('operation', 1);
    assert.deepEqual(session.part.value, { cells: 0, terms: 0 });
    const seen: string[] = [];
    for (let i = 0; i < 400 && session.part.value; i++) {
      mock.timers.tick(16);
      const now = session.part.value ? `${session.part.value.cells}.${session.part.value.terms}` : 'all';
      if (seen.at(-1) !== now) seen.push(now);
    }
    assert.deepEqual(seen, ['0.0', '0.1', '0.2', '0.3', '1.3', '2.3', 'all']);
    session.goto(0);
    session.move('operation', 1);
    session.move('operation', 1);
    assert.deepEqual([session.part.value, session.position.value], [null, 2], 'one operation a press');
    session.play('operation');
    mock.timers.tick(100_000);
    for (let i = 0; i < 60; i++) mock.timers.tick(1000);
    assert.deepEqual([session.position.value, session.playing.value], [session.length.value, null]);
  } finally {
    mock.timers.reset();
    Object.assign(globalThis, { matchMedia: () => ({ matches: true }) });
  }
});

test('training: progress, history, winding back, going on from there', async () => {
  const { bridge, store, session } = await mounted();
  session.play('update');
  await settled();
  assert.deepEqual(bridge.last('train'), { updates: Number.POSITIVE_INFINITY, perSecond: 200 });
  bridge.trained(1500, true);
  await store.runs.setPace(0);
  assert.deepEqual(bridge.last('train'), { updates: Number.POSITIVE_INFINITY });
  assert.equal(store.state.value.pace, 0);
  assert.equal(session.training.value.running, true);
  assert.deepEqual([session.step.value, session.tip.value, session.timelineEnd.value], [1500, 1500, 2000]);
  bridge.trained(600);
  assert.equal(session.history.value.curve.tip, 2100);
  session.seek(700.4);
  assert.equal(session.step.value, 700);
  await settled();
  session.seek(1e9);
  assert.equal(session.step.value, 2100);
  session.move('update', -1);
  assert.equal(session.step.value, 2099);
  await settled();
  bridge.run = { ...bridge.run, step: 1000 };
  session.seek(1000);
  await settled();
  bridge.trained(1);
  assert.equal(session.history.value.curve.tip, 1001, 'the old future is gone');
  assert.deepEqual(session.history.value.validation.at(-1), { step: 1001, loss: 2 });
});

test('settings: a live one holds from here on, another starts a new run, both undone', async () => {
  const { bridge, store, session } = await mounted();
  await store.set('learning_rate', '0.5', true);
  assert.equal(session.run.value?.settings.learning_rate, '0.5');
  assert.equal(store.state.value.log.length, 1);
  await store.set('hidden_size', '5', false);
  assert.deepEqual(bridge.last('open'), {
    settings: { hidden_size: '5', model: 'rnn_lm', task: 'names', seed: '1' },
  });
  assert.deepEqual([store.state.value.weights, store.state.value.settings], [null, { hidden_size: '5' }]);
  await store.history.undo();
  await settled();
  assert.equal(session.run.value?.settings.hidden_size, '3');
  assert.equal(store.state.value.weights, null);
  await store.history.undo();
  assert.equal(session.run.value?.settings.learning_rate, '0.1');
  assert.equal(store.history.canUndo.value, false);
});

test('a refused setting changes nothing and is said', async () => {
  const { bridge, store, session } = await mounted();
  bridge.refuse.set = { code: 'setting', node: 'learning_rate', message: 'no' };
  assert.equal(await store.set('learning_rate', '-1', true), false);
  assert.equal(store.runs.problem.value?.message, 'no');
  assert.equal(session.run.value?.settings.learning_rate, '0.1');
  assert.equal(store.history.canUndo.value, false);
});

test('a loss that is no number: the last good update, and ways on', async () => {
  const { bridge, store, session } = await mounted();
  bridge.trained(10, true);
  bridge.emit('broke', { error: { code: 'number', node: 'rnn', message: 'x' }, at: 11, run: bridge.run });
  assert.deepEqual([session.broken.value?.at, session.step.value, session.training.value.running], [11, 10, false]);
  store.showNode('rnn.2.h');
  assert.deepEqual(session.selection.value, { node: 4, cell: 0 });
  store.showNode('h_t');
  assert.equal(session.schema.value?.nodes[session.selection.value?.node ?? 0]?.path, 'rnn.1.h');
  await store.train(1);
  assert.equal(session.broken.value, null);
});

test('after a break it goes on from the last update that made sense', async () => {
  const { bridge, store } = await mounted();
  bridge.emit('progress', {
    step: 5,
    tip: 5,
    from: 0,
    losses: [3, 2.5, 2.6, 9, 40],
    validation: [],
    gradNorm: 1,
    tokensPerSecond: 1,
    running: true,
  });
  await store.goOn('clip_norm', '1');
  const made = bridge.asked.map(({ name }) => name).filter((name) => ['seek', 'set', 'train'].includes(name));
  assert.deepEqual(
    [made, bridge.asked.find(({ name }) => name === 'seek')?.params],
    [['seek', 'set', 'train'], { step: 2 }],
  );
});

test('another text is undone; a foreign one leaves the figure as it is', async () => {
  const { store, session } = await mounted();
  assert.equal(await store.readText('cab'), true);
  assert.equal(await store.readText('café'), false);
  assert.deepEqual([session.text.value, store.unread.value?.kind], ['cab', 'foreign']);
  await store.history.undo();
  assert.deepEqual([session.text.value, store.unread.value], ['abc', null]);
});

test('a question hides its number until it is revealed', async () => {
  const { bridge, store, session } = await mounted();
  await store.ask(1);
  await settled();
  assert.deepEqual(session.asked.value, { node: 2, cell: 2, what: 'value', revealed: false });
  assert.ok(session.isAsked(2, 2, 'value') && !session.isAsked(2, 1, 'value') && !session.isAsked(2, 2, 'grad'));
  assert.equal(session.explanation.value, null, 'its terms would add up to it');
  const asked = bridge.asked.filter(
    ({ name, params }) => name === 'explain' && (params as { cell: number }).cell === 2,
  );
  assert.deepEqual(asked, []);
  store.reveal();
  await settled();
  assert.equal(session.isAsked(2, 2, 'value'), false);
  assert.notEqual(session.explanation.value, null);
  await store.ask(0);
  assert.deepEqual([session.asked.value, store.state.value.question], [null, 0]);
});

test('a name is read in the letters of the net', async () => {
  const { store, session } = await mounted();
  assert.equal(await store.readText('CaB'), true);
  assert.deepEqual([session.text.value, store.unread.value], ['cab', null]);
});

test('a shorter text leaves one in the forward pass, and its view as it is', async () => {
  const { store, session } = await mounted();
  session.goto(8);
  await store.readText('a');
  assert.deepEqual([session.position.value, session.view.value], [4, 'value']);
  session.goto(7);
  assert.equal(session.view.value, 'gradient');
  await store.readText('abc');
  assert.deepEqual(
    [session.operation.value?.kind, session.token.value, session.view.value],
    ['backward', 2, 'gradient'],
  );
});

test('a link to a text that cannot be read opens another, and says why', async () => {
  const { store, session } = await mounted({ ...defaults(), text: 'café' });
  assert.equal(session.text.value, 'abc');
  assert.equal(store.unread.value?.kind, 'foreign');
});

test('a link without a text reads what its run can read, and nothing is refused', async () => {
  const lines = '\r\u2028 yx \r\x85xy\n';
  const bridge = new FakeBridge();
  bridge.run = { ...bridge.run, vocabulary: ['<start>', '<end>', 'x', 'y'] };
  const page = {
    core: { models: [] as CoreInfo['models'] } as CoreInfo,
    projector: signal(false),
    theme: signal('light' as const),
  };
  const store = createStore(bridge, EXHIBIT, { ...page, spawn: () => new FakeBridge() });
  await store.apply({ ...defaults(), corpus: lines });
  assert.deepEqual([store.session.text.value, store.unread.value], ['yx', null]);
  assert.equal(bridge.count('walk'), 1);
  await store.apply({ ...defaults(), corpus: lines, position: 3 });
  assert.deepEqual([store.session.position.value, bridge.count('walk')], [3, 1]);
  // Another past is another run, and what it reads is unrolled anew.
  await store.apply({ ...defaults(), corpus: lines, log: [{ step: 0, key: 'learning_rate', value: '0.5' }] });
  assert.deepEqual([store.session.text.value, store.unread.value, bridge.count('walk')], ['yx', null, 2]);
});

test('a link to a short text opens that text', async () => {
  const { store, session } = await mounted({ ...defaults(), text: 'a', tour: 3 });
  assert.deepEqual([session.text.value, store.state.value.text, session.token.value], ['a', 'a', 2]);
});

test('the tour shows its places, whatever was being read', async () => {
  const { store, session } = await mounted();
  await store.readText('a');
  await store.showTour(1);
  assert.deepEqual(
    [session.text.value, session.position.value, session.selection.value],
    ['a', 4, { node: 4, cell: 1 }],
  );
  await store.showTour(2);
  assert.deepEqual([session.view.value, session.operation.value?.kind], ['gradient', 'backward']);
  await store.showTour(3); // of a token that this text does not have
  assert.deepEqual(
    [session.text.value, session.position.value, session.selection.value],
    ['a', 4, { node: 4, cell: 0 }],
  );
});

test('a button of a text that is pressed before its step is there is pressed when it is, or not at all', async () => {
  const told = (id: string) => ({
    id,
    show: { at: 'turn', text: 'b', set: { hidden_size: id }, mark: 'shown' } as const,
    do: { press: { mark: 'pressed' } },
  });
  const { store, session } = await mounted(defaults(), { ...EXHIBIT, try: [told('4'), told('5')] });
  let arriving = store.showTry(1);
  void store.act('press', 'Press');
  await arriving;
  await settled();
  assert.deepEqual([store.trying.value, session.marked.value], [1, 'pressed']);

  arriving = store.showTry(2);
  void store.act('press', 'Press');
  assert.equal(session.marked.value, null, 'what the text before it meant is marked no more');
  void store.showTry(1);
  await arriving;
  await settled();
  assert.deepEqual([store.trying.value, session.marked.value], [1, 'shown'], 'left before it was there');

  await store.showTry(0);
  void store.showTour(2);
  void store.showTry(1);
  await store.showTry(0);
  assert.equal(
    session.operation.value?.kind,
    'backward',
    'a step that was left before it was there is there in the end',
  );
});

test('a link brings back settings, what was changed on the way, the update and the cell', async () => {
  const state = {
    ...defaults(),
    text: 'cb',
    seed: 5,
    settings: { hidden_size: '4' },
    log: [{ step: 30, key: 'learning_rate', value: '0.02' }],
    step: 50,
    position: 4,
    node: 'rnn.2.h',
    cell: 1,
    notation: 'b' as const,
    topK: 3,
  };
  const bridge = new FakeBridge();
  const core = { models: [] as CoreInfo['models'] } as CoreInfo;
  const store = createStore(bridge, EXHIBIT, {
    core,
    projector: signal(false),
    theme: signal('light'),
    spawn: () => new FakeBridge(),
  });
  const applied = store.apply(state);
  const trains = () => bridge.asked.filter(({ name }) => name === 'train').map(({ params }) => params);
  for (let i = 0; i < 40 && trains().length < 1; i++) await settled();
  bridge.trained(30);
  for (let i = 0; i < 40 && trains().length < 2; i++) await settled();
  bridge.trained(20);
  await applied;
  assert.deepEqual(trains(), [{ updates: 30 }, { updates: 20 }]);
  assert.deepEqual(bridge.last('set'), { key: 'learning_rate', value: '0.02' });
  assert.deepEqual(store.state.value, state);
});

test('a link to an update far away asks first, can be stopped, and the address says where it stands', async () => {
  const { bridge, store, session } = await mounted();
  const clock = mock.method(performance, 'now', () => now);
  let now = 0;
  try {
    const trains = () => bridge.count('train');
    const begin = async (target: number) => {
      const before = trains();
      const arrived = store.apply({ ...defaults(), step: target });
      for (let i = 0; i < 40 && trains() === before; i++) await settled();
      bridge.trained(1, true);
      now += 1000;
      bridge.trained(99, true);
      return { arrived };
    };
    const { arrived } = await begin(9_999_999);
    const asking = () => store.runs.bringing.shown.value?.asking;
    assert.equal(asking(), true);
    assert.equal(bridge.count('stop'), 1);
    bridge.trained(3); // what was under way
    await settled();
    assert.deepEqual([store.runs.bringing.shown.value?.step, trains()], [103, 1]);
    store.runs.bringing.go();
    await settled();
    assert.deepEqual([bridge.last('train'), asking()], [{ updates: 9_999_999 - 103 }, false]);
    bridge.trained(100, true);
    await store.halt();
    bridge.trained(0);
    assert.equal(await arrived, false);
    assert.deepEqual([store.state.value.step, store.runs.bringing.shown.value], [203, null]);

    const second = await begin(9_999_999);
    assert.equal(asking(), true);
    await store.halt();
    bridge.trained(0);
    assert.equal(await second.arrived, false);
    assert.equal(store.state.value.step, 303);
    await store.train(5);
    bridge.trained(5);
    assert.equal(asking(), undefined, 'training is no replay');
    assert.equal(session.step.value, 308);
  } finally {
    clock.mock.restore();
  }
});

test('a past update that takes long asks first; stopped, it stands where it stands', async () => {
  const { bridge, store, session } = await mounted();
  const clock = mock.method(performance, 'now', () => now);
  let now = 0;
  try {
    bridge.trained(5000);
    const begin = async () => {
      bridge.hold('seek');
      session.seek(4000);
      bridge.emit('replay', { step: 1000, from: 1000, to: 4000 });
      now += 1000;
      bridge.emit('replay', { step: 1010, from: 1000, to: 4000 });
      assert.equal(store.runs.bringing.shown.value?.asking, true);
      bridge.run = { ...bridge.run, step: 1011 };
      bridge.release();
      for (let i = 0; i < 9; i++) await settled();
    };
    await begin();
    assert.equal(bridge.count('stop'), 1);
    assert.deepEqual([session.step.value, store.runs.bringing.shown.value?.step], [1011, 1011]);
    void store.halt();
    for (let i = 0; i < 9; i++) await settled();
    assert.deepEqual([session.step.value, store.runs.bringing.shown.value], [1011, null]);
    await begin();
    store.runs.bringing.go();
    for (let i = 0; i < 9; i++) await settled();
    assert.deepEqual([session.step.value, store.runs.bringing.shown.value], [4000, null]);
    assert.deepEqual(bridge.last('seek'), { step: 4000 });
  } finally {
    clock.mock.restore();
  }
});

test('a link carries what was changed up to its update, and leads back to it and no further', async () => {
  const { bridge, store } = await mounted();
  bridge.trained(10);
  await store.set('learning_rate', '0.5', true);
  bridge.trained(10);
  await store.set('learning_rate', '0.25', true);
  bridge.trained(10);
  bridge.run = { ...bridge.run, tip: 30 };
  store.session.seek(15);
  for (let i = 0; i < 9; i++) await settled();
  const { state } = store;
  const log = [{ step: 10, key: 'learning_rate', value: '0.5' }];
  assert.deepEqual([state.value.step, state.value.log], [15, log]);
  // The same timeline: nothing is opened, trained or set again.
  const before = bridge.asked.length;
  await store.apply({ ...state.value, step: 20, log: [...log, { step: 20, key: 'learning_rate', value: '0.25' }] });
  for (let i = 0; i < 9; i++) await settled();
  const since = bridge.asked.slice(before).map(({ name }) => name);
  assert.deepEqual(
    since.filter((name) => ['open', 'train', 'set', 'seek'].includes(name)),
    ['seek'],
  );
  // Beyond its end it goes on from there.
  const on = store.apply({ ...state.value, step: 40 });
  for (let i = 0; i < 40 && bridge.count('train') === 0; i++) await settled();
  assert.deepEqual([bridge.last('seek'), bridge.last('train')], [{ step: 30 }, { updates: 10 }]);
  bridge.trained(10);
  assert.equal(await on, true);
});

test('a run that cannot be opened is not trained in place of another', async () => {
  const { bridge, store } = await mounted();
  bridge.refuse.open = { code: 'text', node: '', message: 'no' };
  assert.equal(await store.apply({ ...defaults(), seed: 7, step: 50 }), false);
  assert.deepEqual([store.runs.problem.value?.message, bridge.count('train'), store.state.value.seed], ['no', 0, null]);
});

test('the claim reports as it goes, and can be stopped', async () => {
  const { bridge, store, session } = await mounted();
  await store.runClaim(3, [[1, 2, 3]]);
  assert.deepEqual(bridge.last('claim'), { id: 'rnn', seed: 3, costs: [[1, 2, 3]] });
  const progress = {
    id: 'rnn',
    seed: 3,
    now: 'x',
    step: 1,
    steps: 9,
    fraction: 0.1,
    rows: [],
    done: false,
    holds: false,
  };
  bridge.emit('claim', { ...progress, sentence: '', asked: '', curves: [], seconds: 1, left: null });
  assert.equal(session.claim.value?.fraction, 0.1);
  await store.stopClaim();
  assert.deepEqual([session.claim.value, bridge.count('stopClaim')], [null, 1]);
  bridge.emit('claimBroke', { error: { code: 'memory', node: '', message: 'full' } });
  assert.equal(store.runs.problem.value?.code, 'memory');
});
