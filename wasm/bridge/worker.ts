// The worker's entry: loads the module that the first message names, then serves. Messages that come meanwhile wait.

import { makeCore, type WasmCore } from './core.ts';
import { choose, fetchBytes, type Simd } from './loader.ts';
import { messagePace } from './pace.ts';
import { Server } from './server.ts';
import { startFailure } from './starting.ts';
import type { Places, Port, ToServer } from './wire.ts';

const port = self as unknown as Port;
const waiting: ToServer[] = [];
port.onmessage = ({ data }: { data: ToServer }) => {
  if (data.kind === 'init') void begin(data.places, data.more);
  else waiting.push(data);
};

async function begin(places: Places, more: boolean): Promise<void> {
  try {
    const core = await coreOf(places, more);
    const fetched = (addresses: Record<string, string>) =>
      Object.fromEntries(Object.entries(addresses).map(([id, address]) => [id, () => fetchBytes(address)]));
    const shipped = { weights: fetched(places.weights), texts: fetched(places.texts) };
    const server = new Server(port, core, shipped, messagePace());
    for (const message of waiting) void server.receive(message);
  } catch (error) {
    port.postMessage({ kind: 'failed', error: startFailure(error) }, []);
  }
}

/** The build that this engine takes: one with SIMD that it refuses after all gives way to the scalar one. */
async function coreOf({ simd, ...places }: Places, soon: boolean): Promise<WasmCore> {
  const make = async (build: Simd) => {
    const more = () => fetchBytes(places.more[build]);
    let coming = soon ? more() : null;
    coming?.catch(() => {
      coming = null; // told where it is asked for
    });
    return makeCore(await fetchBytes(places.core[build]), () => coming ?? more());
  };
  const chosen = choose(simd);
  try {
    return await make(chosen);
  } catch (error) {
    if (simd !== 'auto' || chosen === 'scalar' || !(error instanceof WebAssembly.CompileError)) throw error;
    return make('scalar');
  }
}
