// Undo and Redo in the browser: exact to the numbers on screen, said, by button and by key.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { type Site, shown, site } from './page/browser.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const slider = (page: Page) => page.getByRole('slider', { name: 'Update' });
/** Every value of the table of steps, once the figure is at this update and what was asked for is done. */
async function values(page: Page, step: number): Promise<string> {
  await page.waitForFunction(
    (step) =>
      document.querySelector('[aria-label=Samples] h2 span')?.textContent?.replace(/\D/g, '') === String(step) &&
      document.querySelector('[role=slider][aria-label=Update]')?.getAttribute('aria-valuenow') === String(step),
    step,
  );
  return page.getByRole('table', { name: 'What each step holds' }).innerText();
}
const said = async (page: Page, words: string) => page.getByRole('status').filter({ hasText: words }).first().waitFor();
async function train(page: Page, updates: number): Promise<void> {
  await page.getByRole('button', { name: 'Change' }).click();
  const field = page.getByLabel('Number of updates');
  await field.fill(String(updates));
  await field.press('Tab');
  await page.getByRole('button', { name: `Train ${updates}` }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test('100 updates and a held gate: undone one by one, redone one by one, every number as it was', async () => {
  const { page, errors } = await web.open('#lstm?at=60');
  await shown(page);
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  const redo = page.getByRole('button', { name: 'Redo', exact: true });
  assert.deepEqual([await undo.isDisabled(), await redo.isDisabled()], [true, true]);
  const start = await values(page, 0);
  await train(page, 100);
  const trained = await values(page, 100);
  assert.notEqual(trained, start);
  const hold = page.getByLabel('Hold a gate', { exact: true });
  await hold.selectOption('f held at 0');
  await page.waitForFunction(() => location.hash.includes('100:hold_f:0'));
  const held = await values(page, 100);
  assert.notEqual(held, trained);

  assert.equal(await undo.getAttribute('title'), 'Undo: gate f held at 0');
  await undo.click();
  await said(page, 'Undone: gate f held at 0.');
  await page.waitForFunction(() => !location.hash.includes('hold_f'));
  assert.equal(await values(page, 100), trained);
  assert.equal(await hold.inputValue(), '');
  await undo.click();
  await said(page, 'Undone: 100 updates.');
  assert.equal(await values(page, 0), start);
  assert.equal(await slider(page).getAttribute('aria-valuemax'), '0');

  await page.keyboard.press('Control+Shift+Z');
  await said(page, 'Redone: 100 updates.');
  assert.equal(await values(page, 100), trained);
  await page.keyboard.press('Control+y');
  await said(page, 'Redone: gate f held at 0.');
  await page.waitForFunction(() => location.hash.includes('100:hold_f:0'));
  assert.equal(await values(page, 100), held);
  assert.deepEqual([await undo.isDisabled(), await redo.isDisabled()], [false, true]);
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
  assert.equal(await at(), there);
  await page.keyboard.press('Control+z');
  await said(page, 'Undone: “amelia” → “jo”.');
  await page.waitForFunction(() => !location.hash.includes('text=jo'));
  assert.deepEqual([await at(), await reading.inputValue()], [60, 'amelia']);
  await page.keyboard.press('Control+y');
  await page.keyboard.press('Control+y');
  await page.waitForFunction(() => location.hash.includes('model=gru_lm') && location.hash.includes('text=jo'));
});
