// Nets beside the run: one after another in a spare core, each with its whole walk, since shipped weights do not change.
import type { Bridge, Pairs, RunInfo, Tape, WalkSchema } from '../../../../wasm/bridge/protocol';

export interface Read {
  schema: WalkSchema;
  tape: Tape;
  vocabulary: readonly string[];
}

/** A text through the net that a core has open, forwards and back; of a pair led by what the net writes itself. */
export async function readBy(
  bridge: Bridge,
  run: Pick<RunInfo, 'vocabulary'>,
  text: string,
  writes: boolean,
): Promise<Read> {
  const schema = await bridge.call('walk', writes ? { text, target: null } : { text });
  await bridge.call('goto', { position: 2 * schema.forward });
  const tape = await bridge.call('tape');
  return { schema, tape, vocabulary: run.vocabulary };
}

/** How likely the answer is, of a net with one. */
export const chanceOf = ({ schema, tape }: Read): number => {
  const node = schema.nodes.find(({ path }) => path === 'y_hat');
  return (node && tape.values[node.id]?.[0]) ?? Number.NaN;
};

export function createNets(spawn: () => Bridge) {
  const bridge = spawn();
  const known = new Map<string, Promise<Read>>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: (weights: string, text: string, writes = false): Promise<Read> => {
      const key = `${weights} ${text}`;
      const found = known.get(key);
      if (found) return found;
      const read = last.then(async () => readBy(bridge, await bridge.call('open', { weights }), text, writes));
      known.set(key, read);
      last = read.catch(() => known.delete(key));
      return read;
    },
    /** Of a net's unseen pairs, of how many it has both right. */
    pairs: (weights: string): Promise<Pairs> => {
      const asked = last.then(async () => {
        await bridge.call('open', { weights });
        return bridge.call('pairs');
      });
      last = asked.catch(() => undefined);
      return asked;
    },
    dispose: () => bridge.close(),
  };
}
export type Nets = ReturnType<typeof createNets>;
