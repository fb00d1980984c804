// The scale that a node is drawn on here: the figure's own, so that a number has one colour; of a matrix one of its own.

import { largest, niceRange } from '../draw/format.ts';
import type { Held } from '../draw/scales.ts';
import { shared } from '../figures/shared.ts';
import type { NodeSchema, Values } from '../session/types.ts';
import { reachOf } from '../stage/scales.ts';
import type { Inspected } from './context.ts';
import { dimensions } from './subject.ts';

type Of = Pick<Inspected, 'session' | 'kind' | 'anatomy'>;
const isMatrix = (node: NodeSchema) => node.role === 'parameter' && dimensions(node).columns > 1;

export function valueScale({ session, kind, anatomy }: Of, node: NodeSchema, values: Values): Held {
  const { scale } = shared(session);
  const needed = niceRange(largest(values));
  if (isMatrix(node) && !kind.weighed) return scale(`value of ${node.path}`, needed);
  const own = kind.scale(anatomy, node);
  const reach = kind.scales(anatomy).find(({ key }) => key === own)?.reach ?? 'free';
  return scale(own, reachOf(reach, needed));
}

/** Is it made of weights that add up to 1? */
export const isShare = ({ kind, anatomy }: Pick<Of, 'kind' | 'anatomy'>, node: NodeSchema): boolean =>
  kind.scales(anatomy).some(({ key, hue }) => hue === 'share' && key === kind.scale(anatomy, node));

export function gradientScale({ session, kind }: Of, node: NodeSchema, gradients: Values): Held {
  const key = isMatrix(node) && !kind.weighed ? `gradient of ${node.path}` : 'gradient';
  return shared(session).scale(key, niceRange(largest(gradients)));
}
