// The network in one line, with the operation of this moment in it.

import type { NodeSchema, Notation } from '../../session/types.ts';
import { general, inBrackets, timeless, transposed } from '../../stage/letters.ts';
import type { Piece } from '../../stage/pieces.ts';
import { isActivation, slopeSymbol } from '../functions.ts';
import type { Moment } from '../kind.ts';
import { type Anatomy, functionOf, isOutput, type Step } from './anatomy.ts';
import { gatedPieces } from './gatedEquation.ts';
import { letters, operationSymbol, symbol } from './symbols.ts';

function sumOf(a: Anatomy, node: NodeSchema, time: number, n: Notation, now: NodeSchema | null): Piece[] {
  if (node.op === 'add') {
    const [left, right] = node.inputs.map((id) => sumOf(a, a.node(id), time, n, now)) as [Piece[], Piece[]];
    return [...left, { tex: '+', now: node === now, to: node }, ...right];
  }
  return [{ tex: general(symbol(a, node, n), time), now: node === now, to: node }];
}

function forwardPieces(a: Anatomy, step: Step, n: Notation, now: NodeSchema | null): Piece[] {
  const { embedding, state, probabilities, logits, loss } = step;
  const out: Piece[] = [];
  const last = !!loss && now === loss;
  if (step.gated && !(now && isOutput(step, now)))
    return gatedPieces(a, step, step.gated, n, now).map((p) => ({ ...p, tex: general(p.tex, step.time) }));
  if (embedding && !last) {
    out.push({ tex: `${letters.embedding('t', n)}=`, wide: true });
    out.push({
      tex: `${symbol(a, a.node(embedding.inputs[0] as number), n)}${letters.token('t', n)}`,
      now: embedding === now,
      to: embedding,
      wide: true,
    });
    out.push({ tex: '\u2003', wide: true });
  }
  const guessing = !!now && !!logits && ([probabilities, logits, loss].includes(now) || logits.inputs.includes(now.id));
  if (state && isActivation(state) && !last) {
    const whole: Piece[] = [
      { tex: `${letters.state('t', n)}=` },
      { tex: operationSymbol(a, state, n), now: state === now, to: state },
      { tex: '(' },
      ...sumOf(a, a.node(state.inputs[0] as number), step.time, n, now),
      { tex: ')' },
    ];
    out.push(...whole.map((p) => ({ ...p, wide: guessing && state !== now })));
  }
  if (probabilities && logits) {
    const wide = !guessing;
    out.push(
      { tex: '\u2003', wide },
      { tex: `${letters.probabilities('t', n)}=`, wide },
      { tex: '\\t{softmax}', now: probabilities === now, to: probabilities, wide },
      { tex: '(', wide },
    );
    out.push(...sumOf(a, logits, step.time, n, now).map((p) => ({ ...p, wide })), { tex: ')', wide });
  }
  if (loss && now === loss)
    out.push(
      { tex: '\u2003' },
      { tex: `${letters.loss('t', n)}=` },
      { tex: `−\\t{log} ${letters.probabilities('t', n)}`, now: true, to: loss },
    );
  return out;
}

/** What goes back through the operation of this moment: the gradient of its input from the gradient of its output. */
function backwardPieces(a: Anatomy, n: Notation, now: NodeSchema): Piece[] {
  const d = (node: NodeSchema) => `\\g{∂J}/∂${inBrackets(symbol(a, node, n))}`;
  const inputs = now.inputs.map((id) => a.node(id)).filter((i) => i.gradient);
  return inputs.flatMap((input, k): Piece[] => {
    const from = d(now);
    const self = symbol(a, now, n);
    const local: Record<string, string> = {
      tanh: `(${slopeSymbol('tanh', self)})∘${from}`,
      sigmoid: `${self}(1−${self})∘${from}`,
      relu: `[${symbol(a, input, n)}>0]∘${from}`,
      add: from,
      nll: `−1/${symbol(a, input, n)}  \\t{at the right one}`,
      softmax: `${self}∘(${from}−Σ ${self}${from})`,
      mean_loss: '1/T',
      one_minus: `−${from}`,
    };
    const other = now.inputs.map((id) => a.node(id)).find((i) => i !== input);
    const f = functionOf(a, now);
    if (now.op === 'gate') local.gate = `${slopeSymbol(f, timeless(self))}∘${from}`;
    if (now.op === 'mul' && other) local.mul = `${symbol(a, other, n)}∘${from}`;
    const rule =
      now.op === 'matmul' && other
        ? input.role === 'parameter'
          ? `${from} ${symbol(a, other, n)}^{⊤}`
          : `${transposed(symbol(a, other, n))} ${from}`
        : (local[now.op] ?? from);
    const term = (a.consumers[input.id]?.length ?? 0) > 1 ? '\\t{a term of }' : '';
    return [
      { tex: `${k ? '\u2003' : ''}${term}${d(input)}=`, wider: k > 0 },
      { tex: rule, rule: true, now: k === 0, to: now, wider: k > 0 },
    ];
  });
}

/** What there is to read at a position. */
export function piecesOf(a: Anatomy, { schema, position, now, open, notation: n, clip, asking }: Moment): Piece[] {
  const step = a.steps[open ?? 0];
  if (position > 2 * schema.forward) {
    if (clip)
      return [
        { tex: '\\g{∂J}' },
        { tex: ' ← ' },
        { tex: '\\g{∂J} · \\t{min}(1, \\t{limit} / ‖\\g{∂J}‖)', now: true, to: null },
      ];
    const name = now ? symbol(a, now, n) : '';
    return [{ tex: name }, { tex: ' ← ' }, { tex: `${name} − \\t{step along }\\g{∂J}/∂${name}`, now: true, to: null }];
  }
  if (position > schema.forward)
    return (now ? backwardPieces(a, n, now) : []).map((p) => (asking && p.rule ? { ...p, tex: '?' } : p));
  return step ? forwardPieces(a, step, n, now) : [];
}
