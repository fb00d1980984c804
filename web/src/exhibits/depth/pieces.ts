// The linear pieces of a net, as a study gives them: polygons, the map over each, and where it is 0.
import type { Study } from '../../../../wasm/bridge/protocol.ts';
import { arrayOf } from '../../session/studies.ts';
import type { Spot } from './lab.ts';

export interface Piece {
  corners: Spot[];
  map: [number, number, number]; // a = map_0 x_1 + map_1 x_2 + map_2
  above: number; // units that are on
}

export function piecesOf(study: Study): { all: Piece[]; after: number[] } {
  const [first, corner, plane, above] = ['first', 'corner', 'plane', 'above'].map(
    (name) => arrayOf(study, name).values,
  );
  const outputs = arrayOf(study, 'plane').shape[1] ?? 1;
  const count = first?.length ?? 0;
  const corners = (corner?.length ?? 0) / 2;
  const all = Array.from({ length: count }, (_, i): Piece => {
    const [from, to] = [first?.[i] ?? 0, i + 1 < count ? (first?.[i + 1] ?? 0) : corners];
    const p = 3 * i * outputs;
    return {
      corners: Array.from({ length: to - from }, (_, k) => ({
        x: corner?.[2 * (from + k)] ?? 0,
        y: corner?.[2 * (from + k) + 1] ?? 0,
      })),
      map: [plane?.[p] ?? 0, plane?.[p + 1] ?? 0, plane?.[p + 2] ?? 0],
      above: above?.[i] ?? 0,
    };
  });
  return { all, after: Array.from(arrayOf(study, 'after').values) };
}

export const said = ({ map }: Pick<Piece, 'map'>, { x, y }: Spot): number => map[0] * x + map[1] * y + map[2];

/** Corners go round against the clock, so what is within lies to the left of every side. */
export const holds = ({ corners }: Pick<Piece, 'corners'>, at: Spot): boolean =>
  corners.every((a, i) => {
    const b = corners[(i + 1) % corners.length] as Spot;
    return (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x) >= -1e-12;
  });

export const areaOf = ({ corners }: Pick<Piece, 'corners'>): number =>
  corners.reduce((sum, a, i) => {
    const b = corners[(i + 1) % corners.length] as Spot;
    return sum + (a.x * b.y - a.y * b.x) / 2;
  }, 0);

/** Where what is said is 0 in it: two places of its rim, or none. */
export function cutOf(piece: Piece): [Spot, Spot] | null {
  const ends: Spot[] = [];
  piece.corners.forEach((a, i) => {
    const b = piece.corners[(i + 1) % piece.corners.length] as Spot;
    const [from, to] = [said(piece, a), said(piece, b)];
    if (from < 0 === to < 0) return;
    const share = from / (from - to);
    ends.push({ x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) });
  });
  return ends.length === 2 ? [ends[0] as Spot, ends[1] as Spot] : null;
}
