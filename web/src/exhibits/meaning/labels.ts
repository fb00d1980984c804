// Where names of places on a map can stand: beside their mark, none on another nor on a mark; who finds no room has none.
export interface Place {
  x: number;
  y: number;
  text: string;
  /** Those with less are placed first. Without one it only stands in the way. */
  rank?: number;
  /** Of its mark, to each side. */
  half: number;
}
export interface Label {
  x: number;
  y: number; // of the base line
  anchor: 'start' | 'middle' | 'end';
}
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}
const HIGH = 14;
const WIDE = 6.9; // of a letter

const hits = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export function labelsOf(places: readonly Place[], room: Box): (Label | null)[] {
  const taken: Box[] = places.map(({ x, y, half }) => ({
    ...{ left: x - half, right: x + half, top: y - half, bottom: y + half },
  }));
  const found: (Label | null)[] = places.map(() => null);
  const order = places
    .flatMap(({ rank }, i) => (rank === undefined ? [] : [{ i, rank }]))
    .sort((a, b) => a.rank - b.rank);
  for (const { i } of order) {
    const { x, y, text, half } = places[i] as Place;
    const gap = half + 3;
    const wide = text.length * WIDE;
    const choices: [Label, Box][] = [
      [x + gap, y + 4, 'start'] as const,
      [x - gap, y + 4, 'end'] as const,
      [x, y - gap, 'middle'] as const,
      [x, y + gap + 9, 'middle'] as const,
      [x + gap, y - 8, 'start'] as const,
      [x + gap, y + 16, 'start'] as const,
      [x - gap, y - 8, 'end'] as const,
      [x - gap, y + 16, 'end'] as const,
    ].map(([at, base, anchor]) => {
      const left = anchor === 'start' ? at : anchor === 'end' ? at - wide : at - wide / 2;
      return [
        { x: at, y: base, anchor },
        { left, right: left + wide, top: base - HIGH + 3, bottom: base + 3 },
      ];
    });
    const free = choices.find(
      ([, box]) =>
        box.left >= room.left &&
        box.right <= room.right &&
        box.top >= room.top &&
        box.bottom <= room.bottom &&
        !taken.some((one, k) => k !== i && hits(box, one)),
    );
    if (!free) continue;
    found[i] = free[0];
    taken.push(free[1]);
  }
  return found;
}
