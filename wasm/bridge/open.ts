// How the page gets a bridge: the client over a real worker, with addresses made absolute for it.

import { core, prose, spawn, weightFiles } from './assets.ts';
import { Client, type WorkerLike } from './client.ts';
import type { Bridge } from './protocol.ts';
import type { Places } from './wire.ts';

export function openBridge(options: { simd?: Places['simd'] } = {}): Bridge {
  const absolute = (address: string) => new URL(address, document.baseURI).href;
  // "../../models/names-rnn.safetensors" is the file of the weights called names-rnn.
  const weights = Object.entries(weightFiles).map(([path, address]) => [
    path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.')),
    absolute(address),
  ]);
  return new Client({
    spawn: () => spawn() as unknown as WorkerLike,
    places: {
      simd: options.simd ?? 'auto',
      core: { simd128: absolute(core.simd128), scalar: absolute(core.scalar) },
      weights: Object.fromEntries(weights),
      texts: { prose: absolute(prose) },
    },
    nextFrame: (callback) => requestAnimationFrame(callback),
  });
}
