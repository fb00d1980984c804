// What can be read, told before the core is asked: with what to do about it.

export const LONGEST = 40; // letters of a text that is unrolled

export type Problem =
  | { kind: 'short' }
  | { kind: 'long'; count: number; rest: string }
  | { kind: 'foreign'; text: string; letters: string[]; rest: string };

/** The text with each letter that this vocabulary knows only in lower case written so. */
export function inLetters(text: string, vocabulary: string[]): string {
  const known = new Set(vocabulary);
  return [...text.normalize('NFC')]
    .map((letter) => (!known.has(letter) && known.has(letter.toLowerCase()) ? letter.toLowerCase() : letter))
    .join('');
}

/** Null when this vocabulary can read it. */
export function readable(text: string, vocabulary: string[]): Problem | null {
  const letters = [...text];
  if (letters.length === 0) return { kind: 'short' };
  const known = new Set(vocabulary);
  const foreign = [...new Set(letters.filter((letter) => !known.has(letter)))];
  if (foreign.length > 0) {
    const rest = letters.filter((letter) => known.has(letter)).slice(0, LONGEST);
    return { kind: 'foreign', text, letters: foreign, rest: rest.join('') };
  }
  if (letters.length > LONGEST) {
    return { kind: 'long', count: letters.length, rest: letters.slice(0, LONGEST).join('') };
  }
  return null;
}
