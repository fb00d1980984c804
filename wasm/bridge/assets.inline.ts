// The same as assets.ts, with everything inside the page: data: addresses of what is compressed.

import simd128 from '../../build/wasm/core.wasm?packed';
import moreSimd128 from '../../build/wasm/more.wasm?packed';
import scalar from '../../build/wasm-scalar/core.wasm?packed';
import moreScalar from '../../build/wasm-scalar/more.wasm?packed';
import type { Source } from './spawned.ts';
import CoreWorker from './worker.ts?worker&inline';

export const core = { simd128, scalar };
export const more = { simd128: moreSimd128, scalar: moreScalar };
export const worker: Source = { direct: () => new CoreWorker(), address: null };
export const weightFiles: Record<string, string> = import.meta.glob('../../models/*.safetensors', {
  query: '?packed',
  import: 'default',
  eager: true,
});
export const textFiles: Record<string, string> = import.meta.glob('../../models/corpora/*.txt', {
  query: '?packed',
  import: 'default',
  eager: true,
});
