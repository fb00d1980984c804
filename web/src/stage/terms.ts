// What is read along a row: columns, and signs and functions between them; walking back, columns and the lines that
// say them.

import type { NodeSchema, What } from '../session/types.ts';

/** both: the value, and walking back its gradient beside it. slope: of a function, from its value. centred: the
 *  gradient less its mean under the node's own values. */
export type Show = 'both' | 'value' | 'gradient' | 'slope' | 'centred';
/** What a line of the walk back calls its parts. */
export type Word = 'own' | 'by' | 'later' | 'through' | 'onto' | 'alike' | 'arrives' | 'slope' | 'mean';
export type LineWords = Record<Word, string> & {
  short: Partial<Record<Word, string>>; // where there is little room
};
export type VectorTerm = Extract<OpenTerm, { kind: 'vector' }>;
/** A word, a sign, a symbol, or the number of a column in the row that is looked at. */
export type Said = Word | '=' | '+' | '×' | '·' | '−' | '−1 /' | { tex: string } | VectorTerm;
export interface Line {
  kind: 'sum' | 'product' | 'words'; // what makes its first number out of the others
  said: Said[];
}
export type OpenTerm =
  | {
      kind: 'vector';
      node: NodeSchema;
      length: number; // rows
      from?: number; // of its node's cells, the first that is shown
      parts?: string[]; // several vectors side by side, `length` cells each, by their names
      show: Show;
      what: What;
      slope?: (y: number) => number; // where that is shown
      scale?: string; // another than its node's
      tex: string;
      short?: string; // where there is no room for that
      by?: string; // of several gradients that meet: the way it came
    }
  | { kind: 'sign'; sign: string }
  | { kind: 'through'; node: NodeSchema; tex: string };

export interface Open {
  terms: OpenTerm[];
  equation: boolean; // columns of gradients, of the operation that is undone
  lines: Line[]; // what they say
}

export const sign = (s: string): OpenTerm => ({ kind: 'sign', sign: s });
export const GAP = sign('');
