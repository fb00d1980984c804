// What is called what in a Transformer's blocks: the letters of the course, the same in both notations. The stream is x;
// after the attention of a block it is x′. A number in square brackets is that of the block.

import type { NodeSchema } from '../../session/types.ts';
import type { Blocks } from './anatomy.ts';

/** What a node is, for its letter, formula and words. */
export type What =
  | 'token'
  | 'place'
  | 'stream'
  | 'mid'
  | 'centred'
  | 'unit'
  | 'scaled'
  | 'norm'
  | 'Qx'
  | 'Kx'
  | 'Vx'
  | 'q'
  | 'k'
  | 'v'
  | 'dots'
  | 'scale'
  | 'mask'
  | 'a'
  | 'head'
  | 'o'
  | 'Wo'
  | 'attended'
  | 'W1'
  | 'z'
  | 'inner'
  | 'W2'
  | 'm'
  | 'Uh'
  | 'logits'
  | 'y'
  | 'J_t'
  | 'J';

const known = new WeakMap<Blocks, Map<NodeSchema, What>>();

/** Each node by what it is, read from its place in the anatomy. */
export function whatOf(a: Blocks, node: NodeSchema): What | null {
  let all = known.get(a);
  if (!all) {
    all = everything(a);
    known.set(a, all);
  }
  return all.get(node) ?? null;
}

function everything(a: Blocks): Map<NodeSchema, What> {
  const all = new Map<NodeSchema, What>();
  const name = (nodes: readonly (NodeSchema | null | undefined)[] | undefined, names: readonly What[]) =>
    nodes?.forEach((node, i) => {
      const what = names[i];
      if (node && what) all.set(node, what);
    });
  const [first] = a.start;
  if (first) all.set(first.main, 'token');
  for (const one of a.start.slice(1, -1)) all.set(one.main, 'place');
  const stream = a.start.at(-1);
  if (stream && a.start.length > 1) all.set(stream.main, 'stream');
  for (const block of a.blocks) {
    for (const norm of block.norm) name(norm?.nodes, ['centred', 'unit', 'scaled', 'norm']);
    name(block.q.nodes, ['Qx', 'q']);
    name(block.k.nodes, ['Kx', 'k']);
    name(block.v.nodes, ['Vx', 'v']);
    for (const { q, k, v, nodes, masked, main, o } of block.heads) {
      if (q !== block.q.main) name([q, k, v], ['q', 'k', 'v']);
      all.set(nodes[0] as NodeSchema, 'dots');
      const scaled = nodes[1];
      if (scaled && scaled !== masked && scaled !== main) all.set(scaled, 'scale');
      if (masked) all.set(masked, 'mask');
      all.set(main, 'a');
      all.set(o, block.heads.length > 1 ? 'head' : 'o');
    }
    all.set(block.o.main, 'o');
    name(block.attended.nodes, ['Wo', 'attended']);
    name(block.inner?.nodes, ['W1', 'z', 'inner']);
    name(block.m?.nodes, ['W2', 'm']);
  }
  // what goes past is added: those sums are the stream itself, whatever stands after them
  for (const { all: own } of a.blocks) {
    const sums = [...own].filter(
      ({ op, inputs }) => op === 'add' && inputs.every((id) => a.node(id).role !== 'parameter'),
    );
    name(
      sums.sort((one, two) => one.forward - two.forward),
      ['mid', 'stream'],
    );
  }
  name(a.norm?.nodes, ['centred', 'unit', 'scaled', 'norm']);
  name(a.logits.nodes, ['Uh', 'logits']);
  if (a.y) all.set(a.y, 'y');
  for (const loss of a.losses) all.set(loss, loss.op === 'mean_loss' ? 'J' : 'J_t');
  return all;
}

/** The number of the block that made it, in brackets; nothing where there is one block alone. */
function number(a: Blocks, node: NodeSchema): string {
  const at = a.blocks.findIndex(({ all }) => all.has(node));
  return a.blocks.length > 1 ? `^{[${at + 1}]}` : '';
}

const LETTERS: Partial<Record<What, string>> = {
  place: '\\a{p}',
  Qx: '\\p{Q}\\t{norm}_1',
  Kx: '\\p{K}\\t{norm}_1',
  Vx: '\\p{V}\\t{norm}_1',
  q: '\\q{q}',
  k: '\\k{k}',
  v: '\\v{v}',
  dots: '\\a{e}_{ij}',
  scale: '\\a{s}_{ij}',
  mask: '\\t{masked }\\a{s}_{ij}',
  a: '\\a{α}_{ij}',
  head: '\\a{o}',
  o: '\\a{o}',
  Wo: '\\p{W_O}\\a{o}',
  attended: '\\p{W_O}\\a{o}+\\p{b_O}',
  W1: '\\p{W_1}\\t{norm}_2',
  z: '\\a{a}',
  inner: '\\t{bent }\\a{a}',
  W2: '\\p{W_2}\\t{bent }\\a{a}',
  m: '\\a{m}',
  Uh: '\\p{U}\\t{norm}',
  logits: '\\a{s}',
  y: '\\hat{y}',
  J_t: 'J_i',
  J: 'J',
};

const PARAMETERS: Record<string, string> = {
  E: '\\p{E}',
  P: '\\p{P}',
  Q: '\\p{Q}',
  K: '\\p{K}',
  V: '\\p{V}',
  b_q: '\\p{b_q}',
  b_k: '\\p{b_k}',
  b_v: '\\p{b_v}',
  W_o: '\\p{W_O}',
  b_o: '\\p{b_O}',
  gamma_1: '\\p{γ_1}',
  beta_1: '\\p{β_1}',
  gamma_2: '\\p{γ_2}',
  beta_2: '\\p{β_2}',
  W_1: '\\p{W_1}',
  b_1: '\\p{b_1}',
  W_2: '\\p{W_2}',
  b_2: '\\p{b_2}',
  gamma: '\\p{γ}',
  beta: '\\p{β}',
  U: '\\p{U}',
};

export function symbol(a: Blocks, node: NodeSchema): string {
  if (node.role === 'parameter') return PARAMETERS[node.name] ?? `\\p{\\t{${node.name}}}`;
  const what = whatOf(a, node);
  switch (what) {
    case null:
      return node.name === 'x' ? 'w' : `\\t{${node.name.replaceAll('_', ' ')}}`;
    case 'token':
      return '\\a{x}';
    case 'stream':
      return a.start.some(({ main }) => main === node) ? '\\a{\\tilde{x}}' : `\\a{x}${number(a, node)}`;
    case 'mid':
      return `\\a{x}′${number(a, node)}`;
    case 'centred':
      return `\\t{centred}${which(a, node)}`;
    case 'unit':
      return `\\t{unit}${which(a, node)}`;
    case 'scaled':
      return `\\p{γ${which(a, node)}}∘\\t{unit}${which(a, node)}`;
    case 'norm':
      return `\\t{norm}${which(a, node)}`;
    default:
      return bentName(a, node, LETTERS[what] ?? '');
  }
}

/** Of the two norms of a block, which; nothing of the last. */
function which(a: Blocks, node: NodeSchema): string {
  for (const { norm } of a.blocks)
    for (const [i, one] of norm.entries()) if (one?.nodes.includes(node)) return `_${i + 1}`;
  return '';
}

/** What bends it has a name: ReLU, or GELU. */
function bentName(a: Blocks, node: NodeSchema, letter: string): string {
  if (!letter.includes('bent')) return letter;
  const block = a.blocks.find(({ all }) => all.has(node));
  const name = block?.inner?.main.op === 'gelu' ? 'GELU' : 'ReLU';
  return letter.replace('\\t{bent }\\a{a}', `\\t{${name}}(\\a{a})`);
}

/** What makes it, in a sign or two, over the wire that leads to it. */
export const SIGNS: Partial<Record<What, string>> = {
  token: '\\p{E}',
  attended: '\\p{W_O}·',
  Wo: '\\p{W_O}·',
  m: '\\p{W_2}·',
  W2: '\\p{W_2}·',
  inner: '\\p{W_1}·',
  logits: '\\p{U}·',
};
