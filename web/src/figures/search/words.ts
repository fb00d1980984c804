// What a search wrote, in words, and what became of it.
import type { Beam } from '../../../../wasm/bridge/protocol.ts';
import { t } from '../../i18n/index.ts';
import { bare, tokenText } from '../../stage/tokens.ts';
import './index.ts';
import type { Placed } from './tree.ts';

/** A search of the run on screen, beside always taking the likeliest, and what is right. */
export interface Searched {
  step: number; // the update
  beam: Beam;
  greedy: Beam;
  right: string | null; // null: nobody knows
}

export const said = (vocabulary: string[], tokens: readonly number[]): string => {
  const text = tokenText(vocabulary);
  return tokens.map((token) => bare(text(token))).join(' ');
};
/** The same without its end. */
export const spoken = (vocabulary: string[], written: readonly number[]): string => {
  const ended = vocabulary[written.at(-1) ?? -1] === '<end>';
  return said(vocabulary, ended ? written.slice(0, -1) : written);
};

export const fateSaid = ({ node, found, greedy }: Pick<Placed, 'node' | 'found' | 'greedy'>): string =>
  [t(`search.fate.${node.fate}`), found && t('search.found.way'), greedy && t('search.greedy.way')]
    .filter(Boolean)
    .join(', ');
