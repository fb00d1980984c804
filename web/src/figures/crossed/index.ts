// An encoder and a decoder made of blocks: encoder over decoder, and between them keys and values of the one under the
// queries of the other.

import { crossed as words } from '../../i18n/en.crossed.ts';
import { speak } from '../../i18n/en.ts';
import { t } from '../../i18n/index.ts';
import type { NodeSchema, Wanted } from '../../session/types.ts';
import * as block from '../formulas.block.ts';
import { formulaOf } from '../formulas.ts';
import type { Kind } from '../kind.ts';
import { type Crossed, inside, isOfSource, read, rowsOf, whereOf } from './anatomy.ts';
import { pieces } from './equation.ts';
import * as own from './formulas.ts';
import { layout } from './layout.ts';
import { RowPicture } from './RowPicture.tsx';
import { scale, scales } from './scales.ts';
import { symbol } from './symbols.ts';
import { describe, table } from './table.ts';

speak(words);

/** What is minus infinity has no place on a scale. */
const isDrawn = (node: NodeSchema) => node.dtype === 'f32' && node.op !== 'mask';

function wanted(a: Crossed, back: boolean): Wanted[] {
  const made = a.schema.nodes.filter((node) => node.forward > 0);
  const given = made.flatMap(({ inputs }) => inputs.map((id) => a.node(id)));
  const vectors = given.filter(({ role, shape }) => role === 'parameter' && shape.length === 1);
  return [...new Set([...made, ...vectors])]
    .filter(isDrawn)
    .flatMap(({ id, gradient }): Wanted[] => [
      { node: id, what: 'value' },
      ...(back && gradient ? [{ node: id, what: 'grad' } as const] : []),
    ]);
}

/** What it is, where it has a letter of its own. */
function named(a: Crossed, node: NodeSchema): string[] {
  if (node === a.guess) return ['guess'];
  if (node.op !== 'add') return [];
  if (node === a.read.stream) return ['read'];
  if (node === a.written.stream) return ['written'];
  if (!isBias(a, node)) return [];
  if (node === a.read.states) return ['states'];
  const { look } = whereOf(a, node) ?? {};
  return (['q', 'k', 'v'] as const).filter((part) => look?.[part] === node);
}

const isBias = (a: Crossed, node: NodeSchema) =>
  node.op === 'add' && a.node(node.inputs[1] as number).role === 'parameter';

export const crossed: Kind<Crossed> = {
  id: 'crossed',
  read,
  layout,
  scales,
  scale,
  wanted,
  equation: pieces,
  table,
  describe,
  inside,
  symbol,
  formula: (a, node) =>
    formulaOf({ ...block.valueFormulas, ...own.valueFormulas }, [
      ...named(a, node),
      ...(isBias(a, node) ? ['bias'] : []),
      node.op,
    ]),
  backFormula: (_, node, input) => formulaOf({ ...block.backFormulas, ...own.backFormulas }, [node.op], input),
  picked(a, node, cell) {
    const row = Math.floor(cell / (rowsOf(node)?.columns ?? 1));
    if (node.op === 'nll') return a.writes[row] ?? null;
    // places are rows of a table too
    if (node.op !== 'embedding' || !/^e(_source)?$/.test(node.name)) return node.op === 'embedding' ? row : null;
    return (isOfSource(node) ? a.source : a.reads)[row] ?? null;
  },
  look: (_, node, cell) => ({ row: Math.floor(cell / (rowsOf(node)?.columns ?? 1)), quarter: 0 }),
  strip: (a) => {
    const { o } = a.written.across.at(-1) as (typeof a.written.across)[number];
    return { tex: '\\a{o}', scale: scale(a, o), rows: o };
  },
  title(a, node) {
    if (node === a.read.states) return t('crossed.title.states');
    if (node === a.guess) return t('crossed.title.guess');
    const where = whereOf(a, node);
    if (!where) return null;
    const attention = t(`crossed.title.${where.kind}`);
    return where.head === null ? attention : t('crossed.title.head', { attention, head: where.head + 1 });
  },
  Picture: RowPicture,
  pictured: (_, node) => node.forward > 0 && rowsOf(node) !== null,
  taken(a, node, _, notation) {
    if (node.op !== 'slice') return null;
    const where = whereOf(a, node);
    const width = node.shape.at(-1) ?? 1;
    return where?.head === null || where === null ? null : { from: where.head * width, tex: symbol(a, node, notation) };
  },
};
