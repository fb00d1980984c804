// What the usual run takes of what --full goes through whole: the same at every run and on every machine, of each exhibit
// something at each place, whatever other exhibits there are.

export const FULL = process.env.UNROLL_FULL === '1';

/** FNV-1a, its high bits folded in. */
function numberFrom(slug: string): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < slug.length; i++) sum = Math.imul(sum ^ slug.charCodeAt(i), 0x01000193) >>> 0;
  return (sum ^ (sum >>> 15)) >>> 0;
}

/** Of an exhibit each thing in one of these places, in turn from one that its name gives; with --full each in all. */
export function spread<T, P>(slug: string, things: readonly T[], places: readonly P[], full = FULL): [P, T[]][] {
  const first = numberFrom(slug) % places.length;
  const here = (thing: number, place: number) => full || (thing + first) % places.length === place;
  return places
    .map((place, p): [P, T[]] => [place, things.filter((_, i) => here(i, p))])
    .filter(([, some]) => some.length > 0);
}

/** At most so many, as far apart as they go, the first and the last among them; with --full all. */
export function some<T>(all: readonly T[], most: number, full = FULL): T[] {
  if (full || all.length <= most) return [...all];
  const last = all.length - 1;
  return Array.from({ length: most }, (_, i) => all[Math.round((i * last) / (most - 1))] as T);
}
