// What a unit may go with: things that anyone can see in a text, each a number a letter, and how closely they move
// with the unit (Pearson's r). A unit is given no other meaning than this.

const LETTER = /[\p{L}']/u;
const isLetter = (c: string | undefined) => c !== undefined && LETTER.test(c);

/** Counts from the last letter at which `ends` held. */
function since(text: string[], ends: (c: string) => boolean): number[] {
  let count = 0;
  return text.map((c) => {
    count = ends(c) ? 0 : count + 1;
    return count;
  });
}
const each = (is: (c: string, before: string | undefined) => boolean) => (text: string[]) =>
  text.map((c, i) => (is(c, text[i - 1]) ? 1 : 0));

export const FEATURES = {
  letter: each(isLetter),
  vowel: each((c) => /[aeiou]/i.test(c)),
  first: each((c, before) => isLetter(c) && !isLetter(before)),
  place: (text: string[]) => since(text, (c) => !isLetter(c)),
  sign: each((c) => /[.,;:!?"()-]/.test(c)),
  capital: each((c) => c !== c.toLowerCase()),
  sentence: (text: string[]) => since(text, (c) => /[.!?]/.test(c)),
  quotes: (text: string[]) => {
    let inside = 0;
    return text.map((c) => {
      if (c === '"') inside = 1 - inside;
      return inside;
    });
  },
} satisfies Record<string, (text: string[]) => number[]>;
export type Feature = keyof typeof FEATURES;

/** NaN where one of them does not change. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [both, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [(a[i] as number) - ma, (b[i] as number) - mb];
    both += x * y;
    aa += x * x;
    bb += y * y;
  }
  return both / Math.sqrt(aa * bb);
}

/** All features, those that go with the unit most closely first. */
export function goesWith(text: string[], values: readonly number[]): { feature: Feature; r: number }[] {
  return (Object.keys(FEATURES) as Feature[])
    .map((feature) => ({ feature, r: correlation(FEATURES[feature](text), values) }))
    .filter(({ r }) => Number.isFinite(r))
    .sort((a, b) => Math.abs(b.r) - Math.abs(a.r));
}
