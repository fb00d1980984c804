// The view of exhibit 15 in the page: its clock, its two words, its plots, one state from inside.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { readerTape } from '../../wasm/bridge/reader.ts';
import { HIDDEN, LENGTHS, SEED } from '../../web/src/exhibits/steps/lab.ts';
import { core } from '../wasm/modules.ts';
import { comes, go, numberOf, type Site, shown, site } from './page/browser.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const said = (page: Page) =>
  page.locator('.tapes svg').evaluate((svg) => [...svg.querySelectorAll('text')].map((one) => one.textContent ?? ''));
const wait = (page: Page, words: string) => page.locator('.tapes svg').getByText(words, { exact: true }).waitFor();
const at = (page: Page, step: number) => page.getByText(`${step} of 36`, { exact: true }).waitFor();

test('the clock goes by its buttons, its slider and the keys; what is done has its number, the address follows', async () => {
  const { page, errors } = await web.open('#steps?tour=3');
  await shown(page);
  await at(page, 0);
  const state = (name: string) => page.getByRole('button', { name, exact: true });
  await state('Self-attention, layer 1, was: not yet, step 6').waitFor();
  await page.getByRole('button', { name: 'One step on' }).click();
  await at(page, 1);
  for (const key of ['.', 'ArrowRight']) await page.keyboard.press(key);
  await at(page, 3);
  await page.keyboard.press(',');
  await at(page, 2);
  const slider = page.getByRole('slider', { name: 'Step of both nets' });
  await slider.fill('12');
  await at(page, 12);
  await state('Self-attention, layer 2, was: there after step 12').waitFor();
  await state('Recurrent net, layer 2, was: not yet, step 36').waitFor();
  await page.waitForFunction(() => location.hash.includes('step:12'));
  await slider.blur();
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Pause the steps' }).waitFor();
  await comes(page, async () => Number(await slider.inputValue()) > 12, true); // it may have gone on since
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Play the steps' }).waitFor();
  assert.deepEqual(errors, []);
});

test('two words and the way between them, by click and by keyboard; none from what comes later', async () => {
  const { page, errors } = await web.open('#steps?tour=7');
  await shown(page);
  await wait(page, '36 steps · way 28');
  await wait(page, '12 steps · way 3');
  await page.getByRole('button', { name: 'Word 4, went', exact: true }).click();
  await wait(page, '36 steps · no way');
  await page.getByRole('button', { name: 'Word 8, was: the way begins here' }).focus();
  await page.keyboard.press('Enter');
  await wait(page, '36 steps · way 20');
  assert.ok((await said(page)).includes('went to was'));
  const field = page.getByRole('textbox', { name: 'Sentence' });
  await field.fill(Array.from({ length: 13 }, () => 'so').join(' '));
  await field.press('Enter');
  await page.getByText('These are 13 words; 12 have room.').waitFor();
  await field.fill('Zuko made his uncle tea.');
  await field.press('Enter');
  await wait(page, '24 steps · way 20');
  await page.getByRole('button', { name: '1', exact: true }).click();
  await wait(page, '20 steps · way 20');
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes('text:Zuko+made+his+uncle+tea.2E'));
  const link = page.url().split('#')[1];
  await go(page, '#steps?tour=3');
  await go(page, `#${link}`);
  await wait(page, '20 steps · way 20');
  assert.deepEqual(errors, []);
});

test('the plots’ numbers: steps and products counted, milliseconds measured at every length', async () => {
  const { page, errors } = await web.open('#steps?tour=9');
  await shown(page);
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const rows = page.locator('.costs tbody tr');
  await page.getByRole('button', { name: 'Measure again' }).waitFor({ timeout: 60_000 });
  assert.equal(await rows.count(), LENGTHS.length);
  for (const [i, T] of LENGTHS.entries()) {
    const cells = (await rows.nth(i).locator('td').allInnerTexts()).map((text) => numberOf(text.replace(/\s/g, '')));
    const [recurrent, attention, products, both, first, second] = cells as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    assert.deepEqual([recurrent, attention], [4 * (T + 1), 12]);
    const [H, L] = [HIDDEN, 2];
    for (const [shown, counted] of [
      [products, 2 * L * T * H * H],
      [both, L * (3 * T * H * H + 2 * T * T * H)],
    ] as const)
      assert.ok(Math.abs(shown / counted - 1) < 0.05, `${shown} of ${counted}`);
    assert.ok(first > 0 && second > 0, `${T}: ${first} and ${second} ms`);
  }
  const last = (await rows.last().locator('td').allInnerTexts()).map((text) => numberOf(text.replace(/\s/g, '')));
  assert.ok((last[5] as number) > (last[4] as number), 'at 512 words the one with more work takes longer');
  assert.deepEqual(errors, []);
});

test('one state from inside has the core’s numbers, as far as the clock has come', async () => {
  const { page, errors } = await web.open('#steps?tour=5');
  await shown(page);
  const reader = (await core()).reader({
    ...{ net: 'attention', text: 'The chef who went to the stores was', hidden: HIDDEN, layers: 2, seed: SEED },
  });
  const { nodes } = readerTape(reader, undefined);
  await page.getByRole('button', { name: 'Self-attention, layer 1, was: there after step 6' }).click();
  const numbers = page.getByRole('img', { name: /^Its numbers/ });
  for (const name of ['o', 'alpha', 'q']) {
    const words = { o: 'all values by', alpha: 'softmax', q: 'query' }[name] as string;
    await page.getByRole('button', { name: new RegExp(`^${words}.*step`) }).click();
    const value = nodes.find(({ path }) => path === `layers.1.8.${name}`)?.value ?? [];
    await page.waitForFunction((count) => document.querySelectorAll('.value-grid span').length === count, value.length);
    const shown = (await numbers.locator('span').allInnerTexts()).map((text) => Number(text.replace('−', '-')));
    for (const [i, one] of value.entries()) assert.ok(Math.abs((shown[i] as number) - one) < 0.0051, `${name}[${i}]`);
  }
  await page.getByRole('slider', { name: 'Step of both nets' }).fill('0');
  await page.getByText('Not yet: it is done in step 1, and this is step 0.').waitFor();
  assert.equal(await numbers.count(), 0);
  assert.deepEqual(errors, []);
});
