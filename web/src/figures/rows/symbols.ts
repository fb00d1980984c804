// What a node of any tape is called, in both of the course's notations. A number in square brackets is its layer, an
// arrow back its direction; what the course has no letter for has its own name.

import type { NodeSchema, Notation } from '../../session/types.ts';
import { squeezeOf } from '../functions.ts';
import { parameterLetters } from '../parameters.ts';

/** By name: (a), (b). */
const LETTERS: Record<string, [string, string]> = {
  x: ['x', 'w'],
  e: ['\\a{e}', '\\a{x}'],
  logits: ['\\a{s}', '\\a{s}'],
  y_hat: ['\\hat{y}', '\\hat{y}'],
  J_t: ['J', 'J'],
  We_rz: ['\\a{a}_{x,rz}', '\\a{a}_{x,rz}'],
  We_n: ['\\a{a}_{x,n}', '\\a{a}_{x,n}'],
  We_e_b: ['\\a{a}_{x}', '\\a{a}_{x}'],
  Wh_n_b: ['\\a{a}_{h,n}', '\\a{a}_{h,n}'],
  a_n: ['\\a{a}_{n}', '\\a{a}_{n}'],
};
const PLAIN = /^[hcarznfigoyJ]$/;

/** "[2]←" of a second layer that reads from the end. */
const place = (node: NodeSchema) => {
  const layer = /\blayer(\d+)\./.exec(node.path)?.[1];
  return `${layer ? `[${layer}]` : ''}${/\bback\.\w+$/.test(node.path) ? '←' : ''}`;
};

const weight = (node: NodeSchema, n: Notation) => {
  const letters = parameterLetters(node.name, n) ?? node.name;
  const where = place(node);
  if (where === '') return /^\w(_|$)|⊤/.test(letters) ? `\\p{${letters}}` : `\\p{\\t{${letters}}}`;
  return letters.endsWith('^⊤') ? `\\p{${letters.slice(0, -2)}^{${where}⊤}}` : `\\p{${letters}^{${where}}}`;
};

export function symbol(inputs: (node: NodeSchema) => NodeSchema[], node: NodeSchema, n: Notation): string {
  if (node.role === 'parameter') return weight(node, n);
  if (node.op === 'mean_loss') return 'J';
  if (node.op === 'matmul') {
    const [taken, matrix] = inputs(node);
    if (taken && matrix?.role === 'parameter') return `${weight(matrix, n)}${withoutTime(inputs, taken, n)}`;
  }
  const name = LETTERS[node.name]?.[n === 'a' ? 0 : 1] ?? (PLAIN.test(node.name) ? node.name : null);
  if (name === null) return said(inputs, node, n);
  const letter = /^[hcarznfigo]$/.test(name) ? `\\a{${name}}` : name;
  const where = place(node);
  const timed = node.time > 0 || /^[hc]$/.test(node.name);
  if (n === 'a') return `${letter}${where || timed ? `^{${where}${timed ? `(${node.time})` : ''}}` : ''}`;
  const shift = where ? `^{${where}}` : '';
  const inner = /^(.*)_\{([\w,]+)\}$/.exec(letter);
  if (inner) return `${inner[1]}_{${inner[2]}${timed ? `,${node.time}` : ''}}${shift}`;
  return `${letter}${timed ? `_{${node.time}}` : ''}${shift}`;
}

/** Of what has no letter, the operation in the letters of what it is made of. */
function said(inputs: (node: NodeSchema) => NodeSchema[], node: NodeSchema, n: Notation): string {
  const [first, second] = inputs(node).map((one) => withoutTime(inputs, one, n));
  switch (node.op) {
    case 'mul':
      return `${first}∘${second}`;
    case 'one_minus':
      return `1−${first}`;
    case 'tanh':
      return `\\t{tanh }${first}`;
    case 'concat':
      return `[${first};${second}]`;
    case 'add':
      return '\\t{sum}';
    default:
      return `\\t{${node.name.replaceAll('_', ' ')}}`;
  }
}

/** Without its time: "h^[2]" for "h^[2](3)" and for "h_3^[2]". */
export const timeless = (tex: string) =>
  tex
    .replace(/\(\d+\)\}$/, '}')
    .replace(/_\{\d+\}/, '')
    .replace(/,\d+\}/, '}')
    .replace('^{}', '');
const withoutTime = (inputs: (node: NodeSchema) => NodeSchema[], node: NodeSchema, n: Notation) =>
  timeless(symbol(inputs, node, n));

/** The function that works cell by cell in it. */
export function functionOf(node: NodeSchema): string {
  if (node.op !== 'gate') return node.op;
  return node.name === 'n' || node.name === 'g' ? 'tanh' : 'sigmoid';
}

/** What makes it, in a sign or two: "W_h", "+", "tanh". */
export function operationSymbol(inputs: (node: NodeSchema) => NodeSchema[], node: NodeSchema, n: Notation): string {
  const signs: Record<string, string> = { add: '+', mul: '∘', one_minus: '1−', concat: '[;]', nll: '−\\t{log}' };
  const matrix = inputs(node).find((one) => one.role === 'parameter');
  if ((node.op === 'matmul' || node.op === 'embedding') && matrix) return weight(matrix, n);
  if (node.op === 'mean_loss') return '\\t{mean}';
  return signs[node.op] ?? squeezeOf(functionOf(node))?.tex ?? `\\t{${node.op.replaceAll('_', ' ')}}`;
}
