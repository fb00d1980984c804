// The tree of a search as it is drawn: a column a step; in it what was kept, likeliest first, then the likeliest of what
// was cut.
import type { Beam } from '../../../../wasm/bridge/protocol.ts';

type BeamNode = Beam['nodes'][number];
export interface Placed {
  index: number; // in the beam's nodes
  node: BeamNode;
  step: number; // from 1
  lane: number; // from 0, the top
  found: boolean; // on the way to what was found
  greedy: boolean; // on the way that the likeliest word alone would take
  dead: boolean; // kept, and nothing after it was
}
export interface Tree {
  placed: Placed[];
  steps: number;
  more: number[]; // by step from 1, how many that were cut have no place
}

/** From the first token on. */
export function pathTo(nodes: readonly BeamNode[], index: number): number[] {
  const path: number[] = [];
  for (let at = index; at >= 0; at = nodes[at]?.parent ?? -1) path.unshift(at);
  return path;
}
export const tokensOf = ({ nodes }: Pick<Beam, 'nodes'>, index: number): number[] =>
  pathTo(nodes, index).map((at) => nodes[at]?.token ?? 0);

/** What stands likeliest after so many steps: what was found once they are all done; null before the first. */
export function leading({ best, nodes }: Pick<Beam, 'best' | 'nodes'>, at: number): number | null {
  if (at >= stepsOf({ nodes })) return best;
  const kept = nodes.flatMap(({ step, fate }, index) => (step === at && fate !== 'cut' ? [index] : []));
  return kept.reduce<number | null>(
    (most, index) =>
      most === null || (nodes[index] as BeamNode).total > (nodes[most] as BeamNode).total ? index : most,
    null,
  );
}

/** The nodes of a way that is known by its tokens, as far as the tree has it. */
function along(nodes: readonly BeamNode[], tokens: readonly number[]): Set<number> {
  const way = new Set<number>();
  let parent = -1;
  for (const token of tokens) {
    const next = nodes.findIndex((node) => node.parent === parent && node.token === token);
    if (next < 0) break;
    way.add(next);
    parent = next;
  }
  return way;
}

/** How many steps the search took. */
export const stepsOf = ({ nodes }: Pick<Beam, 'nodes'>): number =>
  nodes.reduce((most, { step }) => Math.max(most, step), 0);

/** lanes: places a step; what was kept has one in any case. at: as the tree was after so many steps, when nobody knew
 *  what would be found. */
export function treeOf(
  { best, nodes }: Pick<Beam, 'best' | 'nodes'>,
  greedy: readonly number[],
  lanes: number,
  at = Number.POSITIVE_INFINITY,
): Tree {
  const steps = stepsOf({ nodes });
  const found = new Set(at < steps ? [] : pathTo(nodes, best));
  const likeliest = along(nodes, greedy);
  const lived = new Set(nodes.filter(({ fate }) => fate !== 'cut').map(({ parent }) => parent));
  const placed: Placed[] = [];
  const more = [0];
  for (let step = 1; step <= Math.min(at, steps); step++) {
    const here = nodes
      .map((node, index) => ({ node, index }))
      .filter(({ node }) => node.step === step)
      .sort((a, b) => Number(a.node.fate === 'cut') - Number(b.node.fate === 'cut') || b.node.total - a.node.total);
    const kept = here.filter(({ node }) => node.fate !== 'cut').length;
    const room = Math.max(kept, lanes);
    more[step] = Math.max(0, here.length - room);
    here.slice(0, room).forEach(({ node, index }, lane) => {
      placed.push({
        ...{ index, node, step, lane },
        found: found.has(index),
        greedy: likeliest.has(index),
        dead: node.fate === 'kept' && step < at && !lived.has(index),
      });
    });
  }
  return { placed, steps, more };
}
