// The picture in words: of the row that is read, every operation on its way through.

import { cell as figure, plain } from '../../draw/format.ts';
import { mathText } from '../../draw/math.ts';
import { t } from '../../i18n/index.ts';
import type { NodeSchema } from '../../session/types.ts';
import type { TableTwin } from '../../stage/Twin.tsx';
import { gradientState, hasValue } from '../../stage/tape.ts';
import { bare } from '../../stage/tokens.ts';
import { most } from '../heads/looks.ts';
import type { Seen } from '../kind.ts';
import { type Blocks, pageOf } from './anatomy.ts';
import { symbol } from './symbols.ts';

export function table(a: Blocks, { schema, position, open, text, values, asks, isAsked }: Seen): TableTwin {
  const row = open ?? 0;
  const back = position > schema.forward;
  const now = schema.nodes.find(({ forward, backward }) => position > 0 && [forward, backward].includes(position));
  const page = pageOf(a, now ?? null);
  const shown = schema.nodes.filter((node) => node.forward > 0 && node.dtype === 'f32' && pageOf(a, node) === page);
  const numbers = (node: NodeSchema, what: 'value' | 'grad') => {
    const all = values(node.id, what);
    const count = all ? all.length / a.words.length : 0;
    if (!all || count < 1) return all ? plain(all[0] as number) : '·';
    return Array.from({ length: count }, (_, c) =>
      isAsked(node.id, row * count + c, what) ? '?' : figure(all[row * count + c] as number),
    ).join(' ');
  };
  const told = (node: NodeSchema) => {
    if (!hasValue(node, position)) return '·';
    return asks(node.id) && (values(node.id, 'value')?.length ?? 0) <= 1 ? '?' : numbers(node, 'value');
  };
  return {
    caption: t('blocks.table', { word: bare(text(a.words[row] ?? -1)) }),
    head: [
      t('blocks.table.node'),
      t('blocks.table.made'),
      t('blocks.table.numbers'),
      ...(back ? [t('blocks.table.gradient')] : []),
    ],
    rows: shown.map((node) => [
      `${mathText(symbol(a, node))}, ${node.path}`,
      node.op.replaceAll('_', ' '),
      told(node),
      ...(back
        ? [gradientState(a, node, position, schema.forward) === 'whole' && node.gradient ? numbers(node, 'grad') : '·']
        : []),
    ]),
  };
}

/** A row in words: where the heads of the page look most. */
export function describe(a: Blocks, stop: number, { schema, position, text, values, asks }: Seen): string {
  const word = (i: number) => bare(text(a.words[i] ?? -1));
  const parts = [t('blocks.row', { row: stop + 1, word: word(stop) })];
  const now = schema.nodes.find(({ forward, backward }) => position > 0 && [forward, backward].includes(position));
  const block = a.blocks[pageOf(a, now ?? null) - 1];
  for (const [i, { main }] of (block?.heads ?? []).entries()) {
    const weights = hasValue(main, position) && !asks(main.id) ? values(main.id, 'value') : null;
    if (!weights) continue;
    const keys = main.shape.at(-1) ?? 1;
    const best = most(weights, stop, keys);
    const weight = figure(weights[stop * keys + best] as number);
    parts.push(t('blocks.most', { head: i + 1, word: word(best), weight }));
  }
  return parts.join(', ');
}
