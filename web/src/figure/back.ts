// What an operation that is undone lets through, as an equation of columns: the gradient of its input from the gradient
// of its output.

import type { NodeSchema, Notation, What } from '../session/types.ts';
import { type Anatomy, functionOf, isActivation, stepOf } from './anatomy.ts';
import { gateName, partsOf } from './cells.ts';
import { bare, partSymbol, symbol, timeless, transposed } from './symbols.ts';
import { type Caption, cells, type OpenTerm, type Show, sign } from './terms.ts';

/** Null where an operation is undone that has no equation of columns: the embedding, the mean. */
export function backTerms(a: Anatomy, now: NodeSchema, n: Notation): OpenTerm[] | null {
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
  const gradient = (of: NodeSchema, what: What, shown: NodeSchema, caption?: Caption, tex = d(shown)): OpenTerm => ({
    kind: 'vector',
    node: of,
    ...shape(shown),
    show: 'gradient',
    what,
    tex,
    ...(caption ? { caption } : {}),
  });
  const into = (k: number, caption?: Caption) => gradient(now, { edge: k }, a.node(now.inputs[k] as number), caption);
  const value = (node: NodeSchema, show: Show, tex: string): OpenTerm => ({
    kind: 'vector',
    node,
    length: cells(node),
    show,
    what: 'grad',
    tex,
  });
  const mine = gradient(now, 'grad', now);
  if (now.op === 'mul' && other) {
    // what is handed on to the step before stands on the left, where it goes
    const [first, second] = other.time < now.time || now === gated?.h ? [1, 0] : [0, 1];
    const side = (k: number) => {
      const factor = a.node(now.inputs[1 - k] as number);
      return {
        gradient: into(k),
        factor: value(factor, 'value', named(factor)),
        goes: a.node(now.inputs[k] as number).gradient,
      };
    };
    const [left, right] = [side(first as number), side(second as number)];
    const back = left.goes ? [left.gradient, sign('='), left.factor, sign('∘')] : [];
    const forth = right.goes ? [sign('∘'), right.factor, sign('='), right.gradient] : [];
    return [...back, mine, ...forth];
  }
  if (!input.gradient) return null; // nothing goes on to what is given
  if (now.op === 'gate' && gated) {
    const gate = gateName(gated, now);
    const parts = partsOf(gated, input);
    const length = cells(now);
    const tex = gate && parts ? bare(partSymbol(a, input, gate, n)) : named(input);
    const from = gate && parts ? parts.indexOf(gate) * length : 0;
    const goes: OpenTerm = {
      ...(into(0, 'through') as Extract<OpenTerm, { kind: 'vector' }>),
      length,
      from,
      tex: `\\g{∂J}/∂${tex}`,
    };
    if (goes.kind === 'vector') delete goes.parts;
    return [goes, sign('='), value(now, 'slope', slopeSymbol(functionOf(a, now), named(now))), sign('×'), mine];
  }
  if (now.op === 'one_minus') return [into(0, 'through'), sign('= −'), mine];
  if (now.op === 'slice') return [into(0, 'through'), sign('='), mine];
  if (isActivation(now)) {
    const terms = sumOf(a, now, gradient, n);
    return [
      into(0, 'through'),
      sign('='),
      value(now, 'slope', slopeSymbol(now.op, named(now))),
      sign('×'),
      mine,
      ...terms,
    ];
  }
  if (now.op === 'add' && other) {
    const meet = now === gated?.h || (gated?.kind === 'lstm' && now === gated.c) ? sumOf(a, now, gradient, n) : [];
    if (meet.length) return [into(0), sign('='), into(1), sign('='), mine, ...meet];
    const both = other.gradient ? [sign('='), into(1)] : [];
    return [into(0), sign('='), mine, ...both];
  }
  if (now.op === 'matmul' && other)
    return [into(0, 'through'), sign('='), { kind: 'through', node: now, tex: transposed(symbol(a, other, n)) }, mine];
  if (now.op === 'softmax')
    return [
      into(0, 'through'),
      sign('='),
      value(now, 'value', named(now)),
      sign('×'),
      { ...mine, show: 'centred', tex: '\\g{∂J}−\\t{mean}', caption: 'mean' } as OpenTerm,
    ];
  if (now.op === 'nll')
    return [
      into(0, 'right'),
      sign('='),
      { kind: 'through', node: now, tex: '−1/' },
      value(input, 'value', named(input)),
    ];
  return null;
}

type Gradient = (of: NodeSchema, what: What, shown: NodeSchema, caption?: Caption, tex?: string) => OpenTerm;

/** Where several gradients meet: what comes from each way on. */
function sumOf(a: Anatomy, now: NodeSchema, gradient: Gradient, n: Notation): OpenTerm[] {
  const terms = (a.consumers[now.id] ?? []).map(({ node, input }) => {
    const weight = node.op === 'matmul' ? transposed(symbol(a, a.node(node.inputs[1] as number), n)) : null;
    const caption = node.time !== now.time ? 'later' : weight ? 'own' : 'state';
    return gradient(node, { edge: input }, now, caption, weight ?? `\\t{via} ${bare(symbol(a, node, n))}`);
  });
  return terms.length > 1 ? terms.flatMap((t, i) => [sign(i ? '+' : '='), t]) : [];
}

/** ∂(f∘c), ∂(1−z), but ∂z. */
export const inBrackets = (tex: string) => (/[∘−]|^\\t\{tanh\}/.test(tex) ? `(${tex})` : tex);

export function slopeSymbol(f: string, y: string): string {
  if (f === 'tanh') return y.startsWith('\\t{tanh}') ? `1−\\t{tanh}^{2} ${y.slice(9)}` : `1−${y}^{2}`;
  if (f === 'sigmoid') return `${y}(1−${y})`;
  return '\\t{slope}';
}
