// How long ago, in how long, how long and how much, in English and one other language, as CLDR has it. Every phrase
// counts ("2 days ago"): what is said without a number (yesterday) would be there once, and could not be learned where
// it is unseen; of two answers to "2 days ago" (Swahili: siku 2 zilizopita, juzi) this keeps the one that counts.
import { drawn, type Pair, tokens } from './pairs.ts';

const times = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const measures = [
  ...['gram', 'kilogram', 'liter', 'percent'],
  ...['centimeter', 'meter', 'kilometer', 'kilometer-per-hour', 'mile'],
];
// From, up to, how many of them are drawn for a phrase.
const ranges = [
  [1, 10, 10],
  [11, 99, 40],
  [100, 999, 70],
] as const;

/** A phrase with a number, by what it says: "ago day"; from the least that it is said of. */
type Saying = [name: string, say: (n: number) => string, least: number];

function sayings(locale: string): Saying[] {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const amount = (unit: string, least: number): Saying => {
    const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', numberingSystem: 'latn' });
    return [unit, (n) => format.format(n), least];
  };
  return [
    ...times.map((unit): Saying => [`ago ${unit}`, (n) => relative.format(-n, unit), 1]),
    ...times.map((unit): Saying => [`in ${unit}`, (n) => relative.format(n, unit), 1]),
    ...times.map((unit) => amount(unit, 1)),
    ...measures.map((unit) => amount(unit, 2)), // the word of 1 gram would be there once
  ];
}

// CLDR begins one unit of eight with a capital: Sekunde 3 zilizopita, but baada ya sekunde 3.
const asWritten = (locale: string, text: string) => tokens(locale === 'sw' ? text.toLowerCase() : text);

export type Spoken = 'de' | 'es' | 'fr' | 'sw';

export function phrases(language: Spoken): Pair[] {
  const there = new Map(sayings(language).map(([name, say]) => [name, say]));
  const pairs = sayings('en').flatMap(([name, say, least]) =>
    ranges.flatMap(([from, to, count]) => {
      const all = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((n) => n >= least);
      return drawn(all, count, (n) => `${name} ${n}`).map((n) => ({
        source: asWritten('en', say(n)),
        target: asWritten(language, there.get(name)!(n)),
      }));
    }),
  );
  return pairs.sort((a, b) => (a.source < b.source ? -1 : 1));
}
