// What a node is called in the figure, in both of the course's notations. Names of the core that the course has a
// letter for stand in one table; every other label follows from the op and its inputs.

import type { NodeSchema, Notation } from '../session/types.ts';
import { type Anatomy, isActivation } from './anatomy.ts';

/** Parameters by name: (a), (b). The core stores a matrix as [out, in]: that is W_h, and the transpose of W_hh. */
const PARAMETERS: Record<string, [string, string]> = {
  E: ['\\p{E}', '\\p{E}'],
  W_e: ['\\p{W_e}', '\\p{W_{xh}^⊤}'],
  W_h: ['\\p{W_h}', '\\p{W_{hh}^⊤}'],
  b_1: ['\\p{b_1}', '\\p{b_h}'],
  U: ['\\p{U}', '\\p{W_{hy}^⊤}'],
  b_2: ['\\p{b_2}', '\\p{b_y}'],
};

const at = (letter: string, time: number | string, n: Notation) =>
  n === 'a' ? `${letter}^{(${time})}` : `${letter}_{${time}}`;

/** Without its time: "h" for "h^(3)" and for "h_3". */
export const timeless = (tex: string) => tex.replace(/\^\{\(\w+\)\}$/, '').replace(/_\{\w+\}$/, '');

/** "W_h⊤" for "W_h", and back. */
export const transposed = (tex: string) => (tex.includes('^⊤') ? tex.replace('^⊤', '') : `${tex}^⊤`);

/** Everything that a step has a letter for. */
export const letters = {
  token: (time: number | string, n: Notation) => at('x', time, n),
  embedding: (time: number | string, n: Notation) => (n === 'a' ? at('\\a{e}', time, n) : at('\\a{x}', time, n)),
  state: (time: number | string, n: Notation) => at('\\a{h}', time, n),
  sum: (time: number | string, n: Notation) => at('\\a{z}', time, n),
  logits: (time: number | string, n: Notation) => at('\\a{o}', time, n),
  probabilities: (time: number | string, n: Notation) => at('\\hat{y}', time, n),
  loss: (time: number | string, n: Notation) => at('J', time, n),
};

/** The symbol of a node: what stands over its column. */
export function symbol(a: Anatomy, node: NodeSchema, n: Notation): string {
  if (node.role === 'parameter') return PARAMETERS[node.name]?.[n === 'a' ? 0 : 1] ?? `\\p{\\t{${node.name}}}`;
  if (node === a.start) return letters.state(0, n);
  if (node === a.mean) return 'J';
  const step = a.steps.find((s) => s.time === node.time);
  if (step?.token === node) return letters.token(node.time, n);
  if (step?.embedding === node) return letters.embedding(node.time, n);
  if (step?.state === node) return letters.state(node.time, n);
  if (step?.logits === node) return letters.logits(node.time, n);
  if (step?.probabilities === node) return letters.probabilities(node.time, n);
  if (step?.loss === node) return letters.loss(node.time, n);
  if (step?.state?.inputs[0] === node.id) return letters.sum(node.time, n);
  if (node.op === 'matmul')
    return inputs(a, node)
      .reverse()
      .map((i) => symbol(a, i, n))
      .join('');
  if (node.op === 'add') return '\\t{sum}';
  return `\\t{${node.name}}`;
}

/** The operation that makes a node: "W_h h", "+ b", "tanh". Short, for the chips of a step. */
export function operationSymbol(a: Anatomy, node: NodeSchema, n: Notation): string {
  const bare = (i: NodeSchema) => timeless(symbol(a, i, n));
  const from = inputs(a, node);
  if (node.op === 'embedding' || node.op === 'matmul') {
    const weight = node.op === 'embedding' ? from[0] : from[1];
    const other = node.op === 'embedding' ? from[1] : from[0];
    return `${weight ? bare(weight) : ''}${other ? bare(other) : ''}`;
  }
  if (node.op === 'add') return from[1]?.role === 'parameter' ? `+${bare(from[1])}` : '+';
  if (node.op === 'nll') return '−\\t{log}';
  if (node.op === 'mean_loss') return '\\t{mean}';
  return isActivation(node)
    ? `\\t{${node.op === 'sigmoid' ? 'σ' : node.op === 'relu' ? 'ReLU' : node.op}}`
    : `\\t{${node.op}}`;
}

const inputs = (a: Anatomy, node: NodeSchema) => node.inputs.map((id) => a.node(id));
