// Why a core did not start, as the page can say it: by kind, since what to do depends on it.

import { CoreFailure } from './corelike.ts';
import type { CoreError } from './protocol.ts';

/** start-wasm: none here; start-file: did not come; start-compile: not understood; start-memory: no room;
 *  start-worker: no worker (see spawned.ts); start-core: anything else. */
export type StartCode = `start-${'wasm' | 'file' | 'compile' | 'memory' | 'worker' | 'core'}`;

export function startFailure(error: unknown): CoreError {
  const of = (code: StartCode, message: string, node = ''): CoreError => ({ code, node, message });
  if (typeof WebAssembly !== 'object') return of('start-wasm', 'There is no WebAssembly here.');
  if (error instanceof CoreFailure) {
    const { code, message, node } = error.error;
    return of(code === 'file' ? 'start-file' : 'start-core', message, node);
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) {
    return of('start-compile', message);
  }
  // The memory that a module asks for is refused with a RangeError.
  return of(error instanceof RangeError ? 'start-memory' : 'start-core', message);
}
