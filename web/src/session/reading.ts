// What can be read, told before the core is asked: with what to do about it. A text is letters, or words with spaces
// between them, as the vocabulary is.

export const LONGEST = 40; // letters, or words, of a text that is unrolled

/** Of a text of numbers, the first that is none, from 1. */
type NoNumber = { kind: 'number'; count: number; rest: string };
export type Problem = (
  | { kind: 'short' }
  | { kind: 'long'; count: number; rest: string }
  | { kind: 'foreign'; text: string; letters: string[]; rest: string }
  | NoNumber
) & { of?: 'target' };

/** The tokens of which texts are made, without the marks. */
export const tokensOf = (vocabulary: readonly string[]): string[] =>
  vocabulary.filter((token) => !/^<\w+>$/.test(token));
export const inWords = (vocabulary: readonly string[]) => tokensOf(vocabulary).some((token) => [...token].length > 1);
/** As the core tells words apart: a digit and any other sign of ASCII stands alone, an apostrophe belongs to its word. */
const WORD = /(?:[A-Za-z']|[^\p{ASCII}\s])+|\S/gu;
const partsOf = (text: string, vocabulary: readonly string[]): string[] =>
  inWords(vocabulary) ? (text.match(WORD) ?? []) : [...text];
export const joined = (tokens: readonly string[], vocabulary: readonly string[]): string =>
  tokens.join(inWords(vocabulary) ? ' ' : '');

/** The text token by token, words with a space between; each that is known only in lower case written so. */
export function inTokens(text: string, vocabulary: readonly string[]): string {
  const known = new Set(vocabulary);
  const parts = partsOf(text.normalize('NFC'), vocabulary).map((part) =>
    !known.has(part) && known.has(part.toLowerCase()) ? part.toLowerCase() : part,
  );
  return joined(parts, vocabulary);
}

/** Null when this vocabulary can read it. Numbers have none: of those the core says what is wrong. */
export function readable(text: string, vocabulary: readonly string[]): Exclude<Problem, NoNumber> | null {
  if (vocabulary.length === 0) return text.trim() === '' ? { kind: 'short' } : null;
  const parts = partsOf(text, vocabulary);
  if (parts.length === 0) return { kind: 'short' };
  const known = new Set(vocabulary);
  const foreign = [...new Set(parts.filter((part) => !known.has(part)))];
  if (foreign.length > 0) {
    const rest = parts.filter((part) => known.has(part)).slice(0, LONGEST);
    return { kind: 'foreign', text, letters: foreign, rest: joined(rest, vocabulary) };
  }
  if (parts.length > LONGEST) {
    return { kind: 'long', count: parts.length, rest: joined(parts.slice(0, LONGEST), vocabulary) };
  }
  return null;
}

/** What a net of numbers reads before it is given others. */
export const FIRST_NUMBERS = '0.5 *0.25 0.125 *0.75';
const NUMBER = /^\*?(?=[\d.]*\d)\d*\.?\d*$/;

/** Null where these are numbers from 0 to 1 with spaces between them, a star before each that is marked. */
export function readableNumbers(text: string): Problem | null {
  const parts = text.split(' ').filter((part) => part !== '');
  if (parts.length === 0) return { kind: 'short' };
  const isNumber = (part: string) => NUMBER.test(part) && Number(part.replace('*', '')) <= 1;
  const wrong = parts.findIndex((part) => !isNumber(part));
  if (wrong >= 0) return { kind: 'number', count: wrong + 1, rest: parts.filter(isNumber).slice(0, LONGEST).join(' ') };
  if (parts.length <= LONGEST) return null;
  return { kind: 'long', count: parts.length, rest: parts.slice(0, LONGEST).join(' ') };
}
