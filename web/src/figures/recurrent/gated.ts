// The open step of a cell with gates: what stands in its rows at an operation. One move at a time, each an equation to
// be read along a row, in slots that stay where they are from move to move; the last slot is the column's own state.

import type { NodeSchema, Notation } from '../../session/types.ts';
import { cells } from '../../stage/tape.ts';
import { type OpenTerm, sign } from '../../stage/terms.ts';
import type { Anatomy, Step } from './anatomy.ts';
import { type Gate, type GatedCell, type Gru, gatesOf, type Lstm, type MoveName, partsOf, squeeze } from './cells.ts';
import { operationSymbol, partSymbol, symbol } from './symbols.ts';

export const OWN = 4; // the slot of the state itself
export type Placed = OpenTerm & { slot: number };
/** slots: each at its place. spread: evenly over the room before the state, or over all of it. */
export type Row =
  | { kind: 'slots'; terms: Placed[] }
  | { kind: 'spread'; terms: OpenTerm[]; over: 'before' | 'all'; equation: boolean };

export interface GatedOpen {
  move: MoveName;
  named: 'state' | 'cell'; // the row that the move is in
  state: Row;
  cell: Row | null;
  down: { slot: number; tex: string; node: NodeSchema }[]; // from a sum to its gate, in the row beneath
}

export function gatedTerms(a: Anatomy, step: Step, cell: GatedCell, now: NodeSchema | null, n: Notation): GatedOpen {
  const here = now && now.time === step.time ? now : null;
  const move = step.moves.find((m) => here && m.operations.includes(here))?.name ?? (now === a.loss ? 'guess' : 'sums');
  const t = new Terms(a, cell, n);
  return cell.kind === 'lstm' ? lstm(t, step, cell, move, here) : gru(t, step, cell, move, here);
}

class Terms {
  readonly a: Anatomy;
  readonly cell: GatedCell;
  readonly n: Notation;
  constructor(a: Anatomy, cell: GatedCell, n: Notation) {
    this.a = a;
    this.cell = cell;
    this.n = n;
  }
  vector(node: NodeSchema): OpenTerm {
    const parts = partsOf(this.cell, node);
    const length = cells(node) / (parts?.length ?? 1);
    const tex = symbol(this.a, node, this.n);
    const own = parts ? { parts } : { short: operationSymbol(this.a, node, this.n) };
    return { kind: 'vector', node, length, show: 'both', what: 'grad', tex, ...own };
  }
  part(node: NodeSchema, gate: Gate): OpenTerm {
    const parts = partsOf(this.cell, node) ?? [];
    const length = cells(node) / parts.length;
    const tex = partSymbol(this.a, node, gate, this.n);
    return { kind: 'vector', node, length, from: parts.indexOf(gate) * length, show: 'both', what: 'grad', tex };
  }
  through(node: NodeSchema, tex = operationSymbol(this.a, node, this.n)): OpenTerm {
    return { kind: 'through', node, tex };
  }
  squeezed(gate: Gate): OpenTerm {
    const node = (this.cell.gates as Record<string, NodeSchema>)[gate] as NodeSchema;
    return this.through(node, squeezeSymbol(gate));
  }
}

const squeezeSymbol = (gate: Gate) => (squeeze(gate) === 'tanh' ? '\\t{tanh}' : 'σ');
const at = (slot: number, term: OpenTerm): Placed => ({ ...term, slot });
const spread = (terms: OpenTerm[], over: 'before' | 'all' = 'before'): Row => ({
  kind: 'spread',
  terms,
  over,
  equation: false,
});

/** The state and the guess that is made of it, as in a network without gates. */
function guess(t: Terms, step: Step): Row {
  const first = step.output[0];
  const product = first?.kind === 'vector' ? first.node : null;
  const weight = product ? symbol(t.a, t.a.node(product.inputs[1] as number), t.n) : '';
  const rest = step.output.map((term) =>
    term.kind === 'vector' ? t.vector(term.node) : term.kind === 'sign' ? term : t.through(term.node),
  );
  const head = step.state && product ? [t.vector(step.state), t.through(product, weight)] : [];
  return spread([...head, ...rest], 'all');
}

function lstm(t: Terms, step: Step, x: Lstm, move: MoveName, now: NodeSchema | null): GatedOpen {
  const { i, f, g, o } = x.gates;
  const v = (node: NodeSchema) => t.vector(node);
  const updated: Row = {
    kind: 'slots',
    terms: [at(2, v(x.kept)), at(2.5, sign('+')), at(3, v(x.stored)), at(3.5, sign('='))],
  };
  const sums: Row = { kind: 'slots', terms: gatesOf(x).map((gate, k) => at(k, t.part(x.a, gate))) };
  switch (move) {
    case 'forget': {
      const terms = [at(0, v(x.before)), at(0.5, sign('∘')), at(1, v(f)), at(1.5, sign('=')), at(2, v(x.kept))];
      return {
        move,
        named: 'cell',
        state: sums,
        cell: { kind: 'slots', terms },
        down: [{ slot: 1, tex: 'σ', node: f }],
      };
    }
    case 'store': {
      const terms = [at(0, v(i)), at(1, sign('∘')), at(2, v(g)), at(2.5, sign('=')), at(3, v(x.stored))];
      const down = [
        { slot: 0, tex: 'σ', node: i },
        { slot: 2, tex: '\\t{tanh}', node: g },
      ];
      return { move, named: 'cell', state: sums, cell: { kind: 'slots', terms }, down };
    }
    case 'update':
      return { move, named: 'cell', state: sums, cell: updated, down: [] };
    case 'output': {
      const terms = [t.part(x.a, 'o'), t.squeezed('o'), v(o), sign('∘'), v(x.tanh), sign('=')];
      return { move, named: 'state', state: spread(terms), cell: updated, down: [] };
    }
    case 'guess':
      return { move, named: 'state', state: guess(t, step), cell: updated, down: [] };
    default: {
      const terms =
        now === x.a
          ? [v(x.sum), sign('+'), v(x.bias), sign('='), v(x.a)]
          : [v(x.past), sign('+'), v(x.present), sign('='), v(x.sum)];
      return { move: 'sums', named: 'state', state: spread(terms), cell: updated, down: [] };
    }
  }
}

function gru(t: Terms, step: Step, x: Gru, move: MoveName, now: NodeSchema | null): GatedOpen {
  const { r, z, n } = x.gates;
  const v = (node: NodeSchema) => t.vector(node);
  const sum = (left: OpenTerm, right: OpenTerm, result: OpenTerm) => [left, sign('+'), right, sign('='), result];
  const product = (left: OpenTerm, right: OpenTerm, result: OpenTerm) => [left, sign('∘'), right, sign('='), result];
  const terms = (): OpenTerm[] => {
    switch (move) {
      case 'reset':
        return now === r ? [t.part(x.a, 'r'), t.squeezed('r'), v(r)] : sum(v(x.pastGates), v(x.presentGates), v(x.a));
      case 'candidate':
        if (now === x.reset) return product(v(r), v(x.fromPast), v(x.reset));
        if (now === x.pastNew || now === x.fromPast) return sum(v(x.pastNew), v(x.biasNew), v(x.fromPast));
        return [...sum(v(x.presentNew), v(x.reset), v(x.aNew)), t.squeezed('n'), v(n)];
      case 'update':
        if (now === x.fresh) return product(v(x.rest), v(n), v(x.fresh));
        if (now === x.kept) return product(v(z), v(x.before), v(x.kept));
        if (now === x.h) return [v(x.fresh), sign('+'), v(x.kept), sign('=')];
        return [t.part(x.a, 'z'), t.squeezed('z'), v(z), t.through(x.rest, '1−'), v(x.rest)];
      default:
        return now === x.present || now === x.fromLetter
          ? sum(v(x.present), v(x.bias), v(x.fromLetter))
          : [t.through(x.past, symbol(t.a, t.a.node(x.past.inputs[1] as number), t.n)), v(x.past)];
    }
  };
  const state = move === 'guess' ? guess(t, step) : spread(terms());
  return { move, named: 'state', state, cell: null, down: [] };
}
