// The attention of the moment in one line, or the operation; walking back, what goes back through it.

import type { NodeSchema } from '../../session/types.ts';
import type { Piece } from '../../stage/pieces.ts';
import type { Moment } from '../kind.ts';
import { type Crossed, whereOf } from './anatomy.ts';
import { sign, symbol } from './symbols.ts';

const GAP: Piece = { tex: '\u2002' };

export function pieces(a: Crossed, moment: Moment): Piece[] {
  const { schema, position, now, clip } = moment;
  if (position > 2 * schema.forward) return updating(a, moment, clip);
  if (position > schema.forward) return now ? backwards(a, moment, now) : [];
  const where = whereOf(a, now);
  return where && where.head !== null
    ? looking(where.head, where.look.heads, now)
    : now
      ? making(a, moment, now)
      : idle();
}

/** What all of it is about. */
const idle = (): Piece[] => [
  { tex: '\\a{α}_{ij}=\\t{softmax}_j(\\q{q}_i^{⊤}\\k{k}_j/√d)' },
  GAP,
  { tex: '\\a{o}_i=Σ_j \\a{α}_{ij}\\v{v}_j' },
];

function looking(at: number, heads: Crossed['written']['across'][number]['heads'], now: NodeSchema | null): Piece[] {
  const { q, k, v, e, s, masked, a: alpha, o } = heads[at] as (typeof heads)[number];
  const is = (node: NodeSchema, tex: string, wide = false): Piece[] => [
    { tex, now: node === now, to: node, ...(wide && node !== now ? { wide } : {}) },
    { ...GAP, ...(wide && node !== now ? { wide } : {}) },
  ];
  const part = (node: NodeSchema, tex: string) => (node.op === 'slice' ? is(node, `${tex}_{${at + 1}}`, true) : []);
  return [
    ...part(q, '\\q{q}'),
    ...part(k, '\\k{k}'),
    ...part(v, '\\v{v}'),
    ...is(e, '\\a{e}_{ij}=\\q{q}_i^{⊤}\\k{k}_j'),
    ...(s === e ? [] : is(s, '\\a{s}_{ij}=\\a{e}_{ij}/√d')),
    ...(masked ? is(masked, '\\t{mask}') : []),
    ...is(alpha, '\\a{α}_{ij}=\\t{softmax}_j \\a{s}_{ij}'),
    ...is(o, '\\a{o}_i=Σ_j \\a{α}_{ij}\\v{v}_j'),
  ];
}

/** A node by its inputs and what is done with them. */
function making(a: Crossed, { notation }: Moment, now: NodeSchema): Piece[] {
  const inputs = now.inputs.map((id) => a.node(id)).filter(({ dtype }) => dtype === 'f32');
  const letters = inputs.map((one) => symbol(a, one, notation));
  const does = sign(a, now, notation);
  const made = symbol(a, now, notation);
  const tex =
    now.op === 'add' || now.op === 'mul'
      ? `${letters[0]}${does}${letters[1]}`
      : now.op === 'matmul'
        ? made
        : now.op === 'embedding'
          ? `\\t{row of }${does}`
          : now.op === 'concat'
            ? `[${letters.join(';')}]`
            : `${does} ${letters.join('\\t{, }')}`;
  return [...(now.op === 'matmul' ? [] : [{ tex: `${made}=` }]), { tex, now: true, to: now }];
}

function backwards(a: Crossed, { notation, asking }: Moment, now: NodeSchema): Piece[] {
  const taken = now.inputs.map((id) => a.node(id)).filter(({ gradient }) => gradient);
  const arrives = `\\g{∂J}/∂${symbol(a, now, notation)}`;
  return taken.flatMap((input, shown): Piece[] => {
    const several = (a.consumers[input.id] ?? []).filter(({ node }) => node.gradient).length > 1;
    return [
      {
        tex: `${shown ? '\u2003' : ''}${several ? '\\t{a term of }' : ''}\\g{∂J}/∂${symbol(a, input, notation)}=`,
        wider: shown > 0,
      },
      {
        tex: asking ? '?' : now.op === 'mean_loss' ? '1/T' : `\\t{slope of }${sign(a, now, notation)} · ${arrives}`,
        ...{ rule: true, now: shown === 0, to: now, wider: shown > 0 },
      },
    ];
  });
}

function updating(a: Crossed, { now, notation }: Moment, clip: boolean): Piece[] {
  const gradient = '\\g{∂J}';
  if (clip)
    return [
      { tex: `${gradient} ← ` },
      { tex: `${gradient} · \\t{min}(1, \\t{limit} / ‖${gradient}‖)`, now: true, to: null },
    ];
  const name = now ? symbol(a, now, notation) : '';
  return [{ tex: `${name} ← ` }, { tex: `${name} − \\t{step along }${gradient}/∂${name}`, now: true, to: null }];
}
