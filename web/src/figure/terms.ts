// The open step as an equation to be read along a row: forwards what makes its state and its prediction, backwards what
// the operation that is undone lets through.

import type { NodeSchema, Notation, What } from '../session/types.ts';
import { type Anatomy, isActivation, isOutput, type Step, type Term } from './anatomy.ts';
import type { Gate } from './cells.ts';
import { operationSymbol, symbol, timeless, transposed } from './symbols.ts';

/** both: the value, and walking back its gradient under it. slope: of the activation, from its value. */
export type Show = 'both' | 'value' | 'gradient' | 'slope';
export type Caption = 'own' | 'later' | 'through' | 'right' | 'mean';
export type OpenTerm =
  | {
      kind: 'vector';
      node: NodeSchema;
      length: number; // rows
      from?: number; // of its node's cells, the first that is shown
      parts?: Gate[]; // several gates side by side, `length` cells each
      show: Show;
      what: What;
      tex: string;
      caption?: Caption;
    }
  | { kind: 'sign'; sign: string }
  | { kind: 'through'; node: NodeSchema; tex: string };

export interface Open {
  terms: OpenTerm[];
  equation: boolean; // the row reads as one: it is framed as one
}

export const cells = (n: NodeSchema) => n.shape.reduce((a, b) => a * b, 1);
const sign = (s: string): OpenTerm => ({ kind: 'sign', sign: s });

export function openTerms(a: Anatomy, step: Step, now: NodeSchema | null, back: boolean, n: Notation): Open {
  const undone = back && now && now.time === step.time ? backTerms(a, now, n) : null;
  if (undone) return { terms: undone, equation: true };
  const output = !!now && (isOutput(step, now) || now === a.mean) && !!step.state && step.output.length > 0;
  const first = step.output[0];
  const list: Term[] =
    output && step.state
      ? [
          { kind: 'vector', node: step.state },
          ...(first?.kind === 'vector' ? [{ kind: 'through', node: first.node } as Term] : []),
          ...step.output,
        ]
      : step.hidden;
  const terms = list.map((t): OpenTerm => {
    if (t.kind === 'sign') return sign(t.sign);
    if (t.kind === 'vector')
      return {
        kind: 'vector',
        node: t.node,
        length: cells(t.node),
        show: 'both',
        what: 'grad',
        tex: symbol(a, t.node, n),
      };
    const weight = t.node.op === 'matmul' ? a.node(t.node.inputs[1] as number) : null;
    return { kind: 'through', node: t.node, tex: weight ? symbol(a, weight, n) : operationSymbol(a, t.node, n) };
  });
  return { terms, equation: false };
}

/** Null where an operation is undone that has no equation of columns: the embedding, the mean. */
function backTerms(a: Anatomy, now: NodeSchema, n: Notation): OpenTerm[] | null {
  const input = a.node(now.inputs[0] as number);
  const other = now.inputs.length > 1 ? a.node(now.inputs[1] as number) : null;
  const d = (node: NodeSchema) => {
    const name = symbol(a, node, n);
    return `\\g{∂J}/∂${node.time === now.time ? timeless(name) : name}`;
  };
  const gradient = (node: NodeSchema, what: What, tex: string, length = cells(node), caption?: Caption): OpenTerm => ({
    kind: 'vector',
    node,
    length,
    show: 'gradient',
    what,
    tex,
    ...(caption ? { caption } : {}),
  });
  const value = (node: NodeSchema, show: Show, tex: string): OpenTerm => ({
    kind: 'vector',
    node,
    length: cells(node),
    show,
    what: 'grad',
    tex,
  });
  if (!input.gradient) return null; // nothing goes on to what is given
  const mine = gradient(now, 'grad', d(now));
  const through = gradient(now, { edge: 0 }, d(input), cells(input), 'through');
  if (isActivation(now)) {
    const terms = (a.consumers[now.id] ?? []).map(({ node, input: k }) => {
      const weight = node.op === 'matmul' ? transposed(symbol(a, a.node(node.inputs[1] as number), n)) : d(node);
      return gradient(node, { edge: k }, weight, cells(now), node.time === now.time ? 'own' : 'later');
    });
    const sum = terms.length > 1 ? terms.flatMap((t, i) => [sign(i ? '+' : '='), t]) : [];
    return [through, sign('='), value(now, 'slope', slopeSymbol(now, symbol(a, now, n))), sign('×'), mine, ...sum];
  }
  if (now.op === 'add' && other) {
    const both = other.gradient ? [sign('='), gradient(now, { edge: 1 }, d(other), cells(now))] : [];
    return [gradient(now, { edge: 0 }, d(input)), sign('='), mine, ...both];
  }
  if (now.op === 'matmul' && other)
    return [
      { ...through, caption: 'through' } as OpenTerm,
      sign('='),
      { kind: 'through', node: now, tex: transposed(symbol(a, other, n)) },
      mine,
    ];
  if (now.op === 'softmax')
    return [
      through,
      sign('='),
      value(now, 'value', timeless(symbol(a, now, n))),
      sign('×'),
      { ...mine, caption: 'mean' } as OpenTerm,
    ];
  if (now.op === 'nll')
    return [
      { ...through, caption: 'right' } as OpenTerm,
      sign('='),
      { kind: 'through', node: now, tex: '−1/' },
      value(input, 'value', timeless(symbol(a, input, n))),
    ];
  return null;
}

function slopeSymbol(node: NodeSchema, name: string): string {
  const y = timeless(name);
  if (node.op === 'tanh') return `1−${y}^{2}`;
  if (node.op === 'sigmoid') return `${y}(1−${y})`;
  return `\\t{slope}`;
}

/** Derivative of an activation, from its output. */
export function slope(op: string, y: number): number {
  if (op === 'tanh') return 1 - y * y;
  if (op === 'sigmoid') return y * (1 - y);
  return y > 0 ? 1 : 0;
}
