// Any tape that no other kind can draw: nets of several layers or directions, classifiers, and what is to come. Its real
// numbers, step by step and part by part, without a word of what they mean.

import { rows as words } from '../../i18n/en.rows.ts';
import { speak } from '../../i18n/en.ts';
import type { NodeSchema, Wanted } from '../../session/types.ts';
import { cells } from '../../stage/tape.ts';
import * as block from '../formulas.block.ts';
import { formulaOf } from '../formulas.ts';
import type { Kind } from '../kind.ts';
import { carried, type Rows, read } from './anatomy.ts';
import { pieces } from './equation.ts';
import * as own from './formulas.ts';
import { layout } from './layout.ts';
import { scale, scales } from './scales.ts';
import { functionOf, symbol, timeless } from './symbols.ts';
import { describe, table } from './table.ts';

speak(words);

function wanted(a: Rows, back: boolean): Wanted[] {
  const operations = a.stops.flatMap(({ nodes }) => nodes);
  const given = operations.flatMap(({ inputs }) => inputs.map((id) => a.node(id)));
  // matrices are for the inspector
  const shown = new Set(
    [...operations, ...given].filter((n) => n.dtype === 'f32' && !(n.role === 'parameter' && n.shape.length > 1)),
  );
  return [...shown].flatMap(({ id, gradient }): Wanted[] => [
    { node: id, what: 'value' },
    ...(back && gradient ? [{ node: id, what: 'grad' } as const] : []),
  ]);
}

/** In which order gates stand side by side, which a schema does not say. */
const SIDE_BY_SIDE: Record<number, string> = { 2: 'rz', 4: 'ifgo' };
/** Slices of the last rows; the other slices are of the first. */
const LAST = ['Wh_n', 'We_n', 'h_1_back'];
const FIRST = ['Wh_rz', 'We_rz', 'h_T_forward'];

function firstTaken(node: NodeSchema, input: NodeSchema): number | null {
  const [own, whole] = [cells(node), cells(input)];
  if (own >= whole) return null;
  if (node.op === 'gate') {
    const at = SIDE_BY_SIDE[whole / own]?.indexOf(node.name) ?? -1;
    return at < 0 ? null : at * own;
  }
  if (node.op !== 'slice') return null;
  if (LAST.includes(node.name)) return whole - own;
  return FIRST.includes(node.name) ? 0 : null;
}

const names = (node: NodeSchema) => [`${node.op}.${functionOf(node)}`, node.op];

export const rows: Kind<Rows> = {
  id: 'rows',
  read,
  layout,
  scales,
  scale,
  wanted,
  equation: pieces,
  table,
  describe,
  symbol: (a, node, n) => symbol((one) => one.inputs.map((id) => a.node(id)), node, n),
  formula: (_, node) => formulaOf({ ...block.valueFormulas, ...own.valueFormulas }, names(node)),
  backFormula: (_, node, input) => formulaOf({ ...block.backFormulas, ...own.backFormulas }, names(node), input),
  picked(a, node) {
    if (node.op === 'embedding') return a.stops.find(({ nodes }) => nodes.includes(node))?.token ?? null;
    return a.schema.targets[a.losses.indexOf(node)] ?? null;
  },
  functionOf: (_, node) => functionOf(node),
  strip(a, notation) {
    const of = carried(a);
    const first = of.find((node) => node !== null);
    if (!first) return null;
    return { tex: timeless(rows.symbol(a, first, notation)), scale: scale(a, first), of };
  },
  taken(_, node, input) {
    const from = firstTaken(node, input);
    return from === null ? null : { from, tex: null };
  },
  held(_, node, settings) {
    const at = node.op === 'gate' ? Number(settings[`hold_${node.name}`] ?? 2) : 2;
    return at <= 1 ? at : null;
  },
};
