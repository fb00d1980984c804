// The operation of this moment, in one line.

import type { NodeSchema } from '../../session/types.ts';
import { transposed } from '../../stage/letters.ts';
import type { Piece } from '../../stage/pieces.ts';
import type { Moment } from '../kind.ts';
import type { Rows } from './anatomy.ts';
import { operationSymbol, symbol } from './symbols.ts';

const inBrackets = (tex: string) => (/[∘−]|^\\t\{|^\\p\{.*\\a\{/.test(tex) ? `(${tex})` : tex);

export function pieces(a: Rows, { schema, position, now, open, notation: n, clip, asking }: Moment): Piece[] {
  const inputs = (node: NodeSchema) => node.inputs.map((id) => a.node(id));
  const name = (node: NodeSchema) => symbol(inputs, node, n);
  if (position > 2 * schema.forward) {
    const gradient = '\\g{∂J}';
    if (clip)
      return [
        { tex: `${gradient} ← ` },
        { tex: `${gradient} · \\t{min}(1, \\t{limit} / ‖${gradient}‖)`, now: true, to: null },
      ];
    const weight = now ? name(now) : '';
    return [
      { tex: `${weight} ← ` },
      { tex: `${weight} − \\t{step along }${gradient}/∂${weight}`, now: true, to: null },
    ];
  }
  const shown = now ?? (open === null ? null : (a.stops[open]?.nodes[0] ?? null));
  if (!shown) return [];
  if (position > schema.forward) return backwards(a, shown, name, asking);

  const [first, second] = inputs(shown);
  const is = (tex: string): Piece => ({ tex, now: shown === now, to: shown });
  const from = (node: NodeSchema | undefined): Piece =>
    node ? { tex: name(node), ...(node.forward > 0 ? { to: node } : {}) } : { tex: '' };
  const whole: Piece = { tex: `${name(shown)}=` };
  switch (shown.op) {
    case 'matmul':
      return [whole, is(second ? name(second) : ''), from(first)];
    case 'add':
      return [whole, from(first), is('+'), from(second)];
    case 'mul':
      return [whole, from(first), is('∘'), from(second)];
    case 'concat':
      return [whole, is('['), from(first), { tex: ';' }, from(second), { tex: ']' }];
    case 'embedding':
      return [whole, is(first ? name(first) : ''), from(second)];
    default:
      return [whole, is(operationSymbol(inputs, shown, n)), { tex: '(' }, from(first), { tex: ')' }];
  }
}

/** What goes back through it, into its first two inputs: how far it moves with them, times what arrives. */
function backwards(a: Rows, now: NodeSchema, name: (node: NodeSchema) => string, asking: boolean): Piece[] {
  const d = (node: NodeSchema) => `\\g{∂J}/∂${inBrackets(name(node))}`;
  const all = now.inputs.map((id) => a.node(id));
  const from = d(now);
  const rule = (input: NodeSchema, k: number) => {
    const other = all[1 - k];
    if (now.op === 'matmul' && other)
      return k === 0 ? `${transposed(name(other))} ${from}` : `${from} ${name(other)}^{⊤}`;
    if (now.op === 'mul' && other) return `${name(other)}∘${from}`;
    if (now.op === 'one_minus') return `−${from}`;
    if (now.op === 'mean_loss') return '1/T';
    if (['add', 'concat', 'slice'].includes(now.op)) return from;
    return `(∂${inBrackets(name(now))}/∂${inBrackets(name(input))})^{⊤} ${from}`;
  };
  return all
    .map((input, k) => ({ input, k }))
    .filter(({ input }) => input.gradient)
    .slice(0, 2)
    .flatMap(({ input, k }, shown): Piece[] => [
      {
        tex: `${shown ? '\u2003' : ''}${(a.consumers[input.id]?.length ?? 0) > 1 ? '\\t{a term of }' : ''}${d(input)}=`,
        wider: shown > 0,
      },
      { tex: asking ? '?' : rule(input, k), rule: true, now: shown === 0, to: now, wider: shown > 0 },
    ]);
}
