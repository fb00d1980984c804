// Exhibit 1 in the page: what is seen beside what the core solves, points that are moved by hand and by keys and undone,
// the solve operation by operation, and the descent to the same weights.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { comes, go, numberOf, type Site, shown, site } from './page/browser.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

type Arrays = Record<string, number[]>;
function study(name: string, set: Record<string, string | number>): Arrays {
  const args = [
    'study',
    name,
    '--json',
    ...Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
  ];
  const lines = execFileSync('build/release/unroll', args, { encoding: 'utf8', maxBuffer: 1 << 26 })
    .trim()
    .split('\n');
  const arrays: Arrays = {};
  for (const line of lines) {
    const one = JSON.parse(line);
    if (one.array) arrays[one.array] = one.values;
  }
  return arrays;
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const point = (page: Page, n: number) => page.getByRole('button', { name: new RegExp(`^Point ${n}:`) });
const rows = (page: Page, caption: string) =>
  page
    .getByRole('table', { name: caption })
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((one) => one.textContent ?? '')));
const near = (text: string, value: number) =>
  assert.ok(Math.abs(numberOf(text) - value) <= 6e-4 * Math.max(1, Math.abs(value)), `${text} is ${value}`);

test('every number of the table and every coefficient is the core’s', async () => {
  const { page, errors } = await web.open('#curve?panel=fit&lab=m:5;side:table');
  await shown(page);
  const core = study('solve', { degree: 5 });
  const table = await rows(page, 'Every point');
  assert.equal(table.length, 10);
  for (const [i, row] of table.entries())
    for (const [k, name] of ['x', 't', 'y', 'off', 'square'].entries()) near(row[k + 1]!, core[name]![i]!);
  const w = await page.getByRole('region', { name: 'Coefficients' }).locator('dd').allInnerTexts();
  assert.equal(w.length, 7);
  for (const [j, value] of core.w!.entries()) near(w[j]!, value);
  near(w[6]!, Math.hypot(...core.w!));
  assert.deepEqual(errors, []);
});

test('a point is moved by keys and by hand, one is added and taken away, each is undone by itself, and a link keeps them', async () => {
  const { page, errors } = await web.open('#curve?tour=8');
  await shown(page);
  const first = await page.getByText(/^Half of all/).innerText();
  await point(page, 3).focus();
  await page.keyboard.press('ArrowUp');
  await comes(page, async () => (await page.getByText(/^Half of all/).innerText()) !== first, true);
  await point(page, 3).and(page.locator('[aria-label*="t 0.530"]')).waitFor();
  const box = await point(page, 5).boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  // where it is dragged to, its fit and the tape are drawn with it, in one go
  await page.evaluate(() => {
    const seen = { drawn: 0, alone: 0, moved: 0 };
    const { clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      seen.drawn++;
      clearRect.apply(this, box);
    };
    const observer = new MutationObserver((all) => {
      const [handle, fit] = ['.handle', '.fit'].map((what) => all.some((one) => (one.target as Element).matches(what)));
      if (!handle) return;
      seen.moved++;
      if (!fit || seen.drawn < seen.moved) seen.alone++;
    });
    observer.observe(document.querySelector('.curve-panel')!, { subtree: true, attributeFilter: ['style', 'd'] });
    Object.assign(globalThis, { seen });
  });
  const seen = () => page.evaluate(() => (globalThis as unknown as { seen: { moved: number; alone: number } }).seen);
  for (const [k, down] of [40, 50, 60].entries()) {
    await page.mouse.move(box.x + box.width / 2, box.y + down);
    await comes(page, async () => (await seen()).moved > k, true);
  }
  assert.equal((await seen()).alone, 0);
  await page.mouse.up();
  await comes(page, async () => (await point(page, 5).boundingBox())!.y > box.y + 10, true);
  const moved = await point(page, 5).getAttribute('aria-label');
  await button(page, 'Add a point').click();
  await point(page, 11).waitFor();
  await point(page, 11).focus();
  await page.keyboard.press('Delete');
  await point(page, 11).waitFor({ state: 'detached' });
  // another page, from the address
  const packed = (/x (\S+), t (\S+)/.exec(moved ?? '') ?? []).slice(1).map((one) => Math.round(1000 * numberOf(one)));
  await page.waitForFunction((own) => decodeURIComponent(location.hash).includes(own), packed.join('_'));
  const other = await web.open(new URL(page.url()).hash);
  await shown(other.page);
  assert.equal(await point(other.page, 5).getAttribute('aria-label'), moved);
  await web.put(other.page);
  for (const there of [11, 10]) {
    await page.keyboard.press('Control+z');
    await point(page, there).waitFor();
  }
  await point(page, 11).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await comes(page, async () => Math.round((await point(page, 5).boundingBox())!.y), Math.round(box.y));
  await page.keyboard.press('Control+z');
  await comes(page, () => page.getByText(/^Half of all/).innerText(), first);
  assert.deepEqual(errors, []);
});

test('the solve goes operation by operation, forwards and back, with the numbers of each', async () => {
  const { page, errors } = await web.open('#curve?tour=1');
  await shown(page);
  const core = study('solve', { degree: 3 });
  const doing = page.getByRole('region', { name: 'The last operation, with its numbers' });
  const scrub = page.getByRole('slider', { name: 'Operations done' });
  const at = (n: number) => comes(page, () => scrub.getAttribute('aria-valuetext'), `${n} of 54`);
  await at(0);
  await page.keyboard.press('ArrowRight');
  await at(1);
  assert.match(await doing.innerText(), /\(1\.0000, 0\.0000, 0\.0000, 0\.0000\)/);
  await scrub.fill('16'); // 10 rows, 4 reflections, Q^T t, then the last coefficient
  const last = (text: string) => text.split('=').at(-1)!.trim();
  await comes(page, async () => Math.abs(numberOf(last(await doing.innerText())) - core.w![3]!) < 1e-3, true);
  await scrub.fill('20'); // and y of the first point
  await comes(page, async () => Math.abs(numberOf(last(await doing.innerText())) - core.y![0]!) < 1e-3, true);
  await scrub.blur();
  await page.keyboard.press('ArrowLeft');
  await at(19);
  await comes(page, async () => Math.abs(numberOf(last(await doing.innerText())) - core.w![0]!) < 1e-3, true);
  // with a penalty the derivative has a term of it
  const lambda = Math.exp(-5);
  const dear = study('solve', { degree: 3, lambda });
  await go(page, '#curve?panel=fit&lab=m:3;l:-5;step:56'); // w_1 of the way back, after 54 forwards
  await comes(page, async () => (await doing.innerText()).startsWith('∂E/∂w1'), true);
  const [, times = '', w = ''] = /\+ (\S+) × (\S+) = \S+$/.exec(await doing.innerText()) ?? [];
  assert.ok(Math.abs(numberOf(times) - lambda) < 0.05 * lambda, times);
  assert.ok(Math.abs(numberOf(w.replace(/[()]/g, '')) - dear.w![1]!) < 1e-3, w);
  await go(page, '#curve?tour=6');
  await button(page, 'The next point').click();
  await page.getByText('7 of 10', { exact: true }).waitFor();
  assert.deepEqual(errors, []);
});

test('the descent ends at the weights of the solve, and each view shows what its study found', async () => {
  const { page, errors } = await web.open('#curve?tour=7');
  await shown(page);
  const slow = study('descend', { degree: 3 });
  const updates = page.getByRole('slider', { name: 'Updates of gradient descent' });
  await comes(page, () => updates.getAttribute('max'), String(slow.update!.length - 1));
  await updates.fill(String(slow.update!.length - 1));
  await page.locator('.curve-descent text').getByText('RMS 0.283').waitFor();
  await go(page, '#curve?tour=10');
  const all = study('curve', {});
  const ways = await rows(page, 'Two ways to the coefficients of M = 9, no penalty');
  for (const [j, [, qr, normal]] of ways.entries()) {
    near(qr!, all.w![90 + j]!);
    near(normal!, all.w_normal_equations![90 + j]!);
  }
  await go(page, '#curve?tour=14');
  const folds = study('validate', { degree: 3 });
  await comes(
    page,
    () => page.locator('.curve-folds figcaption').allInnerTexts(),
    folds.left_out!.slice(15, 20).map((one) => one.toFixed(2)),
  );
  await go(page, '#curve?tour=15');
  const net = study('wide', {});
  await comes(
    page,
    async () => (await rows(page, 'Points a weight, and the error on new points')).map((row) => row[3]),
    [all.test![3]!, all.test![9]!, net.test!.at(-1)!].map((one) => one.toFixed(2)),
  );
  assert.deepEqual(errors, []);
});
