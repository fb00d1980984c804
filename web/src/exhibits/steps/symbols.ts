// Letters of the operations of both nets, in the course's two notations.
import type { Notation } from '../../session/types';
import type { Net } from './lab';

const RECURRENT: Record<string, [a: string, b: string]> = {
  We_e: ['\\p{W_e}\\a{e}', '\\p{W_{xh}}^{⊤}\\a{x}'],
  Wh_h: ['\\p{W_h}\\a{h}', '\\p{W_{hh}}^{⊤}\\a{h}'],
  sum: ['+', '+'],
  a: ['\\a{a}', '\\a{a}'],
  h: ['\\a{h}', '\\a{h}'],
};
const ATTENTION: Record<string, string> = {
  q: '\\a{q}_{i}',
  k: '\\a{k}_{i}',
  v: '\\a{v}_{i}',
  keys: '\\a{k}_{1…T}',
  values: '\\a{v}_{1…T}',
  products: '\\a{q}_{i}·\\a{k}_{j}',
  scores: '\\a{s}_{ij}',
  alpha: '\\a{α}_{ij}',
  o: '\\a{o}_{i}',
};

export function symbolOf(net: Net, name: string, notation: Notation): string {
  if (net === 'attention') return ATTENTION[name] ?? name;
  return RECURRENT[name]?.[notation === 'a' ? 0 : 1] ?? name;
}
/** A word's vector, which both nets begin with. */
export const vectorOf = (word: number, notation: Notation): string =>
  notation === 'a' ? `\\a{e}^{(${word + 1})}` : `\\a{x}_{${word + 1}}`;
