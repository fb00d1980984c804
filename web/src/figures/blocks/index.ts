// A Transformer, block by block: norm, queries, keys and values, heads side by side, feed-forward, and the stream that goes
// past them. The middle clock counts rows.

import { blocks as words } from '../../i18n/en.blocks.ts';
import { speak } from '../../i18n/en.ts';
import { t } from '../../i18n/index.ts';
import type { NodeSchema, Wanted } from '../../session/types.ts';
import { cells } from '../../stage/tape.ts';
import type { Kind } from '../kind.ts';
import { type Block, type Blocks, inside, read, sliceOf } from './anatomy.ts';
import { pieces } from './equation.ts';
import { layout } from './layout.ts';
import { backFormula, formula } from './named.ts';
import { RowPicture } from './RowPicture.tsx';
import { scale, scales } from './scales.ts';
import { symbol, whatOf } from './symbols.ts';
import { describe, table } from './table.ts';

speak(words);

function wanted(a: Blocks, back: boolean): Wanted[] {
  const parts = [...a.start, a.norm, a.logits];
  const rest = [a.y, ...a.losses];
  const nodes = new Set<NodeSchema>();
  for (const part of parts) for (const node of part?.nodes ?? []) nodes.add(node);
  for (const { all } of a.blocks) for (const node of all) nodes.add(node);
  for (const node of rest) if (node) nodes.add(node);
  return [...nodes].flatMap(({ id, gradient }): Wanted[] => [
    { node: id, what: 'value' },
    ...(back && gradient ? [{ node: id, what: 'grad' } as const] : []),
  ]);
}

export const blocks: Kind<Blocks> = {
  id: 'blocks',
  read,
  layout,
  scales,
  scale,
  wanted,
  equation: pieces,
  table,
  describe,
  inside,
  symbol: (a, node) => symbol(a, node),
  formula,
  backFormula,
  picked: (a, node, cell) =>
    node.op === 'embedding' && node.inputs.length > 0 && whatOf(a, node) === 'token'
      ? (a.words[Math.floor(cell / (cells(node) / a.words.length))] ?? null)
      : null,
  strip(a) {
    const { out } = a.blocks.at(-1) as Block;
    return { tex: symbol(a, out), scale: scale(a, out), rows: out };
  },
  title(a, node) {
    const what = whatOf(a, node);
    return what && t(`blocks.title.${what}`);
  },
  taken(a, node, input) {
    const slice = sliceOf(a, node);
    return slice && slice.whole === input ? { from: slice.from, tex: null } : null;
  },
  look: (a, node, cell) => ({ row: Math.floor(cell / Math.max(1, cells(node) / a.words.length)), quarter: 0 }),
  Picture: RowPicture,
};
