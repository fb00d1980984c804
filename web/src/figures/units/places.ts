// Where units and wires stand, in units of rem/16: a column a layer, the point at the left, the answers at the right, and
// over each column the 1 that gives the next its biases.

import type { Net, Source, Wire } from './anatomy.ts';

export interface Spot {
  x: number;
  y: number;
  r: number;
}
export interface Places {
  inputs: Spot[];
  ones: (Spot | null)[]; // by the layer that they lead to, from 1; null where that has no unit
  units: Spot[]; // by number, from 1 at 0
  columns: number[]; // x of each layer, the point's first
  apart: number; // the least way between two in one column
}
const LEFT = 64;
const ONE = 20; // the height of a 1
const [TOP, BOTTOM] = [46, 22]; // of the units under it
const LARGEST = 27;
/** What is written under a unit, with room around it. */
export const LABEL = 26;

/** How large a unit may be, what room is under it, and what is written at the right of the answers. */
export interface Sizes {
  least: number;
  largest: number;
  label: number;
  right: number;
  share: number; // of the way from column to column that half a unit may take
}
const CIRCLES: Sizes = { least: 13, largest: LARGEST, label: LABEL, right: 150, share: 0.28 };

export function placesOf(
  net: Pick<Net, 'inputs' | 'units' | 'layers'>,
  box: { width: number; height: number },
  sizes: Sizes = CIRCLES,
): Places {
  const narrow = box.width < 480;
  const [left, right] = narrow ? [40, Math.min(62, sizes.right)] : [LEFT, sizes.right];
  const step = (box.width - left - right) / Math.max(1, net.layers);
  const columns = Array.from({ length: net.layers + 1 }, (_, layer) => left + layer * step);
  const counts = columns.map((_, layer) =>
    layer === 0 ? net.inputs.length : net.units.filter((unit) => unit.layer === layer).length,
  );
  const apart = (box.height - TOP - BOTTOM) / Math.max(2, ...counts);
  const r = Math.max(sizes.least, Math.min(sizes.largest, (apart - sizes.label) / 2, step * sizes.share));
  const at = (layer: number, place: number): Spot => {
    const own = (box.height - TOP - BOTTOM) / Math.max(1, counts[layer] ?? 1);
    return { x: columns[layer] ?? 0, y: TOP + own * (place + 0.5), r };
  };
  const units: Spot[] = [];
  for (let layer = 1; layer <= net.layers; layer++)
    net.units
      .filter((unit) => unit.layer === layer)
      .forEach((unit, place) => {
        units[unit.number - 1] = at(layer, place);
      });
  return {
    inputs: net.inputs.map((_, i) => at(0, i)),
    ones: columns.map((_, layer) =>
      layer === 0 ? null : { x: columns[layer - 1] ?? 0, y: ONE, r: Math.min(16, r * 0.7) },
    ),
    units,
    columns,
    apart,
  };
}

export function spotOf(places: Places, source: Source, layer: number): Spot | undefined {
  if ('bias' in source) return places.ones[layer] ?? undefined;
  return 'input' in source ? places.inputs[source.input] : places.units[source.unit - 1];
}

export interface Line {
  from: Spot;
  to: Spot;
  /** A point of it, from 0 at its beginning to 1. */
  at(share: number): { x: number; y: number };
  d: string;
}

/** A wire from rim to rim; one that passes over a column goes round, so that it does not lie under a unit. */
export function lineOf(places: Places, net: Pick<Net, 'units'>, { from, to }: Pick<Wire, 'from' | 'to'>): Line | null {
  const unit = net.units[to - 1];
  const end = places.units[to - 1];
  if (!unit || !end) return null;
  const start = spotOf(places, from, unit.layer);
  if (!start) return null;
  const before = 'unit' in from ? (net.units[from.unit - 1]?.layer ?? 0) : 'input' in from ? 0 : unit.layer - 1;
  const over = unit.layer - before > 1;
  const bend = over ? places.apart * (start.y + end.y > 2 * middle(places) ? 0.9 : -0.9) : 0;
  const knot = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 + bend };
  const at = (s: number) => ({
    x: (1 - s) ** 2 * start.x + 2 * s * (1 - s) * knot.x + s ** 2 * end.x,
    y: (1 - s) ** 2 * start.y + 2 * s * (1 - s) * knot.y + s ** 2 * end.y,
  });
  return {
    ...{ from: start, to: end, at },
    d: over
      ? `M${start.x} ${start.y}Q${knot.x} ${knot.y} ${end.x} ${end.y}`
      : `M${start.x} ${start.y}L${end.x} ${end.y}`,
  };
}
const middle = ({ inputs, units }: Places) => {
  const all = [...inputs, ...units];
  return all.reduce((sum, { y }) => sum + y, 0) / all.length;
};
