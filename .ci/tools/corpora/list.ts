// The corpora of pairs that are made, by the names of their files.
import { dates } from './dates.ts';
import { numbers } from './numbers.ts';
import { faults, type Pair, thereOnce, writtenTwice } from './pairs.ts';
import { phrases } from './phrases.ts';

export interface Corpus {
  name: string;
  /** What the words come from. */
  from: 'cldr' | 'n2words';
  make: () => { pairs: Pair[]; faults: string[] };
}

/** With what is wrong in it, of one language a side. */
function checked(pairs: Pair[]): { pairs: Pair[]; faults: string[] } {
  const sides = [pairs.map(({ source }) => source), pairs.map(({ target }) => target)];
  return { pairs, faults: sides.flatMap(writtenTwice) };
}

const all: Corpus[] = [
  { name: 'dates', from: 'cldr', make: dates },
  ...(['en', 'fr', 'sw'] as const).map(
    (language): Corpus => ({ name: `numbers-${language}`, from: 'n2words', make: () => numbers(language) }),
  ),
  ...(['de', 'es', 'fr', 'sw'] as const).map(
    (language): Corpus => ({ name: `phrases-en-${language}`, from: 'cldr', make: () => checked(phrases(language)) }),
  ),
];

export const corpora: Corpus[] = all.map((corpus) => ({
  ...corpus,
  make: () => {
    const made = corpus.make();
    return { pairs: made.pairs, faults: [...made.faults, ...faults(made.pairs), ...thereOnce(made.pairs)] };
  },
}));
