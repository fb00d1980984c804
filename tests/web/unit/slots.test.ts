// What texts name of the walk is there, however short or long the text is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { parseExhibit } from '../../../web/build/markdown.ts';
import { slotsOf } from '../../../web/src/app/slots.ts';
import { merged, pageFrom } from '../../../web/src/components/lines.ts';
import { fill } from '../../../web/src/components/tex.ts';
import { exhibits } from '../page/folders.ts';

const settings = { hidden_size: '8', embedding_size: '4', activation: 'tanh', forget_bias: '1' };
const at = (text: string, token: number, updating = false) => slotsOf({ text, token, updating, settings, tokens: 28 });

test('the start mark, a letter, the last letter, an update', () => {
  const { now, read, next, later, steps } = at('amelia', 4);
  assert.deepEqual(
    { now, read, next, later, steps },
    {
      now: 'e',
      read: 'ame',
      next: 'l',
      later: 'one from the 3 steps after it',
      steps: '7',
    },
  );
  assert.deepEqual([at('amelia', 1).now, at('amelia', 1).read, at('amelia', 1).next], ['start', 'start', 'a']);
  assert.deepEqual([at('a', 2).now, at('a', 2).next], ['a', 'the end mark']);
  assert.match(at('a', 2).later ?? '', /none/);
  assert.match(at('a', 1).later ?? '', /the step after it/);
  assert.deepEqual([at('ab', 0, true).read, at('ab', 0, true).next], ['ab', 'the end mark']);
  assert.equal(at('a <b', 3).read, 'a␣');
  assert.equal(at('a<b', 3).now, '<');
});

test('what fills a slot is text, whatever stands in it', () => {
  assert.equal(fill('<p>⟦read⟧</p>', { read: '<b>&amp;' }), '<p>&lt;b>&amp;amp;</p>');
});

test('every slot of every text is filled, for texts of 1, 2, 3 and 40 letters, at every step', () => {
  for (const { slug, questions } of exhibits) {
    const { sections } = parseExhibit(readFileSync(`web/src/exhibits/${slug}/en.md`, 'utf8'));
    const given = (id: string) => {
      const question = questions.find((one) => one.id === id);
      return question && 'given' in question ? Object.keys(question.given ?? {}) : [];
    };
    const items = [
      ...(sections.tour?.items ?? []).map((item) => ({ ...item, numbers: [] as string[] })),
      ...(sections.questions?.items ?? []).map((item) => ({ ...item, numbers: given(item.id) })),
    ];
    for (const length of [1, 2, 3, 40]) {
      for (let token = 0; token <= length + 1; token++) {
        const slots = { ...at('a'.repeat(length), token), cell: 1 };
        for (const { id, first, more, numbers } of items) {
          const said = Object.fromEntries(numbers.map((name) => [name, '0.5']));
          assert.doesNotMatch(fill(first + more, { ...slots, ...said }), /⟦|undefined/, `${slug}: ${id}`);
          for (const name of numbers) assert.ok((first + more).includes(`⟦${name}⟧`), `${slug}: ${id} says ${name}`);
        }
        for (const [name, value] of Object.entries(slots))
          assert.notEqual(value, '', `${name} at ${token} of ${length}`);
      }
    }
  }
});

test('lines: what overlaps is one, and a page ends with a whole one', () => {
  const lines = merged([
    { top: 0, bottom: 20 },
    { top: -4, bottom: 8 }, // a superscript
    { top: 22, bottom: 42 },
    { top: 44, bottom: 64 },
  ]);
  assert.deepEqual(
    lines.map(({ top }) => top),
    [-4, 22, 44],
  );
  assert.deepEqual(pageFrom(lines, 0, 50), { top: -4, height: 46, next: 2 });
  assert.deepEqual(pageFrom(lines, 2, 50), { top: 44, height: 20, next: 0 });
  assert.deepEqual(pageFrom(lines, 1, 1), { top: 22, height: 20, next: 2 }, 'at least one line');
  assert.deepEqual(pageFrom(lines, 9, 50)?.top, -4, 'a line that is no more: from the top');
  assert.equal(pageFrom([], 0, 50), null);
});
