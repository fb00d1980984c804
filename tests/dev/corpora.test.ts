// The committed corpora of pairs, read as they are; ./dev test --full makes them anew and compares the bytes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { corpora } from '../../.ci/tools/corpora/list.ts';
import { spoken } from '../../.ci/tools/corpora/numbers.ts';
import {
  drawn,
  faults,
  type Pair,
  read,
  thereOnce,
  tokens,
  told,
  written,
  writtenTwice,
} from '../../.ci/tools/corpora/pairs.ts';
import { inKeys, KEYS, tunes } from '../../.ci/tools/corpora/tunes.ts';
import { root } from '../../.ci/tools/process.ts';

const folder = join(root, 'models/corpora');
const text = (file: string) => readFileSync(join(folder, file), 'utf8');
const readme = text('README.md');
const pairs = (...lines: [string, string][]): Pair[] => lines.map(([source, target]) => ({ source, target }));

for (const { name } of corpora)
  test(`${name}: one to one, nothing empty, no control character; the README has its numbers`, () => {
    const there = read(text(`${name}.txt`));
    assert.deepEqual([...faults(there), ...thereOnce(there)], []);
    assert.ok(readme.includes(`${name.padEnd(14)} ${told(there)}\n`), told(there));
    assert.equal(written(there), text(`${name}.txt`));
    if (name.startsWith('phrases'))
      for (const side of ['source', 'target'] as const) assert.deepEqual(writtenTwice(there.map((p) => p[side])), []);
    for (const { source, target } of there) {
      if (name === 'dates') {
        const day = target.replaceAll(' ', '');
        assert.equal(new Date(day).toISOString().slice(0, 10), day);
        assert.ok(source.includes([...day.slice(0, 4)].join(' ')), `${source} has the year of ${day}`);
      } else if (name.startsWith('numbers')) {
        assert.match(target, /^[1-9]( \d){0,3}$/);
      } else {
        assert.deepEqual([...source.matchAll(/\d/g)].join(), [...target.matchAll(/\d/g)].join(), source);
      }
    }
  });

test('tunes: set into their keys from what was written out by hand, in lines that a net can read', () => {
  assert.equal(tunes(text('tunes.abc')), text('tunes.txt'));
  const strain = 'M:6/8 K:Am A|c2de>fe|c>BA^G>^F^G|A2AA2|]';
  const keys = inKeys(strain);
  assert.deepEqual(
    keys.map((line) => line.split(' ')[1]),
    KEYS.minor.map((key) => `K:${key}`),
  );
  assert.equal(keys[2], 'M:6/8 K:Dm d|f2ga>ba|f>ed^c>=B^c|d2dd2|]');
  for (const key of keys) assert.deepEqual(inKeys(key), keys); // from any of them the same
  assert.deepEqual(inKeys(`M:6/8 K:C ${'C'.repeat(60)}`), []); // too long for a line
  assert.throws(() => inKeys('K:C CDEF|]'), /no strain/);
  assert.ok(readme.includes(`${text('tunes.abc').match(/^T:/gm)!.length} tunes`));
});

test('every text of the folder has its row with a licence, and every row its text', () => {
  const rows = [...readme.matchAll(/^\| (\S+\.txt) \| [^|]+ \| ([^|]+) \| [^|]+ \|$/gm)];
  assert.deepEqual(
    rows.map(([, file]) => file).sort(),
    readdirSync(folder)
      .filter((f) => f.endsWith('.txt'))
      .sort(),
  );
  for (const { name, from } of corpora)
    assert.match(rows.find(([, file]) => file === `${name}.txt`)![2]!, from === 'cldr' ? /Unicode License/ : /^MIT/);
  const { n2words, cldr } = JSON.parse(text('made.json')) as Record<string, string>;
  assert.ok(readme.includes(`\`n2words\` ${n2words}`));
  assert.ok(readme.includes(`CLDR ${Number(cldr)},`));
});

test('what is wrong with a corpus is found and named', () => {
  const good = pairs(['2 days ago', 'siku 2 zilizopita'], ['in 2 days', 'baada ya siku 2']);
  assert.deepEqual(faults(good), []);
  const wrong: [RegExp, Pair[]][] = [
    [/"2 days ago" has two targets: "siku 2 zilizopita" and "juzi"/, [...good, ...pairs(['2 days ago', 'juzi'])]],
    [/"in 2 days" is there twice/, [...good, ...pairs(['in 2 days', 'baada ya siku 2'])]],
    [/"juzi" is the target of two sources: "a" and "b"/, pairs(['a', 'juzi'], ['b', 'juzi'])],
    [/a side of "" → "x" is empty/, pairs(['', 'x'])],
    [/a side of "x" → "" is empty/, pairs(['x', ''])],
    [/has a control character/, pairs(['a\u0007b', 'x'])],
    [/has a control character/, pairs(['a', '\u200fx'])],
    [/is not tokens with a space between/, pairs(['12 days', 'x'])],
    [/is not tokens with a space between/, pairs(['a  b', 'x'])],
    [/is not tokens with a space between/, pairs(['a\u00a0b', 'x'])],
    [/is not tokens with a space between/, pairs(['e\u0301', 'x'])],
  ];
  for (const [message, corpus] of wrong) {
    const found = faults(corpus);
    assert.equal(found.length, 1, found.join('\n'));
    assert.match(found[0]!, message);
  }
  assert.deepEqual(writtenTwice(['baada ya sekunde 3', 'Sekunde 3 zilizopita', 'Sekunde 4 zilizopita']), [
    'one word is written sekunde and Sekunde',
  ]);
});

test('a word that stands in one line only is found, of each side', () => {
  const corpus = pairs(['1 day', 'siku 1'], ['1 day ago', 'siku 1'], ['1 1 days', 'siku 1']);
  assert.deepEqual(thereOnce(corpus), ['"ago" stands in one line only', '"days" stands in one line only']);
  assert.deepEqual(thereOnce(pairs(['a', 'b'], ['a', 'c c'], ['a', 'b'])), ['"c" stands in one line only']);
});

test('a number with two readings is found where there is one: past 9,999 in Swahili', () => {
  assert.deepEqual(faults(spoken('sw', 9999)), []);
  assert.deepEqual(faults(spoken('sw', 11_000)), ['"elfu kumi na moja" has two targets: "1 0 0 0 1" and "1 1 0 0 0"']);
});

test('a file that is not pairs is refused with its line', () => {
  assert.throws(() => read('a\tb\nc\n'), /line 2 is not source, tab, target: c/);
  assert.throws(() => read('a\tb\tc\n'), /line 1 is not source/);
  assert.throws(() => read('a\tb'), /the last line does not end/);
});

test('tokens are words, digits and other signs', () => {
  assert.equal(tokens('Freitag, 27. November 2026'), 'Freitag , 2 7 . November 2 0 2 6');
  assert.equal(tokens('quatre-vingt-deux'), 'quatre - vingt - deux');
  assert.equal(tokens('3\u00a0mètres'), '3 mètres');
  assert.equal(tokens('me\u0300tre'), 'mètre');
  assert.equal(tokens('aujourd’hui'), 'aujourd’hui');
});

test('what is drawn does not hang on the order it is drawn from', () => {
  const all = Array.from({ length: 50 }, (_, i) => i);
  const few = drawn(all, 5, String);
  assert.equal(new Set(few).size, 5);
  assert.deepEqual(drawn(all.toReversed(), 5, String), few);
});
