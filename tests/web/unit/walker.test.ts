// Of a walk that has been left nothing reaches the core any more: who comes after has subscribed in its place.
import assert from 'node:assert/strict';
import test from 'node:test';
import { signal } from '@preact/signals';
import type { Bridge } from '../../../wasm/bridge/protocol.ts';
import { createWalker } from '../../../web/src/session/walker.ts';
import { walked } from './walked.ts';

test('a walk that is left while it asks does not subscribe', async () => {
  const schema = await walked('rnn_lm', 'ab', 4);
  const asked: string[] = [];
  let moved = (): void => {};
  const bridge = {
    call: (name: string) => {
      asked.push(name);
      if (name === 'walk') return Promise.resolve(schema);
      if (name === 'goto') return new Promise<void>((resolve) => (moved = resolve));
      return Promise.resolve(undefined);
    },
    on: () => () => {},
  } as unknown as Bridge;
  const run = { step: signal(0), training: signal({ running: false }) };
  const walker = createWalker(bridge, signal('value'), run);
  await walker.read('ab');
  await Promise.resolve();
  assert.deepEqual(asked, ['walk', 'goto']);
  walker.dispose();
  moved();
  walker.want([{ node: 1, what: 'value' }])();
  await new Promise(setImmediate);
  assert.deepEqual(asked, ['walk', 'goto']);
});
