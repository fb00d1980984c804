// The operation of this moment in a line, between the one before it and the one after; walking back, what goes back
// through it.

import type { NodeSchema } from '../../session/types.ts';
import { transposed } from '../../stage/letters.ts';
import type { Piece } from '../../stage/pieces.ts';
import type { Moment } from '../kind.ts';
import type { Blocks } from './anatomy.ts';
import { symbol, whatOf } from './symbols.ts';

const GAP: Piece = { tex: '\u2003' };

export function pieces(a: Blocks, { schema, position, now, clip, asking }: Moment): Piece[] {
  if (position > 2 * schema.forward) return updating(a, now, clip);
  if (position > schema.forward) return now ? backwards(a, now, asking) : [];
  const operations = schema.nodes.filter(({ forward }) => forward > 0).sort((one, two) => one.forward - two.forward);
  const at = now?.forward ?? 0;
  const shown = at > 0 ? [at - 1, at, at + 1] : [1, 2, 3];
  return shown.flatMap((forward): Piece[] => {
    const node = operations[forward - 1];
    if (!node) return [];
    if (node === now) return [{ tex: told(a, node), now: true }, GAP]; // it leads nowhere else
    return [
      { tex: told(a, node), to: node, wide: true },
      { ...GAP, wide: true },
    ];
  });
}

/** What it is made of, in letters. */
function told(a: Blocks, node: NodeSchema): string {
  const inputs = node.inputs.map((id) => symbol(a, a.node(id)));
  const [first = '', second = ''] = inputs;
  const own = symbol(a, node);
  switch (whatOf(a, node)) {
    case 'token':
      return `${own}_i=\\p{E}w_i`;
    case 'place':
      return `${own}_i`;
    case 'centred':
      return `${first}−\\t{mean}`;
    case 'unit':
      return `${first}/\\t{deviation}`;
    case 'scaled':
      return own;
    case 'norm':
      return `${own}=${first}+${second}`;
    case 'dots':
      return '\\a{e}_{ij}=\\q{q}_i^{⊤}\\k{k}_j';
    case 'scale':
      return '\\a{s}_{ij}=\\a{e}_{ij}/√d';
    case 'mask':
      return '\\a{s}_{ij}\\t{ where }j≤i';
    case 'a':
      return '\\a{α}_{ij}=\\t{softmax}_j \\a{s}_{ij}';
    case 'head':
      return '\\a{o}_i=Σ_j \\a{α}_{ij}\\v{v}_j';
    case 'o':
      return node.op === 'concat'
        ? `${own}=[${inputs.map(() => '\\a{o}').join(';')}]`
        : '\\a{o}_i=Σ_j \\a{α}_{ij}\\v{v}_j';
    case 'attended':
    case 'Qx':
    case 'Kx':
    case 'Vx':
    case 'Wo':
    case 'W1':
    case 'W2':
    case 'Uh':
      return own;
    case 'inner':
      return own;
    case 'y':
      return '\\hat{y}_i=\\t{softmax}(\\a{s}_i)';
    case 'J_t':
      return 'J_i=−\\t{log }\\hat{y}_i';
    case 'J':
      return 'J=\\t{mean}';
    default:
      return node.op === 'slice' ? `\\t{part of }${own}` : `${own}=${inputs.join('+')}`;
  }
}

function backwards(a: Blocks, now: NodeSchema, asking: boolean): Piece[] {
  const own = symbol(a, now);
  const from = `\\g{∂J}/∂${bracketed(own)}`;
  const rule = (k: number): string => {
    const other = now.inputs[1 - k] === undefined ? '' : symbol(a, a.node(now.inputs[1 - k] as number));
    if (now.op === 'matmul') return k === 0 ? `${transposed(other)} ${from}` : `Σ_i ${from} ${bracketed(other)}^{⊤}`;
    if (now.op === 'mul') return `${bracketed(other)}∘${from}`;
    if (now.op === 'dots') return k === 0 ? `Σ_j ${from} \\k{k}_j` : `Σ_i ${from} \\q{q}_i`;
    if (now.op === 'weighted_sum') return k === 0 ? `${from} · \\v{v}_j` : `Σ_i \\a{α}_{ij} ${from}`;
    if (now.op === 'scale') return `${from}/√d`;
    if (now.op === 'mask') return `${from}\\t{ where }j≤i`;
    if (now.op === 'mean_loss') return '1/T';
    if (now.op === 'softmax') return `${own}(${from}−Σ ${own} ${from})`;
    return ['add', 'concat', 'slice'].includes(now.op) ? from : `(\\t{slope})^{⊤} ${from}`;
  };
  return now.inputs
    .map((id, k) => ({ input: a.node(id), k }))
    .filter(({ input }) => input.gradient)
    .slice(0, 2)
    .flatMap(({ input, k }, shown): Piece[] => {
      const several = (a.consumers[input.id] ?? []).filter(({ node }) => node.gradient).length > 1;
      return [
        {
          tex: `${shown ? '\u2003' : ''}${several ? '\\t{a term of }' : ''}\\g{∂J}/∂${bracketed(symbol(a, input))}=`,
          wider: shown > 0,
        },
        { tex: asking ? '?' : rule(k), rule: true, now: shown === 0, to: now, wider: shown > 0 },
      ];
    });
}

const bracketed = (tex: string) => (/[∘+−]|\\t\{/.test(tex) ? `(${tex})` : tex);

function updating(a: Blocks, now: NodeSchema | null, clip: boolean): Piece[] {
  const gradient = '\\g{∂J}';
  if (clip)
    return [
      { tex: `${gradient} ← ` },
      { tex: `${gradient} · \\t{min}(1, \\t{limit} / ‖${gradient}‖)`, now: true, to: null },
    ];
  const name = now ? symbol(a, now) : '';
  return [{ tex: `${name} ← ` }, { tex: `${name} − \\t{step along }${gradient}/∂${name}`, now: true, to: null }];
}
