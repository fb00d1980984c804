// The picture in words: what each word that is written looks at in the source, and how likely it was.

import { fixed } from '../../draw/format.ts';
import { t } from '../../i18n/index.ts';
import type { Values } from '../../session/types.ts';
import type { TableTwin } from '../../stage/Twin.tsx';
import { hasValue } from '../../stage/tape.ts';
import { bare } from '../../stage/tokens.ts';
import type { Seen } from '../kind.ts';
import { blockOf, type Crossed } from './anatomy.ts';

const largest = (values: Values, from: number, count: number) => {
  let best = 0;
  for (let j = 1; j < count; j++) if ((values[from + j] as number) > (values[from + best] as number)) best = j;
  return best;
};

/** The mean of the heads that look across in the block that is shown; null where they are not there or are asked for. */
function looks(a: Crossed, seen: Seen, row: number): number[] | null {
  const { heads } = a.written.across[blockOf(a, null)] as (typeof a.written.across)[number];
  const S = a.source.length;
  const all = heads.map(({ a: node }) =>
    hasValue(node, seen.position) && !seen.asks(node.id) ? seen.values(node.id, 'value') : null,
  );
  if (all.some((one) => one === null)) return null;
  return a.source.map((_, j) => all.reduce((sum, one) => sum + (one?.[row * S + j] ?? 0), 0) / heads.length);
}

export function table(a: Crossed, seen: Seen): TableTwin {
  const name = (token: number) => bare(seen.text(token));
  const V = a.guess.shape.at(-1) ?? 1;
  const guesses = hasValue(a.guess, seen.position) ? seen.values(a.guess.id, 'value') : null;
  return {
    caption: t('crossed.table'),
    head: [
      t('crossed.writes'),
      t('crossed.reads'),
      ...a.source.map((token, j) => t('crossed.looks', { word: name(token), at: j + 1 })),
      t('crossed.likely'),
    ],
    rows: a.writes.map((token, i) => {
      const row = looks(a, seen, i);
      const likely = guesses && !seen.asks(a.guess.id) ? guesses[i * V + token] : undefined;
      return [
        `${i + 1} ${name(token)}`,
        name(a.reads[i] ?? -1),
        ...a.source.map((_, j) => (row ? fixed(row[j] as number, 3) : '·')),
        likely === undefined ? '·' : fixed(likely, 3),
      ];
    }),
  };
}

/** A stop in words. */
export function describe(a: Crossed, stop: number, seen: Seen): string {
  const name = (token: number) => bare(seen.text(token));
  const written = stop - a.source.length;
  if (written < 0) return t('crossed.word.read', { at: stop + 1, word: name(a.source[stop] ?? -1) });
  const parts = [t('crossed.word', { at: written + 1, word: name(a.writes[written] ?? -1) })];
  const row = looks(a, seen, written);
  if (row) {
    const most = largest(Float32Array.from(row), 0, row.length);
    parts.push(t('crossed.most', { word: name(a.source[most] ?? -1), weight: fixed(row[most] as number, 2) }));
  }
  return parts.join(', ');
}
