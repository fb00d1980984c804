// What there is to read at a moment, in one line: a step in general, or the operation of this moment.

import type { NodeSchema, Notation } from '../../session/types.ts';
import { timeless } from '../../stage/letters.ts';
import type { Piece } from '../../stage/pieces.ts';
import type { Moment } from '../kind.ts';
import { type Coder, isLook, isOutput, isWriting, scoreOf, type Writing } from './anatomy.ts';
import { letters, operationSymbol, symbol } from './symbols.ts';

const GAP: Piece = { tex: '\u2003' };

export function pieces(a: Coder, at: Moment): Piece[] {
  const { schema, position, now, notation: n } = at;
  if (position > 2 * schema.forward) return updating(a, at);
  if (position > schema.forward) return now ? backwards(a, now, n, at.asking) : [];
  const open = at.open === null ? null : (a.stops[at.open] ?? null);
  const word = isWriting(open as Writing | null) ? (open as Writing) : null;
  const mine = now && open?.nodes.includes(now) ? now : null;
  if (word && (!mine || isLook(word, mine) || isOutput(word, mine)))
    return [...(word.look ? looking(a, word, n, now) : []), ...guessing(a, word, n, now)];
  const shown = mine ?? open?.main ?? now;
  return shown ? [{ tex: `${symbol(a, shown, n)}=` }, ...made(a, shown, n, shown === now)] : [];
}

/** Score, weights, context: with the operation of this moment. */
function looking(a: Coder, word: Writing, n: Notation, now: NodeSchema | null): Piece[] {
  const look = word.look as NonNullable<Writing['look']>;
  const general = (tex: string) => overSteps(tex, word.time);
  const is = (node: NodeSchema | null, tex: string): Piece => ({ tex, now: !!node && node === now, to: node });
  const [own, read] = [letters.state('t', n), letters.read('j')];
  const matrix = (name: string) => `\\p{${name}}`;
  const late = !!now && now.forward >= look.context.forward;
  const score: Record<string, Piece[]> = {
    dot: [is(look.scores, `${own}·${read}`)],
    scaled: [is(look.products, `${own}·${read}`), is(look.scores, '/√d')],
    general: [is(look.query, `${matrix('W_a')}${own}`), is(look.scores, `·${read}`)],
    additive: [
      is(look.scores, `${matrix('v')}·`),
      is(look.squeezed, '\\t{tanh}'),
      { tex: '(' },
      is(look.keys, `${matrix('W_1')}${read}`),
      is(look.sum, '+'),
      is(look.query, `${matrix('W_2')}${own}`),
      { tex: ')' },
    ],
  };
  const first: Piece[] = [{ tex: `${general(symbol(a, look.scores, n))}=` }, ...(score[scoreOf(a)] ?? []), GAP];
  return [
    ...first.map((p) => ({ ...p, wide: late })),
    { tex: `${letters.weights('t', n)}=` },
    is(look.weights, '\\t{softmax}_j'),
    { tex: `(${letters.scores('t', n)})` },
    GAP,
    { tex: `${letters.context('t', n)}=` },
    is(look.context, `Σ_j ${letters.weights('t', n)}${read}`),
    GAP,
  ];
}

const overSteps = (tex: string, time: number) =>
  tex.replaceAll(`^{(${time})}`, '^{(t)}').replaceAll(`_{${time},`, '_{t,').replaceAll(`_{${time}}`, '_{t}');

function guessing(a: Coder, word: Writing, n: Notation, now: NodeSchema | null): Piece[] {
  const { look, logits, probabilities, loss } = word;
  const product = a.node(logits.inputs[0] as number);
  const bias = a.node(logits.inputs[1] as number);
  const is = (node: NodeSchema | undefined, tex: string): Piece => ({
    tex,
    now: node === now,
    ...(node ? { to: node } : {}),
  });
  const U = symbol(a, a.node(product.inputs[1] as number), n);
  const early = !!look && (!now || now.forward < look.both.forward);
  const read = look
    ? is(look.both, `[${letters.context('t', n)};${letters.state('t', n)}]`)
    : { tex: letters.state('t', n) };
  const out: Piece[] = [
    { tex: `${letters.guess('t', n)}=` },
    is(probabilities, '\\t{softmax}'),
    { tex: '(' },
    is(product, U),
    read,
    is(logits, '+'),
    { tex: symbol(a, bias, n) },
    { tex: ')' },
  ];
  if (now === loss)
    return [{ tex: `${letters.loss('t', n)}=` }, { tex: `−\\t{log} ${letters.guess('t', n)}`, now: true, to: loss }];
  return out.map((p) => ({ ...p, wide: early }));
}

/** What an operation makes its node of. */
function made(a: Coder, node: NodeSchema, n: Notation, here: boolean): Piece[] {
  const name = (k: number) => (node.inputs[k] === undefined ? '' : symbol(a, a.node(node.inputs[k] as number), n));
  const now = (tex: string): Piece[] => [{ tex, now: here, to: node }];
  const from = (k: number): Piece => ({
    tex: name(k),
    ...(node.inputs[k] === undefined ? {} : { to: a.node(node.inputs[k] as number) }),
  });
  switch (node.op) {
    case 'matmul':
      return [...now(name(1)), from(0)];
    case 'embedding':
      return now(`${name(0)}${name(1)}`);
    case 'add':
      return [from(0), ...now('+'), from(1)];
    case 'mul':
      return [from(0), ...now('∘'), from(1)];
    case 'one_minus':
      return [...now('1−'), from(0)];
    case 'slice':
      return [...now('\\t{rows of }'), from(0)];
    case 'concat':
      return now(`[${name(0)};${name(1)}]`);
    case 'stack':
      return now(`(${name(0)}, …)`);
    case 'mean_loss':
      return now(`1/T Σ_t ${letters.loss('t', n)}`);
    case 'last':
      return now(letters.read(a.source.length));
    default:
      return [...now(operationSymbol(a, node, n)), { tex: '(' }, from(0), { tex: ')' }];
  }
}

const brackets = (tex: string) => (/[+−·∘;]|\\t\{/.test(tex) && !/^[([]/.test(tex) ? `(${tex})` : tex);

/** What goes back through the operation of this moment. */
function backwards(a: Coder, now: NodeSchema, n: Notation, asking: boolean): Piece[] {
  const d = (node: NodeSchema) => `\\g{∂J}/∂${brackets(symbol(a, node, n))}`;
  const from = d(now);
  return now.inputs
    .map((id, k) => ({ input: a.node(id), other: a.node(now.inputs[1 - k] ?? id), k }))
    .filter(({ input }) => input.gradient)
    .slice(0, 2)
    .flatMap(({ input, other, k }, shown): Piece[] => {
      const term = (a.consumers[input.id]?.length ?? 0) > 1 ? '\\t{a term of }' : '';
      const rule = asking ? '?' : ruleOf(now, k, from, symbol(a, other, n), symbol(a, now, n));
      return [
        { tex: `${shown ? '\u2003' : ''}${term}${d(input)}=`, wider: shown > 0 },
        { tex: rule, rule: true, now: shown === 0, to: now, wider: shown > 0 },
      ];
    });
}

function ruleOf(now: NodeSchema, k: number, from: string, other: string, self: string): string {
  const transposed = (tex: string) => (tex.includes('^⊤') ? tex.replace('^⊤', '') : `${tex}^{⊤}`);
  switch (now.op) {
    case 'matmul':
      return k === 0 ? `${transposed(other)} ${from}` : `${from} ${other}^{⊤}`;
    case 'mul':
      return `${other}∘${from}`;
    case 'one_minus':
      return `−${from}`;
    case 'gate':
    case 'tanh':
      return now.op === 'tanh' || ['n', 'g'].includes(now.name)
        ? `(1−${timeless(self)}^{2})∘${from}`
        : `${timeless(self)}(1−${timeless(self)})∘${from}`;
    case 'weighted_sum':
      return k === 0 ? `\\a{\\bar{h}}_j·${from}` : `\\a{α}_j ${from}`;
    case 'masked_softmax':
      return `\\a{α}_j(\\g{∂J}/∂\\a{α}_j−Σ \\a{α} \\g{∂J}/∂\\a{α})`;
    case 'softmax':
      return `\\hat{y}∘(${from}−Σ \\hat{y}${from})`;
    case 'scores':
      return k === 0 ? `Σ_j \\g{∂J}/∂\\a{s}_j ${other}` : `\\g{∂J}/∂\\a{s}_j ${other}`;
    case 'scale':
      return `${from}/√d`;
    case 'nll':
      return '−1/\\hat{y}  \\t{at the right one}';
    case 'mean_loss':
      return '1/T';
    default:
      return from;
  }
}

function updating(a: Coder, { now, notation: n, clip }: Moment): Piece[] {
  const [arrow, gradient] = [{ tex: ' ← ' }, '\\g{∂J}'];
  if (clip)
    return [
      { tex: gradient },
      arrow,
      { tex: `${gradient} · \\t{min}(1, \\t{limit} / ‖${gradient}‖)`, now: true, to: null },
    ];
  const name = now ? symbol(a, now, n) : '';
  return [{ tex: name }, arrow, { tex: `${name} − \\t{step along }${gradient}/∂${name}`, now: true, to: null }];
}
