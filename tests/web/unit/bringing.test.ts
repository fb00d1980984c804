// What is said of an update that is being brought back: how far, how long by its own rate, and when it is asked first.
import assert from 'node:assert/strict';
import test from 'node:test';
import { howLong } from '../../../web/src/components/Replay.tsx';
import { createBringing } from '../../../web/src/session/bringing.ts';

function clocked() {
  let ms = 0;
  const bringing = createBringing(() => ms);
  return {
    bringing,
    after(more: number, step: number, to: number): boolean {
      ms += more;
      return bringing.seen(step, to);
    },
  };
}

test('what is back at once is not worth a word', () => {
  const { bringing, after } = clocked();
  assert.equal(after(0, 100, 200), false);
  assert.equal(after(400, 150, 200), false);
  assert.equal(after(200, 190, 200), false);
  assert.equal(bringing.shown.value, null);
});

test('how long it takes follows from its own rate, as it goes', () => {
  const { bringing, after } = clocked();
  after(0, 1000, 5000);
  after(1000, 1200, 5000);
  assert.deepEqual(bringing.shown.value, { to: 5000, from: 1000, step: 1200, seconds: 19, asking: false });
  after(1000, 2000, 5000);
  assert.equal(bringing.shown.value?.seconds, 6);
  after(3000, 4999, 5000);
  assert.equal(bringing.shown.value?.step, 4999, 'once said, it is said to the end');
  after(0, 10, 40); // another
  assert.equal(bringing.shown.value, null);
});

test('above a minute it asks, once', async () => {
  const { bringing, after } = clocked();
  after(0, 0, 10_000_000);
  assert.equal(after(1000, 2000, 10_000_000), true);
  assert.equal(bringing.shown.value?.asking, true);
  assert.equal(after(50, 2100, 10_000_000), false, 'what was under way ends');
  bringing.stands(2100);
  assert.equal(bringing.shown.value?.step, 2100);
  bringing.go();
  assert.equal(await bringing.asked(), true);
  assert.equal(await bringing.asked(), false, 'an answer is one answer');
  after(90_000, 2150, 10_000_000);
  assert.deepEqual([bringing.shown.value?.asking, bringing.shown.value?.from], [false, 0]);
  assert.ok((bringing.shown.value?.seconds ?? 0) > 1e6, 'the wait for the answer is none of its rate');
});

test('a minute is not asked about, and what is stopped is answered', async () => {
  const { bringing, after } = clocked();
  after(0, 0, 6000);
  assert.equal(after(1000, 100, 6000), false);
  assert.equal(bringing.shown.value?.seconds, 59);
  after(0, 0, 9000);
  assert.equal(after(1000, 100, 9000), true);
  const asked = bringing.asked();
  bringing.end();
  assert.deepEqual([await asked, bringing.shown.value], [false, null]);
});

test('times are told in words that do not change at every look', () => {
  const told = [0.2, 9, 31, 62, 95, 600, 7200, 400_000].map(howLong);
  assert.deepEqual(told, ['1 s', '9 s', '35 s', '65 s', '2 minutes', '10 minutes', '2 hours', '5 days']);
});
