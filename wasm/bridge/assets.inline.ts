// The same as assets.ts, with everything inside the page as data: addresses.

import simd128 from '../../build/wasm/core.wasm?url&inline';
import scalar from '../../build/wasm-scalar/core.wasm?url&inline';
import type { Source } from './spawned.ts';
import CoreWorker from './worker.ts?worker&inline';

export const core = { simd128, scalar };
export const worker: Source = { direct: () => new CoreWorker(), address: null };
export const weightFiles: Record<string, string> = import.meta.glob('../../models/*.safetensors', {
  query: '?url&inline',
  import: 'default',
  eager: true,
});
/** But the names, which are in the modules. */
export const textFiles: Record<string, string> = import.meta.glob(
  ['../../models/corpora/*.txt', '!../../models/corpora/names.txt'],
  { query: '?url&inline', import: 'default', eager: true },
);
