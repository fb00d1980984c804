// What an operation that is undone lets through, as an equation of columns: the gradient of its input from the gradient
// of its output.

import type { NodeSchema, Notation, What } from '../../session/types.ts';
import { bare, inBrackets, timeless, transposed } from '../../stage/letters.ts';
import { cells } from '../../stage/tape.ts';
import { GAP, type Line, type OpenTerm, type Said, type Show, type VectorTerm } from '../../stage/terms.ts';
import { isActivation, slope, slopeSymbol } from '../functions.ts';
import { type Anatomy, functionOf, stepOf } from './anatomy.ts';
import { gateName, partsOf } from './cells.ts';
import { partSymbol, symbol } from './symbols.ts';

export interface Undone {
  terms: OpenTerm[]; // columns
  lines: Line[]; // what they say, each with its name
}

/** Null where an operation is undone that has no equation of columns: the embedding, the mean. */
export function backTerms(a: Anatomy, now: NodeSchema, n: Notation): Undone | null {
  const input = a.node(now.inputs[0] as number);
  const other = now.inputs.length > 1 ? a.node(now.inputs[1] as number) : null;
  const gated = stepOf(a, now)?.gated ?? null;
  const named = (node: NodeSchema) => {
    const name = symbol(a, node, n);
    return node.time === now.time ? timeless(name) : name;
  };
  const d = (node: NodeSchema) => `\\g{∂J}/∂${inBrackets(named(node))}`;
  const shape = (node: NodeSchema) => {
    const parts = gated && node.time === now.time ? partsOf(gated, node) : null;
    // a bias and a weight of gates belong to no step
    const all = parts ?? (gated && node.role === 'parameter' ? partsOf(gated, node) : null);
    return { length: cells(node) / (all?.length ?? 1), ...(all ? { parts: all } : {}) };
  };
  /** The gradient that goes back into an input of `of`, or of a node itself. */
  const gradient: Gradient = (of, what, shown) => ({
    kind: 'vector',
    node: of,
    ...shape(shown),
    show: 'gradient',
    what,
    tex: d(shown),
  });
  const into = (k: number) => gradient(now, { edge: k }, a.node(now.inputs[k] as number));
  const value = (node: NodeSchema, show: Show, tex: string): VectorTerm => ({
    kind: 'vector',
    node,
    length: cells(node),
    show,
    what: 'grad',
    tex,
  });
  const slopeOf = (f: string, tex: string): VectorTerm => ({
    ...value(now, 'slope', tex),
    slope: (y) => slope(f, y),
    scale: 'state',
  });
  const mine = gradient(now, 'grad', now);
  const { ways, lines: arrives } = arriving(a, now, mine, gradient, n);
  const row = (columns: VectorTerm[], goes: Line[], after = ways): Undone => ({
    terms: [...columns, ...after].flatMap((t, i) => (i ? [GAP, t] : [t])),
    lines: [...arrives, ...goes],
  });
  const goesOn = (to: VectorTerm, ...how: Said[]): Line => ({ kind: 'product', said: ['through', to, '=', ...how] });
  const from: Said[] = ['arrives', mine];
  if (now.op === 'mul' && other) {
    // what is handed on to the step before stands on the left, where it goes
    const [first, second] = other.time < now.time || now === gated?.h ? [1, 0] : [0, 1];
    const side = (k: number) => {
      const to = a.node(now.inputs[k] as number);
      const by = a.node(now.inputs[1 - k] as number);
      const [goes, factor] = [into(k), value(by, 'value', named(by))];
      const line: Line = {
        kind: 'product',
        said: ['onto', { tex: named(to) }, goes, '=', { tex: named(by) }, factor, '×', ...from],
      };
      return to.gradient ? { columns: [goes, factor], lines: [line] } : { columns: [], lines: [] };
    };
    const [left, right] = [side(first as number), side(second as number)];
    // own guess and later stand in the lines alone: seven columns would be too many
    return row([...left.columns, mine, ...right.columns.toReversed()], [...left.lines, ...right.lines], []);
  }
  if (!input.gradient) return null; // nothing goes on to what is given
  if (now.op === 'gate' && gated) {
    const gate = gateName(gated, now);
    const parts = partsOf(gated, input);
    const length = cells(now);
    const tex = gate && parts ? bare(partSymbol(a, input, gate, n)) : named(input);
    const { parts: _, ...whole } = into(0);
    const goes = { ...whole, length, from: gate && parts ? parts.indexOf(gate) * length : 0, tex: `\\g{∂J}/∂${tex}` };
    const steep = slopeOf(functionOf(a, now), slopeSymbol(functionOf(a, now), named(now)));
    return row([goes, steep, mine], [goesOn(goes, 'slope', steep, '×', ...from)]);
  }
  const goes = into(0);
  if (now.op === 'one_minus') return row([goes, mine], [goesOn(goes, '−', ...from)]);
  if (now.op === 'slice') return row([goes, mine], [{ kind: 'words', said: ['through', '=', 'arrives'] }]);
  if (isActivation(now)) {
    const steep = slopeOf(now.op, slopeSymbol(now.op, named(now)));
    return row([goes, steep, mine], [goesOn(goes, 'slope', steep, '×', ...from)]);
  }
  if (now.op === 'add' && other) {
    const both = other.gradient ? [into(1)] : [];
    const line: Line = { kind: 'words', said: [both.length ? 'alike' : 'through', '=', 'arrives'] };
    return ways.length ? row([goes, ...both, mine], [line]) : row([goes, mine, ...both], [line]);
  }
  if (now.op === 'matmul' && other) {
    const weight = transposed(symbol(a, other, n));
    const terms: OpenTerm[] = [goes, { kind: 'through', node: now, tex: weight }, mine];
    return { terms, lines: [{ kind: 'words', said: ['through', '=', { tex: weight }, '·', 'arrives'] }] };
  }
  if (now.op === 'softmax') {
    const [y, less] = [
      value(now, 'value', named(now)),
      { ...mine, show: 'centred' as const, tex: '\\g{∂J}−\\t{mean}' },
    ];
    return row([goes, y, less], [goesOn(goes, { tex: named(now) }, y, '×', 'mean', less)]);
  }
  if (now.op === 'nll') {
    const y = value(input, 'value', named(input));
    // of the right one alone: its row is the one that is looked at
    return row([goes, y, mine], [goesOn(goes, '−1 /', { tex: named(input) }, y, '×', ...from)]);
  }
  return null;
}

type Gradient = (of: NodeSchema, what: What, shown: NodeSchema) => VectorTerm;

/** What arrives is the sum of what comes from each way on. */
function arriving(a: Anatomy, now: NodeSchema, mine: VectorTerm, gradient: Gradient, n: Notation) {
  const gated = stepOf(a, now)?.gated;
  const consumers = (a.consumers[now.id] ?? []).filter(({ node }) => node.gradient);
  const alike = gated && partsOf(gated, now); // gates take their own rows each: nothing is added
  if (consumers.length < 2 || alike) return { ways: [], lines: [] };
  const terms = consumers.map(({ node, input }): { term: VectorTerm; named: Said[] } => {
    const by = node.op === 'matmul' ? symbol(a, a.node(node.inputs[1] as number), n) : bare(symbol(a, node, n));
    const own: Said[] = node.op === 'matmul' ? ['own'] : ['by', { tex: by }];
    return { term: { ...gradient(node, { edge: input }, now), by }, named: node.time !== now.time ? ['later'] : own };
  });
  const said = terms.flatMap(({ term, named }, i): Said[] => [i ? '+' : '=', ...named, term]);
  const line: Line = { kind: 'sum', said: ['arrives', mine, ...said] };
  return { ways: terms.map(({ term }) => term), lines: [line] };
}
