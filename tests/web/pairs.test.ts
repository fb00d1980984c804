// A mounted exhibit that reads pairs, over the real core: what a source is led by, in the address, in the history, and
// at each update.
import assert from 'node:assert/strict';
import test from 'node:test';
import { signal } from '@preact/signals';
import { deedText } from '../../web/src/dock/deeds.ts';
import { feedTruth } from '../../web/src/exhibits/Fed.tsx';
import { createStore } from '../../web/src/session/create.ts';
import type { Exhibit, Question } from '../../web/src/session/declared.ts';
import { offered } from '../../web/src/session/offered.ts';
import { defaults, type ViewState } from '../../web/src/state/fields.ts';
import { bridge } from '../wasm/onethread.ts';

Object.assign(globalThis, { matchMedia: () => ({ matches: true }) }); // reduced motion: nothing moves by itself

const EXHIBIT: Exhibit = {
  slug: 'test',
  model: 'seq2seq',
  task: 'reverse',
  weights: 'none',
  settings: {
    ...{ attention: 'dot', length: '4', symbols: '5', hidden_size: '8', embedding_size: '5', batch_size: '8' },
    ...{ learning_rate: '0.03' },
  },
  resume: {},
  text: 'cad',
  target: 'dac',
  dock: [],
  panel: { model: [], training: [] },
  tour: [
    { id: 'one', show: { at: 'start' } },
    { id: 'two', show: { at: { after: 'decoder.2.h' }, text: 'ab', target: 'ee' } },
    { id: 'three', show: { at: 'start', target: null } },
    { id: 'four', show: { at: 'start', text: 'ab' } },
    { id: 'five', show: { at: 'start', set: { symbols: '4', hidden_size: '6' } } },
    { id: 'six', show: { at: 'turn', set: { task: 'sort' }, text: 'bed' } },
  ],
  try: [],
  questions: [],
  claim: 'rnn',
};

async function mounted(state: Partial<ViewState> = {}, exhibit = EXHIBIT) {
  const { client, train } = await bridge();
  const store = createStore(client, exhibit, {
    core: await client.call('info'),
    projector: signal(false),
    theme: signal('light'),
    spawn: () => client,
  });
  const apply = (to: Partial<ViewState>) => store.apply({ ...defaults(), ...to });
  await apply(state);
  const { session } = store;
  /** What is read, what leads, and what that is by now. */
  const reads = () => [session.text.value, session.target.value, session.schema.value?.pair?.target];
  const address = () => {
    const { text, target, guess } = store.state.value;
    return { text, target, guess };
  };
  return { client, train, store, session, apply, reads, address };
}
const OPENED = { text: null, target: null, guess: false };

test('what a source is led by is in the address, and comes back from it', async () => {
  const { store, apply, reads, address, session } = await mounted();
  assert.deepEqual([reads(), address()], [['cad', 'dac', 'dac'], OPENED]);
  const words = (tokens: number[]) => tokens.map((token) => session.run.value?.vocabulary[token]);
  assert.deepEqual(words(session.schema.value?.tokens ?? []), ['<start>', 'd', 'a', 'c']);

  assert.equal(await store.readTarget('aa'), true);
  assert.deepEqual([reads(), address()], [['cad', 'aa', 'aa'], { text: null, target: 'aa', guess: false }]);
  await store.readText('BED'); // in this vocabulary's letters, and led by what is right for it
  assert.deepEqual([reads(), address()], [['bed', 'deb', 'deb'], { text: 'bed', target: 'deb', guess: false }]);
  await store.readTarget(null);
  const { tokens, text } = await session.bridge.call('guess', { text: 'bed' });
  assert.deepEqual([reads(), address()], [['bed', null, text], { text: 'bed', target: null, guess: true }]);
  assert.deepEqual(session.schema.value?.targets, tokens);
  await store.readText('ab');
  assert.equal(reads()[1], null, 'another source is led as the one before it');

  const link = { text: 'bed', target: 'aa' };
  await apply(link);
  assert.deepEqual([reads(), address()], [['bed', 'aa', 'aa'], { ...link, guess: false }]);
  await apply({ text: 'bed' });
  assert.deepEqual(reads(), ['bed', 'deb', 'deb'], 'a source alone: what is right for it');
  await apply({ guess: true });
  assert.deepEqual(reads().slice(0, 2), ['cad', null]);
  await apply({});
  assert.deepEqual([reads(), address()], [['cad', 'dac', 'dac'], OPENED]);
});

test('an exhibit may open with the model’s own guess', async () => {
  const { store, reads, address, apply } = await mounted({}, { ...EXHIBIT, target: null });
  assert.deepEqual([reads().slice(0, 2), address()], [['cad', null], OPENED]);
  await store.readTarget('dac');
  assert.deepEqual(address(), { text: null, target: 'dac', guess: false });
  await apply({ text: 'ab' });
  assert.deepEqual(reads().slice(0, 2), ['ab', null]);
});

test('a source or a target that cannot be read stays what it was, with what to do', async () => {
  const { store, reads } = await mounted();
  assert.equal(await store.readTarget('dax'), false);
  assert.deepEqual(store.unread.value, { kind: 'foreign', text: 'dax', letters: ['x'], rest: 'da', of: 'target' });
  assert.equal(await store.readTarget(''), false);
  assert.deepEqual(store.unread.value, { kind: 'short', of: 'target' });
  assert.equal(await store.readText(''), false);
  assert.deepEqual(store.unread.value, { kind: 'short' });
  assert.deepEqual(reads(), ['cad', 'dac', 'dac']);
});

test('its own guess is read anew at each update; a target stays', async () => {
  const { train, store, session, reads } = await mounted();
  const guessed = async () => (await session.bridge.call('guess', { text: 'cad' })).tokens;
  const first = await guessed();
  await train(40);
  assert.deepEqual(reads(), ['cad', 'dac', 'dac']);
  await store.readTarget(null);
  assert.deepEqual(session.schema.value?.targets, await guessed());
  await store.runs.goTo(0);
  // Messages go back and forth until the walk is of the guess that these weights make.
  const led = () => JSON.stringify(session.schema.value?.targets) === JSON.stringify(first);
  for (let turn = 0; turn < 10_000 && !led(); turn++) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(led());
  assert.deepEqual(await guessed(), first);
});

test('undo and redo bring back what a source was led by, in words', async () => {
  const { store, reads } = await mounted();
  await store.readTarget('aa');
  await store.readTarget(null);
  await store.readText('ab');
  const words = store.history.done.value.map((one) => deedText(store, one));
  assert.deepEqual(words, ['led by “aa”', 'led by its own guess', '“cad” → “ab”']);
  await store.history.undo();
  assert.deepEqual(reads().slice(0, 2), ['cad', null]);
  await store.history.undo();
  assert.deepEqual(reads(), ['cad', 'aa', 'aa']);
  await store.history.undo();
  assert.deepEqual(reads(), ['cad', 'dac', 'dac']);
  await store.history.redo();
  assert.deepEqual(reads(), ['cad', 'aa', 'aa']);
});

test('a step of the tour sets source and target, and puts both back', async () => {
  const { store, session, reads } = await mounted();
  await store.showTour(2);
  assert.deepEqual(reads(), ['ab', 'ee', 'ee']);
  assert.equal(session.operation.value && 'node' in session.operation.value, true);
  await store.showTour(3);
  assert.deepEqual(reads().slice(0, 2), ['cad', null]);
  await store.showTour(4);
  assert.deepEqual(reads(), ['ab', 'ba', 'ba'], 'a text alone: what is right for it');
  await store.showTour(5);
  const sizes = () => ['symbols', 'hidden_size'].map((key) => session.run.value?.settings[key]);
  assert.deepEqual(sizes(), ['4', '6'], 'settings of the task and of the model alike');
  await store.showTour(1);
  assert.deepEqual(
    [reads(), sizes()],
    [
      ['cad', 'dac', 'dac'],
      ['5', '8'],
    ],
  );
});

test('what one went on from stays; source and target that a step set go all the same', async () => {
  const { store, session, reads } = await mounted();
  await store.showTour(2);
  await store.set('learning_rate', '0.5', true);
  await store.showTour(1);
  assert.deepEqual([reads(), session.run.value?.settings.learning_rate], [['cad', 'dac', 'dac'], '0.5']);
});

test('the token clock stops at each step of the source, and then at each of the target', async () => {
  const { session } = await mounted();
  const stops = session.tokenStops.value.map(({ token, backward }) => (backward ? -token : token));
  // All vectors of the source are taken first, then it is read.
  assert.deepEqual(stops, [1, 2, 3, 1, 2, 3, 4, 5, 6, 7, -7, -6, -5, -4, -3, -2, -1, -3, -2, -1]);
  session.gotoToken(2);
  assert.equal(session.position.value, session.tokenStops.value[4]?.position, 'all of it is done');
});

test('another task that the exhibit names is learned, stays with other settings, and is in the address', async () => {
  const { client, store, session, apply } = await mounted(
    {},
    { ...EXHIBIT, tasks: { reverse: null, sort: null }, dock: ['hidden_size'] },
  );
  const run = () => [session.run.value?.settings.task, session.run.value?.settings.hidden_size];
  assert.deepEqual(run(), ['reverse', '8']);
  await store.set('task', 'sort', false);
  await store.set('hidden_size', '6', false);
  assert.deepEqual(run(), ['sort', '6']);
  assert.equal((await client.call('answer', { text: 'cad' }))?.text, 'acd');
  const { settings } = store.state.value;
  assert.deepEqual(settings, { task: 'sort', hidden_size: '6' });
  await apply({});
  assert.deepEqual(run(), ['reverse', '8']);
  const core = await client.call('info');
  const link = (task: string) =>
    offered({ ...defaults(), settings: { ...settings, task } }, { exhibit: store.exhibit, views: {} }, core);
  assert.deepEqual(link('sort').bad, []);
  assert.deepEqual(link('dates').bad, ['task:dates'], 'and no other');
  await apply({ settings });
  assert.deepEqual(run(), ['sort', '6']);
});

test('the truth of the exhibit’s own source is what it says; of another what the task knows', async () => {
  const { store, reads } = await mounted({}, { ...EXHIBIT, target: 'aaa' });
  await store.readTarget(null);
  await feedTruth(store);
  assert.deepEqual(reads(), ['cad', 'aaa', 'aaa']);
  await store.readText('bed');
  await store.readTarget(null);
  await feedTruth(store);
  assert.deepEqual(reads(), ['bed', 'deb', 'deb']);
});

test('what a text names is read while it speaks of it, by the network that it is about; both are given back', async () => {
  const question: Question = {
    ...{ id: 'one', kind: 'number', at: { after: 'decoder.2.h' }, node: 'decoder.2.h', cell: 0, what: 'value' },
    ...{ tolerance: 0.1, text: 'ab', target: 'ee' },
  };
  const { store, session, reads } = await mounted(
    {},
    { ...EXHIBIT, tasks: { reverse: null, sort: null }, questions: [question] },
  );
  const now = () => [session.run.value?.settings.task, ...reads()];
  await store.set('task', 'sort', false);
  await store.readText('bed');
  const mine = ['sort', 'bed', 'bde', 'bde'];
  assert.deepEqual(now(), mine);
  await store.showTour(2);
  assert.deepEqual(now(), ['reverse', 'ab', 'ee', 'ee']);
  await store.showTour(1);
  assert.deepEqual(now(), mine);
  await store.ask(1);
  assert.deepEqual(now(), ['reverse', 'ab', 'ee', 'ee']);
  await store.ask(0);
  assert.deepEqual(now(), mine);
});

test('a text can name another task of the exhibit; what stood before it comes back', async () => {
  const { store, session, reads, apply } = await mounted(
    {},
    { ...EXHIBIT, tasks: { reverse: null, sort: null }, dock: ['hidden_size'] },
  );
  const now = () => [session.run.value?.settings.task, session.run.value?.settings.hidden_size, ...reads()];
  await store.set('hidden_size', '6', false);
  await store.readText('ab');
  const mine = ['reverse', '6', 'ab', 'ba', 'ba'];
  assert.deepEqual(now(), mine);
  await store.showTour(6);
  assert.deepEqual(now(), ['sort', '6', 'bed', 'bde', 'bde']);
  const link = store.state.value;
  assert.deepEqual(link.settings, { hidden_size: '6', task: 'sort' });
  await store.showTour(2);
  assert.deepEqual(now(), ['reverse', '6', 'ab', 'ee', 'ee'], 'the next step is of its own task');
  await store.showTour(1);
  assert.deepEqual(now(), mine);
  await apply(link);
  assert.deepEqual(now(), ['sort', '6', 'bed', 'bde', 'bde']);
});
