// ./dev bench --peers without the programs: turns, ratios, what is noticed, what is fetched, and the data that all share.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as data from '../../wasm/bench/peers/data.ts';
import { fetched, type Package } from '../../wasm/bench/peers/fetched.ts';
import { Graph } from '../../wasm/bench/peers/onnx.ts';
import { type Opened, stepped } from '../../wasm/bench/peers/rival.ts';
import { against, inTurns, ratios, spread } from '../../wasm/bench/peers/turns.ts';

const scratch = mkdtempSync(join(tmpdir(), 'unroll-peers-'));
after(() => rmSync(scratch, { recursive: true }));

test('in turns: all in every round, there and back again', async () => {
  const log: string[] = [];
  const program = (name: string): Opened => ({
    turn: async (ms) => ({ ms: log.push(`${name}${ms}`) }),
    result: async () => ({}),
  });
  const taken = await inTurns([program('a'), program('b'), program('c')], 3, 9);
  assert.equal(log.join(' '), 'a9 b9 c9 c9 b9 a9 a9 b9 c9');
  assert.deepEqual(
    taken.map((turns) => turns.map(({ ms }) => ms)),
    [
      [1, 6, 7],
      [2, 5, 8],
      [3, 4, 9],
    ],
  );
});

test('a ratio is of two times of one round, and the middle one of all rounds is said', () => {
  const [core, other] = [
    [1, 2, 10, 3],
    [2, 6, 40, 15],
  ].map((times) => times.map((ms) => ({ ms }))) as [{ ms: number }[], { ms: number }[]];
  assert.deepEqual(ratios(core, other), { median: 3.5, least: 2, most: 5 });
  assert.deepEqual(spread([3, 1, 2]), { median: 2, least: 1, most: 3 });
});

test('a turn warms up, and says how long one step takes, and no other', async () => {
  let steps = 0;
  const { turn, result } = stepped(
    () => {
      steps++;
      for (const began = performance.now(); performance.now() - began < 2; );
    },
    () => ({ answer: steps }),
  );
  const { ms } = await turn(30);
  assert.ok(ms >= 2 && ms < 20, `${ms}`);
  assert.ok(steps >= 8 && (await result()).answer === steps, `${steps}`);
});

test('what is wrong in a result, or is not what the core got, is said', () => {
  const core = { peer: 'core', result: { loss_first: 4, loss_last: 3, answer: 7 } };
  const other = (result: object) => against([core, { peer: 'other', result: { ...core.result, ...result } }], true);
  assert.equal(other({ loss_first: 4.0002, off: 1e-7 }), null);
  assert.match(other({ off: Number.NaN }) ?? '', /other is off by NaN/);
  assert.match(other({ off: 2e-5 }) ?? '', /other is off/);
  assert.match(other({ loss_last: 4 }) ?? '', /a loss of 4 became 4/);
  assert.match(other({ loss_first: 4.1 }) ?? '', /starts from a loss of 4.1, core from 4/);
  assert.match(other({ answer: 8 }) ?? '', /other got 8, core 7/);
});

test('the answers in double of small data, and what is off', async () => {
  const n = 16;
  const [A, B] = [data.fill(n * n, 1), data.fill(n * n, 2)];
  const C = Array.from({ length: n * n }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += A[Math.floor(at / n) * n + k]! * B[k * n + (at % n)]!;
    return sum;
  });
  assert.ok(data.offProduct(n, C) < 1e-12);
  const looked = 5 * n + ((7 * 5) % n);
  assert.ok(data.offProduct(n, C.with(looked, 99)) > 0.1);
  const seen: number[] = [];
  const answer = await data.write((tokens) => {
    seen.push(tokens.length);
    return Float32Array.from({ length: data.V }, (_, v) => (v === tokens.length % 3 ? 1 : 0));
  });
  assert.equal(seen.length, data.WRITTEN);
  assert.deepEqual([seen[0], seen[62], seen.at(-1)], [1, 63, 64]);
  assert.equal(
    answer,
    seen.reduce((sum, length, i) => sum + (i + 1) * (length % 3), 0),
  );
});

test('a graph of ONNX: fields and sizes as its protocol buffer has them', () => {
  const graph = new Graph();
  graph.add('Relu', ['x'], {}, 'y');
  const file = graph.file([{ name: 'x', shape: ['t', 300] }], { name: 'y', shape: ['t', 300] });
  const hex = Buffer.from(file).toString('hex');
  assert.ok(hex.startsWith('0808'), 'version 8 of the format');
  assert.ok(hex.includes('0a0f0a01781201791a0179220452656c75'), `x, y, y, Relu: ${hex}`);
  assert.ok(hex.includes('08ac02'), 'a size above 127 takes two bytes');
  assert.ok(hex.endsWith('42040a001011'), 'operations of version 17');
});

test('what is there is not fetched; what is not there, without a network, is one clear error that leaves nothing', async () => {
  const of: Package = { name: 'unroll-no-such', version: '1.0.0', sha512: '', files: ['a.js'] };
  // A port at which nobody listens.
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  Object.assign(process.env, { npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_fetch_retries: '0' });
  try {
    assert.throws(
      () => fetched(scratch, of),
      /^Error: unroll-no-such@1\.0\.0 could not be fetched .* is there a network\?/,
    );
    assert.deepEqual(readdirSync(scratch), ['unroll-no-such@1.0.0']);
    writeFileSync(join(scratch, 'unroll-no-such@1.0.0', 'a.js'), '');
    assert.equal(fetched(scratch, of), join(scratch, 'unroll-no-such@1.0.0'));
  } finally {
    delete process.env.npm_config_registry;
    delete process.env.npm_config_fetch_retries;
  }
});
