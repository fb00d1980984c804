// The command as WebAssembly: the same lines, files and exit codes as the native program's.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { folder as builds, top } from './modules.ts';

const scratch = mkdtempSync(join(tmpdir(), 'unroll-cli-'));
after(() => rmSync(scratch, { recursive: true }));

function unroll(args: string[], simd: 'simd128' | 'scalar' | 'relaxed' = 'simd128') {
  const module = simd === 'relaxed' ? 'build/wasm/cli-relaxed.wasm' : join(builds[simd], 'cli.wasm');
  const words = ['--import', 'tsx', 'wasm/bridge/cli.ts', module, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: top, encoding: 'utf8' });
  return { status, stdout, stderr, lines: stdout.trimEnd().split('\n') };
}
const TRAIN = ['train', '--model', 'rnn_lm', '--task', 'names', '--seed', '2', '--steps', '12', '--json'];
const SMALL = ['--set', 'hidden_size=16', '--set', 'embedding_size=8'];

test('train ends with its line and writes weights, byte for byte the same from both builds', () => {
  const made = (['simd128', 'scalar'] as const).map((simd) => {
    const file = join(scratch, `${simd}.safetensors`);
    const { status, lines, stderr } = unroll([...TRAIN, ...SMALL, '--out', file], simd);
    assert.equal(status, 0, stderr);
    return { last: JSON.parse(lines.at(-1)!), bytes: readFileSync(file) };
  });
  assert.equal(made[0]!.last.done, true);
  assert.match(made[0]!.last.hash, /^[0-9a-f]{16}$/);
  assert.equal(made[0]!.last.hash, made[1]!.last.hash);
  assert.deepEqual(made[0]!.bytes, made[1]!.bytes);
});

/** Can this machine multiply and add with one rounding? Where it cannot, relaxed is as strict. */
const FUSED = process.arch !== 'x64' || / fma /.test(readFileSync('/proc/cpuinfo', 'utf8'));
test('relaxed SIMD learns the same but for last digits, which are the same each time', () => {
  // an LSTM takes products of matrices, a GPT all else that is multiplied and added
  for (const model of ['lstm_lm', 'gpt']) {
    const args = ['train', '--model', model, '--task', 'names', '--seed', '2', '--steps', '12', '--json'];
    const [strict, relaxed, again] = (['simd128', 'relaxed', 'relaxed'] as const).map((simd) => {
      const { status, lines, stderr } = unroll(args, simd);
      assert.equal(status, 0, stderr);
      return JSON.parse(lines.at(-1)!);
    });
    assert.equal(relaxed.hash, again.hash);
    if (FUSED) assert.notEqual(relaxed.hash, strict.hash);
    assert.ok(Math.abs(relaxed.loss - strict.loss) < 1e-4, `${relaxed.loss}, ${strict.loss}`);
  }
});

test('files are read back', () => {
  const file = join(scratch, 'read.safetensors');
  const trained = unroll([...TRAIN, ...SMALL, '--out', file]);
  const { val_loss } = JSON.parse(trained.lines.at(-1)!);
  const { status, lines, stderr } = unroll(['eval', '--weights', file, '--json']);
  assert.equal(status, 0, stderr);
  assert.ok(
    lines.some((line) => line.includes(`:${val_loss}`)),
    `${lines} has ${val_loss}`,
  );
});

test('list and trace print JSON lines', () => {
  for (const line of unroll(['list', '--json']).lines) assert.equal(typeof JSON.parse(line), 'object');
  const file = join(scratch, 'trace.safetensors');
  unroll([...TRAIN, ...SMALL, '--out', file]);
  const { lines, status } = unroll(['trace', '--weights', file, '--input', 'anna', '--backward', '--json']);
  assert.equal(status, 0);
  const nodes = lines.map((line) => JSON.parse(line));
  assert.ok(nodes.some((node) => node.path === 'rnn.3.Wh_h'));
});

test('what cannot be done is one clear line and exit 2', () => {
  const wrong = [
    ['train', '--model', 'rnn_lm', '--task', 'names', '--steps', '1', '--set', 'hidden=3'],
    ['eval', '--weights', join(scratch, 'none-such')],
    ['train', '--model', 'rnn_lm', '--task', 'names', '--steps', '1', '--out', join(scratch, 'no/such/folder')],
    ['train', '--frobnicate'],
    ['frobnicate'],
  ];
  for (const args of wrong) {
    const { status, stderr } = unroll(args);
    assert.equal(status, 2, `${args}`);
    assert.match(stderr, /^unroll: [^\n]+\n$/, `${args}`);
  }
});

test('a module that cannot be read is one clear line and exit 2', () => {
  const words = ['--import', 'tsx', 'wasm/bridge/cli.ts', join(scratch, 'none.wasm'), 'list'];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: top, encoding: 'utf8' });
  assert.equal(status, 2);
  assert.match(stderr, /^unroll: .*none\.wasm cannot be read\n$/);
});
