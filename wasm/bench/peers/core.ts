// The core itself, as `unroll bench` of one module that stays open between turns.

import { openCommand } from '../../bridge/command.ts';
import { fetchBytes } from '../../bridge/loader.ts';
import { lines, type Open } from './rival.ts';

export async function openCore(module: string): Promise<Open> {
  let printed = '';
  const command = await openCommand(await fetchBytes(module), {
    runtime: 'chromium',
    read: () => null,
    write: () => false,
    print: (_, bytes) => {
      printed += new TextDecoder().decode(bytes);
    },
    now: () => performance.now(),
    isTerminal: () => false,
  });
  return lines(async (args) => {
    printed = '';
    if (command(args) !== 0) throw new Error(printed.trim());
    return printed;
  });
}
