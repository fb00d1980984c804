// ./dev as someone meets it: its help, its refusals, and what it says on a machine where nothing is installed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dev = join(root, 'dev');
const commands = [
  'serve',
  'test',
  'fuzz',
  'bench',
  'release',
  'models',
  'corpora',
  'claims',
  'unroll',
  'doctor',
  'fmt',
];

function run(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(dev, args, {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    cwd: tmpdir(),
  });
  return { status, stdout, stderr };
}

// A PATH on which there is what Debian always has, and no tool that ./dev would have to install.
const bare = mkdtempSync(join(tmpdir(), 'unroll-bare-'));
after(() => rmSync(bare, { recursive: true }));
const always = [
  'awk',
  'bash',
  'cat',
  'df',
  'dirname',
  'env',
  'head',
  'id',
  'ls',
  'mkdir',
  'sed',
  'sh',
  'sha256sum',
  'tail',
];
for (const tool of [...always, 'uname', 'wc']) {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, tool))
    .find((path) => spawnSync('test', ['-x', path]).status === 0);
  assert.ok(found, `${tool} is on this machine`);
  symlinkSync(found, join(bare, tool));
}

test('without a command: the commands on stderr, exit 2', () => {
  const { status, stdout, stderr } = run([]);
  assert.equal(status, 2);
  assert.equal(stdout, '');
  for (const command of commands) assert.match(stderr, new RegExp(`^ {2}${command} `, 'm'));
});

test('--help names every command, exit 0', () => {
  const { status, stdout } = run(['--help']);
  assert.equal(status, 0);
  for (const command of commands) assert.match(stdout, new RegExp(`^ {2}${command} `, 'm'));
});

test('an unknown command: one line that names it, exit 2', () => {
  const { status, stdout, stderr } = run(['teach']);
  assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
  assert.match(stderr, /^dev: unknown command 'teach'.*\n$/);
});

for (const command of commands) {
  test(`${command} --help works before anything is installed`, () => {
    const { status, stdout, stderr } = run([command, '--help'], { PATH: bare });
    assert.equal(status, 0, stderr);
    assert.match(stdout, new RegExp(`^Usage: \\./dev ${command}`));
    assert.ok(stdout.trimEnd().split('\n').length >= 3, 'it says more than the usage');
  });
}

test('unknown options and values: one line, exit 2', () => {
  for (const [args, named] of [
    [['serve', '--colour'], '--colour'],
    [['serve', '--port', '0'], "'0'"],
    [['serve', '--port'], '--port'],
    [['test', '--quick'], '--quick'],
    [['test', '--only', 'luck'], "'luck'"],
    [['test', '--exhibits', 'rnn,luck'], "'luck'"],
    [['bench', '--peers', '--colour'], '--colour'],
    [['bench', '--peers', '--workload', 'luck'], "'luck'"],
    [['bench', '--peers', '--rounds', '0'], "'0'"],
    [['fuzz', 'no-such-target'], 'no-such-target'],
    [['fuzz', '--minutes', 'soon'], "'soon'"],
    [['release', 'now'], 'now'],
    [['models', 'no-such-model'], 'no-such-model'],
    [['corpora', '--check', 'no-such-corpus'], 'no-such-corpus'],
    [['unroll', '--target', 'fpga', 'list'], "'fpga'"],
    [['unroll', '--target'], "''"],
    [['doctor', 'who'], 'who'],
    [['fmt', 'all'], 'all'],
  ] as const) {
    const { status, stderr } = run([...args]);
    assert.equal(status, 2, `${args.join(' ')}: ${stderr}`);
    assert.ok(stderr.startsWith('dev: ') && stderr.includes(named), `${args.join(' ')}: ${stderr}`);
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
  }
});

test('without the right to install: the one line to run, and nothing else happens', () => {
  symlinkSync('/bin/true', join(bare, 'apt-get'));
  for (const [command, wanted] of [
    ['serve', 'cmake ninja-build gcc nodejs npm emscripten'],
    ['test', 'cmake ninja-build gcc nodejs npm emscripten clang clang-format chromium'],
    ['fuzz', 'cmake ninja-build gcc nodejs npm clang'],
  ] as const) {
    const { status, stdout, stderr } = run([command], { PATH: bare, UNROLL_APT: 'print', UNROLL_CHROMIUM: '' });
    assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
    const line = stderr.split('\n').find((text) => text.includes('apt-get update && apt-get install -y '));
    assert.ok(line, stderr);
    for (const name of wanted.split(' ')) assert.ok(line.split(/[ ']/).includes(name), `${name} in ${line}`);
    if (command === 'serve') assert.ok(!/clang|chromium/.test(line), 'serving needs no browser and no second compiler');
  }
  rmSync(join(bare, 'apt-get'));
});

test('without apt-get: says what is missing', () => {
  const { status, stderr } = run(['serve'], { PATH: bare });
  assert.equal(status, 1);
  assert.match(stderr, /missing: .*emscripten.*No apt-get here/);
});

test('doctor: exit 1 and every missing tool by name; installs nothing', () => {
  const { status, stdout } = run(['doctor'], { PATH: bare, UNROLL_CHROMIUM: '' });
  assert.equal(status, 1);
  for (const name of [
    'cmake',
    'ninja-build',
    'gcc',
    'emscripten',
    'clang',
    'clang-format',
    'chromium',
    'nodejs',
    'npm',
  ]) {
    assert.match(stdout, new RegExp(`^missing +${name} `, 'm'));
  }
});

test('doctor: exit 0 where everything is there, with versions', () => {
  const { status, stdout } = run(['doctor']);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^ok +cmake +cmake version 3/m);
  assert.match(stdout, /^ok +emscripten +emcc /m);
  assert.match(stdout, /^ok +disk /m);
  assert.match(stdout, /Everything is there/);
});
