// models/corpora/tunes.abc, written out by hand, set into the keys that a net is to learn it in: tunes.txt. Of a strain
// every note moves by as many steps of the staff, and an accidental stays as far from its key as it was.

const LETTERS = 'CDEFGAB';
const FIFTHS = [0, 2, 4, -1, 1, 3, 5]; // sharps of the major key of each letter
const SHARPENED = 'FCGDAEB';
export const KEYS = { major: ['C', 'D', 'F', 'G', 'A'], minor: ['Am', 'Bm', 'Dm', 'Em', 'Gm'] };
const LONGEST = 64; // characters, as a line of any corpus
const MIDDLE = 6.5; // of the staff, from middle C: where the middle of a strain should lie

/** By how much a key raises each letter: 1, 0 or -1. */
function signature(key: string): number[] {
  const sharps = FIFTHS[LETTERS.indexOf(key[0]!)]! - (key.endsWith('m') ? 3 : 0);
  const raised = sharps > 0 ? SHARPENED.slice(0, sharps) : SHARPENED.slice(7 + sharps);
  return [...LETTERS].map((letter) => (raised.includes(letter) ? Math.sign(sharps) : 0));
}

/** The strain's notes so many steps higher; null where one would need a double sharp or flat. */
function moved(body: string, by: number, from: number[], to: number[]): { body: string; middle: number } | null {
  const steps: number[] = [];
  let possible = true;
  const text = body.replace(/([\^_=]?)([A-Ga-g])([,']*)/g, (_, sign: string, letter: string, marks: string) => {
    const high = letter >= 'a' ? 1 : 0;
    const octave = high + [...marks].reduce((sum, mark) => sum + (mark === ',' ? -1 : 1), 0);
    const old = LETTERS.indexOf(letter.toUpperCase());
    const step = 7 * octave + old + by;
    const now = ((step % 7) + 7) % 7;
    const up = Math.floor(step / 7);
    const alteration = sign === '' ? null : to[now]! - from[old]! + { '^': 1, '=': 0, _: -1 }[sign]!;
    if (alteration !== null && Math.abs(alteration) > 1) possible = false;
    steps.push(step);
    const written = up > 0 ? LETTERS[now]!.toLowerCase() + "'".repeat(up - 1) : LETTERS[now]! + ','.repeat(-up);
    return (alteration === null ? '' : ['_', '=', '^'][alteration + 1]) + written;
  });
  return possible ? { body: text, middle: (Math.min(...steps) + Math.max(...steps)) / 2 } : null;
}

/** Of one line, a line in each key, in the octave in which it lies best on the staff. */
export function inKeys(line: string): string[] {
  const [, metre, key, body] = /^(M:\S+) K:([A-G]m?) (\S+)$/.exec(line) ?? [];
  if (metre === undefined || key === undefined || body === undefined) throw new Error(`no strain: ${line}`);
  return KEYS[key.endsWith('m') ? 'minor' : 'major'].flatMap((other) => {
    const by = LETTERS.indexOf(other[0]!) - LETTERS.indexOf(key[0]!);
    const ways = [-14, -7, 0, 7].flatMap((octave) => {
      const way = moved(body, by + octave, signature(key), signature(other));
      return way ? [way] : [];
    });
    const best = ways.sort((a, b) => Math.abs(a.middle - MIDDLE) - Math.abs(b.middle - MIDDLE))[0];
    const text = `${metre} K:${other} ${best?.body}`;
    return best && text.length <= LONGEST ? [text] : [];
  });
}

/** The text of tunes.txt: titles as they are, every strain in its keys. */
export const tunes = (abc: string): string =>
  `${abc
    .trim()
    .split('\n')
    .flatMap((line) => (line.startsWith('T:') ? [line] : inKeys(line)))
    .join('\n')}\n`;
