// What a moment of the walk does, in letters and numbers: sums term by term, forwards and back.
import type { Tape } from '../../../../wasm/bridge/protocol.ts';
import { slope } from '../functions.ts';
import { type Cell, type Net, type Unit, type Wire, wiresFrom } from './anatomy.ts';
import {
  answerOf,
  deltaOf,
  derivativeOf,
  zOf as letterOf,
  slopeOf,
  sourceOf,
  sumOf,
  targetOf,
  weightOf,
} from './letters.ts';
import type { Moment } from './moments.ts';

/** A net with what all of its nodes hold at a point. */
export interface Walked {
  net: Net;
  tape: Tape;
}
export const numberOf = ({ tape }: Pick<Walked, 'tape'>, { node, cell }: Cell): number =>
  tape.values[node]?.[cell] ?? Number.NaN;
export const gradientOf = ({ tape }: Pick<Walked, 'tape'>, { node, cell }: Cell): number =>
  tape.gradients[node]?.[cell] ?? Number.NaN;

/** The value that a wire carries. */
export function carried(seen: Walked, { from }: Wire): number {
  if ('bias' in from) return 1;
  if ('input' in from) return numberOf(seen, seen.net.inputs[from.input] as Cell);
  return numberOf(seen, (seen.net.units[from.unit - 1] as Unit).z);
}

export interface Term {
  tex: string;
  value: number;
  role: 'a' | 'p' | 'g';
  hidden?: boolean;
}
export type Piece = Term | string;

/** What was done last, with its numbers. */
export function pieces(seen: Walked, moment: Moment): Piece[][] {
  const { net } = seen;
  const inputs = net.inputs.length;
  const unitOf = (number: number) => net.units[number - 1] as Unit;
  const w = (wire: Wire): Term => ({ tex: weightOf(wire, inputs), value: numberOf(seen, wire.weight), role: 'p' });
  const delta = (number: number): Term => ({
    tex: deltaOf(number),
    value: gradientOf(seen, unitOf(number).a),
    role: 'g',
  });
  const derivative = (wire: Wire): Term => ({
    tex: derivativeOf(wire, inputs),
    value: gradientOf(seen, wire.weight),
    role: 'g',
  });
  const sum = (some: Piece[][]): Piece[] => some.flatMap((one, i) => (i > 0 ? ['+', ...one] : one));
  const value = (tex: string, of: number): Term => ({ tex, value: of, role: 'a' });
  const outs = net.units.filter(({ answer }) => answer !== null);
  switch (moment.kind) {
    case 'sum':
      return moment.units.map((number) => {
        const { a, wires } = unitOf(number);
        return [
          value(sumOf(number), numberOf(seen, a)),
          '=',
          ...sum(wires.map((wire) => [w(wire), '×', value(sourceOf(wire.from), carried(seen, wire))])),
        ];
      });
    case 'value':
      return moment.units.map((number) => [
        value(letterOf(number), numberOf(seen, unitOf(number).z)),
        '=',
        `h(`,
        value(sumOf(number), numberOf(seen, unitOf(number).a)),
        ')',
      ]);
    case 'answer':
      return outs.map(({ number, a, z }) => [
        value(answerOf(number), numberOf(seen, z)),
        '=',
        net.output === 'sigmoid' ? 'σ(' : net.output === 'softmax' ? 'softmax(' : '(',
        value(sumOf(number), numberOf(seen, a)),
        ')',
      ]);
    case 'error':
      return [[value('E_{n}', numberOf(seen, { node: net.error.id, cell: 0 }))]];
    case 'deltas':
      return outs.map(({ number, z, answer }) => [
        delta(number),
        '=',
        value(answerOf(number), numberOf(seen, z)),
        '−',
        value(targetOf(number), numberOf(seen, net.targets[answer ?? 0] ?? { node: -1, cell: 0 })),
      ]);
    case 'delta':
      return moment.units.map((number) => {
        const { z } = unitOf(number);
        return [
          delta(number),
          '=',
          value(slopeOf(number), slope(net.activation, numberOf(seen, z))),
          '× (',
          ...sum(wiresFrom(net, number).map((wire) => [w(wire), '×', delta(wire.to)])),
          ')',
        ];
      });
    case 'derivative':
      return moment.units.flatMap((number) =>
        unitOf(number).wires.map((wire) => [
          derivative(wire),
          '=',
          delta(number),
          '×',
          value(sourceOf(wire.from), carried(seen, wire)),
        ]),
      );
  }
}
