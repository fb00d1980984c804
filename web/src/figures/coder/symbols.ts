// What a node is called, in both of the course's notations. A bar marks what belongs to the encoder; j counts its words.

import type { NodeSchema, Notation } from '../../session/types.ts';
import { timeless } from '../../stage/letters.ts';
import { parameterLetters } from '../parameters.ts';
import { type Coder, isOfSource, isWriting } from './anatomy.ts';

/** Parameters that only this family has, the same in both notations. */
const OWN: Record<string, string> = { E_source: 'E', W_a: 'W_a', W_1: 'W_1', W_2: 'W_2', v: 'v' };
const barred = (tex: string) => tex.replace(/^(\w)/, '\\bar{$1}');

export function weightSymbol(node: NodeSchema, n: Notation): string {
  const letters = OWN[node.name] ?? parameterLetters(node.name, n);
  if (letters === undefined) return `\\p{\\t{${node.name}}}`;
  const ofEncoder = node.path.startsWith('encoder.') || node.name === 'E_source';
  return `\\p{${ofEncoder ? barred(letters) : letters}}`;
}

/** A letter at a step of the decoder: h^(3), h_3. */
export const at = (letter: string, time: number | string, n: Notation) =>
  n === 'a' ? `${letter}^{(${time})}` : `${letter}_{${time}}`;
/** The same for each word that was read: α_j^(3), α_{3,j}. */
const overWords = (letter: string, time: number | string, n: Notation) =>
  n === 'a' ? `${letter}_j^{(${time})}` : `${letter}_{${time},j}`;

export const letters = {
  read: (j: number | string) => `\\a{\\bar{h}}_{${j}}`,
  state: (t: number | string, n: Notation) => at('\\a{h}', t, n),
  weights: (t: number | string, n: Notation) => overWords('\\a{α}', t, n),
  scores: (t: number | string, n: Notation) => overWords('\\a{s}', t, n),
  context: (t: number | string, n: Notation) => at('\\a{c}', t, n),
  guess: (t: number | string, n: Notation) => at('\\hat{y}', t, n),
  loss: (t: number | string, n: Notation) => at('J', t, n),
};

/** Inside a cell with gates, by the names that the core gives; the rest of a step is told by its place in the look. */
function inner(node: NodeSchema, n: Notation): string | null {
  const source = isOfSource(node);
  const letter = (l: string) => `\\a{${source ? `\\bar{${l}}` : l}}`;
  const here = (l: string, index = '') => {
    if (source) return `${letter(l)}_{${index ? `${index},` : ''}${node.time}}`;
    if (n === 'a') return `${letter(l)}${index ? `_{${index}}` : ''}^{(${node.time})}`;
    return `${letter(l)}_{${index ? `${index},` : ''}${node.time}}`;
  };
  const weight = (name: string) => weightSymbol({ ...node, name, path: source ? 'encoder.' : '' }, n);
  const past = `${weight('W_h')}${letter('h')}`;
  const present = `${weight('W_e')}${letter(n === 'a' ? 'e' : 'x')}`;
  const names: Record<string, string> = {
    e: here(n === 'a' ? 'e' : 'x'),
    h: here('h'),
    c: here('c'), // of an LSTM
    tanh_c: `\\t{tanh }${letter('c')}`,
    f_c: `${letter('f')}∘${letter('c')}`,
    i_g: `${letter('i')}∘${letter('g')}`,
    both: here('h'),
    r: here('r'),
    z: here('z'),
    n: here('n'),
    i: here('i'),
    f: here('f'),
    g: here('g'),
    o: here('o'),
    Wh_h: past,
    We_e: present,
    We_e_b: here('a', 'x'),
    Wh_rz: `(${past})_{rz}`,
    We_rz: here('a', 'x,rz'),
    Wh_n: `(${past})_{n}`,
    Wh_n_b: here('a', 'h,n'),
    r_Wh_n: `${letter('r')}∘${letter('a')}_{h,n}`,
    We_n: here('a', 'x,n'),
    a_n: here('a', 'n'),
    a: here('a', /^B?G/.test(node.axes) && node.shape.length > 1 ? 'rz' : ''),
    not_z: `1−${letter('z')}`,
    new: `(1−${letter('z')})∘${letter('n')}`,
    keep: `${letter('z')}∘${letter('h')}`,
  };
  return names[node.name] ?? null;
}

/** Of an encoder in both directions, the way in which this is read; both together are its state. */
function direction(a: Coder, node: NodeSchema): '' | '→' | '←' {
  if (!a.source[0]?.nodes.some((one) => BACK.test(one.path))) return '';
  if (node.time > 0 && (!isOfSource(node) || node.op === 'concat' || node.op === 'embedding')) return '';
  return BACK.test(node.path) ? '←' : '→';
}
const BACK = /\.back\.\w+$/;

/** The symbol of a node: what stands over its column. */
export function symbol(a: Coder, node: NodeSchema, n: Notation): string {
  if (node.role === 'parameter') return weightSymbol(node, n);
  if (node === a.handed) return letters.state(0, n);
  if (node.op === 'stack' && node.name === 'states') return '\\a{\\bar{h}}_{1…}';
  if (node.op === 'mean_loss') return 'J';
  if (node.name === 'source') return `\\bar{${n === 'a' ? 'x' : 'w'}}_{${node.time}}`;
  if (node.name === 'x') return at(n === 'a' ? 'x' : 'w', node.time, n);
  if (node.name === 'y') return at('y', node.time, n);
  const t = node.time;
  const word = a.wordOf(node);
  if (isWriting(word)) {
    const look = word.look;
    if (node === word.logits) return at('\\a{s}', t, n);
    if (node === word.probabilities) return letters.guess(t, n);
    if (node === word.loss) return letters.loss(t, n);
    if (look) {
      const [bar, own] = ['\\a{\\bar{h}}_j', '\\a{h}'];
      if (node === look.scores) return letters.scores(t, n);
      if (node === look.weights) return letters.weights(t, n);
      if (node === look.context) return letters.context(t, n);
      if (node === look.both) return '[\\a{c};\\a{h}]';
      if (node === look.products) return `${own}·${bar}`;
      if (node === look.sum) return `\\p{W_1}${bar}+\\p{W_2}${own}`;
      if (node === look.squeezed) return `\\t{tanh}(\\p{W_1}${bar}+\\p{W_2}${own})`;
      if (node === look.query && node.op === 'matmul') return `${symbol(a, a.node(node.inputs[1] as number), n)}${own}`;
    }
    if (node.op === 'matmul' && node.inputs[0] === (look?.both ?? word.state).id)
      return `${symbol(a, a.node(node.inputs[1] as number), n)}${look ? '[\\a{c};\\a{h}]' : '\\a{h}'}`;
  }
  if (node.time === 0) {
    if (node.op === 'matmul') return `${symbol(a, a.node(node.inputs[1] as number), n)}\\a{\\bar{h}}_j`;
    if (node.name.startsWith('c')) return node.op === 'stack' ? '\\t{all }\\a{\\bar{c}}' : at('\\a{c}', 0, n);
    if (node.op === 'stack') return '\\t{all }\\a{\\bar{h}}';
    if (node.op === 'last') return '\\t{last }\\a{\\bar{h}}';
    if (node.role === 'input' && node.shape.length > 1) {
      const way = direction(a, node);
      return `\\a{\\bar{${node.name}}}_{0}${way ? `^{${way}}` : ''}`;
    }
  }
  const name = inner(node, n) ?? `\\t{${node.name}}`;
  const way = direction(a, node);
  return way ? `${name}^{${way}}` : name;
}

/** The function that works cell by cell in it. */
export function functionOf(node: NodeSchema): string {
  if (node.op !== 'gate') return node.op;
  return node.name === 'n' || node.name === 'g' ? 'tanh' : 'sigmoid';
}
const FUNCTIONS: Record<string, string> = { tanh: '\\t{tanh}', sigmoid: 'σ', relu: '\\t{ReLU}' };

/** The operation that makes a node: "W_h h", "+b", "softmax". Short, for the chips of a word. */
export function operationSymbol(a: Coder, node: NodeSchema, n: Notation): string {
  const from = node.inputs.map((id) => a.node(id));
  const bare = (one: NodeSchema | undefined) => (one ? timeless(symbol(a, one, n)) : '');
  switch (node.op) {
    case 'embedding':
      return `${bare(from[0])}${bare(from[1])}`;
    case 'add':
      return from[1]?.role === 'parameter' ? `+${bare(from[1])}` : node.name === 'h' ? '\\a{h}' : '+';
    case 'nll':
      return '−\\t{log}';
    case 'mean_loss':
      return '\\t{mean}';
    case 'softmax':
      return '\\t{softmax}';
    case 'scale':
      return '÷√d';
    case 'last':
      return '\\t{hand over}';
    default:
      return FUNCTIONS[node.op] ?? timeless(symbol(a, node, n));
  }
}
