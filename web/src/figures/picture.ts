// A tape and the kind that draws it: the first that can read it.

import type { WalkSchema } from '../session/types.ts';
import { stopNumbers } from '../stage/stops.ts';
import type { Anatomy, Kind } from './kind.ts';

export interface Picture {
  kind: Kind;
  anatomy: Anatomy;
}

const read = new WeakMap<WalkSchema, Picture | null>(); // the clock and the figure both ask

export function pictureOf(kinds: readonly Kind[], schema: WalkSchema): Picture | null {
  const known = read.get(schema);
  if (known !== undefined) return known;
  let picture: Picture | null = null;
  for (const kind of kinds) {
    const anatomy = kind.read(schema);
    if (!anatomy) continue;
    picture = { kind, anatomy };
    break;
  }
  read.set(schema, picture);
  return picture;
}

/** For the middle clock: the number of the stop of each node, from 1. Null: by the nodes' times. */
export function stopsBy(kinds: readonly Kind[]): (schema: WalkSchema) => number[] | null {
  return (schema) => {
    const picture = pictureOf(kinds, schema);
    return picture && stopNumbers(picture.anatomy.stops);
  };
}
