// Where the modules, the worker and the shipped weights are: addresses of files beside the page. The one-file build
// takes assets.inline.ts instead, which has the same names.

import simd128 from '../../build/wasm/core.wasm?url';
import moreSimd128 from '../../build/wasm/more.wasm?url';
import scalar from '../../build/wasm-scalar/core.wasm?url';
import moreScalar from '../../build/wasm-scalar/more.wasm?url';
import type { Source } from './spawned.ts';
import CoreWorker from './worker.ts?worker';
import workerAddress from './worker.ts?worker&url';

export const core = { simd128, scalar };
export const more = { simd128: moreSimd128, scalar: moreScalar };
export const worker: Source = { direct: () => new CoreWorker(), address: workerAddress };
export const weightFiles: Record<string, string> = import.meta.glob('../../models/*.safetensors', {
  query: '?url',
  import: 'default',
  eager: true,
});
export const textFiles: Record<string, string> = import.meta.glob('../../models/corpora/*.txt', {
  query: '?url',
  import: 'default',
  eager: true,
});
