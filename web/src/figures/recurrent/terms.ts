// The open step as an equation to be read along a row: forwards what makes its state and its prediction, backwards what
// the operation that is undone lets through.

import type { NodeSchema, Notation } from '../../session/types.ts';
import { cells } from '../../stage/tape.ts';
import { type Open, type OpenTerm, sign } from '../../stage/terms.ts';
import { type Anatomy, isOutput, type Step, type Term } from './anatomy.ts';
import { backTerms } from './back.ts';
import { operationSymbol, symbol } from './symbols.ts';

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
        short: operationSymbol(a, t.node, n),
      };
    const weight = t.node.op === 'matmul' ? a.node(t.node.inputs[1] as number) : null;
    return { kind: 'through', node: t.node, tex: weight ? symbol(a, weight, n) : operationSymbol(a, t.node, n) };
  });
  return { terms, equation: false, lines: [] };
}
