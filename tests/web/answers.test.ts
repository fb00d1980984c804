// Nets that read once and answer, in one direction or both, from PyTorch's files: drawn with the values of `unroll trace`, and
// whatever is said of what a net writes is not said of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { violations } from './page/axe.ts';
import { comes, eventually, go, numberOf, type Site, shown, site } from './page/browser.ts';
import { type Traced, trace } from './page/trace.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const bytesOf = (name: string) => readFileSync(`tests/oracle/pytorch/${name}.safetensors`);
const section = (page: Page) => page.getByRole('region', { name: 'Weights as a file' });
const form = (page: Page) => page.getByRole('form', { name: 'Weights of PyTorch' });

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Change' }).click();
  const coming = page.waitForEvent('filechooser');
  await section(page).getByRole('button', { name: 'Open weights' }).click();
  const file = { name: `${name}.safetensors`, mimeType: 'application/octet-stream', buffer: bytesOf(name) };
  await (await coming).setFiles(file);
  await form(page).waitFor();
}
/** Opened, with its symbols where it has some; what the address then calls it. */
async function opened(page: Page, name: string, symbols: string | null): Promise<string> {
  await choose(page, name);
  if (symbols !== null) await form(page).getByLabel('Which symbols').fill(symbols);
  await form(page).getByRole('button', { name: 'Open it', exact: true }).click();
  await section(page)
    .getByRole('status')
    .filter({ hasText: `${name}.safetensors is open` })
    .waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => /weights=file-\w+/.test(location.hash));
  return /weights=[^&]+/.exec(await page.evaluate(() => location.hash))![0];
}
/** Cells that tell, of a seed's choosing, as the inspector has them in its table. */
async function agrees(page: Page, link: string, traced: Traced[], cells: [string, number, 'value' | 'grad'][]) {
  const forward = traced.filter(({ op }) => op !== 'leaf').length;
  for (const [path, cell, of] of cells) {
    const told = traced.find((one) => one.path === path)![of]![cell]!;
    assert.ok(Math.abs(told) > 1e-3, `${of} of ${path}[${cell}] tells: ${told}`);
    await go(page, `${link}&at=${2 * forward}&node=${encodeURIComponent(path)}&cell=${cell}&view=table`);
    const row = page.getByRole('table', { name: path }).locator('tr[aria-current=true] td');
    const right = (numbers: number[]) => numbers.some((number) => Math.abs(number - told) <= 5.1e-5);
    const numbers = await eventually(page, async () => (await row.allInnerTexts()).map(numberOf), right);
    assert.ok(right(numbers), `${of} of ${path}[${cell}] is ${told}; shown are ${numbers}`);
  }
}
const samples = (page: Page) => page.getByRole('region', { name: 'Samples' });

test('a classifier of two directions is drawn, forwards and back, and writes nothing', async () => {
  const { page, errors } = await web.open('#lstm');
  await shown(page);
  await samples(page).getByRole('listitem').first().waitFor();
  const weights = await opened(page, 'remember_both', 'abcdefgh');
  // what the net before it wrote is gone, and so is what there was to write with
  await samples(page).getByText('This network writes nothing').waitFor();
  assert.equal(await samples(page).getByRole('listitem').count(), 0);
  const traced = trace('tests/oracle/pytorch/remember_both.safetensors', 'dabach');
  await agrees(page, `#lstm?${weights}&text=dabach`, traced, [
    ['rnn.2.layer1.back.h', 3, 'value'],
    ['rnn.4.layer1.c', 1, 'grad'],
    ['y_hat', 6, 'value'],
  ]);
  await go(page, `#lstm?${weights}&text=dabach&pane=next`);
  await page.getByRole('button', { name: 'Answer' }).waitFor();
  assert.equal(await page.getByLabel('Temperature').count(), 0);
  const answer = page.getByRole('table', { name: 'Probability of each answer to dabach' });
  const right = traced.find(({ path }) => path === 'y_hat')!.value;
  const said = async () => (await answer.getByRole('cell').allTextContents()).map(Number);
  await comes(
    page,
    said,
    [...right].map((p) => Number(p.toFixed(3))),
  );
  assert.deepEqual(await violations(page), []);
  // its units are those of reading forwards
  await go(page, `#lstm?${weights}&text=dabach&panel=gates`);
  await page.getByText('the other direction has gates of its own').waitFor();
  // a step of the tour is about the exhibit's own network: that comes, and goes again
  await go(page, `#lstm?${weights}&text=dabach`);
  await page.keyboard.press('n');
  await page.waitForFunction(() => !/weights=/.test(location.hash) && /tour=2/.test(location.hash));
  await samples(page).getByRole('listitem').first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.waitForFunction(() => /weights=file/.test(location.hash));
  await samples(page).getByText('This network writes nothing').waitFor();
  // what is begun anew is the exhibit's own network
  await page.getByRole('button', { name: 'Change' }).click();
  const hidden = page.getByRole('dialog').getByLabel('Hidden units');
  await hidden.fill('7');
  await hidden.press('Tab');
  await page.waitForFunction(() => /set=hidden_size:7|set=hidden_size%3A7/.test(location.hash));
  await page.keyboard.press('Escape');
  await samples(page).getByRole('listitem').first().waitFor();
  assert.deepEqual(errors, []);
});

test('a net that reads numbers is drawn, and says what of a text is none', async () => {
  const { page, errors } = await web.open('#lstm');
  await shown(page);
  const weights = await opened(page, 'adding_gru', null);
  const field = page.getByRole('textbox', { name: 'Name to read' });
  await comes(page, () => field.inputValue(), '0.5 *0.25 0.125 *0.75');
  const text = '0.25 *0.5 0.125 *0.75';
  const link = `#lstm?${weights}&text=${encodeURIComponent(text)}`;
  await agrees(page, link, trace('tests/oracle/pytorch/adding_gru.safetensors', text), [
    ['rnn.2.h', 2, 'value'],
    ['rnn.3.h', 0, 'grad'],
  ]);
  await field.fill('0.25 1.5 x');
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'Number 2 cannot be read.' }).waitFor();
  await page.getByRole('button', { name: 'Read “0.25”' }).click();
  await page.waitForFunction(() => /text=0\.25(&|$)/.test(location.hash));
  await go(page, `${link}&pane=next`);
  await page.getByText('The answer of this network is one number').waitFor();
  // the clock says the numbers, and what goes on from one to the next stands under States
  await go(page, `${link}&pane=states&at=30`);
  const clock = page.getByRole('slider', { name: 'Token' });
  assert.match((await clock.getAttribute('aria-valuetext')) ?? '', /\*0\.5/);
  await page.getByRole('img', { name: /6 units.*4/ }).waitFor();
  assert.deepEqual(errors, []);
});

test('where a classifier cannot be shown it is said, with the exhibits that open it', async () => {
  const { page, errors } = await web.open('#bptt');
  await shown(page);
  await choose(page, 'remember_rnn');
  await form(page).getByLabel('Which symbols').fill('abcdefgh');
  await form(page).getByRole('button', { name: 'Open it', exact: true }).click();
  await section(page)
    .getByRole('alert')
    .filter({ hasText: /answers once.*Exhibit 7 opens them/ })
    .waitFor();
  await go(page, '#rnn');
  await choose(page, 'remember_both');
  await form(page).getByLabel('Which symbols').fill('abcdefgh');
  await form(page).getByRole('button', { name: 'Open it', exact: true }).click();
  await section(page)
    .getByRole('alert')
    .filter({ hasText: 'In the file: classifier, LSTM. This exhibit shows: RNN' })
    .waitFor();
  await page.keyboard.press('Escape');
  // but one of its own cells opens
  const weights = await opened(page, 'remember_rnn', 'abcdefgh');
  await agrees(page, `#rnn?${weights}&text=bad`, trace('tests/oracle/pytorch/remember_rnn.safetensors', 'bad'), [
    ['rnn.2.layer3.back.h', 1, 'value'],
    ['rnn.1.layer2.both', 2, 'grad'],
  ]);
  await samples(page).getByText('This network writes nothing').waitFor();
  assert.deepEqual(errors, []);
});
