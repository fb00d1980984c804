// By which formula a node is told.

import type { NodeSchema } from '../../session/types.ts';
import type { Blocks } from './anatomy.ts';
import { backFormulas, valueFormulas } from './formulas.ts';
import { type What, whatOf } from './symbols.ts';

const isStart = (a: Blocks, node: NodeSchema) => a.start.some(({ main }) => main === node);

export function formula(a: Blocks, node: NodeSchema): string | null {
  if (node.op === 'slice') return valueFormulas.slice ?? null;
  const what = whatOf(a, node);
  if (!what) return null;
  if (what === 'place' && node.op === 'embedding') return valueFormulas.table ?? null;
  if (what === 'stream' && isStart(a, node)) return valueFormulas[node.op === 'concat' ? 'concat' : 'sum'] ?? null;
  // a sum that the norm of a part stands behind, or what goes on without one
  if ((what === 'stream' || what === 'mid') && node.op !== 'add') return null;
  if (what === 'o') return valueFormulas[node.op === 'concat' ? 'concat' : 'head'] ?? null;
  return valueFormulas[what === 'inner' ? node.op : what] ?? null;
}

const DENSE: What[] = ['Qx', 'Kx', 'Vx', 'Wo', 'W1', 'W2', 'Uh'];
const BIASED: What[] = ['q', 'k', 'v', 'attended', 'z', 'm', 'logits', 'norm'];

export function backFormula(a: Blocks, node: NodeSchema, input: number): string | null {
  const what = whatOf(a, node);
  if (!what) return null;
  const found = (name: string) => backFormulas[`${name}.${input}`] ?? backFormulas[name] ?? null;
  if (node.op === 'slice' || node.op === 'concat') return found('sum');
  if (DENSE.includes(what)) return found('dense');
  if (BIASED.includes(what)) return found(input === 1 ? 'bias' : 'sum');
  if (what === 'inner') return found(node.op);
  if (what === 'o') return found('head');
  if (node.op === 'add') return found('sum');
  return found(what);
}
