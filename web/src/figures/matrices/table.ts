// The picture in words: a row a word, what it looks at and what it is answered.

import { fixed } from '../../draw/format.ts';
import { t } from '../../i18n/index.ts';
import type { Values } from '../../session/types.ts';
import type { TableTwin } from '../../stage/Twin.tsx';
import { hasValue } from '../../stage/tape.ts';
import { bare } from '../../stage/tokens.ts';
import type { Seen } from '../kind.ts';
import type { Matrices } from './anatomy.ts';

/** The words whose keys and values they are. */
export const keyWords = (a: Matrices, text: (token: number) => string): string[] =>
  Array.from({ length: a.parts.k.shape[0] ?? 0 }, (_, j) =>
    a.others ? (a.others[j] ?? String(j + 1)) : bare(text(a.words[j] ?? -1)),
  );

const largest = (values: Values, from: number, count: number) => {
  let best = 0;
  for (let j = 1; j < count; j++) if ((values[from + j] as number) > (values[from + best] as number)) best = j;
  return best;
};

export function table(a: Matrices, seen: Seen): TableTwin {
  const { position, text } = seen;
  const keys = keyWords(a, text);
  const { e, a: alpha, o } = a.parts;
  const width = o.shape.at(-1) ?? 0;
  const number = (node: typeof e, cell: number, digits: number) => {
    const values = hasValue(node, position) ? seen.values(node.id, 'value') : null;
    if (!values) return '·';
    return seen.isAsked(node.id, cell, 'value') ? '?' : fixed(values[cell] as number, digits);
  };
  return {
    caption: t('matrices.table'),
    head: [
      t('matrices.word'),
      ...keys.map((word, j) => `${t('matrices.match', { word })} ${j + 1}`),
      ...keys.map((word, j) => `${t('matrices.weight', { word })} ${j + 1}`),
      ...Array.from({ length: width }, (_, c) => t('matrices.answer', { number: c + 1 })),
    ],
    rows: a.words.map((token, i) => [
      `${i + 1} ${bare(text(token))}`,
      ...keys.map((_, j) => number(e, i * keys.length + j, 2)),
      ...keys.map((_, j) => number(alpha, i * keys.length + j, 3)),
      ...Array.from({ length: width }, (_, c) => number(o, i * width + c, 3)),
    ]),
  };
}

/** A word in words. */
export function describe(a: Matrices, stop: number, seen: Seen): string {
  const { position, text } = seen;
  const word = bare(text(a.words[stop] ?? -1));
  const parts = [t('matrices.row', { row: stop + 1, word })];
  const { a: alpha } = a.parts;
  const values = hasValue(alpha, position) ? seen.values(alpha.id, 'value') : null;
  if (values && !seen.asks(alpha.id)) {
    const keys = keyWords(a, text);
    const most = largest(values, stop * keys.length, keys.length);
    const weight = fixed(values[stop * keys.length + most] as number, 2);
    parts.push(t('matrices.most', { word: keys[most] ?? '', weight }));
  }
  return parts.join(', ');
}
