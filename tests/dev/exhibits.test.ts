// Which test files a run of some exhibits leaves out.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ofExhibits, slugs } from '../../.ci/tools/exhibits.ts';

const FILES = [
  'gpt',
  'rnn',
  'bptt.panels',
  'shell',
  'unit/rows',
  'unit/coder',
  'unit/matrices',
  'unit/units',
  'plane',
].map((name) => `tests/web/${name}.test.ts`);
const left = (...chosen: string[]) =>
  ofExhibits(FILES, chosen).map((file) => file.replace(/^tests\/web\/|\.test\.ts$/g, ''));

test('files of other exhibits, and of figures that only they draw, are left out; what is of none stays', () => {
  assert.deepEqual(left('rnn', 'bptt', 'lstm'), ['rnn', 'bptt.panels', 'shell', 'unit/rows']);
  assert.deepEqual(left('seq2seq'), ['shell', 'unit/rows', 'unit/coder', 'unit/matrices']);
  assert.deepEqual(left('backprop', 'descent'), ['shell', 'unit/rows', 'unit/units', 'plane']);
  assert.deepEqual(left(...slugs), left('gpt', ...slugs));
  assert.equal(left(...slugs).length, FILES.length);
});
