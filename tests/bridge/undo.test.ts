// Undo and redo over the port: one thing at a time, in any sequence, exact, whatever was replayed or died between.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { PastInfo } from '../../wasm/bridge/protocol.ts';
import { TOO_FAST, wire } from './fake.ts';

async function opened() {
  const wired = wire();
  const { client, rest, workers } = wired;
  let past: PastInfo = { done: [], undone: [] };
  client.on('past', (event) => {
    past = event;
  });
  const after = async <T>(reply: Promise<T>): Promise<T> => {
    reply.catch(() => {});
    await rest();
    return reply;
  };
  await after(client.call('open', { settings: {} }));
  return {
    ...wired,
    after,
    past: () => past,
    deeds: () => past.done.map(({ id: _, ...deed }) => deed),
    train: async (updates: number) => {
      await after(client.call('train', { updates }));
      return client.call('stop');
    },
    seek: (step: number) => after(client.call('seek', { step })),
    set: (value: string) => after(client.call('set', { key: 'learning_rate', value })),
    undo: () => after(client.call('undo')),
    redo: () => after(client.call('redo')),
    die: async () => {
      workers.at(-1)!.onerror!({ message: 'gone' });
      await rest();
    },
    /** All that there is to see of a run. That the start was looked at is known from the first training on. */
    state: async () => {
      const { curve, validation } = await client.call('history');
      return {
        run: await client.call('stop'),
        hash: await client.call('hash'),
        curve,
        validation: validation.filter(({ step }) => step > 0),
      };
    },
  };
}
type Opened = Awaited<ReturnType<typeof opened>>;

test('a setting and a training are two things, each named, each undone and redone alone', async () => {
  const { train, set, seek, undo, redo, deeds, past, state } = await opened();
  const start = await state();
  await set('0.5');
  const held = await state();
  await train(100);
  const there = await state();
  assert.deepEqual(deeds(), [
    { what: 'set', key: 'learning_rate', from: '0.1', to: '0.5' },
    { what: 'train', updates: 100 },
  ]);
  await seek(40);
  const seen = await state();
  await undo();
  assert.deepEqual(await state(), held);
  await undo();
  assert.deepEqual(await state(), start);
  assert.deepEqual([past().done, past().undone.map(({ what }) => what)], [[], ['train', 'set']]);
  await redo();
  assert.deepEqual(await state(), held);
  await redo();
  assert.deepEqual(await state(), seen, 'at the update that was on screen');
  await seek(100);
  assert.deepEqual(await state(), there);
});

test('a setting that is changed while it trains parts what was trained before it from what came after', async () => {
  const { client, slices, rest, undo, deeds, state } = await opened();
  await client.call('train', { updates: Number.POSITIVE_INFINITY });
  await slices(3);
  await client.call('train', { updates: Number.POSITIVE_INFINITY, perSecond: 1e6 }); // another pace is nothing new
  await slices(3);
  await client.call('set', { key: 'learning_rate', value: '0.5' });
  const { run } = { run: await client.call('train', { updates: 10 }) };
  await rest();
  const updates = run.step;
  assert.ok(updates > 0);
  assert.deepEqual(deeds(), [
    { what: 'train', updates },
    { what: 'set', key: 'learning_rate', from: '0.1', to: '0.5' },
    { what: 'train', updates: 10 },
  ]);
  await undo();
  assert.deepEqual([(await state()).run.step, (await state()).run.settings.learning_rate], [updates, '0.5']);
  await undo();
  assert.deepEqual([(await state()).run.step, (await state()).run.settings.learning_rate], [updates, '0.1']);
});

test('a training that makes no update takes nothing away, and is nothing to undo', async () => {
  const { client, train, seek, set, deeds, state, rest } = await opened();
  await train(50);
  await seek(20);
  const before = await state();
  await client.call('train', { updates: 9 });
  await client.call('stop');
  await rest();
  assert.deepEqual(await state(), before);
  await set(String(TOO_FAST + 1));
  await train(5);
  assert.deepEqual(
    deeds().map(({ what }) => what),
    ['train', 'set'],
  );
});

test('an undo that comes while another is replayed loses no update of what is redone', async () => {
  const { client, after, train, seek, set, undo, redo, slices, clock, state } = await opened();
  await train(30);
  await seek(19);
  await set('0.4');
  await train(9);
  await seek(25);
  const before = await state();
  clock.updateMs = 40; // an update a slice
  const first = client.call('undo');
  await slices(2);
  const second = client.call('undo');
  assert.ok((await first).step < 19, 'cut short');
  await after(second);
  await undo();
  const steps: number[] = [];
  for (let i = 0; i < 3; i++) steps.push((await redo()).step);
  assert.deepEqual(steps, [19, 19, 25]);
  assert.deepEqual(await state(), before);
});

test('what is redone starts from where it began, wherever one has looked since', async () => {
  const { train, seek, set, undo, redo, state } = await opened();
  await train(6);
  await set('0.9');
  await train(2);
  await seek(5);
  await train(4);
  const before = await state();
  await undo();
  await seek(8); // of the other future
  await redo();
  assert.deepEqual(await state(), before);
});

test('whatever is done anew drops what could be redone, in this run and of those after it', async () => {
  const { client, after, train, set, undo, redo, past } = await opened();
  await train(10);
  await after(client.call('open', { settings: { seed: '5' } }));
  await train(5);
  for (let i = 0; i < 3; i++) await undo();
  assert.deepEqual(
    past().undone.map(({ what }) => what),
    ['train', 'open', 'train'],
  );
  await redo();
  await set('0.1'); // as it is: nothing is done
  assert.equal(past().undone.length, 2);
  await set('0.2');
  assert.deepEqual(past().undone, []);
  await assert.rejects(redo(), { code: 'state' });
});

/** What one may do, drawn from a seed; what is undone and redone must be as it was. */
async function walk(seed: number, moves: number): Promise<{ undone: number; redone: number }> {
  let drawn = seed;
  const below = (n: number) => {
    drawn = (Math.imul(drawn, 1664525) + 1013904223) >>> 0;
    return Math.floor((drawn / 2 ** 32) * n);
  };
  const one: Opened = await opened();
  const { client, after, past, state } = one;
  const done: { id: string; before: unknown; after?: unknown }[] = [];
  let undone: typeof done = [];
  const count = { undone: 0, redone: 0 };
  const file = await client.call('save', { snapshot: true });
  const actions = [
    () => one.train(1 + below(30)),
    () => one.train(1 + below(30)),
    async () => {
      await client.call('train', { updates: Number.POSITIVE_INFINITY });
      await one.slices(below(6));
      if (below(2)) await client.call('set', { key: 'learning_rate', value: String(below(9) / 10) });
      await one.slices(below(4));
      await client.call('stop');
      await one.rest();
    },
    () => one.set(String(below(9) / 10)),
    () => after(client.call('open', { settings: { seed: String(below(99)) } })),
    () => after(client.call('open', { weights: 'names-rnn' })),
    () => after(client.call('open', { settings: {}, corpus: 'ab\nba' })),
    () => after(client.call('open', { file: file.slice(0) })),
  ];
  for (let move = 0; move < moves; move++) {
    const what = below(20);
    if (what < 8) {
      const before = await state();
      const known = past().done.at(-1)?.id;
      await actions[what]!();
      const now = past().done.map(({ id }) => id);
      const fresh = now.slice(known === undefined ? 0 : now.indexOf(known) + 1);
      if (fresh.length > 0) undone = [];
      // Of several things in one move, the states between were not looked at.
      fresh.forEach((id, i) => {
        done.push({ id, before: i === 0 ? before : undefined });
      });
      if (fresh.length === 0 && past().undone.length === 0) undone = [];
    } else if (what < 11) {
      const { run } = await state();
      await one.seek(below(run.tip + 1));
    } else if (what === 11) {
      const { run } = await state();
      await one.die();
      await one.seek(run.step);
      assert.deepEqual((await state()).run, run, `seed ${seed}, move ${move}: a new worker`);
    } else {
      const back = below(2) > 0;
      const [from, to] = back ? [done, undone] : [undone, done];
      for (let n = 1 + below(6); n > 0 && from.length > 0; n--) {
        const entry = from.pop()!;
        if (back) entry.after = await state();
        // A run that another takes the place of comes back where it was left.
        else if (!entry.id.includes('.')) entry.before = await state();
        await (back ? one.undo() : one.redo());
        const wanted = back ? entry.before : entry.after;
        const seen = await state();
        if (wanted) assert.deepEqual(seen, wanted, `seed ${seed}, move ${move}: ${back ? 'undo' : 'redo'} ${entry.id}`);
        else if (back) entry.before = seen;
        to.push(entry);
        count[back ? 'undone' : 'redone']++;
      }
    }
    const ids = (list: { id: string }[]) => list.map(({ id }) => id);
    const opens = done.filter(({ id }) => !id.includes('.')).length;
    if (opens > 15) done.splice(0, done.length - past().done.length); // so many runs are kept
    assert.deepEqual([ids(past().done), ids(past().undone)], [ids(done), ids(undone)], `seed ${seed}, move ${move}`);
  }
  return count;
}

test('any sequence of deeds, seeks, deaths, undo and redo: every state comes back to the last bit', async () => {
  const total = { undone: 0, redone: 0 };
  for (let seed = 1; seed <= 12; seed++) {
    const { undone, redone } = await walk(seed, 120);
    total.undone += undone;
    total.redone += redone;
  }
  assert.ok(total.undone > 300 && total.redone > 100, JSON.stringify(total));
});
