// What every corpus of pairs keeps to: its tokens, its order, and what is wrong with one.
import { createHash } from 'node:crypto';

export interface Pair {
  source: string;
  target: string;
}

/** Words, digits and every other sign apart, with a space between: "27. Mai" is "2 7 . Mai". */
export const tokens = (text: string): string =>
  (text.normalize('NFC').match(/[\p{L}\p{M}’']+|\P{Z}/gu) ?? []).join(' ');

/** Of these, so many, the same ones for ever: which come first is said by a hash of their names. */
export function drawn<T>(all: T[], count: number, name: (one: T) => string): T[] {
  const place = (one: T) => createHash('sha256').update(name(one)).digest('hex');
  return all
    .map((one) => ({ one, place: place(one) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .slice(0, count)
    .map(({ one }) => one);
}

export const written = (pairs: Pair[]): string => pairs.map(({ source, target }) => `${source}\t${target}\n`).join('');

export function read(text: string): Pair[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  return text
    .slice(0, -1)
    .split('\n')
    .map((line, i) => {
      const [source, target, ...more] = line.split('\t');
      if (source === undefined || target === undefined || more.length > 0)
        throw new Error(`line ${i + 1} is not source, tab, target: ${line}`);
      return { source, target };
    });
}

/** Sides whose own name is in one writing only: "Sekunde" and "sekunde" would be two tokens for one word. */
export function writtenTwice(sides: string[]): string[] {
  const seen = new Map<string, string>();
  const faults = new Set<string>();
  for (const word of sides.flatMap((side) => side.split(' '))) {
    const known = seen.get(word.toLowerCase()) ?? word;
    if (known !== word) faults.add(`one word is written ${known} and ${word}`);
    seen.set(word.toLowerCase(), known);
  }
  return [...faults];
}

function badSide(side: string): string | null {
  if (side === '') return 'is empty';
  if (/\p{C}/u.test(side)) return 'has a control character';
  return side === tokens(side) ? null : 'is not tokens with a space between';
}

/**
 * What is wrong with a corpus. It is one to one: a source with two targets has no right answer, and a target of two
 * sources would be trained on and unseen at once, since it is sources that are split.
 */
export function faults(pairs: Pair[]): string[] {
  const found: string[] = [];
  const targets = new Map<string, string>();
  const sources = new Map<string, string>();
  for (const { source, target } of pairs) {
    for (const side of [source, target]) {
      const bad = badSide(side);
      if (bad !== null) found.push(`a side of "${source}" → "${target}" ${bad}`);
    }
    const other = targets.get(source);
    if (other === target) found.push(`"${source}" is there twice`);
    else if (other !== undefined) found.push(`"${source}" has two targets: "${other}" and "${target}"`);
    const from = sources.get(target) ?? source;
    if (from !== source) found.push(`"${target}" is the target of two sources: "${from}" and "${source}"`);
    targets.set(source, target);
    sources.set(target, source);
  }
  return found;
}

/** Words that stand in one line only: where that line is unseen, they are never learned. */
export function thereOnce(pairs: Pair[]): string[] {
  const sides = [pairs.map(({ source }) => source), pairs.map(({ target }) => target)];
  return sides.flatMap((side) => {
    const lines = new Map<string, number>();
    for (const word of side.flatMap((one) => [...new Set(one.split(' '))])) lines.set(word, (lines.get(word) ?? 0) + 1);
    return [...lines].filter(([, count]) => count === 1).map(([word]) => `"${word}" stands in one line only`);
  });
}

/** As a line of a table: pairs; tokens of each side, how many different ones and how many in a line; bytes. */
export function told(pairs: Pair[]): string {
  const side = (of: (pair: Pair) => string) => {
    const lines = pairs.map((pair) => of(pair).split(' '));
    const lengths = lines.map(({ length }) => length);
    const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
    return `${new Set(lines.flat()).size} tokens, ${least === most ? most : `${least} to ${most}`} a line`;
  };
  const bytes = Buffer.byteLength(written(pairs));
  return `${pairs.length} pairs; source ${side((p) => p.source)}; target ${side((p) => p.target)}; ${bytes} bytes`;
}
