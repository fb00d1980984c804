// The letters of the course for queries, keys and values; the same in both notations.

import type { NodeSchema } from '../../session/types.ts';
import { type Matrices, partOf } from './anatomy.ts';

export const LETTERS: Record<string, string> = {
  x: '\\a{x}',
  y: '\\a{y}',
  q: '\\q{q}',
  k: '\\k{k}',
  v: '\\v{v}',
  e: '\\a{e}',
  s: '\\a{s}',
  a: '\\a{α}',
  o: '\\a{o}',
  E: '\\p{E}',
  Q: '\\p{Q}',
  K: '\\p{K}',
  V: '\\p{V}',
};

export function symbol(a: Matrices, node: NodeSchema): string {
  const part = partOf(a, node);
  if (part) return LETTERS[part] as string;
  if (node.op === 'last') return `\\t{the row }\\a{o}_{${a.asked + 1}}`;
  if (node.op === 'slice') return `\\a{o}_{${a.asked + 1}j}`;
  if (node.op === 'mean_loss') return 'J';
  if (node.op === 'embedding') return '\\a{x}';
  if (node.role === 'parameter' || node.role === 'input') {
    const letter = LETTERS[node.name.slice(0, 1)];
    if (letter && /^[EQK]_0$/.test(node.name)) return letter;
    if (node.name === 'x' || node.name === 'keys') return 'w';
  }
  return `\\t{${node.name.replaceAll('_', ' ')}}`;
}

/** What makes it, in a sign or two. */
export const OPERATIONS: Record<string, string> = {
  q: '\\p{Q}·',
  k: '\\p{K}·',
  v: '\\p{V}·',
  e: '·\\k{k}',
  s: '÷√d',
  a: '\\t{softmax}',
  o: 'Σ·\\v{v}',
};
