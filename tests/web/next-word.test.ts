// The views of exhibit 6 in the page: a name letter by letter with the core's numbers, the clocks forwards and back, a name of
// one's own, all texts and their sum, and what of it is in the address.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import type { CoreLike } from '../../wasm/bridge/corelike.ts';
import type { Study } from '../../wasm/bridge/protocol.ts';
import { contestants } from '../../web/src/exhibits/contest.ts';
import {
  authorOf,
  chainOf,
  contextsOf,
  endingsOf,
  guessOf,
  piecesOf,
  spellingOf,
  textsOf,
  trainedOf,
} from '../../web/src/exhibits/next-word/counted.ts';
import { atOf, endOf, NET, TWO, UPDATES } from '../../web/src/exhibits/next-word/lab.ts';
import { core } from '../wasm/modules.ts';
import { comes, go, numberOf, type Site, site } from './page/browser.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

let opened: Promise<CoreLike> | undefined;
/** One core for all that is asked here. */
const own = () => {
  opened ??= core();
  return opened;
};
async function studied(
  study: string,
  settings: Record<string, string>,
  inputs: Record<string, string>,
): Promise<Study> {
  const open = (await own()).study({ study, settings, inputs });
  while (!open.step().done);
  const found = open.read();
  open.free();
  return found;
}
const near = (a: number, b: number | undefined, digits: number) =>
  Math.abs(a - (b ?? Number.NaN)) <= 0.51 * 10 ** -digits;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
/** A row of the name's table, by its head; numbers, NaN for what is not there yet. */
const row = async (page: Page, place: number) =>
  (await page.locator('.nw-number').nth(place).locator('td:not(.nw-none)').allInnerTexts()).map((text) =>
    text === '' ? Number.NaN : numberOf(text),
  );

test('pieces: each is cut into its parts without a gap, and those that END closes are the probabilities', async () => {
  const study = await studied(
    'strings',
    { longest: '4', order: '2', smoothing: '1', further: '9' },
    { text: TWO.join('\n') },
  );
  const texts = textsOf(study, 4);
  const rows = piecesOf(texts);
  assert.equal(rows.length, 5);
  assert.equal(rows[4]?.filter(({ end }) => end).length, 16);
  const whole = [{ text: '', end: false, from: 0, to: 1 }];
  for (const [r, now] of rows.entries()) {
    for (const piece of r === 0 ? whole : (rows[r - 1] ?? []).filter(({ end }) => !end)) {
      const parts = now
        .filter(({ text, end }) => (end ? text : text.slice(0, -1)) === piece.text)
        .toSorted((a, b) => a.from - b.from);
      if (r === 4) parts.unshift({ ...piece, to: parts[0]?.from ?? 0 }); // those that go on are not cut any more
      assert.ok(parts.length === (r === 4 ? 2 : 3), piece.text);
      for (const [i, { from, to }] of parts.entries()) {
        assert.ok(Math.abs(from - (parts[i - 1]?.to ?? piece.from)) < 1e-12 && to > from, piece.text);
      }
      assert.ok(Math.abs((parts.at(-1)?.to ?? 0) - piece.to) < 1e-12);
      const closed = parts.find(({ end }) => end);
      assert.ok(
        Math.abs(
          (closed?.to ?? 0) - (closed?.from ?? 0) - (texts.probability[texts.index.get(piece.text) ?? -1] ?? 0),
        ) < 1e-12,
      );
    }
  }
});

test('operations: a mix for each length, a logarithm, an addition, letter after letter', () => {
  const of = { name: 'ab', seen: '1' };
  assert.equal(endOf(of), 12);
  const all = Array.from({ length: 13 }, (_, done) => atOf({ ...of, done: String(done) }));
  assert.equal(all[0], null);
  assert.deepEqual(
    all.slice(1, 6).map((at) => [at?.t, at?.what, at?.order]),
    [
      [0, 'mix', 1],
      [0, 'mix', 2],
      [0, 'log', 2],
      [0, 'add', 2],
      [1, 'mix', 1],
    ],
  );
  assert.deepEqual(atOf({ ...of, done: '' }), all[12]);
});

test('the chain of a name is the core’s, for any name, length of context and smoothing', async () => {
  const { page, errors } = await web.exhibit('next-word');
  await go(page, '#next-word?tour=4');
  for (const [name, seen, smoothing] of [
    ['amelia', 2, '12'],
    ['qwert', 5, '0.1'],
    ['mia', 0, '1000'],
  ] as const) {
    await go(page, `#next-word?panel=chain&lab=name:${name};seen:${seen};smoothing:${smoothing}`);
    const chain = chainOf(await studied('chain', { smoothing }, { name }), name);
    const at = (step: number) => chain.at(seen + 1, step);
    const right = (values: number[], of: Float64Array, digits: number) =>
      values.length === name.length + 1 && values.every((value, step) => near(value, of[at(step)], digits));
    await comes(page, async () => right(await row(page, 0), chain.chosen, 3), true, `${name}: p`);
    assert.ok(right(await row(page, 1), chain.logP, 2), 'ln p');
    assert.ok(right(await row(page, 2), chain.sum, 2), 'their sum');
    assert.ok(right(await row(page, 3), chain.perplexity, 1), 'perplexity');
    const lengths = await page
      .locator('.nw-lengths tbody tr')
      .evaluateAll((rows) => rows.map((one) => [...one.querySelectorAll('td')].map((cell) => cell.textContent ?? '')));
    for (const [k, cells] of lengths.slice(0, 6).entries()) {
      for (let step = 0; step <= name.length; step++)
        assert.ok(near(numberOf(cells[step] ?? ''), chain.logP[chain.at(k + 1, step)], 2), `${name} ${k} ${step}`);
      assert.ok(near(numberOf(cells.at(-1) ?? ''), chain.perplexity[chain.at(k + 1, name.length)], 1));
    }
  }
  assert.deepEqual(errors, []);
});

test('the clocks go by operation and by letter, forwards and back; a name of one’s own is read, and undone', async () => {
  const { page, errors } = await web.exhibit('next-word');
  await go(page, '#next-word?tour=1');
  const at = (text: string) => page.getByText(text, { exact: true }).first().waitFor();
  await at('5 of 35');
  await button(page, 'One letter on').click();
  await at('10 of 35');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  await at('13 of 35');
  await page.waitForFunction(() => location.hash.includes('done:13'));
  // what the operation says is what the row comes to
  const chain = chainOf(await studied('chain', { smoothing: '12' }, { name: 'amelia' }), 'amelia');
  const how = page.locator('.nw-how');
  await how.first().waitFor();
  const [n = 0, k = 0, shorter = 0, all = 0, , p = 0] = [...(await how.innerText()).matchAll(/[\d.]+/g)].map(([one]) =>
    Number(one),
  );
  assert.ok(near((n + k * shorter) / (all + k), p, 4) && near(p, chain.chosen[chain.at(3, 2)], 4));
  assert.equal(n, chain.row(3, 2).count[chain.came[2] ?? 0]);
  await comes(page, async () => (await row(page, 0)).filter((one) => !Number.isNaN(one)).length, 3);
  await comes(page, async () => (await row(page, 1)).filter((one) => !Number.isNaN(one)).length, 2);
  await page.keyboard.press('ArrowLeft');
  await at('12 of 35');
  await button(page, 'One letter back').click();
  await at('10 of 35');
  const name = page.getByRole('textbox', { name: 'A name' });
  await name.fill('toph2');
  await name.press('Enter');
  await page.getByText('Letters a to z, at most 12 of them.').waitFor();
  await name.fill('Toph');
  await name.press('Enter');
  await at('25 of 25');
  await page.waitForFunction(() => location.hash.includes('name:toph'));
  await page.locator('.nw-came td').first().getByText('t').waitFor();
  await name.blur();
  await page.keyboard.press('Control+z');
  await at('10 of 35');
  assert.deepEqual(errors, []);
});

test('all texts: what has ended and what goes on are 1, a piece is the sum of its parts, and is pressed', async () => {
  const { page, errors } = await web.exhibit('next-word');
  await go(page, '#next-word?tour=13');
  const texts = textsOf(
    await studied('strings', { longest: '5', order: '2', smoothing: '1', further: '40' }, { text: TWO.join('\n') }),
    5,
  );
  const list = page.getByRole('table', { name: /: 63$/ });
  await list.waitFor();
  const rows = await list
    .locator('tbody tr')
    .evaluateAll((all) => all.map((one) => [...one.children].map((cell) => cell.textContent ?? '')));
  assert.equal(rows.length, 63);
  for (const [text = '', p = ''] of rows) {
    const own = texts.probability[texts.index.get(text.replace(/\s*END$/, '')) ?? -1];
    assert.ok(near(numberOf(p), own, 5), `${text} ${p}`);
  }
  const [sum = 0, rest = 0] = (await list.locator('tfoot td').allInnerTexts()).map(numberOf);
  assert.ok(Math.abs(sum + rest - 1) < 2e-5);
  await button(page, 'One row back').click();
  await page.getByRole('table', { name: /: 31$/ }).waitFor();
  // a piece, from its table
  await page
    .getByRole('table', { name: /^The whole/ })
    .getByRole('button', { name: 'b', exact: true })
    .click();
  const piece = page.getByRole('table', { name: /^All that begins with “b”/ });
  await piece.waitFor();
  const parts = (await piece.locator('tbody tr td:last-child').allInnerTexts()).map(numberOf);
  assert.ok(
    near(
      parts.reduce((a, b) => a + b, 0),
      texts.reached[texts.index.get('b') ?? -1],
      4,
    ),
  );
  await page.waitForFunction(() => location.hash.includes('piece:b'));
  await button(page, 'Names').click();
  await comes(
    page,
    () =>
      page
        .locator('.nw-ends figcaption')
        .innerText()
        .then((said) => /Together 1\.000000/.test(said)),
    true,
  );
  assert.deepEqual(errors, []);
});

const rowsOf = (page: Page, name: RegExp) =>
  page
    .getByRole('table', { name })
    .locator('tbody tr')
    .evaluateAll((all) => all.map((one) => [...one.children].map((cell) => cell.textContent ?? '')));
const equal = (a: string | undefined, b: number | undefined, digits: number) => near(numberOf(a ?? ''), b, digits);

test('windows: what could be in them, was met and is new, beside the core’s; a net learns, and a letter is a row of its table', async () => {
  const { page, errors } = await web.exhibit('next-word');
  await go(page, '#next-word?panel=window');
  const contexts = contextsOf(await studied('contexts', { smoothing: '12' }, {}));
  await comes(page, async () => (await rowsOf(page, /^What a window shows/)).length, 6);
  for (const [k, [, possible, met, never, counted, unseen]] of (await rowsOf(page, /^What a window shows/)).entries()) {
    const whole = (text = '') => Number(text.replace(/\D/g, ''));
    assert.ok(whole(possible) === contexts.possible[k] && whole(met) === contexts.met[k], `${k}`);
    assert.ok(equal(never?.replace('%', ''), 100 * (contexts.never[k] ?? 0), 1));
    assert.ok(equal(counted, contexts.counted[k], 3) && equal(unseen, contexts.unseen[k], 3));
  }
  // the first look at the net, and the vector of a letter then
  const open = (await own()).study({ study: 'window', settings: { ...NET, updates: String(UPDATES) } });
  do open.step();
  while (trainedOf(open.read()).done < 2);
  const trained = trainedOf(open.read());
  open.free();
  await button(page, 'More updates').click();
  const said = page.locator('.nw-ends figcaption');
  await comes(
    page,
    () =>
      said
        .innerText()
        .then((text) => text.includes(`After 150 updates the net loses ${trained.unseen[1]?.toFixed(3)}`)),
    true,
  );
  const guess = (await own()).study({
    study: 'guess',
    settings: NET,
    inputs: { name: 'amelia', parameters: trained.parameters(1) },
  });
  while (!guess.step().done);
  const { embedding, letters } = guessOf(guess.read(), 'amelia', 1);
  guess.free();
  await page.getByRole('combobox', { name: /^Letter/ }).selectOption('q');
  const q = letters.indexOf('q');
  await comes(
    page,
    async () =>
      (await page.locator('.nw-cells tr[aria-current] td').allInnerTexts()).every((text, i) =>
        equal(text, embedding[q * 8 + i], 1),
      ),
    true,
  );
  await page.getByText(`1 in place ${q}, 0 in all others`, { exact: false }).waitFor();
  assert.deepEqual(errors, []);
});

test('uses: what was meant, how it ends and who wrote it, while one types, as the core says', async () => {
  const { page, errors } = await web.exhibit('next-word');
  await go(page, '#next-word?panel=uses&lab=seen:3');
  const of = { order: '4', smoothing: '12' };
  const type = (name: string, text: string) => page.getByRole('textbox', { name }).fill(text);
  const spelling = spellingOf(await studied('spelling', of, { typed: 'stephnie' }));
  await type('What was meant?', 'stephnie');
  await comes(page, async () => (await rowsOf(page, /words were weighed$/)).map(([meant]) => meant), spelling.meant);
  for (const [i, [, , , share]] of (await rowsOf(page, /words were weighed$/)).entries())
    assert.ok(equal(share, spelling.share[i], 3), `${i} ${share}`);
  const endings = endingsOf(await studied('endings', of, { beginning: 'kath' }), 'kath');
  await type('How does it end?', 'kath');
  await comes(
    page,
    async () => (await rowsOf(page, /^After “kath”/)).map(([text, p]) => [text, p]),
    endings.texts.map((text, i) => [`${text} END`, endings.p[i]?.toFixed(3)]),
  );
  (await own()).bring('moby-dick', readFileSync('models/corpora/moby-dick.txt'));
  const author = authorOf(await studied('author', of, { word: 'whale' }));
  await type('Who wrote it?', 'whale');
  await comes(page, async () => (await rowsOf(page, /^Rather Moby-Dick/)).length, 6);
  for (const [step, [, names, novel]] of (await rowsOf(page, /^Rather Moby-Dick/)).entries())
    assert.ok(equal(names, author.logP[step], 2) && equal(novel, author.logP[6 + step], 2), `${step}`);
  await type('Who wrote it?', 'kaitlyn');
  await page.getByRole('table', { name: 'Rather names' }).waitFor();
  await type('Who wrote it?', 'Mr 7');
  await page.getByText('Letters a to z, at most 12 of them.').waitFor();
  assert.deepEqual(errors, []);
});

test('the race: four nets on the same names, each as it would be by itself', async () => {
  const { page, errors } = await web.exhibit('next-word');
  await go(page, '#next-word?panel=race');
  await page.getByText(/^After 0 updates/).waitFor();
  await button(page, '50 updates').click();
  await page.getByText(/^After 50 updates/).waitFor();
  await comes(page, async () => (await rowsOf(page, /^Loss on new names/)).length, 2);
  const [start = [], then = []] = (await rowsOf(page, /^Loss on new names/)).map((cells) => cells.map(numberOf));
  assert.deepEqual([start[0], then[0]], [0, 50]);
  for (const lane of [1, 2, 3, 4]) assert.ok((then[lane] ?? 9) < (start[lane] ?? 0) - 0.3, `${lane}`);
  const run = (await own()).create(contestants[1]?.settings ?? {}, null);
  for (let i = 0; i < 50; i++) run.step();
  assert.ok(near(then[2] ?? 0, run.evaluate(true).loss, 3));
  run.free();
  assert.deepEqual(errors, []);
});
