// How the page gets a bridge: the client over a real worker, with addresses made absolute for it.

import { core, more, textFiles, weightFiles, worker } from './assets.ts';
import { Client } from './client.ts';
import type { Bridge } from './protocol.ts';
import { SpawnedWorker } from './spawned.ts';
import type { Places } from './wire.ts';

export function openBridge(options: { simd?: Places['simd'] } = {}): Bridge {
  const absolute = (address: string) => new URL(address, document.baseURI).href;
  // "../../models/names-rnn.safetensors" is the file of the weights called names-rnn.
  const named = (files: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(files).map(([path, address]) => [
        path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.')),
        absolute(address),
      ]),
    );
  const source = { ...worker, address: worker.address === null ? null : absolute(worker.address) };
  return new Client({
    spawn: () => new SpawnedWorker(source),
    places: {
      simd: options.simd ?? 'auto',
      core: { simd128: absolute(core.simd128), scalar: absolute(core.scalar) },
      more: { simd128: absolute(more.simd128), scalar: absolute(more.scalar) },
      weights: named(weightFiles),
      texts: named(textFiles),
    },
    nextFrame: (callback) => requestAnimationFrame(callback),
  });
}
