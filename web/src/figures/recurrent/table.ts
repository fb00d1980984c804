// The figure in words: what is drawn of each step.

import { fixed, plain, statistics } from '../../draw/format.ts';
import { t } from '../../i18n/index.ts';
import type { TableTwin } from '../../stage/Twin.tsx';
import { gradientState, hasValue } from '../../stage/tape.ts';
import { bare } from '../../stage/tokens.ts';
import type { Seen } from '../kind.ts';
import type { Anatomy } from './anatomy.ts';

export function tableOf(a: Anatomy, { schema, position, text, values, asks }: Seen): TableTwin {
  const back = position > schema.forward;
  const hides = (node: { id: number } | null) => node !== null && asks(node.id);
  const head = [
    t('figure.table.step'),
    t('figure.table.letter'),
    t('figure.table.next'),
    t('figure.table.probability'),
    t('figure.table.loss'),
    ...(back ? [t('figure.table.gradient')] : []),
  ];
  const rows = a.steps.map(({ time, probabilities, loss, state }, i) => {
    const target = schema.targets[i] ?? -1;
    const hidden = hides(probabilities) || hides(loss);
    const p = probabilities && hasValue(probabilities, position) ? values(probabilities.id, 'value') : null;
    const nats = loss && hasValue(loss, position) ? values(loss.id, 'value') : null;
    const g = state && gradientState(a, state, position, schema.forward) === 'whole' ? values(state.id, 'grad') : null;
    const size = g ? (hides(state) ? '?' : plain(statistics(g).norm, 4)) : '·';
    return [
      String(time),
      bare(text(schema.tokens[i] ?? -1)),
      bare(text(target)),
      p && target >= 0 ? (hidden ? '?' : fixed(p[target] as number, 3)) : '·',
      nats ? (hidden ? '?' : fixed(nats[0] as number, 3)) : '·',
      ...(back ? [size] : []),
    ];
  });
  return { caption: t('figure.table'), head, rows };
}

export function describe(a: Anatomy, i: number, { schema, position, open, text, values, isAsked }: Seen): string {
  const step = a.steps[i];
  if (!step) return '';
  const { time, loss, state } = step;
  const parts = [t('figure.column', { time, letter: bare(text(schema.tokens[i] ?? -1)) })];
  const nats = loss && hasValue(loss, position) ? values(loss.id, 'value')?.[0] : undefined;
  if (state && !hasValue(state, position)) parts.push(t('figure.column.ahead'));
  if (nats !== undefined && loss && !isAsked(loss.id, 0, 'value'))
    parts.push(t('figure.column.loss', { loss: fixed(nats) }));
  if (state && gradientState(a, state, position, schema.forward) === 'whole') parts.push(t('figure.column.back'));
  if (i === open) parts.push(t('figure.column.open'));
  return parts.join(', ');
}
