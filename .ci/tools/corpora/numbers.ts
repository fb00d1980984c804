// Numbers in words to digits, from 1 (the word for 0 would be there once) to 9,999: beyond that Swahili says 10,001 and
// 11,000 alike. Looked through is every number up to there, not only those that are drawn.
import { toCardinal as en } from 'n2words/en-US';
import { toCardinal as fr } from 'n2words/fr-FR';
import { toCardinal as sw } from 'n2words/sw-KE';
import { drawn, faults, type Pair, tokens } from './pairs.ts';

const say = { en, fr, sw };
const [LAST, SMALL, LARGE] = [9999, 100, 2400]; // all up to SMALL, so many of the others

export type Spoken = keyof typeof say;

export const spoken = (language: Spoken, upTo: number): Pair[] =>
  Array.from({ length: upTo }, (_, i) => ({ source: tokens(say[language](i + 1)), target: tokens(String(i + 1)) }));

export function numbers(language: Spoken): { pairs: Pair[]; faults: string[] } {
  const all = spoken(language, LAST);
  const others = new Set(drawn(all.slice(SMALL), LARGE, ({ target }) => target));
  return { pairs: all.filter((pair, i) => i < SMALL || others.has(pair)), faults: faults(all) };
}
