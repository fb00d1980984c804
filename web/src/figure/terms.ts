// The open step as an equation to be read along a row: forwards what makes its state and its prediction, backwards what
// the operation that is undone lets through.

import type { NodeSchema, Notation, What } from '../session/types.ts';
import { cells } from '../stage/tape.ts';
import { type Anatomy, isOutput, type Step, type Term } from './anatomy.ts';
import { backTerms } from './back.ts';
import type { Gate } from './cells.ts';
import { operationSymbol, symbol } from './symbols.ts';

/** both: the value, and walking back its gradient under it. slope: of the activation, from its value. centred: the
 *  gradient less its mean under the node's own probabilities, which is what a softmax lets through. */
export type Show = 'both' | 'value' | 'gradient' | 'slope' | 'centred';
/** What a line of the walk back calls its parts. */
export type Word = 'own' | 'by' | 'later' | 'through' | 'onto' | 'alike' | 'arrives' | 'slope' | 'mean';
export type VectorTerm = Extract<OpenTerm, { kind: 'vector' }>;
/** A word, a sign, a symbol, or the number of a column in the row that is looked at. */
export type Said = Word | '=' | '+' | '×' | '·' | '−' | '−1 /' | { tex: string } | VectorTerm;
export interface Line {
  kind: 'sum' | 'product' | 'words'; // what makes its first number out of the others
  said: Said[];
}
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
      by?: string; // of several gradients that meet: the way it came
    }
  | { kind: 'sign'; sign: string }
  | { kind: 'through'; node: NodeSchema; tex: string };

export interface Open {
  terms: OpenTerm[];
  equation: boolean; // columns of gradients, of the operation that is undone
  lines: Line[]; // what they say
}

export const sign = (s: string): OpenTerm => ({ kind: 'sign', sign: s });
export const GAP = sign('');

export function openTerms(a: Anatomy, step: Step, now: NodeSchema | null, back: boolean, n: Notation): Open {
  const undone = back && now && now.time === step.time ? backTerms(a, now, n) : null;
  if (undone) return { ...undone, equation: true };
  const output = !!now && (isOutput(step, now) || now === a.loss) && !!step.state && step.output.length > 0;
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
  return { terms, equation: false, lines: [] };
}

/** Derivative of an activation, from its output. */
export function slope(op: string, y: number): number {
  if (op === 'tanh') return 1 - y * y;
  if (op === 'sigmoid') return y * (1 - y);
  return y > 0 ? 1 : 0;
}
