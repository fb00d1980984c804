// What a node is called. A bar marks what belongs to the encoder; the letters are the same in both notations.

import type { NodeSchema, Notation } from '../../session/types.ts';
import { parameterLetters } from '../parameters.ts';
import { type Crossed, isOfSource, whereOf } from './anatomy.ts';

const LOOK: Record<string, string> = {
  ...{
    q: '\\q{q}',
    k: '\\k{k}',
    v: '\\v{v}',
    e: '\\a{e}',
    s: '\\a{s}',
    masked: '\\t{masked }\\a{s}',
    a: '\\a{α}',
    o: '\\a{o}',
  },
};
const MATRIX: Record<string, string> = {
  ...{ Q: 'Q', K: 'K', V: 'V', W_o: 'W_o', W_1: 'W_1', W_2: 'W_2', E_source: '\\bar{E}', P: 'P', P_source: '\\bar{P}' },
  ...{ b_q: 'b_q', b_k: 'b_k', b_v: 'b_v', b_o: 'b_o' },
};

const weight = (node: NodeSchema, n: Notation): string => {
  const inBlock = node.path.includes('.');
  const letters =
    (inBlock && /^b_[12]$/.test(node.name) ? node.name : MATRIX[node.name]) ?? parameterLetters(node.name, n);
  return letters ? `\\p{${letters}}` : `\\p{\\t{${said(node.name)}}}`;
};

export function symbol(a: Crossed, node: NodeSchema, n: Notation): string {
  if (node.role === 'parameter') return weight(node, n);
  if (node === a.guess) return '\\hat{y}';
  if (node === a.mean) return 'J';
  if (node.op === 'nll') return 'J_i';
  if (node === a.read.stream) return '\\a{\\bar{x}}';
  if (node === a.written.stream) return '\\a{x}';
  if (node === a.read.states) return '\\a{\\bar{h}}';
  const where = whereOf(a, node);
  if (where) {
    const [part] = Object.entries(where.head === null ? where.look : (where.look.heads[where.head] as object)).find(
      ([, one]) => one === node,
    ) ?? [''];
    const letter = LOOK[part];
    if (letter) return letter;
  }
  if (node.op === 'matmul') {
    const matrix = a.node(node.inputs[1] as number);
    const taken = a.node(node.inputs[0] as number);
    return `${weight(matrix, n)}${short(symbol(a, taken, n))}`;
  }
  if (node.op === 'sinusoid' || /^p(_source)?$/.test(node.name)) return isOfSource(node) ? '\\a{\\bar{p}}' : '\\a{p}';
  return `\\t{${said(node.name)}}`;
}

/** What the course has no letter for; of a norm, its number behind it. */
const SAID: Record<string, string> = {
  ...{ attended: 'look', mid: 'sum 1', out: 'sum 2', z: 'inside', inner: 'bent', m: 'fed', logits: 'scores' },
  ...{ e: 'word', e_source: 'source word', p: 'place', p_source: 'source place' },
};
const said = (name: string): string =>
  SAID[name] ??
  name
    .replace('gamma', 'gain')
    .replace('beta', 'shift')
    .replace('centred', 'mean 0')
    .replace(/(0|unit|scaled)_norm/, '$1')
    .replace(/^(.*)_source$/, 'source $1')
    .replaceAll('_', ' ');
const short = (tex: string) => (tex.startsWith('\\t{') ? `\\,${tex}` : tex);

/** What makes it, in a sign or two. */
export function sign(a: Crossed, node: NodeSchema, n: Notation): string {
  const signs: Record<string, string> = {
    ...{ add: '+', mul: '∘', concat: '[;]', center: '−\\t{mean}', normalize: '÷\\t{deviation}', scale: '÷√d' },
    ...{
      dots: '·',
      softmax: '\\t{softmax}',
      weighted_sum: 'Σ',
      relu: '\\t{relu}',
      gelu: '\\t{gelu}',
      nll: '−\\t{log}',
    },
    ...{ mask: '\\t{mask}', slice: '\\t{part}', mean_loss: '\\t{mean}', sinusoid: '\\t{waves}' },
  };
  const matrix = node.inputs
    .map((id) => a.node(id))
    .find(({ role, shape }) => role === 'parameter' && shape.length > 1);
  if ((node.op === 'matmul' || node.op === 'embedding') && matrix) return weight(matrix, n);
  return signs[node.op] ?? `\\t{${node.op.replaceAll('_', ' ')}}`;
}
