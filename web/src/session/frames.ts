// Subscriptions and frames: many views want nodes, the core sends one list of values.
import type { Frame, Wanted } from '../../../wasm/bridge/protocol';
import type { Walk } from './clocks';
import type { FrameView, Values, What } from './types';

export function keyOf(node: number, what: What): string {
  if (typeof what === 'string') return `${node} ${what}`;
  return 'edge' in what ? `${node} edge ${what.edge}` : `${node} line ${what.line}`;
}

export function union(lists: Iterable<Wanted[]>): Wanted[] {
  const all = new Map<string, Wanted>();
  for (const list of lists) for (const wanted of list) all.set(keyOf(wanted.node, wanted.what), wanted);
  return [...all.values()];
}

/** Has the walk, at this position, come to this? */
export function ready(walk: Walk, position: number, node: number, what: What): boolean {
  const schema = walk.schema.nodes[node];
  if (!schema) return false;
  if (what === 'value') return position >= schema.forward;
  if (what === 'grad') return position >= (walk.gradientFrom[node] ?? Number.POSITIVE_INFINITY);
  if ('edge' in what) return schema.backward > 0 && position >= schema.backward;
  const update = walk.schema.updates.find((entry) => entry.node === node);
  return update !== undefined && position >= update.position;
}

/** Null when the frame is not of this subscription. */
export function viewOf(frame: Frame, wanted: Wanted[], walk: Walk): FrameView | null {
  if (frame.values.length !== wanted.length) return null;
  const index = new Map(wanted.map((entry, i) => [keyOf(entry.node, entry.what), i]));
  return {
    step: frame.step,
    position: frame.position,
    gradNorm: frame.gradNorm,
    clipScale: frame.clipScale,
    values(node: number, what: What): Values | null {
      const at = index.get(keyOf(node, what));
      if (at === undefined || !ready(walk, frame.position, node, what)) return null;
      const values = frame.values[at];
      return values && values.length > 0 ? values : null;
    },
  };
}
