// The way from the first word read to the last word written, counted on a graph: what goes forwards along it is how the
// gradient comes back.
import type { Bridge, NodeSchema, WalkSchema } from '../../../../wasm/bridge/protocol';

export interface Way {
  nodes: NodeSchema[]; // as values go, both ends with it; none where there is no way
  steps: number; // operations from one to the other, one after another
  states: Set<string>; // "encoder.1", "decoder.2": those that it goes through
}

/** Of the step that writes the last word, before the mark for the end where there is more than that. */
export const lastWritten = ({ targets }: Pick<WalkSchema, 'targets'>): number => Math.max(1, targets.length - 1);

/** Of the graph that was walked last over this bridge. */
export async function wayOf(bridge: Bridge, schema: WalkSchema): Promise<Way> {
  const at = (path: string) => schema.nodes.find((node) => node.path === path);
  const [from, to] = [at('encoder.1.e'), at(`decoder.${lastWritten(schema)}.J`)];
  const ids = from && to ? await bridge.call('way', { from: from.id, to: to.id }) : [];
  const nodes = ids.flatMap((id) => schema.nodes[id] ?? []);
  const states = nodes.flatMap(({ path, name }) => {
    const step = /^(?:encoder|decoder)\.\d+/.exec(path)?.[0];
    return name === 'h' && step && step !== 'decoder.0' ? [step] : []; // what is handed over is a state of the encoder
  });
  return { nodes, steps: Math.max(0, nodes.length - 1), states: new Set(states) };
}

/** The same in a net that is alike but looks back. Untrained: no count hangs on a weight. */
export async function wayWithAttention(
  spawn: () => Bridge,
  settings: Record<string, string>,
  { text, pair }: WalkSchema,
): Promise<Way> {
  const bridge = spawn();
  try {
    await bridge.call('open', { settings: { ...settings, attention: 'dot' } });
    return await wayOf(bridge, await bridge.call('walk', { text, target: pair?.target ?? '' }));
  } finally {
    bridge.close();
  }
}
