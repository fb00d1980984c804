// What is done with the letters of a node, as draw/math.ts reads them, whatever they stand for.

import type { Notation } from '../session/types.ts';

/** Without its time: "h" for "h^(3)" and for "h_3", "a_f" for "a_f^(3)" and for "a_{f,3}", "α_j" for "α_{3,j}". */
export const timeless = (tex: string) =>
  tex
    .replace(/\^\{\(\w+\)\}$/, '')
    .replace(/_\{\d+,([a-z])\}$/, '_$1')
    .replace(/_\{\d+\}(\^\{[←→]\})?$/, '$1')
    .replace(/_\{([\w,]+),\d+\}$/, '_{$1}');

/** Without times anywhere: "f∘c" for "f∘c^(2)". */
export const bare = (tex: string) =>
  tex
    .replaceAll(/\^\{\(\w+\)\}/g, '')
    .replaceAll(/(_\{(?:\w+,)*[a-z]+),\d+\}/g, '$1}')
    .replaceAll(/_\{\d+\}/g, '');

/** "A⊤" for "A", and back. */
export const transposed = (tex: string) => (tex.includes('^⊤') ? tex.replace('^⊤', '') : `${tex}^⊤`);

/** ∂(f∘c), ∂(1−z), ∂(Uh), but ∂z. */
export const inBrackets = (tex: string) => (/[∘−]|^\\t\{\w+\} |^\\p\{.*\\a\{/.test(tex) ? `(${tex})` : tex);

/** A cell of what is called so, without its time in (a); in (b) with it, since an index that is alone is the time: h₁, h₃,₁. */
export function cellNamed(tex: string, cell: number, n: Notation): string {
  const name = inBrackets(n === 'a' ? bare(tex) : tex);
  return /_\{[\w,]+\}$/.test(name) ? name.replace(/\}$/, `,${cell + 1}}`) : `${name}_{${cell + 1}}`;
}

/** With t for the time and t−1 for the time before. */
export const general = (tex: string, time: number): string =>
  tex
    .replaceAll(`^{(${time - 1})}`, '^{(t−1)}')
    .replaceAll(`^{(${time})}`, '^{(t)}')
    .replaceAll(`_{${time - 1}}`, '_{t−1}')
    .replaceAll(`_{${time}}`, '_{t}')
    .replaceAll(`,${time}}`, ',t}');
