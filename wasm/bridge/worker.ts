// The worker's entry: loads the module that the first message names, then serves. Messages that come meanwhile wait.

import { makeCore } from './core.ts';
import { CoreFailure } from './corelike.ts';
import { choose, fetchBytes } from './loader.ts';
import { messagePace } from './pace.ts';
import { Server } from './server.ts';
import type { Places, Port, ToServer } from './wire.ts';

const port = self as unknown as Port;
const waiting: ToServer[] = [];
port.onmessage = ({ data }: { data: ToServer }) => {
  if (data.kind === 'init') void begin(data.places);
  else waiting.push(data);
};

async function begin(places: Places): Promise<void> {
  try {
    const core = await makeCore(await fetchBytes(places.core[choose(places.simd)]));
    const fetched = (addresses: Record<string, string>) =>
      Object.fromEntries(Object.entries(addresses).map(([id, address]) => [id, () => fetchBytes(address)]));
    const shipped = { weights: fetched(places.weights), texts: fetched(places.texts) };
    const server = new Server(port, core, shipped, messagePace());
    for (const message of waiting) void server.receive(message);
  } catch (error) {
    const message = error instanceof CoreFailure ? error.error.message : String(error);
    port.postMessage({ kind: 'died', message }, []);
  }
}
