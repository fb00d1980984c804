// What is done in one frame of a throw as it came, operation by operation, forwards and back.
import type { NodeSchema, WalkSchema } from '../../../../wasm/bridge/protocol';
import type { Notation } from '../../session/types';

/** The operations of a frame, in the order in which they are done. */
export const operationsOf = (schema: WalkSchema, frame: number): NodeSchema[] =>
  schema.nodes.filter((node) => node.time === frame && node.forward > 0).sort((a, b) => a.forward - b.forward);

const hh = ['\\p{W_h}', '\\p{W_{hh}^\\top}'] as const;
const xh = ['\\p{W_e}', '\\p{W_{xh}^\\top}'] as const;
const by = ['\\p{U}', '\\p{W_{hy}^\\top}'] as const;
type Letters = (n: 0 | 1) => string;
const e: Letters = (n) => ['\\a{e}', '\\a{x}'][n] as string;
/** By the node's name: what it is made as. Without times, since all rows are of one frame; \a{h}' is that of the frame before. */
const LETTERS: Record<string, Letters> = {
  We_e: (n) => `${xh[n]}${e(n)}`,
  We_e_b: (n) => `\\a{a}_x=${xh[n]}${e(n)}+\\p{b}_1`,
  Wh_h: (n) => `${hh[n]}\\a{h}'`,
  Wh_rz: (n) => `(${hh[n]}\\a{h}')_{rz}`,
  We_rz: () => '\\a{a}_{x,rz}',
  a: () => '\\a{a}_{rz}',
  r: () => '\\a{r}=σ(\\a{a}_r)',
  Wh_n: (n) => `(${hh[n]}\\a{h}')_n`,
  Wh_n_b: () => '\\a{a}_{h,n}',
  r_Wh_n: () => '\\a{r}∘\\a{a}_{h,n}',
  We_n: () => '\\a{a}_{x,n}',
  a_n: () => '\\a{a}_n',
  n: () => '\\a{n}=\\t{tanh} \\a{a}_n',
  z: () => '\\a{z}=σ(\\a{a}_z)',
  not_z: () => '1−\\a{z}',
  new: () => '(1−\\a{z})∘\\a{n}',
  keep: () => "\\a{z}∘\\a{h}'",
  h: () => '\\a{h}',
  Uh: (n) => `${by[n]}\\a{h}`,
  y_hat: () => '\\hat{y}',
  squares: () => '½|\\hat{y}−y|²',
  J: () => 'J',
};
export const letterOf = (node: NodeSchema, notation: Notation): string =>
  LETTERS[node.name]?.(notation === 'a' ? 0 : 1) ?? `\\t{${node.name}}`;
