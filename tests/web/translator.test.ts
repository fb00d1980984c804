// Exhibit 20 in the page: what its heads look at and what it guesses, beside the core's numbers; one head large; its size,
// and a net of another one tried; its own guesses; the link; the search with what is looked at; three nets on one sentence.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { comes, go, numberOf, type Site, shown, site } from './page/browser.ts';
import { type Traced, trace } from './page/trace.ts';

const [SOURCE, TARGET] = ['4 7 7 days ago', 'siku 4 7 7 zilizopita'];
let web: Site;
let traced: Traced[];
before(async () => {
  web = await site();
  traced = trace('phrases-transformer', SOURCE, ['--target', TARGET]);
});
after(() => web?.close());

const spaced = async (of: Locator) => (await of.innerText()).replace(/\s/g, ' ');
const value = (path: string) => traced.find((node) => node.path === path)?.value ?? [];

test('the figure’s table has the core’s weights and probabilities, heads side by side too, and its size', async () => {
  const { page, errors } = await web.open('#translator?tour=10');
  await shown(page);
  const table = page.locator('.network table').first();
  const row = async (i: number) =>
    (await table.locator('tbody tr').nth(i).locator('td').allInnerTexts()).slice(1).map(numberOf);
  const [one, two] = [value('decoder.1.cross.head1.a'), value('decoder.1.cross.head2.a')];
  const mean = (i: number, j: number) => ((one[i * 5 + j] ?? 0) + (two[i * 5 + j] ?? 0)) / 2;
  const guess = value('y_hat');
  const V = guess.length / 6;
  for (const i of [0, 4]) {
    const right = Math.max(...guess.slice(i * V, (i + 1) * V)); // what it is led by is what it would write
    const wanted = [...[0, 1, 2, 3, 4].map((j) => mean(i, j)), right].map((v) => v.toFixed(3));
    await comes(page, async () => (await row(i)).map((v) => v.toFixed(3)), wanted, `row ${i + 1}`);
  }

  // the likeliest of the row that is read, and what comes
  const likeliest = page.getByRole('table', { name: 'The likeliest, and what really comes' }).locator('tbody tr');
  const row5 = [...guess.slice(4 * V, 5 * V)].sort((a, b) => b - a);
  await comes(
    page,
    async () => (await likeliest.locator('td.num').allInnerTexts()).map((text) => Number(text).toFixed(3)),
    row5.slice(0, 6).map((p) => p.toFixed(3)),
  );
  assert.equal(
    (await likeliest.filter({ hasText: 'comes' }).innerText()).replace(/\s+/g, ' '),
    'zilizopita .996 comes',
  );

  // the middle clock reads the source word by word, and then what is written
  const clock = page.getByRole('slider', { name: 'Token' });
  await page.getByRole('slider', { name: 'Operation' }).press('Home');
  for (const [at, word] of [
    [1, '4'],
    [2, '7'],
  ] as const) {
    await page.getByRole('button', { name: 'One token forward' }).click();
    await comes(page, () => clock.getAttribute('aria-valuenow'), String(at));
    assert.match((await clock.getAttribute('aria-valuetext')) ?? '', new RegExp(`${word}$`));
  }
  await clock.press('End');
  await comes(page, () => clock.getAttribute('aria-valuenow'), '11');

  // a head large, its row by the word
  await go(page, '#translator?tour=11');
  const heads = page.getByRole('group', { name: 'Every head of every block' });
  await heads.getByRole('button', { name: /^Head 1/ }).click();
  await page.getByRole('button', { name: 'siku', exact: true }).click();
  const large = page.locator('.head-large tbody tr.now td');
  await comes(
    page,
    async () => (await large.allInnerTexts()).map((text) => Number(text)),
    [0, 1, 2, 3, 4].map((j) => Number((one[j] ?? 0).toFixed(2))),
    'head 1, first row',
  );
  await page.waitForFunction(() => /head:1/.test(location.hash) && /row:1/.test(location.hash));

  // its size: as the core counts, and as in the paper
  await go(page, '#translator?panel=size');
  const sum = page.locator('.translator-parts .sum td').first();
  await comes(page, async () => (await sum.innerText()).replace(/\D/g, ''), '8572');
  await page.getByRole('slider', { name: 'Blocks in each half, N' }).fill('2');
  // 2 224 numbers in a block of the encoder, 3 344 in one of the decoder
  await comes(page, async () => (await sum.innerText()).replace(/\D/g, ''), String(8572 + 2224 + 3344));

  // a net of that size is built beside this one and does an update, or is refused with the bytes that it needs
  const built = page.locator('.translator-built');
  await page.getByRole('button', { name: 'Build it' }).click();
  await comes(page, async () => /^Built, untrained: 14 140 parameters in /.test(await spaced(built)), true);
  assert.match(await spaced(built), /One update of one phrase took \d\.\d\d s, loss \d\.\d\d\. This page took \d/);
  assert.equal(await page.getByRole('button', { name: 'Build it' }).isDisabled(), true);
  await go(page, '#translator?panel=size&lab=blocks:12;d:1024');
  await comes(page, () => built.innerText(), '');
  await page.getByRole('button', { name: 'Build it' }).click();
  await comes(
    page,
    () => spaced(built),
    'It does not fit: the set of parameters needs 962.0 MB, more than the limit of 256.0 MB; make it smaller.',
  );
  await page.getByRole('button', { name: 'As in the paper' }).click();
  await comes(page, async () => (await sum.innerText()).replace(/\D/g, ''), '44232764');
  assert.deepEqual(errors, []);
});

/** A table by its caption, a list a row. */
const rowsOf = (page: Page, caption: string | RegExp) =>
  page
    .getByRole('table', { name: caption })
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));

test('the search grows word by word, forwards and back, with what the heads look at for the beginning pointed at', async () => {
  const { page, errors } = await web.open('#translator?text=minutes+ago&panel=search&lab=width:3;step:0');
  await shown(page);
  const tree = () => rowsOf(page, 'All that the search looked at');
  const looks = async () =>
    (await rowsOf(page, /^Where the heads look as/)).slice(0, 2).map(([, ...cells]) => cells.map(Number));
  await page.getByText('Nothing is written yet. The clock goes word by word.').waitFor();
  assert.deepEqual(await tree(), []);
  const on = page.getByRole('button', { name: 'One word on' });
  for (const [step, rows] of [
    [1, 3],
    [2, 12],
    [3, 21],
  ] as const) {
    await on.click();
    await comes(page, async () => (await tree()).length, rows, `step ${step}`);
    const cut = (await tree()).filter(([, at, , , , fate]) => Number(at) === step && fate?.startsWith('cut')).length;
    await page.getByText(new RegExp(`^Word ${step}: .* ${cut} cut\\.$`)).waitFor();
  }
  // of the likeliest, of one that is pressed, and of one that is pointed at: as the core has it when led there
  const heads = (target: string, row = target.split(' ').length - 1) => {
    const led = trace('phrases-transformer', 'minutes ago', ['--target', target]);
    return [1, 2].map((head) =>
      (led.find(({ path }) => path === `decoder.1.cross.head${head}.a`)?.value ?? [])
        .slice(2 * row, 2 * row + 2)
        .map((weight) => Number(weight.toFixed(2))),
    );
  };
  await comes(page, looks, heads('dakika 2 zilizopita'), 'the likeliest');
  const leaf = (name: RegExp) =>
    page.getByRole('group', { name: 'All that the search looked at' }).getByRole('button', { name });
  await leaf(/^dakika zilizopita end,/).click();
  await comes(page, looks, heads('dakika zilizopita', 2), 'pressed');
  await page.waitForFunction(() => /step:3/.test(location.hash) && /node:\d+/.test(location.hash));
  await leaf(/^siku,/).hover();
  await comes(page, looks, heads('siku'), 'pointed at');
  // back, and with another width, which can be undone
  await page.getByRole('button', { name: 'One word back' }).click();
  await comes(page, async () => (await tree()).length, 12);
  await page.getByRole('group', { name: 'Width' }).getByRole('button', { name: '1', exact: true }).click();
  await comes(page, async () => (await tree()).length, 2);
  await page.keyboard.press('Control+z');
  await comes(page, async () => (await tree()).length, 12);
  assert.deepEqual(errors, []);
});

test('three shipped nets write the same sentence, each as the core has it; another sentence changes all three', async () => {
  const { page, errors } = await web.open('#translator?text=3+0+4+days+ago&panel=three');
  await shown(page);
  const net = (name: string) => page.getByRole('region', { name, exact: true });
  const written = async (name: string) => (await net(name).locator('p').innerText()).replace(/\s+/g, ' ');
  await comes(page, () => written('One vector'), 'siku 7 5 3 zilizopita not right');
  assert.equal(await written('Attention'), 'siku 3 0 4 zilizopita right');
  assert.equal(await written('Transformer'), 'siku 3 0 4 zilizopita right');
  const tops = await Promise.all(
    ['One vector', 'Attention', 'Transformer'].map(async (name) => (await net(name).boundingBox())?.y),
  );
  assert.equal(new Set(tops).size, 1, 'side by side');
  const led = trace('phrases-transformer', '3 0 4 days ago', ['--guess']);
  const of = (path: string) => led.find((node) => node.path === path)?.value ?? [];
  const [one, two, guess] = [of('decoder.1.cross.head1.a'), of('decoder.1.cross.head2.a'), of('y_hat')];
  const V = guess.length / 6;
  const rows = await rowsOf(page, /^Transformer: /);
  for (const [i, [, p, ...looks]] of rows.entries()) {
    assert.equal(p, Math.max(...guess.slice(i * V, (i + 1) * V)).toFixed(2));
    const mean = [0, 1, 2, 3, 4].map((j) => ((one[5 * i + j] ?? 0) + (two[5 * i + j] ?? 0)) / 2);
    assert.deepEqual(
      looks.map(Number),
      mean.map((weight) => Number(weight.toFixed(2))),
    );
  }
  // paths: the recurrent nets' grow with the sentence, the Transformer's does not
  const counted = async (name: string) =>
    ((await rowsOf(page, 'What is counted of each net')).find(([row]) => row === name) ?? [])
      .slice(1)
      .map((text) => Number(text.replace(/\D/g, '')));
  const [longest, shortest] = [
    await counted('Longest path, in operations'),
    await counted('First word read to last written'),
  ];
  assert.deepEqual(await counted('Parameters'), [13372, 15292, 8572]);
  const reading = page.locator('[data-control=reading]').getByRole('textbox');
  await reading.fill('8 minutes');
  await reading.press('Enter');
  await comes(page, () => written('Transformer'), 'dakika 8 right');
  const fewer = await counted('Longest path, in operations');
  assert.ok((fewer[0] ?? 0) < (longest[0] ?? 0) && (fewer[1] ?? 0) < (longest[1] ?? 0));
  assert.equal(fewer[2], longest[2]);
  assert.ok(((await counted('First word read to last written'))[0] ?? 0) < (shortest[0] ?? 0));
  await reading.blur(); // its own keys are over
  await page.keyboard.press('Control+z');
  await comes(page, () => written('Transformer'), 'siku 3 0 4 zilizopita right');
  assert.deepEqual(errors, []);
});

test('led by its own guesses it writes the phrase; another phrase is another figure, and the link has it', async () => {
  const { page, errors } = await web.open('#translator?tour=10');
  await shown(page);
  await page.getByRole('button', { name: 'Own guess', exact: true }).click();
  const words = async () =>
    (await page.locator('.network table').first().locator('tbody th').allInnerTexts()).map((text) =>
      text.replace(/^\d+ /, ''),
    );
  await comes(page, words, [...TARGET.split(' '), 'end']);
  const reading = page.locator('[data-control=reading]').getByRole('textbox');
  await reading.fill('3 2 minutes ago');
  await reading.press('Enter');
  await comes(page, words, ['dakika', '3', '2', 'zilizopita', 'end']);
  await page.waitForFunction(() => /3(\+|%20)2(\+|%20)minutes/.test(location.hash));
  const link = page.url().split('#')[1] as string;
  await go(page, '#translator?tour=1');
  await go(page, `#${link}`);
  await comes(page, words, ['dakika', '3', '2', 'zilizopita', 'end']);
  assert.deepEqual(errors, []);
});
