// A text of one's own: its lines are the core's lines, and each problem is told before the core refuses.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  broken,
  clean,
  decoded,
  FEWEST_LINES,
  firstColumn,
  isTable,
  LONGEST_LINE,
  textLines,
  trainable,
} from '../../../web/src/session/corpus.ts';
import { core, failing } from '../../wasm/modules.ts';

const ENDS = ['\n', '\r', '\r\n', '\v', '\f', '\x85', '\u2028', '\u2029'];
const SPACES = [
  ...' \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f',
].concat('\u3000', '\ufeff');
const LINES = { model: 'ngram_lm', task: 'lines', validation_share: '0.3' };
const numbered = (count: number, end = '\n') => Array.from({ length: count }, (_, i) => `line ${i}`).join(end);

/** A text made of letters, spaces and line ends; the same for the same seed. */
function made(seed: number): string {
  let state = seed + 1;
  const below = (n: number) => {
    state = (state * 48271) % 2147483647;
    return state % n;
  };
  const parts = [...'ab\u200b\u00adé😀', ...ENDS, ...ENDS, ...SPACES];
  return Array.from({ length: 5 + below(60) }, () => parts[below(parts.length)]).join('');
}

test('the page counts the lines that the core reads, and those that are different', async () => {
  const c = await core();
  let read = 0;
  for (let seed = 0; seed < 400; seed++) {
    const text = made(seed);
    const lines = textLines(text);
    const distinct = new Set(lines).size;
    if (distinct < 2) {
      assert.throws(() => c.create(LINES, text), failing('text'), JSON.stringify(text));
      continue;
    }
    const run = c.create(LINES, text);
    const { train, validation, trainDistinct, validationDistinct } = run.sequences;
    assert.equal(train + validation, lines.length, JSON.stringify(text));
    assert.equal(trainDistinct + validationDistinct, distinct, JSON.stringify(text));
    assert.deepEqual(textLines(clean(text)), textLines(text.normalize('NFC')));
    run.free();
    read++;
  }
  assert.ok(read > 300, String(read));
});

test('what can be trained on, and what is told of what cannot', () => {
  assert.deepEqual(trainable(' \n\r\u2028\u00a0'), { kind: 'empty' });
  assert.deepEqual(trainable('anna\rbruno'), { kind: 'short', count: 2 });
  for (const end of ENDS) assert.equal(trainable(numbered(FEWEST_LINES, end)), null, JSON.stringify(end));
  assert.deepEqual(trainable('anna\n'.repeat(30)), { kind: 'same', count: 30 });
  assert.deepEqual(trainable(' anna\r\n anna \r'.repeat(15)), { kind: 'same', count: 30 });
  assert.equal(trainable('anna\n'.repeat(30).concat('bruno')), null);
  assert.deepEqual(trainable('a'.repeat(50).concat('\n').repeat(20_000)), {
    kind: 'long',
    count: 1_020_000,
    most: 500_000,
  });
  assert.deepEqual(trainable('x'.repeat(5_000_000)), { kind: 'long', count: 5_000_000, most: 500_000 });
  const wide = 'é'.repeat(65);
  assert.deepEqual(trainable(`a\r\r${wide}\rb\r${wide}é`), { kind: 'wide', line: 3, count: 65, lines: 2 });
});

test('the limits are the core’s', async () => {
  const c = await core();
  const line = '字'.repeat(LONGEST_LINE);
  c.create(LINES, `${line}\na`).free();
  assert.throws(() => c.create(LINES, `${line}字\na`), failing('text'));
  // Letters of three bytes: as many as the page lets through, the core takes.
  const text = (letters: number) => '字字字字字字字字字\n'.repeat(letters / 10).concat('a');
  const problem = trainable(text(500_000));
  assert.equal(problem?.kind, 'long');
  if (problem?.kind !== 'long') return;
  assert.ok(problem.most > 300_000 && problem.most < 400_000, String(problem.most));
  assert.equal(trainable(text(problem.most - 10)), null);
  c.create(LINES, text(problem.most - 10)).free();
  assert.throws(() => c.create(LINES, text(problem.most + 40_000)), failing('text'));
});

test('long lines are broken between words, and no letter is lost', () => {
  const words = Array.from({ length: 60 }, (_, i) => 'w'.repeat(1 + (i % 9))).join(' ');
  const text = `short\n\n${words}\n${'x'.repeat(150)}\n  end `;
  const lines = broken(text).split('\n');
  for (const line of lines) assert.ok([...line].length <= LONGEST_LINE && line === line.trim(), line);
  assert.deepEqual(lines.slice(0, 2), ['short', '']);
  assert.equal(lines.at(-1), 'end');
  assert.equal(lines.join('').replaceAll(' ', ''), text.replace(/\s/g, ''));
  assert.equal(lines.slice(2, -4).join(' '), words);
  assert.equal(broken(broken(text)), broken(text));
  const exact = `${'a'.repeat(LONGEST_LINE)} b`;
  assert.equal(broken(exact), `${'a'.repeat(LONGEST_LINE)}\nb`);
});

test('of a table the first column is kept', () => {
  assert.equal(isTable('anna\nbruno\t\n'), false, 'a tab at the end of a line is a space');
  assert.equal(isTable('anna\tBern\nbruno\tBasel'), true);
  assert.equal(firstColumn('anna\tBern\r\n\r\tbruno\tBasel'), 'anna\n\nbruno');
});

test('files of text: UTF-8, UTF-16 with its mark, and nothing else', () => {
  const utf16 = (text: string, big: boolean) => {
    const view = new DataView(new ArrayBuffer(2 * text.length));
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), !big);
    return new Uint8Array(view.buffer);
  };
  assert.equal(decoded(new TextEncoder().encode('\ufeffanna\rÉva')), 'anna\rÉva');
  assert.equal(decoded(utf16('\ufeffanna\rÉva', false)), 'anna\rÉva');
  assert.equal(decoded(utf16('\ufeffanna\rÉva', true)), 'anna\rÉva');
  assert.equal(decoded(new Uint8Array([0x61, 0xe9, 0x0a])), null);
});
