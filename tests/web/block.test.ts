// Exhibit 18 in the page: a switch thrown while it trains, its record and its undo; every head, the mask told twice and the
// gradient by depth beside the core's numbers.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { comes, go, numberOf, type Site, shown, site } from './page/browser.ts';
import { trainN, until } from './page/run.ts';
import { PROGRAM, trace } from './page/trace.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const part = (page: Page, name: string) => page.locator('.figure-bar').getByRole('switch', { name, exact: true });
const table = (page: Page, name: string) =>
  page
    .getByRole('table', { name })
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
    );

test('a switch is thrown while it trains: another graph over the same weights, told on the curve, in the link and by undo', async () => {
  const { page, errors } = await web.exhibit('block');
  await go(page, '#block?tour=7');
  const path = page.locator('.path').getByText('blocks.1.mid').first();
  await path.waitFor();
  await trainN(page, 20);
  await until(page, 20);
  await part(page, 'Residual').click();
  // the sum is gone; one stands at the operation before it
  await page.locator('.path').getByText('blocks.1.attended').first().waitFor();
  assert.equal(await part(page, 'Residual').getAttribute('aria-checked'), 'false');
  await page.locator('.curves .thrown[data-at="20"]').waitFor({ state: 'attached' });
  await page.getByRole('img', { name: 'At update 20: Residual: off.' }).waitFor();
  await trainN(page, 10);
  await until(page, 30);
  await page.waitForFunction(() => /log=[^&]*residual/.test(location.hash) && /update=30/.test(location.hash));
  const samples = page.getByRole('region', { name: 'Samples', exact: true });
  const read = async () => (await samples.innerText()).replace(/\s+/g, ' ');
  await comes(page, async () => /at 30/.test(await read()), true);
  const there = await read();
  const link = await page.evaluate(() => location.hash);
  // back before it was thrown, the sum is there again; and by the link it comes out the same
  await page.getByRole('slider', { name: 'Update' }).press('Home');
  await comes(page, () => part(page, 'Residual').getAttribute('aria-checked'), 'true');
  await go(page, '#block?tour=1');
  await go(page, link);
  await until(page, 30);
  await comes(page, read, there);
  assert.equal(await part(page, 'Residual').getAttribute('aria-checked'), 'false');
  assert.deepEqual(errors, []);
});

test('every head of every block is the core’s, and so is the mask, told twice', async () => {
  const { page, errors } = await web.exhibit('block');
  const traced = new Map(trace('names-block', 'zuko').map((one) => [one.path, one.value]));
  await go(page, '#block?panel=heads&lab=block:2;head:1;row:5');
  const large = page.getByRole('table', { name: /Head 1 of block 2/ });
  await large.waitFor();
  const a = traced.get('blocks.2.head1.a') ?? [];
  const cells = await large
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')));
  cells.forEach((row, i) => {
    row.forEach((text, j) => {
      if (j > i) assert.equal(text, '');
      else assert.ok(Math.abs(numberOf(text) - (a[i * 5 + j] ?? 9)) < 0.006, `${i} ${j}: ${text}`);
    });
  });
  await page.getByRole('button', { name: /^Head 2 of block 1: o looks most/ }).click();
  await page.getByRole('table', { name: /Head 2 of block 1/ }).waitFor();
  await page.waitForFunction(() => /head:2/.test(location.hash) && /block:1/.test(location.hash));

  // scores, and what the mask makes of them; then what comes next
  await go(page, '#block?tour=4');
  const masked = traced.get('blocks.1.head1.masked') ?? [];
  const scores = page.getByRole('table', { name: /Scores of head 1 of block 1/ }).locator('tbody td');
  await comes(
    page,
    async () => (await scores.allInnerTexts()).map((text) => (text === '−∞' ? text : numberOf(text).toFixed(2))),
    masked.map((v) => (Number.isFinite(v) ? v.toFixed(2) : '−∞')),
  );
  await go(page, '#block?tour=10');
  const right = page.getByRole('table', { name: 'The likeliest, and what really comes' }).locator('tr.best');
  const p = traced.get('y_hat')?.[3 * 28 + 16] ?? 9;
  await comes(page, async () => (await right.innerText()).replace(/\s+/g, ' '), `o ${p.toFixed(3).slice(1)} comes`);

  await go(page, '#block?panel=mask&lab=block:1;head:2;row:4');
  await page.getByText('Of all 25 weights of this head none differs by a bit.').waitFor();
  const own = traced.get('blocks.1.head2.a')?.slice(15, 20) ?? [];
  const shownAs = (name: string) =>
    page
      .locator(`[data-${name}]`)
      .evaluateAll((all, name) => all.map((cell) => Number(cell.getAttribute(`data-${name}`))), name);
  for (const name of ['weight', 'smaller']) {
    const values = await shownAs(name);
    values.forEach((value, i) => {
      assert.ok(Math.abs(value - (own[i] ?? 9)) < 1e-6, `${name} ${i}`);
    });
    assert.equal(values[4], 0);
  }
  await page.getByText('−∞').waitFor();
  assert.deepEqual(errors, []);
});

test('the gradient by depth is what the study measures', async () => {
  const { page, errors } = await web.exhibit('block');
  await go(page, '#block?panel=depth');
  const name = 'Size of the gradient that comes to each block, after 0 updates';
  await page.getByRole('table', { name }).waitFor({ state: 'attached', timeout: 60_000 });
  const rows = await table(page, name);
  const lines = execFileSync(PROGRAM, ['study', 'by_depth', '--json'], { encoding: 'utf8' }).trim().split('\n');
  const { values } = lines.map((line) => JSON.parse(line)).find(({ array }) => array === 'size');
  assert.equal(rows.length, 5);
  rows.forEach((row, v) => {
    row.slice(1).forEach((text, b) => {
      const value = values[v * 13 + b];
      const told = text.includes('·10')
        ? Number(
            text.replace(
              /·10(.+)/,
              (_, power: string) => `e${[...power].map((c) => (c === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))).join('')}`,
            ),
          )
        : numberOf(text);
      assert.ok(Math.abs(told - value) <= 0.06 * Math.abs(value) + 1e-4, `${row[0]} at ${b + 1}: ${text}, ${value}`);
    });
  });
  assert.deepEqual(errors, []);
});

test('what is read is typed, and twelve blocks have a page each', async () => {
  const { page, errors } = await web.exhibit('block');
  await go(page, '#block?set=num_blocks:3&text=anna');
  await shown(page);
  await page
    .locator('.network')
    .getByRole('button', { name: /block 3/ })
    .first()
    .waitFor({ state: 'attached' });
  assert.deepEqual(errors, []);
});
