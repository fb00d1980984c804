// The figure, its tracks and the inspector in Chromium: by mouse, by keyboard, by role and name.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { comes, type Site, shown, site } from './page/browser.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const inspector = (page: Page) => page.getByRole('region', { name: 'Inspector' });
const columns = (page: Page) => page.getByRole('group', { name: /^Steps of the network/ }).getByRole('button');
const path = (page: Page, name: string) => inspector(page).getByText(name).first().waitFor();
/** In the middle of a column's states: of a closed one there is nothing else at that height. */
async function stateOf(page: Page, step: number) {
  const box = await columns(page)
    .nth(step - 1)
    .boundingBox();
  assert.ok(box);
  return { x: box.x + box.width / 2, y: box.y + box.height * 0.45 };
}

test('pointing at a cell says what it is; a click opens its step and keeps it', async () => {
  const { page, errors } = await web.open('#rnn?at=50');
  await shown(page);
  const place = await stateOf(page, 2);
  await page.mouse.move(place.x, place.y);
  await path(page, 'rnn.2.h');
  await page.mouse.move(4, 4);
  await path(page, 'rnn.5.');
  await page.mouse.click(place.x, place.y);
  await page.waitForFunction(() => document.querySelectorAll('.column')[1]?.getAttribute('aria-pressed') === 'true');
  await page.mouse.move(4, 4);
  await path(page, 'rnn.2.h');
  assert.deepEqual(errors, []);
});

test('by keyboard: from step to step, from cell to cell', async () => {
  const { page } = await web.open('#rnn?at=50');
  await shown(page);
  const open = columns(page).and(page.locator('[aria-pressed=true]'));
  await open.focus();
  const first = await open.getAttribute('aria-label');
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction(
    (label) => document.querySelector('.column[aria-pressed=true]')?.getAttribute('aria-label') !== label,
    first,
  );
  await page.locator('.column[aria-pressed=true][aria-label^="Step 4, e, loss "]').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await inspector(page).getByRole('button', { name: 'Table' }).click();
  await comes(page, () => inspector(page).locator('tr[aria-current=true] th').innerText(), '3');
});

test('one dot product slowly: product by product, and the sum so far', async () => {
  const { page } = await web.open('#rnn?at=33&node=rnn.4.Wh_h&cell=4&view=value');
  await shown(page);
  const side = inspector(page);
  await side.getByText('8 of 8:').waitFor();
  await side.getByRole('button', { name: 'One product less' }).click();
  const partial = await side.getByText('7 of 8:').innerText();
  await side.getByRole('button', { name: 'One product more' }).click();
  const whole = await side.getByText('8 of 8:').innerText();
  assert.notEqual(partial.split(': ')[1], whole.split(': ')[1]);
  // what is spelled out adds up to what is shown
  const words = (await side.locator('.filled').first().innerText()).replaceAll('−', '-');
  const [terms = '', result = ''] = words.split('≈');
  const sum = terms
    .replaceAll(/([+-]) /g, '$1')
    .trim()
    .split(/\s+/)
    .reduce((total, term) => total + Number(term), 0);
  assert.ok(Math.abs(sum - Number.parseFloat(result)) < 0.0051, words);
});

test('the tracks are sliders: arrows step, the ends are the ends', async () => {
  const { page } = await web.open('#rnn?at=33');
  await shown(page);
  const operation = page.getByRole('slider', { name: 'Operation' });
  await operation.focus();
  await page.keyboard.press('ArrowRight');
  const now = (of: typeof operation) => () => of.getAttribute('aria-valuenow');
  await comes(page, now(operation), '34');
  await page.keyboard.press('End');
  await comes(page, now(operation), await operation.getAttribute('aria-valuemax'));
  await page.keyboard.press('Home');
  await comes(page, now(operation), '0');
  const token = page.getByRole('slider', { name: 'Token' });
  const box = await token.boundingBox();
  const column = await columns(page).nth(3).boundingBox();
  assert.ok(box && column);
  await page.mouse.click(column.x + column.width / 2, box.y + box.height / 2);
  await comes(page, now(token), '4');
});

test('the update is of the parameter that the figure names, and its lines are there', async () => {
  const { page } = await web.open('#rnn?tour=11');
  await shown(page);
  await path(page, 'W_h');
  const rows = inspector(page).locator('.lines tr');
  await rows.nth(3).waitFor();
  await rows
    .last()
    .filter({ hasText: /\d\.\d/ })
    .waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.network .chip')].some((chip) => chip.textContent === 'Wh'),
  );
});

test('folded there is one cell, and its loop', async () => {
  const { page } = await web.open('#rnn?at=50');
  await shown(page);
  await page.getByRole('button', { name: 'Fold' }).click();
  await page.getByRole('region', { name: /folded/ }).waitFor();
  await comes(page, () => columns(page).count(), 0);
});
