// The built modules, as tests read them.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeCore } from '../../wasm/bridge/core.ts';
import { CoreFailure } from '../../wasm/bridge/corelike.ts';
import type { Simd } from '../../wasm/bridge/loader.ts';

export const top = fileURLToPath(new URL('../..', import.meta.url));
export const folder = { simd128: 'build/wasm', scalar: 'build/wasm-scalar' };
export const bytesOf = (simd: Simd) => new Uint8Array(readFileSync(`${top}${folder[simd]}/core.wasm`));
export const core = (simd: Simd = 'simd128') => makeCore(bytesOf(simd));
/** A text that comes with a task, as it lies beside the page. */
export const textOf = (name: string) => new Uint8Array(readFileSync(`${top}models/corpora/${name}.txt`));
/** Small enough for many updates in a test. */
export const SMALL = { model: 'rnn_lm', task: 'names', seed: '3', hidden_size: '24', embedding_size: '8' };

/** For assert.throws: a failure of the core with this code, at this place, in a sentence. */
export const failing = (code: string, node?: string) => (error: unknown) =>
  error instanceof CoreFailure &&
  error.error.code === code &&
  (node === undefined || error.error.node === node) &&
  error.error.message.length > 15;
