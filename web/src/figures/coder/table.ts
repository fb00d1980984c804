// The picture in words.

import { fixed, plain, statistics } from '../../draw/format.ts';
import { t } from '../../i18n/index.ts';
import type { Values } from '../../session/types.ts';
import type { TableTwin } from '../../stage/Twin.tsx';
import { gradientState, hasValue } from '../../stage/tape.ts';
import { bare } from '../../stage/tokens.ts';
import type { Seen } from '../kind.ts';
import { type Coder, isWriting, type Reading, type Writing } from './anatomy.ts';

const largest = (values: Values): number => {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
};

export function table(a: Coder, seen: Seen): TableTwin {
  const { schema, position } = seen;
  const back = position > schema.forward;
  const name = (token: number) => bare(seen.text(token));
  const sources = a.states ? a.source.map((word) => name(word.token)) : [];
  const row = (word: Writing): string[] => {
    const { look, probabilities, loss, state } = word;
    const weights = look && hasValue(look.weights, position) ? seen.values(look.weights.id, 'value') : null;
    const guess = hasValue(probabilities, position) ? seen.values(probabilities.id, 'value') : null;
    const lost = hasValue(loss, position) ? seen.values(loss.id, 'value') : null;
    const whole = gradientState(a, state, position, schema.forward) === 'whole';
    const gradient = whole ? seen.values(state.id, 'grad') : null;
    return [
      `${word.time} ${name(word.right)}`,
      name(word.fed),
      ...sources.map((_, j) =>
        !weights ? '·' : look && seen.isAsked(look.weights.id, j, 'value') ? '?' : fixed(weights[j] as number, 3),
      ),
      guess ? (seen.asks(probabilities.id) ? '?' : name(largest(guess))) : '·',
      lost ? (seen.asks(loss.id) || seen.asks(probabilities.id) ? '?' : fixed(lost[0] as number, 3)) : '·',
      ...(back ? [gradient ? (seen.asks(state.id) ? '?' : plain(statistics(gradient).norm, 4)) : '·'] : []),
    ];
  };
  return {
    caption: t(a.states ? 'coder.table.look' : 'coder.table.neck'),
    head: [
      t('coder.table.word'),
      t('coder.table.fed'),
      ...sources,
      t('coder.table.writes'),
      t('coder.table.loss'),
      ...(back ? [t('coder.table.gradient')] : []),
    ],
    rows: a.target.map(row),
  };
}

/** A stop in words. */
export function describe(a: Coder, stop: number, seen: Seen): string {
  const word = a.stops[stop] as Reading | Writing | undefined;
  if (!word) return '';
  const { position, schema } = seen;
  const name = bare(seen.text(word.token));
  const parts = [t(isWriting(word) ? 'coder.writing' : 'coder.reading', { time: word.time, word: name })];
  if (!hasValue(word.state, position)) parts.push(t('coder.ahead'));
  if (isWriting(word)) {
    const weights =
      word.look && hasValue(word.look.weights, position) ? seen.values(word.look.weights.id, 'value') : null;
    if (word.look && weights && !seen.asks(word.look.weights.id)) {
      const most = largest(weights);
      const source = bare(seen.text(a.source[most]?.token ?? -1));
      parts.push(t('coder.most', { word: source, weight: fixed(weights[most] as number, 2) }));
    }
    const lost = hasValue(word.loss, position) ? seen.values(word.loss.id, 'value') : null;
    if (lost && !seen.asks(word.loss.id)) parts.push(t('coder.loss', { loss: fixed(lost[0] as number) }));
  }
  if (gradientState(a, word.state, position, schema.forward) === 'whole') parts.push(t('coder.back'));
  if (stop === seen.open) parts.push(t('coder.open'));
  return parts.join(', ');
}
