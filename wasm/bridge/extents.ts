// How large the numbers of a whole walk become: a scale of colour that is made from it is the same wherever one stands.

import type { WalkLike } from './corelike.ts';
import type { Extents } from './protocol.ts';

/** Largest size of the finite ones. */
function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number);
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  return most;
}

/** Leaves the walk at the end of its way back. */
export function extentsOf(walk: WalkLike): Omit<Extents, 'step'> {
  const { nodes, forward, length } = walk.schema;
  walk.to(Math.min(2 * forward, length));
  const extents: Omit<Extents, 'step'> = { values: [], gradients: [], edges: [] };
  for (const { id, dtype, gradient, inputs } of nodes) {
    const most = (what: Parameters<WalkLike['read']>[0][number]['what']) =>
      largest(walk.read([{ node: id, what }])[0] ?? []);
    extents.values[id] = dtype === 'index' ? 0 : most('value');
    extents.gradients[id] = gradient ? most('grad') : 0;
    extents.edges[id] = gradient ? inputs.map((_, edge) => most({ edge })) : [];
  }
  return extents;
}
