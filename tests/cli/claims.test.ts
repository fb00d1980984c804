// Claims over many seeds: what the command prints, what is refused, and what the files and the docs say of them.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Spread } from '../../web/src/exhibits/types.ts';
import { json, root, unroll } from './unroll.ts';

interface Row {
  name: string;
  measured: number;
  along?: string;
  of?: string;
  series?: [number, number][];
}
const claims: { id: string; asked: string }[] = json('list')[0].claims;
const fileOf = (id: string): Spread => JSON.parse(readFileSync(join(root, `models/claims/${id}.json`), 'utf8'));

for (const { id } of claims) {
  test(`${id}: three seeds in the short form, a line each, and what lies between them`, () => {
    const lines = json('claim', id, '--short', '--seeds', '1..3');
    const { claim, seeds, hold, of, rows } = lines.pop();
    assert.deepEqual([claim, seeds, hold, of], [id, '1..3', 3, 3]);
    assert.deepEqual(
      lines.map(({ seed, holds }) => [seed, holds]),
      [
        [1, true],
        [2, true],
        [3, true],
      ],
    );
    for (const [i, { name, min, median, max }] of rows.entries()) {
      assert.ok(lines.every((line) => line.rows[i].name === name));
      const measured = lines.map((line) => (line.rows[i] as Row).measured).sort((a, b) => a - b);
      assert.deepEqual([min, median, max], measured, name);
    }
  });
}

test('a row may be a series: in the form for programs, in words, and as large as its parts', () => {
  const [{ rows }] = json('claim', 'seq2seq', '--short', '--seed', '1') as [{ rows: Row[] }];
  for (const { along, of, series, measured } of rows) {
    assert.deepEqual([along, of], ['length of the source', 'share written right']);
    assert.deepEqual(
      series?.map(([at]) => at),
      [1, 2, 3, 4, 5, 6, 7, 8],
    );
    const mean = series!.reduce((sum, [, share]) => sum + share, 0) / 8; // as many of each length
    assert.ok(Math.abs(mean - measured) < 1e-6 && series!.every(([, share]) => share >= 0 && share <= 1));
  }
  const { stdout } = unroll('claim', 'seq2seq', '--short', '--seed', '1');
  assert.match(stdout, /share written right +0\.\d+\n {4}by length of the source: {2}1 [\d.]+ {2}2 [\d.]+/);
});

test('in words: a line a seed, a table, how many hold; of an even number the median lies between two', () => {
  const { status, stdout } = unroll('claim', 'bptt', '--seeds', '7..8');
  assert.equal(status, 0);
  assert.match(stdout, /^ {2}seed 7 +holds .*\n {2}seed 8 +holds /);
  assert.match(stdout, /smallest +median +largest\n/);
  assert.match(stdout, /\n {2}holds on 2 of 2 seeds, [\d.]+ s\n$/);
  const lines = json('claim', 'bptt', '--seeds', '7..8');
  const { rows } = lines.pop();
  const [a, b] = lines.map((line) => line.rows[3].measured);
  assert.ok(Math.abs(rows[3].median - (a + b) / 2) < 1e-8 * rows[3].median);
});

test('seeds that are none are refused in one line', () => {
  for (const seeds of ['5..1', '1..', '..5', '1...3', '1.5..3', '-1..3', 'a..b', '7', '', '1..1001', '1..3x']) {
    const { status, stdout, stderr } = unroll('claim', 'bptt', `--seeds=${seeds}`, '--json');
    assert.deepEqual([status, stdout], [2, ''], seeds);
    assert.equal(
      stderr,
      `unroll: --seeds should be like 1..30, the first and the last of at most 1000, not "${seeds}"\n`,
    );
  }
  assert.match(unroll('claim', 'bptt', '--seeds', '1..2', '--seed', '1').stderr, /give one of them/);
  assert.match(unroll('claim', 'none', '--seeds', '1..2').stderr, /there is no claim none/);
});

test('every claim was measured on thirty seeds as it is asked now, and holds on 29 of them', () => {
  const files = readdirSync(join(root, 'models/claims')).sort();
  assert.deepEqual(files, claims.map(({ id }) => `${id}.json`).sort());
  for (const { id, asked } of claims) {
    const { claim, seeds, hold, of, asked: then, rows, runs } = fileOf(id);
    assert.deepEqual([claim, seeds, of, then], [id, '1..30', 30, asked]);
    assert.ok(hold >= 29, `${id}: ${hold}`);
    assert.equal(runs.filter(({ holds }) => holds).length, hold);
    assert.deepEqual(
      runs.map(({ seed }) => seed),
      Array.from({ length: 30 }, (_, i) => i + 1),
    );
    assert.ok(runs.every(({ measured }) => measured.length === rows.length));
  }
});

test('a file holds every part of the rows that are series, of every seed', () => {
  for (const { id } of claims) {
    const [{ rows: short }] = json('claim', id, '--short', '--seed', '1') as [{ rows: Row[] }];
    const { series, runs } = fileOf(id);
    if (!short.some((row) => row.series)) {
      assert.ok(series === undefined && runs.every(({ parts }) => parts === undefined), id);
      continue;
    }
    assert.deepEqual(
      series?.map((one) => one && [one.along, one.of]),
      short.map((row) => (row.series ? [row.along, row.of] : null)),
      id,
    );
    for (const { seed, parts } of runs)
      assert.deepEqual(
        parts?.map((one) => one?.length),
        series?.map((one) => one?.at.length),
        `${id}, seed ${seed}`,
      );
  }
});

test('what is quick to measure comes out as in its file', () => {
  for (const id of ['bptt', 'steps']) {
    const { runs, hold } = fileOf(id);
    const lines = json('claim', id, '--seeds', '1..30');
    assert.equal(lines.pop().hold, hold);
    for (const [i, { rows }] of lines.entries()) {
      const { measured, parts } = runs[i] ?? {};
      assert.deepEqual(
        (rows as Row[]).map((row) => row.measured),
        measured,
      );
      if (parts)
        assert.deepEqual(
          (rows as Row[]).map(({ series }) => series?.map(([, part]) => part) ?? null),
          parts,
        );
    }
  }
});

test('the docs say on how many seeds each claim holds', () => {
  const read = (path: string) => readFileSync(join(root, 'docs', path), 'utf8').replace(/\s+/g, ' ');
  for (const { id } of claims) {
    const { hold, of } = fileOf(id);
    const measured = read('measurements.md')
      .split('**Claim ')
      .find((part) => part.startsWith(`${id}**`));
    const course = read('course.md')
      .split('## Exhibit ')
      .find((part) => part.includes(`unroll claim ${id}`));
    // What is said to a class comes with the exhibit.
    const shown = existsSync(join(root, 'web/src/exhibits', id));
    const said = shown ? { measured, course, teachers: read(`teachers/${id}.md`) } : { measured };
    for (const [where, text] of Object.entries(said))
      assert.deepEqual(
        [...(text ?? '').matchAll(/(\d+) of (\d+) seeds/g)]
          .map(([said]) => said)
          .filter((said) => said.endsWith(' 30 seeds')),
        [`${hold} of ${of} seeds`],
        `${where}, ${id}`,
      );
  }
});
