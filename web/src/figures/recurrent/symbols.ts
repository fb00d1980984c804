// What a node is called in the figure, in both of the course's notations. Names of the core that the course has a
// letter for stand in one table; every other label follows from the op and its inputs.

import type { NodeSchema, Notation } from '../../session/types.ts';
import { bare, timeless } from '../../stage/letters.ts';
import { squeezeOf } from '../functions.ts';
import { parameterLetters } from '../parameters.ts';
import { type Anatomy, type Step, stepOf } from './anatomy.ts';
import { type Gate, type GatedCell, gateName } from './cells.ts';

/** Of a parameter, by its name. */
export const weightSymbol = (name: string, n: Notation): string =>
  `\\p{${parameterLetters(name, n) ?? `\\t{${name}}`}}`;

const at = (letter: string, time: number | string, n: Notation) =>
  n === 'a' ? `${letter}^{(${time})}` : `${letter}_{${time}}`;

/** Everything that a step has a letter for. */
export const letters = {
  /** One-hot. In (b) x is the letter's vector, so this is w, as in the course's x_i = E w_i. */
  token: (time: number | string, n: Notation) => at(n === 'a' ? 'x' : 'w', time, n),
  embedding: (time: number | string, n: Notation) => (n === 'a' ? at('\\a{e}', time, n) : at('\\a{x}', time, n)),
  state: (time: number | string, n: Notation) => at('\\a{h}', time, n),
  gate: (gate: Gate, time: number | string, n: Notation) => at(`\\a{${gate}}`, time, n),
  carried: (time: number | string, n: Notation) => at('\\a{c}', time, n),
  sum: (time: number | string, n: Notation) => at('\\a{a}', time, n),
  scores: (time: number | string, n: Notation) => at('\\a{s}', time, n),
  probabilities: (time: number | string, n: Notation) => at('\\hat{y}', time, n),
  loss: (time: number | string, n: Notation) => at('J', time, n),
};

/** The symbol of a node: what stands over its column. */
export function symbol(a: Anatomy, node: NodeSchema, n: Notation): string {
  if (node.role === 'parameter') return weightSymbol(node.name, n);
  if (node === a.start) return letters.state(0, n);
  if (node === a.startCarried) return letters.carried(0, n);
  if (node === a.loss) return 'J';
  const step = stepOf(a, node);
  if (step?.token === node) return letters.token(node.time, n);
  if (step?.embedding === node) return letters.embedding(node.time, n);
  if (step?.state === node) return letters.state(node.time, n);
  if (step?.logits === node) return letters.scores(node.time, n);
  if (step?.probabilities === node) return letters.probabilities(node.time, n);
  if (step?.loss === node) return letters.loss(node.time, n);
  const gated = step?.gated ? gatedSymbol(step, step.gated, node, n) : null;
  if (gated) return gated;
  if (step?.state?.inputs[0] === node.id) return letters.sum(node.time, n);
  if (node.op === 'matmul')
    return inputs(a, node)
      .reverse()
      .map((i) => symbol(a, i, n))
      .join('');
  if (node.op === 'add') return '\\t{sum}';
  return `\\t{${node.name}}`;
}

/** A letter with a gate's index, and its time: a_f^(3), a_{f,3}. */
const indexed = (letter: string, index: string, time: number | string, n: Notation) =>
  n === 'a' ? `${letter}_{${index}}^{(${time})}` : `${letter}_{${index},${time}}`;

/** Inside a cell with gates: the sums are a, in a GRU with the letter's and the past's part, a_x and a_h. */
function gatedSymbol(step: Step, cell: GatedCell, node: NodeSchema, n: Notation): string | null {
  const t = step.time;
  const gate = gateName(cell, node);
  if (gate) return at(`\\a{${gate}}`, t, n);
  const h = letters.state(t - 1, n);
  const product = `${weightSymbol('W_h', n)}\\a{h}`;
  if (cell.kind === 'lstm') {
    const c = letters.carried(t, n);
    if (node === cell.a) return letters.sum(t, n);
    if (node === cell.c) return c;
    if (node === cell.kept) return `\\a{f}∘${letters.carried(t - 1, n)}`;
    if (node === cell.stored) return '\\a{i}∘\\a{g}';
    return node === cell.tanh ? `\\t{tanh} ${c}` : null;
  }
  const sum = (index: string) => indexed('\\a{a}', index, t, n);
  if (node === cell.fromLetter) return sum('x');
  if (node === cell.pastGates) return `(${product})_{rz}`;
  if (node === cell.pastNew) return `(${product})_{n}`;
  if (node === cell.presentGates) return sum('x,rz');
  if (node === cell.presentNew) return sum('x,n');
  if (node === cell.a) return sum('rz');
  if (node === cell.aNew) return sum('n');
  if (node === cell.fromPast) return sum('h,n');
  if (node === cell.reset) return '\\a{r}∘\\a{a}_{h,n}';
  if (node === cell.rest) return '1−\\a{z}';
  if (node === cell.fresh) return '(1−\\a{z})∘\\a{n}';
  return node === cell.kept ? `\\a{z}∘${h}` : null;
}

/** Of what holds several gates, the cells of one: "a_f" of a, "a_r" of a_rz. */
export function partSymbol(a: Anatomy, node: NodeSchema, gate: Gate, n: Notation): string {
  const name = symbol(a, node, n);
  // of what the letter gives to every sum: a_{x,f}
  if (/^\\a\{\w\}/.test(name))
    return indexed(name.slice(0, 5), /^.{5}_\{x\b/.test(name) ? `x,${gate}` : gate, node.time, n);
  return `(${timeless(name)})_{${gate}}`;
}

/** The operation that makes a node: "W_h h", "+ b", "tanh". Short, for the chips of a step. */
export function operationSymbol(a: Anatomy, node: NodeSchema, n: Notation): string {
  const bareOf = (i: NodeSchema) => timeless(symbol(a, i, n));
  const from = inputs(a, node);
  const cell = stepOf(a, node)?.gated;
  if (cell && node.forward <= cell.h.forward && !['embedding', 'matmul'].includes(node.op)) {
    if (node === cell.h) return '\\a{h}';
    const name = from[1]?.role === 'parameter' ? null : gatedSymbol(stepOf(a, node) as Step, cell, node, n);
    if (name) return bare(name);
  }
  if (node.op === 'embedding' || node.op === 'matmul') {
    const weight = node.op === 'embedding' ? from[0] : from[1];
    const other = node.op === 'embedding' ? from[1] : from[0];
    return `${weight ? bareOf(weight) : ''}${other ? bareOf(other) : ''}`;
  }
  if (node.op === 'add') return from[1]?.role === 'parameter' ? `+${bareOf(from[1])}` : '+';
  if (node.op === 'nll') return '−\\t{log}';
  if (node.op === 'mean_loss') return '\\t{mean}';
  return squeezeOf(node.op)?.tex ?? `\\t{${node.op}}`;
}

const inputs = (a: Anatomy, node: NodeSchema) => node.inputs.map((id) => a.node(id));
