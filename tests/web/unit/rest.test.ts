// Between two looks at a run that trains: a wait that ends when what is asked for is wanted at once.
import assert from 'node:assert/strict';
import test from 'node:test';
import { rest } from '../../../web/src/session/rest.ts';

test('one waits while it trains, not when it does not, and no longer than it does', async () => {
  let ended = false;
  await rest(1e9, () => true);
  await rest(0, () => false);
  let trains = true;
  const waiting = rest(1e9, () => !trains).then(() => {
    ended = true;
  });
  await rest(1, () => false); // five milliseconds
  assert.equal(ended, false);
  trains = false;
  await waiting;
  const began = performance.now();
  await rest(1, () => true, 30);
  assert.ok(performance.now() - began >= 29, 'and at least as long as it is said');
});
