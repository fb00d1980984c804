// Dates as six languages write them, to ISO 8601. Each day is there once, in one language and one style, so that none
// that is trained on is also unseen in another writing. The style "short" is left out: 7/11 is two days.
import { drawn, type Pair, tokens, writtenTwice } from './pairs.ts';

const locales = ['en-US', 'de', 'es', 'fr', 'it', 'sw'];
const styles = ['full', 'long', 'medium'] as const;
const EACH = 200; // days a language and style
const DAY = 86_400_000;
const [first, last] = [Date.UTC(1900, 0, 1), Date.UTC(2099, 11, 31)];

const iso = (day: number) => new Date(day).toISOString().slice(0, 10);

export function dates(): { pairs: Pair[]; faults: string[] } {
  const ways = locales.flatMap((locale) =>
    styles.map((dateStyle) => ({
      locale,
      format: new Intl.DateTimeFormat(locale, {
        dateStyle,
        timeZone: 'UTC',
        calendar: 'gregory',
        numberingSystem: 'latn',
      }),
    })),
  );
  const days = Array.from({ length: (last - first) / DAY + 1 }, (_, i) => first + i * DAY);
  const all = drawn(days, EACH * ways.length, iso).map((day, i) => {
    const { locale, format } = ways[i % ways.length]!;
    return { locale, source: tokens(format.format(day)), target: tokens(iso(day)) };
  });
  const faults = locales.flatMap((locale) =>
    writtenTwice(all.filter((one) => one.locale === locale).map(({ source }) => source)).map((f) => `${locale}: ${f}`),
  );
  const pairs = all.map(({ source, target }) => ({ source, target }));
  return { pairs: pairs.sort((a, b) => (a.target < b.target ? -1 : 1)), faults };
}
