// A tape and the kind that draws it: the first that can read it.

import type { Counting } from '../session/clocks.ts';
import type { WalkSchema } from '../session/types.ts';
import { stopNumbers } from '../stage/stops.ts';
import type { Anatomy, Kind } from './kind.ts';

export interface Picture {
  kind: Kind;
  anatomy: Anatomy;
}

const read = new WeakMap<WalkSchema, Picture>(); // the clock and the figure both ask

export function pictureOf(kinds: readonly Kind[], schema: WalkSchema): Picture | null {
  const known = read.get(schema);
  if (known) return known;
  for (const kind of kinds) {
    const anatomy = kind.read(schema);
    if (!anatomy) continue;
    const picture = { kind, anatomy };
    read.set(schema, picture);
    return picture;
  }
  return null;
}

/** For the middle clock: the number of the stop of each node, from 1. Null: by the nodes' times. Of a tape that none of
 *  the kinds can read, the one that reads any joins them. */
export function stopsBy(kinds: Kind[], any?: () => Promise<Kind>): (schema: WalkSchema) => Promise<Counting | null> {
  return async (schema) => {
    if (any && !pictureOf(kinds, schema)) kinds.push(await any());
    const picture = pictureOf(kinds, schema);
    if (!picture) return null;
    const { kind, anatomy } = picture;
    return {
      stops: stopNumbers(anatomy.stops),
      inside: schema.nodes.map((node) => kind.inside?.(anatomy, node) ?? null),
    };
  };
}
