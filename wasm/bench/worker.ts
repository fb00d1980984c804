// `unroll bench` in a worker: a browser's engine is at its best there, and the page's core runs in one.

import { openCommand } from '../bridge/command.ts';
import { fetchBytes } from '../bridge/loader.ts';

self.onmessage = async ({ data: { module, args } }: MessageEvent<{ module: string; args: string[] }>) => {
  const print = (stream: 1 | 2, bytes: Uint8Array) =>
    self.postMessage({ stream, text: new TextDecoder().decode(bytes) });
  try {
    const command = await openCommand(await fetchBytes(module), {
      runtime: 'chromium',
      read: () => null,
      write: () => false,
      print,
      now: () => performance.now(),
      isTerminal: () => false,
    });
    self.postMessage({ code: command(args) });
  } catch (error) {
    print(2, new TextEncoder().encode(`${error}\n`));
    self.postMessage({ code: 2 });
  }
};
