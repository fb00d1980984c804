// What a text sets of the run and puts back, over the bridge's own server and a core of a few lines.
import assert from 'node:assert/strict';
import test from 'node:test';
import { signal } from '@preact/signals';
import type { CoreInfo } from '../../wasm/bridge/protocol.ts';
import { deedText } from '../../web/src/dock/deeds.ts';
import type { Exhibit } from '../../web/src/exhibits/types.ts';
import { createStore } from '../../web/src/session/create.ts';
import { defaults } from '../../web/src/state/fields.ts';
import { wire } from '../bridge/fake.ts';

Object.assign(globalThis, { matchMedia: () => ({ matches: true }) }); // reduced motion: nothing moves by itself

const RATE = {
  key: 'learning_rate',
  type: 'real',
  default: 0.1,
  min: 0,
  max: 1e9,
  choices: [],
  live: true,
  built: false,
  help: '',
};
const CORE = { models: [], tasks: [], training: [RATE] } as unknown as CoreInfo;
const EXHIBIT: Exhibit = {
  slug: 'test',
  model: 'fake',
  task: 'fake',
  weights: 'names-rnn',
  settings: { hidden_size: '6' },
  resume: {},
  text: 'ab',
  dock: [],
  panel: { model: [], training: [] },
  offers: ['learning_rate'], // what its own controls change
  tour: [
    { id: 'one', show: { at: 'start', mark: 'fold' } },
    {
      id: 'two',
      show: { at: 'turn', text: 'ba', set: { learning_rate: '0.5' }, folded: true, pane: 'next', lab: { a: '1' } },
      do: { fast: { set: { learning_rate: '2' }, mark: 'clock.update' }, other: { panel: 'other', lab: { a: '2' } } },
    },
    { id: 'three', show: { at: 'turn' } },
  ],
  try: [{ id: 'slow', show: { set: { learning_rate: '0.3' } }, do: { new: { start: 'untrained' } } }],
  questions: [],
  claim: 'rnn',
};

async function mounted(exhibit = EXHIBIT) {
  const { client, rest } = wire();
  const store = createStore(client, exhibit, {
    core: CORE,
    projector: signal(false),
    theme: signal('light'),
    spawn: () => wire().client,
  });
  const done = async <T>(action: Promise<T>): Promise<T> => {
    let over = false;
    const end = () => {
      over = true;
    };
    action.then(end, end);
    do await rest();
    while (!over);
    await rest();
    return action;
  };
  await done(store.apply(defaults()));
  const { session, history } = store;
  return {
    store,
    session,
    history,
    done,
    tour: (at: number) => done(store.showTour(at)),
    train: (updates: number) => done(store.train(updates)),
    rate: () => session.run.value?.settings.learning_rate,
    now: () => {
      const { log, ...rest } = store.state.value;
      return { ...rest, tour: 0, rate: session.run.value?.settings.learning_rate, pane: store.pane.value, log };
    },
    words: () => history.done.value.map((one) => deedText(store, one)),
  };
}

test('a step sets all that it speaks of; what was the reader’s is put back when one leaves it', async () => {
  const { store, session, history, done, tour, rate, words, now } = await mounted();
  store.pane.value = 'states';
  store.lab.value = { a: '0', b: '0' };
  assert.equal(session.marked.value, 'fold');
  await tour(2);
  assert.deepEqual([session.text.value, rate(), session.folded.value, store.pane.value], ['ba', '0.5', true, 'next']);
  assert.deepEqual(store.lab.value, { a: '1', b: '0' });
  assert.deepEqual([session.marked.value, words().length], [null, 1], 'one thing to undo');
  await tour(3);
  assert.deepEqual(
    [session.text.value, rate(), session.folded.value, store.pane.value],
    ['ab', '0.1', false, 'states'],
  );
  assert.deepEqual(store.lab.value, { a: '0', b: '0' });
  assert.deepEqual([now().log, words()], [[], []], 'as if it had not been');
  await done(history.redo());
  assert.deepEqual([session.text.value, rate(), history.canRedo.value], ['ab', '0.1', false], 'nor does Redo have it');
});

test('the pane beside the clocks is part of the view: that of a step by its number alone, else the one that is named', async () => {
  const { store, done } = await mounted();
  for (const [view, pane] of [
    [{ tour: 2 }, 'next'],
    [{ tour: 2, pane: 'states' }, 'states'],
    [{ tour: 2, position: 1 }, 'run'],
    [{ tour: 3, position: 1, pane: 'next' }, 'next'],
  ] as const) {
    await done(store.apply({ ...defaults(), ...view }));
    assert.deepEqual([store.pane.value, store.state.value.pane], [pane, pane], JSON.stringify(view));
  }
});

test('what one went on from stays; what the step set beneath it goes all the same', async () => {
  const { store, session, tour, train, rate } = await mounted();
  await tour(2);
  await train(20);
  store.lab.value = { a: '7' };
  session.folded.value = false;
  await tour(3);
  assert.deepEqual([session.step.value, rate(), session.text.value], [20, '0.1', 'ab']);
  assert.deepEqual([store.lab.value, session.folded.value], [{ a: '7' }, false], 'changed by the reader: the reader’s');
});

test('a step has free what the exhibit’s own controls hold, and gives it back', async () => {
  const { store, done, tour, rate } = await mounted();
  await done(store.set('learning_rate', '9', true));
  await tour(3);
  assert.equal(rate(), '0.1');
  await done(store.showTry(1));
  assert.equal(rate(), '0.3');
  await done(store.showTry(0));
  assert.equal(rate(), '0.1', 'where one was: in the step');
});

test('what a step has free is as the exhibit has it, not the core', async () => {
  const { store, done, tour, rate } = await mounted({
    ...EXHIBIT,
    settings: { ...EXHIBIT.settings, learning_rate: '0.7' },
    resume: { learning_rate: '0.4' },
  });
  await tour(3);
  assert.equal(rate(), '0.4', 'of shipped weights, trained on');
  await done(store.open({ ...store.runs.origin.value, weights: 'none', seed: 1 }));
  await tour(2);
  assert.equal(rate(), '0.5', 'what it says itself');
  await tour(3);
  assert.equal(rate(), '0.7', 'of an untrained run');
});

test('a button of the text is undone and redone under its words, its look too', async () => {
  const { store, session, history, done, tour, rate, words } = await mounted();
  await tour(2);
  await done(store.act('fast', 'Go fast'));
  assert.deepEqual([rate(), session.marked.value], ['2', 'clock.update']);
  await done(store.act('other', 'the other view'));
  assert.deepEqual([store.panel.value, store.lab.value.a], ['other', '2']);
  assert.deepEqual(words().slice(1), ['Go fast', 'the other view']);
  await done(history.undo());
  assert.deepEqual([store.panel.value, store.lab.value.a, rate()], [null, '1', '2']);
  await done(history.undo());
  assert.equal(rate(), '0.5');
  await done(history.redo());
  await done(history.redo());
  assert.deepEqual([store.panel.value, store.lab.value.a, rate()], ['other', '2', '2']);
  await tour(3);
  assert.deepEqual([rate(), store.panel.value], ['0.1', null]);
});

test('after what there is to try all is as it was, the run too, and redo has what was done there', async () => {
  const { store, history, done, tour, train, now, words } = await mounted();
  await train(10);
  await tour(2);
  const before = now();
  const list = words();
  await done(store.showTry(1));
  await done(store.act('new', 'Start untrained'));
  await train(30);
  assert.notDeepEqual(now(), before);
  await done(store.showTry(0));
  assert.deepEqual(now(), before);
  assert.deepEqual(words(), list);
  assert.equal(history.undone.value.length, 3, 'the rate, the start, the training');
  assert.equal(history.said.value?.entries.length, 3);
});
