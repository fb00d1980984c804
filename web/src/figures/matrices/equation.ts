// The whole of it in one line, with the operation of this moment; walking back, what goes back through that one.

import type { NodeSchema } from '../../session/types.ts';
import type { Piece } from '../../stage/pieces.ts';
import type { Moment } from '../kind.ts';
import { type Matrices, partOf } from './anatomy.ts';
import { symbol } from './symbols.ts';

const GAP: Piece = { tex: '\u2002' };

export function pieces(a: Matrices, { schema, position, now, clip, asking }: Moment): Piece[] {
  if (position > 2 * schema.forward) return updating(a, now, clip);
  if (position > schema.forward) return now ? backwards(a, now, asking) : [];
  const { q, k, v, e, s, o } = a.parts;
  const is = (node: NodeSchema, tex: string, wide = false): Piece[] => [
    { tex, now: node === now, to: node, ...(wide && node !== now ? { wide } : {}) },
    { ...GAP, ...(wide && node !== now ? { wide } : {}) },
  ];
  const exponent = s ? '\\a{s}_{ij}' : '\\a{e}_{ij}';
  return [
    ...is(q, '\\q{q}_i=\\p{Q}\\a{x}_i', true),
    ...is(k, `\\k{k}_j=\\p{K}\\a{${a.parts.y ? 'y' : 'x'}}_j`, true),
    ...is(v, `\\v{v}_j=\\p{V}\\a{${a.parts.y ? 'y' : 'x'}}_j`, true),
    ...is(e, '\\a{e}_{ij}=\\q{q}_i^{⊤}\\k{k}_j'),
    ...(s ? is(s, '\\a{s}_{ij}=\\a{e}_{ij}/√d') : []),
    ...is(a.parts.a, `\\a{α}_{ij}=\\t{softmax}_j ${exponent}`),
    ...is(o, '\\a{o}_i=Σ_j \\a{α}_{ij}\\v{v}_j'),
    ...(now && a.answer.includes(now) ? [{ tex: answer(a, now), now: true, to: now }] : []),
  ];
}

const answer = (a: Matrices, now: NodeSchema) =>
  now.op === 'mean_loss' ? `J=\\a{o}_{${a.asked + 1}j}` : symbol(a, now);

const RULES: Record<string, [string, string?]> = {
  q: ['\\p{Q}^{⊤}\\g{∂J}/∂\\q{q}_i', 'Σ_i \\g{∂J}/∂\\q{q}_i \\a{x}_i^{⊤}'],
  k: ['\\p{K}^{⊤}\\g{∂J}/∂\\k{k}_j', 'Σ_j \\g{∂J}/∂\\k{k}_j \\a{x}_j^{⊤}'],
  v: ['\\p{V}^{⊤}\\g{∂J}/∂\\v{v}_j', 'Σ_j \\g{∂J}/∂\\v{v}_j \\a{x}_j^{⊤}'],
  e: ['Σ_j \\g{∂J}/∂\\a{e}_{ij} \\k{k}_j', 'Σ_i \\g{∂J}/∂\\a{e}_{ij} \\q{q}_i'],
  s: ['\\g{∂J}/∂\\a{s}_{ij}/√d'],
  a: ['\\a{α}_{ij}(\\g{∂J}/∂\\a{α}_{ij}−Σ \\a{α} \\g{∂J}/∂\\a{α})'],
  o: ['\\g{∂J}/∂\\a{o}_i · \\v{v}_j', 'Σ_i \\a{α}_{ij} \\g{∂J}/∂\\a{o}_i'],
};

function backwards(a: Matrices, now: NodeSchema, asking: boolean): Piece[] {
  const rules = RULES[partOf(a, now) ?? ''] ?? ['1'];
  return now.inputs
    .map((id, k) => ({ input: a.node(id), k }))
    .filter(({ input }) => input.gradient)
    .flatMap(({ input, k }, shown): Piece[] => {
      const several = (a.consumers[input.id] ?? []).filter(({ node }) => node.gradient).length > 1;
      return [
        {
          tex: `${shown ? '\u2003' : ''}${several ? '\\t{a term of }' : ''}\\g{∂J}/∂${symbol(a, input)}=`,
          wider: shown > 0,
        },
        { tex: asking ? '?' : (rules[k] ?? '1'), rule: true, now: shown === 0, to: now, wider: shown > 0 },
      ];
    });
}

function updating(a: Matrices, now: NodeSchema | null, clip: boolean): Piece[] {
  const gradient = '\\g{∂J}';
  if (clip)
    return [
      { tex: `${gradient} ← ` },
      { tex: `${gradient} · \\t{min}(1, \\t{limit} / ‖${gradient}‖)`, now: true, to: null },
    ];
  const name = now ? symbol(a, now) : '';
  return [{ tex: `${name} ← ` }, { tex: `${name} − \\t{step along }${gradient}/∂${name}`, now: true, to: null }];
}
