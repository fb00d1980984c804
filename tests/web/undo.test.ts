// Undo and Redo in the browser: exact to the numbers on screen, said, by button and by key.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { comes, eventually, type Site, shown, site } from './page/browser.ts';
import { trainN, values } from './page/run.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const slider = (page: Page) => page.getByRole('slider', { name: 'Update' });
const said = async (page: Page, words: string) => page.getByRole('status').filter({ hasText: words }).first().waitFor();
test('100 updates and a held gate: undone one by one, redone one by one, every number as it was', async () => {
  const { page, errors } = await web.open('#lstm?at=60');
  await shown(page);
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  const redo = page.getByRole('button', { name: 'Redo', exact: true });
  assert.deepEqual([await undo.isDisabled(), await redo.isDisabled()], [true, true]);
  const start = await values(page, 0);
  await trainN(page, 100);
  const trained = await values(page, 100);
  assert.notEqual(trained, start);
  const hold = page.getByLabel('Hold a gate', { exact: true });
  await hold.selectOption('f held at 0');
  await page.waitForFunction(() => location.hash.includes('100:hold_f:0'));
  const held = await eventually(
    page,
    () => values(page, 100),
    (now) => now !== trained,
  );
  assert.notEqual(held, trained);

  assert.equal(await undo.getAttribute('title'), 'Undo: gate f held at 0');
  await undo.click();
  await said(page, 'Undone: gate f held at 0.');
  await page.waitForFunction(() => !location.hash.includes('hold_f'));
  await comes(page, () => values(page, 100), trained);
  await comes(page, () => hold.inputValue(), '');
  await undo.click();
  await said(page, 'Undone: 100 updates.');
  await comes(page, () => values(page, 0), start);
  await comes(page, () => slider(page).getAttribute('aria-valuemax'), '0');

  await page.keyboard.press('Control+Shift+Z');
  await said(page, 'Redone: 100 updates.');
  await comes(page, () => values(page, 100), trained);
  await page.keyboard.press('Control+y');
  await said(page, 'Redone: gate f held at 0.');
  await page.waitForFunction(() => location.hash.includes('100:hold_f:0'));
  await comes(page, () => values(page, 100), held);
  await comes(page, async () => [await undo.isDisabled(), await redo.isDisabled()], [false, true]);
  assert.deepEqual(errors, []);
});

test('a text and another network come back with the place where one stood', async () => {
  const { page } = await web.open('#lstm?at=60');
  await shown(page);
  const reading = page.getByLabel('Name to read');
  const at = async () => Number(await page.getByRole('slider', { name: 'Operation' }).getAttribute('aria-valuenow'));
  await reading.fill('jo');
  await reading.press('Enter');
  await page.waitForFunction(() => location.hash.includes('text=jo'));
  const there = await at();
  await page.getByRole('button', { name: 'GRU', exact: true }).click();
  await page.waitForFunction(() => location.hash.includes('model=gru_lm'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await said(page, 'Undone: LSTM → GRU.');
  await page.waitForFunction(() => !location.hash.includes('model=gru_lm') && location.hash.includes('text=jo'));
  await comes(page, at, there);
  await page.keyboard.press('Control+z');
  await said(page, 'Undone: “amelia” → “jo”.');
  await page.waitForFunction(() => !location.hash.includes('text=jo'));
  await comes(page, async () => [await at(), await reading.inputValue()], [60, 'amelia']);
  await page.keyboard.press('Control+y');
  await page.keyboard.press('Control+y');
  await page.waitForFunction(() => location.hash.includes('model=gru_lm') && location.hash.includes('text=jo'));
});
