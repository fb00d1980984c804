// How far a scale of colour reaches over the whole walk: the same wherever one stands in it, be it by a link.

import { barRange, niceRange, tightRange } from '../draw/format.ts';
import type { Extents, Wanted } from '../session/types.ts';
import { reachOf } from '../stage/scales.ts';
import { cells } from '../stage/tape.ts';
import type { Picture } from './picture.ts';

const known = new WeakMap<Extents, Map<string, number>>();

/** Null for what is no scale of the figure's. */
export function reached(picture: Picture, extents: Extents, key: string): number | null {
  const all = known.get(extents) ?? reachedBy(picture, extents);
  known.set(extents, all);
  return all.get(key) ?? null;
}

/** Of what the figure draws. The gradient of a probability, one over it where a guess was bad, would make all others
 *  pale: it is drawn as beyond. */
function reachedBy({ kind, anatomy: a }: Picture, extents: Extents): Map<string, number> {
  const wanted = [...kind.wanted(a, false), ...kind.wanted(a, true)];
  const sizes = new Map<string, number>();
  const see = (key: string, { node, what }: Wanted) =>
    sizes.set(key, Math.max(sizes.get(key) ?? 0, extents.sizeOf(node, what)));
  for (const one of wanted) {
    const node = a.node(one.node);
    const guess = a.consumers[node.id]?.some(({ node: by }) => by.op === 'nll');
    if (one.what === 'value') see(guess && cells(node) > 1 ? 'bars' : kind.scale(a, node), one);
    else if (node.role !== 'loss' && node.op !== 'nll' && !guess) see('gradient', one);
  }
  const ends = new Map<string, number>();
  for (const { key, reach, tight } of kind.scales(a)) {
    const size = sizes.get(key) ?? 0;
    ends.set(key, reachOf(reach, tight ? tightRange(size) : niceRange(size)));
  }
  const [gradient, bars] = [sizes.get('gradient'), sizes.get('bars')];
  if (gradient !== undefined) ends.set('gradient', niceRange(gradient));
  if (bars !== undefined) ends.set('bars', barRange(bars));
  return ends;
}
