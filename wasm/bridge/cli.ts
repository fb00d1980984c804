// The command in Node: node --import tsx wasm/bridge/cli.ts PATH/cli.wasm COMMAND [OPTION]...

import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { setFlagsFromString } from 'node:v8';
import { openCommand } from './command.ts';

function attempt<T>(what: () => T, otherwise: T): T {
  try {
    return what();
  } catch {
    return otherwise;
  }
}

/** A pipe may take less than it is given, or nothing for now. */
function print(stream: 1 | 2, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(stream, bytes, done);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN') throw error;
    }
  }
}

const [path, ...args] = process.argv.slice(2);
const module = path === undefined ? null : attempt(() => readFileSync(path), null);
if (!module) {
  process.stderr.write(`unroll: ${path ?? 'cli.wasm'} cannot be read\n`);
  process.exit(2);
}
const bytes = new Uint8Array(module);
if (!WebAssembly.validate(bytes)) setFlagsFromString('--experimental-wasm-relaxed-simd'); // Node 20 has it, if asked
const command = await openCommand(bytes, {
  runtime: 'node',
  read: (file) => attempt(() => readFileSync(file), null),
  write: (file, bytes) =>
    attempt(() => {
      writeFileSync(file, bytes);
      return true;
    }, false),
  print,
  now: () => performance.now(),
  isTerminal: (stream) => isatty(stream),
});
process.exitCode = command(args);
