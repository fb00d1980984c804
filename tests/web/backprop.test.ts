// The views of exhibit 3 in the page: its clocks, its numbers beside the core's, a net that is drawn by hand and by keyboard,
// what is refused, and the four kinds of answers.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { exhibit } from '../../web/src/exhibits/backprop/exhibit.ts';
import { core } from '../wasm/modules.ts';
import { comes, go, numberOf, type Site, shown, site } from './page/browser.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const at = (page: Page, moment: number, end = 19) => page.getByText(`${moment} of ${end}`, { exact: true }).waitFor();
const checked = (page: Page, count: number) => page.getByText(`${count} derivatives checked`).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('the clocks go by buttons, slider and keys, by units and by points; the address follows', async () => {
  const { page, errors } = await web.open('#backprop?tour=1');
  await shown(page);
  await at(page, 0);
  await button(page, 'One operation on').click();
  await at(page, 1);
  for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await at(page, 3);
  await page.keyboard.press('ArrowLeft');
  await at(page, 2);
  await button(page, 'One unit on').click();
  await at(page, 4);
  await button(page, 'One unit back').click();
  const slider = page.getByRole('slider', { name: 'Operations done' });
  await slider.fill('16');
  await at(page, 16);
  await page.waitForFunction(() => location.hash.includes('at:delta.2'));
  await page.getByText('3 of 5', { exact: true }).waitFor();
  await slider.blur();
  await button(page, 'The next student').click();
  await page.getByText('6 of 8', { exact: true }).waitFor();
  await button(page, '2: failed').click();
  await page.waitForFunction(() => location.hash.includes('point:2'));
  assert.deepEqual(errors, []);
});

test('every δ and derivative is the core’s, a difference stands beside it, and a batch is the sum of its points', async () => {
  const run = (await core()).create({ ...exhibit.settings, model: 'mlp', task: exhibit.task }, null);
  const { x, t, errors, derivatives, weights } = run.each();
  const n = 4;
  const walk = run.walk([...x[n]!, ...t[n]!].map((one) => Number(one.toPrecision(7))).join(' '));
  walk.to(2 * walk.schema.forward);
  const { backward, differences } = walk.derivatives();
  const { page, errors: failed } = await web.open('#backprop?tour=8');
  await shown(page);
  const table = page.getByRole('table', { name: 'Derivatives of unit 2' });
  const rows = await table
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((one) => one.textContent ?? '')));
  // the unit's δ, which is its bias' derivative, then bias and both wires
  assert.equal(rows.length, 4);
  for (const [i, w] of [5, 5, 3, 4].entries()) {
    const [back, apart] = rows[i]!.slice(2).map(numberOf) as [number, number];
    assert.ok(Math.abs(back - backward[w]!) < 1e-6, `${rows[i]} is ${backward[w]}`);
    assert.ok(Math.abs(apart - differences[w]!) < 1e-6);
  }
  const sums = await page.locator('.bp-points tfoot td').allInnerTexts();
  const total = (of: number[]) => of.reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(numberOf(sums[0]!) - total(errors)) < 1e-3);
  assert.ok(Math.abs(numberOf(sums[1]!) - total(errors.map((_, p) => derivatives[p * weights + 3]!))) < 1e-3);
  // trained, they are others, and still agree
  await button(page, 'One update forward').click();
  await comes(page, async () => (await page.locator('.bp-points tfoot td').first().innerText()) !== sums[0], true);
  await checked(page, 17);
  assert.deepEqual(failed, []);
});

test('a net is drawn by hand and by keyboard, what cannot be is refused with a sentence, and all can be undone', async () => {
  const { page, errors } = await web.open('#backprop?tour=11');
  await shown(page);
  await checked(page, 17);
  await button(page, 'Cut this wire').click(); // from x1 to unit 1
  await checked(page, 16);
  await button(page, 'Draw this wire').waitFor();
  await page.getByRole('combobox', { name: 'from' }).selectOption('unit 3');
  await button(page, 'Draw this wire').click();
  await page.getByText('No wire back').waitFor();
  await checked(page, 16);
  await button(page, 'A skip wire').click();
  await checked(page, 6 + 4 + 4);
  await button(page, 'Add a layer').focus();
  await page.keyboard.press('Enter');
  await checked(page, 6 + 4 + 2 + 2 * 3);
  await page.keyboard.press('Control+z');
  await checked(page, 14);
  await button(page, 'One layer').click();
  await checked(page, 17);
  // by hand: a wire from the first number of the student to an answer, then an empty place for a unit
  const board = page.locator('.bp-board');
  const circle = async (i: number) => {
    const box = await board.locator('circle').nth(i).boundingBox();
    assert.ok(box);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const [from, to] = [await circle(0), await circle(5)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, to.y);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
  await checked(page, 18);
  const [end, start] = [await circle(5), await circle(0)];
  await page.mouse.move(end.x, end.y);
  await page.mouse.down();
  await page.mouse.move((end.x + start.x) / 2, start.y);
  await page.mouse.move(start.x, start.y);
  await page.mouse.up();
  await page.getByText('No wire back').waitFor();
  const unit = await circle(2);
  await page.mouse.click(unit.x, unit.y - 60);
  await checked(page, 18 + 3 + 2);
  assert.deepEqual(errors, []);
});

test('the four kinds of answers each build their net, with the same rule; of numbers the noise is said', async () => {
  const { page, errors } = await web.open('#backprop?tour=12');
  await shown(page);
  await checked(page, 17);
  await button(page, 'Numbers').click();
  await page.getByText('1/(NK)').waitFor();
  await button(page, 'Yes or no').click();
  await checked(page, 13);
  await button(page, 'One of several').click();
  await checked(page, 21);
  await page.waitForFunction(() => location.hash.includes('softmax')); // else there is nowhere to go back from
  await go(page, '#backprop?tour=12');
  await checked(page, 17);
  assert.deepEqual(errors, []);
});
