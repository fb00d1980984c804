// Exhibit 17 in the page: its numbers beside the core's, every way of telling a place, the clock by buttons and keys, a
// sentence of one's own, the link.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { comes, go, numberOf, type Site, seeded, shown, site } from './page/browser.ts';
import { PROGRAM } from './page/trace.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

/** Arrays of the study, by name. */
function study(...sets: string[]): Record<string, number[]> {
  const options = sets.flatMap((set) => ['--set', set]);
  const lines = execFileSync(PROGRAM, ['study', 'positions', ...options, '--json'], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const arrays = lines.map((line) => JSON.parse(line)).filter((line) => 'array' in line);
  return Object.fromEntries(arrays.map(({ array, values }) => [array, values]));
}

/** The table of the present word: a row a column, cells as numbers; NaN where it is not there yet. */
const numbers = async (page: Page): Promise<number[][]> =>
  (
    await page
      .locator('.pos-tables table')
      .first()
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')))
  ).map((row) => row.map(numberOf));

test('what a word is, where it stands and both are the core’s numbers, in every way of telling a place', async () => {
  const { page, errors } = await web.open('#positions?tour=1');
  await shown(page);
  const random = seeded(17);
  for (const [kind, from, start, ...sets] of [
    ['added', '1', '0'],
    ['added', '0', '9', 'count_from=0', 'start=9'],
    ['concatenated', '1', '3', 'positions_join=concatenated', 'start=3'],
    ['learned', '1', '2', 'positions=learned', 'start=2'],
    ['none', '1', '0', 'positions=none'],
  ] as const) {
    const core = study(...sets);
    const word = random(5);
    const parts = kind === 'concatenated' ? 64 : 32;
    const done = (word + 1) * parts;
    const lab = `kind:${kind};from:${from};start:${start};done:${done};side:table;row:6`;
    await go(page, `#positions?lab=${lab}`);
    const close = (a: number | undefined, b: number | undefined) => Math.abs((a ?? Number.NaN) - (b ?? 0)) < 6e-4;
    await comes(
      page,
      async () => {
        const rows = await numbers(page);
        return (
          rows.length === 32 &&
          rows.every(([x, p, both, row], c) => {
            const sum = core.sum?.[word * parts + c];
            const said = kind === 'concatenated' ? true : close(both, sum);
            const place = kind === 'none' || (close(p, core.at?.[word * 32 + c]) && close(row, core.p?.[5 * 32 + c]));
            return close(x, core.x?.[word * 32 + c]) && place && said;
          })
        );
      },
      true,
      `${kind}, word ${word + 1}`,
    );
  }
  // how alike two places are, by distance
  await go(page, '#positions?lab=side:table');
  const dots = study().dot ?? [];
  const row = page.locator('.pos-tables table').nth(1).locator('tbody tr').nth(7).locator('td');
  await comes(
    page,
    async () => (await row.allInnerTexts()).map((text) => Math.abs(numberOf(text) - (dots[7] ?? 0)) < 6e-4),
    [true, true, true],
  );
  assert.deepEqual(errors, []);
});

test('the sum goes cell by cell by button, slider and keys; the address follows, and another sentence begins anew', async () => {
  const { page, errors } = await web.open('#positions?tour=2');
  await shown(page);
  const at = (done: number, end = 160) => page.getByText(`${done} of ${end}`, { exact: true }).waitFor();
  await at(0);
  await page.getByRole('button', { name: 'One cell on' }).click();
  await at(1);
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
  await at(2);
  // the second number of the first word, spelled out
  const core = study();
  const sum = page.getByRole('region', { name: 'The sum, cell by cell' });
  await sum.getByText('Zuko: 2 of 32').waitFor();
  assert.ok(
    Math.abs(numberOf((await sum.locator('b.num, p b').last().innerText()).replace('= ', '')) - (core.sum?.[1] ?? 0)) <
      6e-4,
  );
  await page.getByRole('button', { name: 'Next word' }).click();
  await at(32);
  await page.getByRole('slider', { name: 'Cells of the sum that are done' }).fill('99');
  await at(99);
  await page.waitForFunction(() => /done:99/.test(location.hash) && /row:4/.test(location.hash));
  await page.getByRole('slider', { name: 'Column' }).fill('11');
  await page.getByRole('heading', { name: 'Place 4, column 11' }).waitFor();
  const text = page.getByRole('textbox', { name: 'Sentence' });
  await text.fill('a b c d e f g h i');
  await text.press('Enter');
  await page.getByText('These are 9 words; 8 have room.').waitFor();
  await text.fill('no tea');
  await text.press('Enter');
  await at(0, 64);
  await page.waitForFunction(() => /text:no(\+|%2B)tea/.test(location.hash));
  assert.deepEqual(errors, []);
});

test('three nets learn which came first; the count is thrown on the way, joined otherwise, and a link brings it back', async () => {
  const { page, errors } = await web.open('#positions?tour=11');
  await shown(page);
  /** Shares right, of texts as long as in training and then by length, one of each net. */
  const table = page.getByRole('table', { name: 'Right by length, at this update' });
  const update = () => table.getAttribute('data-update');
  const shares = () => table.locator('td').allInnerTexts();
  await comes(page, update, '0');
  assert.equal((await shares()).length, 30);
  await page.getByRole('button', { name: '200 updates' }).click();
  await comes(page, update, '200');
  await page.waitForFunction(() => location.hash.includes('at:200'));
  const anywhere = page.getByRole('switch', { name: 'Count from anywhere' });
  await anywhere.click();
  await comes(page, () => anywhere.getAttribute('aria-checked'), 'true');
  await page.waitForFunction(() => location.hash.includes('thrown:200'));
  await page.getByRole('button', { name: 'Concatenate' }).click();
  await comes(page, update, '0');
  assert.equal(await anywhere.getAttribute('aria-checked'), 'true', 'another race, counted as this one');
  // a link trains to its update, thrown on the way; the same again, and others where nothing was thrown
  const seen: string[][] = [];
  for (const thrown of ['thrown:8;', '', 'thrown:8;']) {
    await go(page, `#positions?panel=order&lab=${thrown}at:16`);
    await comes(page, () => anywhere.getAttribute('aria-checked'), String(thrown !== ''));
    await comes(page, update, '16');
    seen.push(await shares());
  }
  assert.deepEqual(seen[0], seen[2]);
  assert.notDeepEqual(seen[0], seen[1]);
  await page.getByText('from anywhere', { exact: true }).waitFor();
  assert.deepEqual(errors, []);
});
