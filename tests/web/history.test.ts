// Undo and redo as the page has them: texts between runs and settings, over the bridge's own server and a core of a
// few lines.
import assert from 'node:assert/strict';
import test from 'node:test';
import { signal } from '@preact/signals';
import type { CoreInfo, Done } from '../../wasm/bridge/protocol.ts';
import { deedText } from '../../web/src/dock/deeds.ts';
import type { Exhibit } from '../../web/src/exhibits/types.ts';
import { createStore } from '../../web/src/session/create.ts';
import { createHistory } from '../../web/src/session/history.ts';
import { defaults, type ViewState } from '../../web/src/state/fields.ts';
import { wire } from '../bridge/fake.ts';
import { FakeBridge } from './page/bridge.ts';
import { seeded } from './page/browser.ts';

Object.assign(globalThis, { matchMedia: () => ({ matches: true }) }); // reduced motion: nothing moves by itself

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
  tour: [{ id: 'one', show: { at: 'start' } }],
  try: [],
  questions: [],
  claim: 'rnn',
};
const CORPUS = 'ab\n'.repeat(20);

async function mounted(state: ViewState = defaults()) {
  const wired = wire();
  const { client, rest, workers } = wired;
  const store = createStore(client, EXHIBIT, {
    core: { models: [] as CoreInfo['models'] } as CoreInfo,
    projector: signal(false),
    theme: signal('light'),
    spawn: () => wire().client,
  });
  /** What is asked for, and all that follows from it. */
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
  await done(store.apply(state));
  const { session, history } = store;
  return {
    ...wired,
    store,
    session,
    done,
    train: (updates: number) => done(store.train(updates)),
    undo: () => done(history.undo()),
    redo: () => done(history.redo()),
    /** What can be undone and redone, in words, the next first. */
    lists: () => [history.done, history.undone].map((list) => list.value.map((one) => deedText(store, one)).reverse()),
    said: () =>
      history.said.value && [
        history.said.value.way,
        history.said.value.entries.map((one) => deedText(store, one)).join(),
      ],
    die: async () => {
      workers.at(-1)?.onerror?.({ message: 'gone' });
      await rest();
    },
    state: async () => {
      const run = await done(client.call('stop'));
      return {
        run,
        text: session.text.value,
        position: session.position.value,
        step: session.step.value,
        tip: session.tip.value,
        hash: await done(client.call('hash')),
        losses: session.history.value.curve.points(),
        address: store.state.value,
      };
    },
  };
}

test('each thing is taken back alone, and says what it was', async () => {
  const { store, done, train, undo, redo, lists, said, state } = await mounted();
  assert.deepEqual(lists(), [[], []]);
  const states = [await state()];
  const actions: (() => Promise<unknown>)[] = [
    () => store.readText('ba'),
    () => store.set('learning_rate', '0.5', true),
    () => train(1000),
    () => train(1),
    () => store.set('seed', '7', false),
    () => store.open({ ...store.runs.origin.peek(), weights: 'none', seed: 7, corpus: CORPUS }),
    () => store.openFile('mine.safetensors', new TextEncoder().encode(FILE).buffer as ArrayBuffer),
    () => store.open(store.runs.shipped()),
  ];
  for (const action of actions) {
    await done(action());
    states.push(await state());
  }
  const words = [
    'the file mine.safetensors → trained, 8 units',
    'the file mine.safetensors',
    'a text of your own to train on',
    'Seed 9 → 7',
    '1 update',
    '1\u2009000 updates',
    'Learning rate 0.1 → 0.5',
    '“ab” → “ba”',
  ];
  assert.deepEqual(lists(), [words, []]);
  for (let i = words.length - 1; i >= 0; i--) {
    await undo();
    assert.deepEqual(said(), ['undo', words[words.length - 1 - i]]);
    assert.deepEqual(await state(), states[i], `undone: ${words[words.length - 1 - i]}`);
  }
  await undo(); // there is no more
  assert.deepEqual(lists(), [[], [...words].reverse()]);
  for (let i = 1; i <= words.length; i++) {
    await redo();
    assert.deepEqual(said()?.[0], 'redo');
    assert.deepEqual(await state(), states[i], `redone: ${words[words.length - i]}`);
  }
  await redo();
  await done(store.readText('a'));
  assert.equal(said(), null);
});
const FILE = JSON.stringify({
  settings: { model: 'fake', task: 'fake', seed: '3', learning_rate: '0.1', hidden_size: '6' },
  theta: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
  step: 12,
});

test('several settings at one press are one thing', async () => {
  const { store, done, undo, lists, session } = await mounted();
  await done(store.setAll({ learning_rate: '0.4' }));
  await done(store.setAll({ learning_rate: '0.4' })); // nothing
  assert.deepEqual(lists()[0], ['Learning rate 0.1 → 0.4']);
  await done(store.train(3));
  await done(store.setAll({ learning_rate: '0.3' }));
  await undo();
  assert.deepEqual([session.run.value?.settings.learning_rate, session.step.value], ['0.4', 3]);
});

test('what a refused press leaves is nothing to undo', async () => {
  const { store, done, lists, state } = await mounted();
  const before = await state();
  assert.equal(await done(store.set('learning_rate', '-1', true)), false);
  assert.equal(await done(store.readText('xyz')), false);
  assert.equal(await done(store.open({ ...store.runs.shipped(), weights: 'none-such' })), false);
  assert.deepEqual([await state(), lists()], [before, [[], []]]);
});

test('pressed quickly, each is done in its turn', async () => {
  const { store, done, train, state } = await mounted();
  await train(5);
  await done(store.readText('ba'));
  await train(6);
  const there = await state();
  const { undo, redo } = store.history;
  await done(Promise.all([undo(), undo(), undo(), redo(), redo(), redo()]));
  assert.deepEqual(await state(), there);
  await done(Promise.all([store.readText('a'), store.set('learning_rate', '0.7', true), store.readText('b'), undo()]));
  assert.deepEqual((await state()).text, 'a');
  await done(undo());
  assert.deepEqual((await state()).run.settings.learning_rate, '0.1');
});

test('a link is one thing, and before the first there is nothing', async () => {
  const log = [{ step: 4, key: 'learning_rate', value: '0.02' }];
  const { store, done, undo, redo, lists, state } = await mounted({ ...defaults(), seed: 5, step: 9, log });
  assert.deepEqual(lists(), [[], []]);
  const before = await state();
  assert.deepEqual([before.step, before.run.log], [9, log]);
  await done(store.apply({ ...defaults(), seed: 6, text: 'ba', step: 3 }));
  const there = await state();
  assert.deepEqual(lists()[0], ['the view of a link']);
  await undo();
  assert.deepEqual(await state(), before);
  await redo();
  assert.deepEqual(await state(), there);
});

test('undo stops a link that is still on its way to an update, and takes all of it back', async () => {
  const { store, done, slices, undo, redo, state } = await mounted();
  const before = await state();
  const coming = store.apply({ ...defaults(), seed: 6, step: 100_000 });
  await slices(20);
  await done(Promise.all([coming, undo()]));
  assert.deepEqual(await state(), before);
  await redo();
  const { step } = await state();
  assert.ok(step > 0 && step < 100_000, `${step}`);
});

/** The lists alone, told by hand what the core can take back. */
function alone() {
  const bridge = new FakeBridge();
  let text = '';
  const history = createHistory(bridge, {
    here: () => ({ text, position: 0 }),
    runId: () => 1,
    turn: async () => true,
    halt: async () => {},
    go: async () => {},
  });
  const set = (id: string): Done => ({ id, what: 'set', key: 'rate', from: '1', to: '2' });
  const tell = (done: Done[], undone: Done[] = []) => bridge.emit('past', { done, undone });
  const read = (to: string) =>
    history.one(async () => {
      text = to;
    });
  const ids = () => history.done.value.map(({ runs, words }) => words?.to.text ?? runs.map(({ id }) => id).join('+'));
  return { history, set, tell, read, ids };
}

test('training that begins while a setting is on its way is a thing of its own', async () => {
  const { history, set, tell, ids } = alone();
  await history.one(async () => {
    tell([set('1.1')]);
    tell([set('1.1'), set('1.2')]);
    tell([set('1.1'), set('1.2'), { id: '1.3', what: 'train', updates: 1 }]);
  });
  assert.deepEqual(ids(), ['1.1+1.2', '1.3']);
});

test('what the core has let go of cannot be undone, nor a text from before it; what a death lost alone is gone', async () => {
  const { set, tell, read, ids } = alone();
  await read('a');
  tell([set('1.1')]);
  await read('b');
  tell([set('1.1'), set('1.2')]);
  await read('c');
  assert.deepEqual(ids(), ['a', '1.1', 'b', '1.2', 'c']);
  tell([set('1.2'), set('1.3')]);
  assert.deepEqual(ids(), ['b', '1.2', 'c', '1.3']);
  tell([set('1.2')]);
  assert.deepEqual(ids(), ['b', '1.2', 'c']);
});

test('any sequence, with deaths of the worker between: every state comes back', async () => {
  let turns = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const below = seeded(seed);
    const { store, session, done, train, undo, redo, die, state } = await mounted();
    const pick = <T>(list: readonly T[]) => list[below(list.length)] as T;
    const stacks = {
      done: [] as { before: unknown; after?: unknown }[],
      undone: [] as { before: unknown; after?: unknown }[],
    };
    for (let move = 0; move < 60; move++) {
      const what = below(16);
      if (what < 7) {
        const before = await state();
        const known = store.history.done.peek().length;
        await [
          () => train(1 + below(20)),
          () => done(store.readText(pick(['a', 'ab', 'ba', 'bb', 'abba']))),
          () => done(store.set('learning_rate', pick(['0.1', '0.2', '0.3']), true)),
          () => done(store.set('seed', String(below(9)), false)),
          () => done(store.open({ ...store.runs.origin.peek(), weights: 'none', seed: 1, corpus: CORPUS })),
          () => done(store.open(store.runs.shipped())),
          () => done(store.apply({ ...defaults(), seed: below(9), step: below(5), text: pick(['a', 'bb']) })),
        ][what]?.();
        const fresh = store.history.done.peek().length - known;
        assert.ok(fresh === 0 || fresh === 1, `one press, one thing: seed ${seed}, move ${move}`);
        if (fresh === 0) continue;
        stacks.done.push({ before });
        stacks.undone = [];
      } else if (what === 7) {
        await done(Promise.resolve(session.seek(below(session.tip.peek() + 1))));
      } else if (what === 8) {
        const at = session.step.peek();
        await die();
        await done(Promise.resolve(session.seek(at)));
      } else {
        const back = below(2) > 0;
        const [from, to] = back ? [stacks.done, stacks.undone] : [stacks.undone, stacks.done];
        for (let n = 1 + below(4); n > 0; n--) {
          const entry = from.pop();
          if (!entry) break;
          const stood = await state();
          await (back ? undo() : redo());
          const seen = await state();
          if (back) {
            entry.after = stood;
            assert.deepEqual(seen.hash, (entry.before as typeof seen).hash, `undo: seed ${seed}, move ${move}`);
            assert.deepEqual(
              [seen.text, seen.run],
              [(entry.before as typeof seen).text, (entry.before as typeof seen).run],
            );
          } else {
            assert.deepEqual(seen, entry.after, `redo: seed ${seed}, move ${move}`);
            entry.before = stood;
          }
          to.push(entry);
          turns++;
        }
        assert.equal(store.history.done.peek().length, stacks.done.length);
        assert.equal(store.history.undone.peek().length, stacks.undone.length);
      }
    }
    store.dispose();
  }
  assert.ok(turns > 150, `${turns} turns`);
});
