// Exhibit 20 in the page: what its heads look at and what it guesses, beside the core's numbers; one head large; its size;
// its own guesses; the link.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
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
