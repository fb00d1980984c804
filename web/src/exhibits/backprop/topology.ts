// A net as one draws it, and the settings that make it. What is not a net of the core's is refused by name.

import type { Settings } from '../../../../wasm/bridge/protocol.ts';
import type { Net, Source } from '../../figures/units/anatomy.ts';

/** A unit sees numbers of the point (from 0) and units before it (after those, in their order). */
export interface Node {
  layer: number; // from 1; the answers are the last
  sees: number[];
}
export interface Drawn {
  inputs: number;
  answers: number;
  units: Node[]; // layer by layer
}
export type Problem = 'backwards' | 'last' | 'room' | 'deep' | 'needed' | 'answer';
export type Edited = Drawn | Problem;

export const MOST = { units: 4, layers: 3 }; // hidden, of a layer and of a net: the core draws up to 52 wires a layer

const layersOf = ({ units }: Drawn) => Math.max(...units.map(({ layer }) => layer));
const sorted = (some: Iterable<number>) => [...new Set(some)].sort((a, b) => a - b);

export function drawnOf(net: Net): Drawn {
  const order = net.units.toSorted((a, b) => a.layer - b.layer || a.number - b.number);
  const inputs = net.inputs.length;
  const id = (from: Source) =>
    'input' in from ? from.input : 'unit' in from ? inputs + order.findIndex(({ number }) => number === from.unit) : -1;
  return {
    inputs,
    answers: net.units.filter(({ answer }) => answer !== null).length,
    units: order.map(({ layer, wires }) => ({
      layer,
      sees: sorted(wires.map(({ from }) => id(from)).filter((one) => one >= 0)),
    })),
  };
}

/** Layers of so many units, each seeing all of the layer before. */
export function layered(inputs: number, hidden: readonly number[], answers: number): Drawn {
  const units: Node[] = [];
  let before = Array.from({ length: inputs }, (_, i) => i);
  [...hidden, answers].forEach((count, l) => {
    const first = inputs + units.length;
    for (let j = 0; j < count; j++) units.push({ layer: l + 1, sees: before });
    before = Array.from({ length: count }, (_, j) => first + j);
  });
  return { inputs, answers, units };
}

/** The same hidden units, each answer seeing what all answers together saw, for another number of answers. */
export function answered(drawn: Drawn, answers: number): Drawn {
  const hidden = drawn.units.slice(0, -drawn.answers);
  const seen = sorted(drawn.units.slice(-drawn.answers).flatMap(({ sees }) => sees));
  const layer = layersOf(drawn);
  return {
    ...drawn,
    answers,
    units: [...hidden, ...Array.from({ length: answers }, () => ({ layer, sees: seen }))],
  };
}

export function settingsOf(drawn: Drawn): Settings {
  const { inputs, units } = drawn;
  const layers = layersOf(drawn);
  const layerOf = (id: number) => (id < inputs ? 0 : (units[id - inputs]?.layer ?? 0));
  const skips = units.some(({ layer, sees }) => sees.some((id) => layerOf(id) < layer - 1));
  const settings: Settings = { skips: skips ? 'all' : 'none' };
  for (let layer = 1; layer <= MOST.layers + 1; layer++) {
    const own = units.filter((unit) => unit.layer === layer);
    if (layer <= MOST.layers) settings[`hidden_${layer}`] = layer < layers ? String(own.length) : '0';
    const before = Array.from({ length: inputs + units.length }, (_, id) => id).filter((id) =>
      skips ? layerOf(id) < layer : layerOf(id) === layer - 1,
    );
    let bits = 0; // of a double: up to 52 are exact
    own.forEach(({ sees }, j) => {
      for (const id of sees) bits += 2 ** (j * before.length + before.indexOf(id));
    });
    settings[`wires_${layer}`] = layer <= layers ? String(bits) : '0';
  }
  return settings;
}

/** The answers' units are never drawn or taken away: the task has so many. */
export const isAnswer = ({ units, answers, inputs }: Drawn, id: number) => id >= inputs + units.length - answers;

export function wire(drawn: Drawn, from: number, to: number): Edited {
  const { inputs, units } = drawn;
  const end = units[to - inputs];
  const start = from < inputs ? 0 : units[from - inputs]?.layer;
  if (!end || start === undefined || start >= end.layer) return 'backwards';
  const sees = sorted([...end.sees, from]);
  return { ...drawn, units: units.map((unit) => (unit === end ? { ...unit, sees } : unit)) };
}

export function cut(drawn: Drawn, from: number, to: number): Edited {
  const end = drawn.units[to - drawn.inputs];
  if (!end || end.sees.length < 2) return 'last';
  const sees = end.sees.filter((id) => id !== from);
  return { ...drawn, units: drawn.units.map((unit) => (unit === end ? { ...unit, sees } : unit)) };
}

/** A new unit in a layer, which sees all of the one before and is seen by every answer; or in a layer of its own
 *  before it. */
export function add(drawn: Drawn, layer: number, isNew: boolean): Edited {
  const { inputs, answers } = drawn;
  const layers = layersOf(drawn);
  if (isNew && layers > MOST.layers) return 'deep';
  if (!isNew && layer >= layers) return 'answer';
  if (!isNew && drawn.units.filter((unit) => unit.layer === layer).length >= MOST.units) return 'room';
  const moved = drawn.units.map((unit) => (isNew && unit.layer >= layer ? { ...unit, layer: unit.layer + 1 } : unit));
  const place = moved.filter((unit) => unit.layer <= layer).length;
  const own = inputs + place;
  const shifted = moved.map((unit) => ({ ...unit, sees: unit.sees.map((id) => (id >= own ? id + 1 : id)) }));
  const before = layer === 1 ? 0 : inputs + shifted.filter((unit) => unit.layer < layer - 1).length;
  const end = layer === 1 ? inputs : inputs + shifted.filter((unit) => unit.layer < layer).length;
  const sees = Array.from({ length: end - before }, (_, i) => before + i);
  const units = [...shifted.slice(0, place), { layer, sees }, ...shifted.slice(place)];
  return {
    ...drawn,
    units: units.map((unit, i) =>
      i >= units.length - answers ? { ...unit, sees: sorted([...unit.sees, own]) } : unit,
    ),
  };
}

export function remove(drawn: Drawn, id: number): Edited {
  const { inputs } = drawn;
  const gone = drawn.units[id - inputs];
  if (!gone || isAnswer(drawn, id)) return 'answer';
  const rest = drawn.units
    .filter((unit) => unit !== gone)
    .map((unit) => ({ ...unit, sees: unit.sees.filter((one) => one !== id).map((one) => (one > id ? one - 1 : one)) }));
  if (rest.some(({ sees }) => sees.length === 0)) return 'needed';
  const empty = !rest.some(({ layer }) => layer === gone.layer);
  return {
    ...drawn,
    units: rest.map((unit) => (empty && unit.layer > gone.layer ? { ...unit, layer: unit.layer - 1 } : unit)),
  };
}

/** A perceptron; 2–3–2; the same with a wire that skips. */
export const TEMPLATES = {
  perceptron: (inputs: number, answers: number) => layered(inputs, [], answers),
  layers: (inputs: number, answers: number) => layered(inputs, [3], answers),
  skip: (inputs: number, answers: number) => {
    const drawn = layered(inputs, [2, 1], answers);
    const first = drawn.units.length - answers;
    return {
      ...drawn,
      units: drawn.units.map((unit, i) => (i === first ? { ...unit, sees: sorted([0, ...unit.sees]) } : unit)),
    };
  },
};
export type Template = keyof typeof TEMPLATES;
