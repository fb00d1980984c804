// The bridge over the real module, without a worker.

import { Client, type WorkerLike } from '../../wasm/bridge/client.ts';
import { Server } from '../../wasm/bridge/server.ts';
import type { ToServer } from '../../wasm/bridge/wire.ts';
import { core, textOf } from './modules.ts';

const TEXTS = ['names', 'moby-dick', 'phrases-en-sw', 'dates'];
const NOWHERE = { simd128: '', scalar: '' };

/** Worker and page in one thread, with messages copied as between two. */
export async function bridge() {
  const c = await core();
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage: (message: ToServer, transfer) => {
      const data = structuredClone(message, { transfer });
      setImmediate(() => void server.receive(data));
    },
    terminate: () => {},
  };
  const port = {
    onmessage: null,
    postMessage: (message: unknown, transfer: ArrayBuffer[]) => {
      const data = structuredClone(message, { transfer });
      setImmediate(() => worker.onmessage?.({ data: data as never }));
    },
  };
  const server = new Server(
    port,
    c,
    { weights: {}, texts: Object.fromEntries(TEXTS.map((name) => [name, async () => textOf(name)])) },
    {
      now: () => performance.now(),
      later: (task) => void setImmediate(task),
      after: (ms, task) => void setTimeout(task, ms),
    },
  );
  const places = { simd: 'auto' as const, core: NOWHERE, more: NOWHERE, weights: {}, texts: {} };
  const client = new Client({ spawn: () => worker, places, nextFrame: (callback) => void setImmediate(callback) });
  const train = async (updates: number) => {
    const ended = new Promise<void>((resolve) => {
      const off = client.on('progress', (progress) => {
        if (progress.running) return;
        off();
        resolve();
      });
    });
    await client.call('train', { updates });
    await ended;
  };
  return { client, train };
}
