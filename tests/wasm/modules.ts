// The built modules, as tests read them.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeCore, type WasmCore } from '../../wasm/bridge/core.ts';
import { CoreFailure } from '../../wasm/bridge/corelike.ts';
import type { Simd } from '../../wasm/bridge/loader.ts';

export const top = fileURLToPath(new URL('../..', import.meta.url));
export const folder = { simd128: 'build/wasm', scalar: 'build/wasm-scalar' };
export const bytesOf = (simd: Simd, part: 'core' | 'more' = 'core') =>
  new Uint8Array(readFileSync(`${top}${folder[simd]}/${part}.wasm`));
/** A text that comes with a task, as it lies beside the page. */
export const textOf = (name: string) => new Uint8Array(readFileSync(`${top}models/corpora/${name}.txt`));
/** All of it, with the names. */
export async function core(simd: Simd = 'simd128'): Promise<WasmCore> {
  const made = await makeCore(bytesOf(simd), async () => bytesOf(simd, 'more'));
  await made.more();
  made.bring('names', textOf('names'));
  return made;
}
/** Small enough for many updates in a test. */
export const SMALL = { model: 'rnn_lm', task: 'names', seed: '3', hidden_size: '24', embedding_size: '8' };

/** For assert.throws: a failure of the core with this code, at this place, in a sentence. */
export const failing = (code: string, node?: string) => (error: unknown) =>
  error instanceof CoreFailure &&
  error.error.code === code &&
  (node === undefined || error.error.node === node) &&
  error.error.message.length > 15;
