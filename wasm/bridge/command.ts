// The `unroll` command as a module, over whatever host it is given: Node's files, or a browser's none.

import { instantiate } from './loader.ts';

export interface Host {
  runtime: string; // named in the lines of bench
  /** null: it cannot be read. */
  read(path: string): Uint8Array | null;
  /** False: it cannot be written. */
  write(path: string, bytes: Uint8Array): boolean;
  print(stream: 1 | 2, bytes: Uint8Array): void;
  now(): number;
  isTerminal(stream: 1 | 2): boolean;
}

/** The command, to be run as often as one likes; its exit code. */
export async function openCommand(module: Uint8Array<ArrayBuffer>, host: Host): Promise<(args: string[]) => number> {
  let held: Uint8Array | null = null;
  // The memory's buffer is another one after it grew: views are made at each call.
  const bytes = (address: number, size: number) => new Uint8Array(memory.buffer, address, size);
  const text = (address: number, size: number) => new TextDecoder().decode(bytes(address, size));
  const exports = await instantiate(module, {
    host: {
      open: (path: number, size: number) => {
        held = host.read(text(path, size));
        return held ? held.length : -1;
      },
      take: (address: number) => {
        if (held) bytes(address, held.length).set(held);
        held = null;
      },
      write: (path: number, pathSize: number, data: number, size: number) =>
        host.write(text(path, pathSize), bytes(data, size)) ? 1 : 0,
      // What is printed may be kept until it is written, and the memory may change.
      print: (stream: number, address: number, size: number) =>
        host.print(stream === 2 ? 2 : 1, bytes(address, size).slice()),
      clock: () => host.now(),
      terminal: (stream: number) => (host.isTerminal(stream === 2 ? 2 : 1) ? 1 : 0),
    },
  });
  const memory = exports.memory as WebAssembly.Memory;
  return (args) => {
    const words = new TextEncoder().encode([host.runtime, ...args].map((word) => `${word}\0`).join(''));
    const address = (exports.words as (size: number) => number)(words.length);
    if (address === 0) throw new Error('There is no memory for the arguments.');
    bytes(address, words.length).set(words);
    return (exports.run as () => number)();
  };
}
