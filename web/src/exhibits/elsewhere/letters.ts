// The letters of an operation, by the name that its node is made with.
import type { NodeSchema } from '../../../../wasm/bridge/protocol';

const STREAM: Record<string, string> = {
  Ex: '\\p{E}w',
  e: '\\a{x}',
  p: '\\a{p}',
  h: '\\a{\\tilde{x}}',
  Q_h: '\\p{Q}\\t{norm}_1',
  K_h: '\\p{K}\\t{norm}_1',
  V_h: '\\p{V}\\t{norm}_1',
  q: '\\q{q}',
  k: '\\k{k}',
  v: '\\v{v}',
  o: '\\a{o}',
  Wo_o: '\\p{W_O}\\a{o}',
  attended: '\\p{W_O}\\a{o}+\\p{b_O}',
  mid: '\\a{x}′',
  W1_h: '\\p{W_1}\\t{norm}_2',
  z: '\\a{a}',
  inner: '\\t{ReLU}(\\a{a})',
  W2_inner: '\\p{W_2}\\t{ReLU}(\\a{a})',
  m: '\\a{m}',
  out: '\\a{x}″',
  h_1: '\\a{x}_1',
  Uh: '\\p{U}\\t{norm}',
  logits: '\\a{s}',
  y_hat: '\\hat{y}',
  J_t: 'J',
  J: '\\t{mean }J',
};
const HEAD: Record<string, string> = {
  products: '\\a{e}_{ij}',
  e: '\\a{s}_{ij}',
  masked: '\\t{masked }\\a{s}_{ij}',
  a: '\\a{α}_{ij}',
};
const NORM = /^(?:(centred|unit|scaled)_)?norm(_\d)?$/;

export function letterOf({ name, path }: NodeSchema): string {
  const own = (/\.head\d+\./.test(path) ? HEAD[name] : undefined) ?? STREAM[name];
  if (own) return own;
  const [, step, which = ''] = NORM.exec(name) ?? [];
  return step ? `\\t{${step}}${which}` : name.startsWith('norm') ? `\\t{norm}${which}` : `\\t{${name}}`;
}
