// The picture in words: every operation of the step that is open.

import { plain, statistics } from '../../draw/format.ts';
import { mathText } from '../../draw/math.ts';
import { t } from '../../i18n/index.ts';
import type { TableTwin } from '../../stage/Twin.tsx';
import { cells, gradientState, hasValue } from '../../stage/tape.ts';
import { bare } from '../../stage/tokens.ts';
import type { Seen } from '../kind.ts';
import type { Rows } from './anatomy.ts';
import { symbol } from './symbols.ts';

export function table(a: Rows, { schema, position, open, values, asks }: Seen): TableTwin {
  const back = position > schema.forward;
  const step = a.stops[open ?? a.stops.length - 1];
  const inputs = (node: { inputs: number[] }) => node.inputs.map((id) => a.node(id));
  const rows = (step?.nodes ?? []).map((node) => {
    const seen = hasValue(node, position) ? values(node.id, 'value') : null;
    const whole = gradientState(a, node, position, schema.forward) === 'whole';
    const gradient = whole ? values(node.id, 'grad') : null;
    const size = (of: typeof seen) => (!of ? '·' : asks(node.id) ? '?' : plain(statistics(of).norm, 4));
    return [
      `${mathText(symbol(inputs, node, 'a'))}, ${node.path}`,
      String(cells(node)),
      size(seen),
      ...(back ? [size(gradient)] : []),
    ];
  });
  return {
    caption: t('rows.table', { time: step?.time ?? 0 }),
    head: [
      t('rows.table.node'),
      t('rows.table.cells'),
      t('rows.table.size'),
      ...(back ? [t('rows.table.gradient')] : []),
    ],
    rows,
  };
}

export function describe(a: Rows, i: number, { schema, position, open, text }: Seen): string {
  const step = a.stops[i];
  if (!step) return '';
  const parts = [t('figure.column', { time: step.time, letter: bare(text(step.token)) })];
  if (!step.nodes.some((node) => hasValue(node, position))) parts.push(t('figure.column.ahead'));
  if (step.main && gradientState(a, step.main, position, schema.forward) === 'whole')
    parts.push(t('figure.column.back'));
  if (i === open) parts.push(t('figure.column.open'));
  return parts.join(', ');
}
