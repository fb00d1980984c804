// The network in one line, with the operation of this moment inverted.

import { useLayoutEffect, useRef } from 'preact/hooks';
import { useBox } from '../draw/box.ts';
import { M } from '../draw/Math.tsx';
import { mathText } from '../draw/math.ts';
import { t } from '../i18n/index.ts';
import type { NodeSchema, Notation, WalkSchema } from '../session/types.ts';
import type { Piece } from '../stage/pieces.ts';
import { type Anatomy, functionOf, isActivation, isOutput, type Step } from './anatomy.ts';
import { inBrackets, slopeSymbol } from './back.ts';
import { gatedPieces } from './gatedEquation.ts';
import { letters, operationSymbol, symbol, timeless } from './symbols.ts';

/** Symbols of a step, with t for the time and t−1 for the time before. */
function general(tex: string, time: number): string {
  return tex
    .replaceAll(`^{(${time - 1})}`, '^{(t−1)}')
    .replaceAll(`^{(${time})}`, '^{(t)}')
    .replaceAll(`_{${time - 1}}`, '_{t−1}')
    .replaceAll(`_{${time}}`, '_{t}')
    .replaceAll(`,${time}}`, ',t}');
}

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
    const transposed = (tex: string) => (tex.includes('⊤') ? tex.replace('^⊤', '') : `${tex}^⊤`);
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
export function piecesOf(
  a: Anatomy,
  schema: WalkSchema,
  position: number,
  now: NodeSchema | null,
  open: number | null,
  n: Notation,
  clip: boolean,
  asking: boolean, // for a gradient: then the rule may be the answer, such as 1/T
): Piece[] {
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

const SMALLEST = 0.68; // of 18 px: nothing is under 12
const SNUG = 0.98; // glyphs do not shrink quite as their size does

/** One line, smaller where it would not fit. Each operation in it is pressed to go there. */
export function Equation({ pieces, onGo }: { pieces: Piece[]; onGo: (to: NodeSchema | null) => void }) {
  const line = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLSpanElement>(null);
  const room = useBox(line)?.width;
  const words = pieces.map((p) => p.tex).join('');
  // Only where one of them changed: it makes the browser lay out the page.
  useLayoutEffect(() => {
    if (!room || !line.current || !text.current) return; // laid out once, when its box is known
    const [box, span] = [line.current, text.current];
    span.style.fontSize = '';
    // the whole of it, smaller; else without what is only beside the point
    for (const left of ['', 'no-wider', 'no-wider no-wide']) {
      span.className = left;
      const fits = box.clientWidth / span.offsetWidth;
      if (fits * SNUG < SMALLEST && left !== 'no-wider no-wide') continue;
      if (fits < 1) span.style.fontSize = `${Math.max(SMALLEST, fits * SNUG)}em`;
      break;
    }
  }, [words, room]);
  return (
    <div class="eq" ref={line}>
      <span ref={text}>
        {pieces.map(({ tex, now = false, wide, wider, to }, i) => (
          <span key={i} class={wider ? 'wider' : wide ? 'wide' : undefined}>
            {to === undefined || to?.forward === 0 ? (
              <M tex={tex} now={now} />
            ) : (
              <button
                type="button"
                tabIndex={now ? 0 : -1}
                aria-label={t('figure.go', { name: mathText(tex) })}
                aria-current={now ? 'step' : undefined}
                onClick={() => onGo(to)}
              >
                <M tex={tex} now={now} />
              </button>
            )}
          </span>
        ))}
      </span>
    </div>
  );
}
