// Runs the native program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.UNROLL_PROGRAM ?? join(root, 'build/release/unroll');

export function unroll(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return { status, stdout, stderr };
}

/** The lines of JSON that a command prints with --json. */
export function json(...args: string[]) {
  const { status, stdout, stderr } = unroll(...args, '--json');
  if (status !== 0) throw new Error(`unroll ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Exit 2, nothing on stdout, one line on stderr that says `says`. */
export function refused(says: RegExp, ...args: string[]) {
  const { status, stdout, stderr } = unroll(...args);
  assert.equal(status, 2, `${args.join(' ')}: ${stdout}${stderr}`);
  assert.equal(stdout, '');
  assert.match(stderr, /^unroll: [^\n]+\n$/);
  assert.match(stderr, says);
}
