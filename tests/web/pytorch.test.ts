// Files of PyTorch on the page: what they do not say is asked, their values are those of `unroll trace`, what does not fit
// is named; and weights for PyTorch are saved.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import test, { after, before } from 'node:test';
import type { Download, Page } from 'playwright-core';
import type { WasmCore } from '../../wasm/bridge/core.ts';
import { core as makeWhole } from '../wasm/modules.ts';
import { violations } from './page/axe.ts';
import { eventually, go, numberOf, type Site, shown, site } from './page/browser.ts';
import { trace } from './page/trace.ts';

let web: Site;
let core: WasmCore;
before(async () => {
  web = await site();
  core = await makeWhole();
});
after(() => web?.close());

const bytesOf = (name: string) => new Uint8Array(readFileSync(`tests/oracle/pytorch/${name}.safetensors`));
const section = (page: Page) => page.getByRole('region', { name: 'Weights as a file' });
const form = (page: Page) => page.getByRole('form', { name: 'Weights of PyTorch' });
async function choose(page: Page, button: string, name: string, bytes: Uint8Array): Promise<void> {
  const coming = page.waitForEvent('filechooser');
  await section(page).getByRole('button', { name: button }).click();
  await (await coming).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
}
async function saved(page: Page, name: string, count: number): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const downloads: Download[] = [];
  page.on('download', (download) => downloads.push(download));
  await section(page).getByRole('button', { name }).click();
  while (downloads.length < count) await page.waitForEvent('download');
  page.removeAllListeners('download');
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  // Of a Chromium that several tests share, a download has no path here.
  for (const download of downloads)
    files.set(download.suggestedFilename(), new Uint8Array(await buffer(await download.createReadStream())));
  return files;
}

test('a file of PyTorch asks for its vocabulary, and then has the values that the program traces', async () => {
  const { page, errors } = await web.open('#rnn');
  await shown(page);
  await page.getByRole('button', { name: 'Change' }).click();
  await choose(page, 'Open weights', 'mine.safetensors', bytesOf('rnn_tanh'));
  await form(page).getByText('mine.safetensors is a file of PyTorch.').waitFor();
  const symbols = form(page).getByLabel('Which symbols are its 9 rows (embedding.weight)?');
  // Too few of them: refused with the numbers, and nothing that was typed is lost.
  await symbols.fill('.hgfedcb');
  await form(page).getByText('Named: 8. Rows: 9.').waitFor();
  await form(page).getByRole('button', { name: 'Open it', exact: true }).click();
  await section(page)
    .getByRole('alert')
    .filter({ hasText: 'These symbols cannot be used. the vocabulary has 8 symbols; the embedding has 9 rows' })
    .waitFor();
  assert.equal(await symbols.inputValue(), '.hgfedcb');
  await symbols.fill('.hgfedcba');
  await form(page).getByRole('button', { name: 'Open it', exact: true }).click();
  await section(page).getByRole('alert').filter({ hasText: "which symbol PyTorch's model read first" }).waitFor();
  assert.deepEqual(await violations(page), []);
  await form(page).getByLabel('A text begins with').fill('.');
  await form(page).getByLabel('A text ends with').fill('.');
  await form(page).getByRole('button', { name: 'Open it', exact: true }).click();
  await section(page).getByRole('status').filter({ hasText: 'mine.safetensors is open' }).waitFor();
  await form(page).waitFor({ state: 'detached' });

  const said = { vocabulary: JSON.stringify([...'.hgfedcba']), start: '.', end: '.' };
  const ours = new Uint8Array(core.fromPyTorch(bytesOf('rnn_tanh'), said).file);
  const [bytes] = (await saved(page, 'Save weights', 1)).values();
  assert.equal(core.load(bytes!, null).hash(), core.load(ours, null).hash(), 'the parameters are those of the program');
  await page.keyboard.press('Escape');
  const traced = trace('tests/oracle/pytorch/rnn_tanh.safetensors', 'badge', ['--start', '.', '--end', '.']);
  const forward = traced.filter(({ op }) => op !== 'leaf').length;
  await page.waitForFunction(() => location.hash.includes('weights='));
  const weights = /weights=[^&]+/.exec(await page.evaluate(() => location.hash))![0];
  for (const [path, cell] of [
    ['rnn.1.h', 2],
    ['rnn.4.logits', 5],
    ['rnn.6.y_hat', 1],
  ] as const) {
    const node = traced.find((one) => one.path === path)!;
    await go(page, `#rnn?${weights}&text=badge&at=${2 * forward}&node=${path}&cell=${cell}&view=table`);
    const row = page.getByRole('table', { name: path }).locator('tr[aria-current=true] td');
    const right = (numbers: number[]) =>
      numbers.some((number) => Math.abs(number - node.value[cell]!) <= 1e-4 * Math.max(1, Math.abs(number)));
    const numbers = await eventually(page, async () => (await row.allInnerTexts()).map(numberOf), right);
    assert.ok(right(numbers), `${path}[${cell}] is ${node.value[cell]}; shown are ${numbers}`);
  }
  assert.deepEqual(errors, []);
});

test('a vocabulary opens from a JSON, converted tensors are told, and what does not fit is named', async () => {
  const { page, errors } = await web.open('#lstm');
  await shown(page);
  await page.getByRole('button', { name: 'Change' }).click();
  await choose(page, 'Open weights', 'half.safetensors', bytesOf('lstm_f16'));
  await form(page).waitFor();
  await choose(
    page,
    'Open a vocabulary',
    'half.json',
    new Uint8Array(readFileSync('tests/oracle/pytorch/lstm_f16.json')),
  );
  await form(page).getByText('Named: 9. Rows: 9.').waitFor();
  await form(page).getByRole('button', { name: 'Open it', exact: true }).click();
  const status = section(page).getByRole('status');
  await status.filter({ hasText: 'half.safetensors is open. ' }).waitFor();
  assert.match(await status.innerText(), /Tensors converted from F16: 7\.$/);

  const { length } = bytesOf('lstm_one');
  const broken = bytesOf('lstm_one');
  const header = Buffer.from(broken.buffer, 8).toString('latin1', 0, length - 8);
  broken.set(Buffer.from('lstm.output_hh_l0'.slice(0, 17)), 8 + header.indexOf('lstm.weight_hh_l0'));
  await choose(page, 'Open weights', 'odd.safetensors', broken);
  await section(page).getByRole('alert').filter({ hasText: 'lstm.weight_ih_l0' }).waitFor();
  assert.deepEqual(errors, []);
});

test('a file of PyTorch with four layers is drawn, forwards and back, with the values that the program traces', async () => {
  const { page, errors } = await web.open('#lstm');
  await shown(page);
  await page.getByRole('button', { name: 'Change' }).click();
  await choose(page, 'Open weights', 'four.safetensors', bytesOf('lstm_four'));
  await form(page).getByLabel('Which symbols').fill('["a","b","c","d","e","f","g","h","<s>","</s>"]');
  await form(page).getByRole('button', { name: 'Open it', exact: true }).click();
  await section(page).getByRole('status').filter({ hasText: 'four.safetensors is open' }).waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => location.hash.includes('weights='));
  const weights = /weights=[^&]+/.exec(await page.evaluate(() => location.hash))![0];
  const traced = trace('tests/oracle/pytorch/lstm_four.safetensors', 'bad');
  const forward = traced.filter(({ op }) => op !== 'leaf').length;
  for (const [path, of] of [
    ['rnn.2.layer3.c', 'value'],
    ['rnn.4.layer4.h', 'value'],
    ['rnn.4.layer4.h', 'grad'],
  ] as const) {
    const node = traced.find((one) => one.path === path)!;
    await go(page, `#lstm?${weights}&text=bad&at=${2 * forward}&node=${path}&cell=2&view=table`);
    const row = page.getByRole('table', { name: path }).locator('tr[aria-current=true] td');
    const told = node[of]![2]!;
    const right = (numbers: number[]) => numbers.some((number) => Math.abs(number - told) <= 5.1e-5);
    assert.ok(Math.abs(told) > 0.01, 'a number that tells');
    const numbers = await eventually(page, async () => (await row.allInnerTexts()).map(numberOf), right);
    assert.ok(right(numbers), `${of} of ${path}[2] is ${told}; shown are ${numbers}`);
  }
  // the first operation of the second layer, named under its column, is pressed to go there
  await go(page, `#lstm?${weights}&text=bad&at=18`);
  const second = traced.find(({ path }) => path === 'rnn.1.layer2.Wh_h')!;
  assert.equal(second.op, 'matmul');
  const table = page.getByRole('table', { name: 'What step 1 computes, in its order' });
  await table.getByRole('rowheader', { name: /rnn\.1\.layer2\.Wh_h$/ }).waitFor({ state: 'attached' });
  await page
    .getByRole('button', { name: /^Go to the operation .*\[2\]/ })
    .first()
    .click();
  await page.waitForFunction(() => !/at=18(&|$)/.test(location.hash));
  assert.deepEqual(await violations(page), []);
  await go(page, `#lstm?${weights}&text=bad&panel=gates`);
  await page.getByText('Of 4 layers this is the first.').waitFor();
  // so are they where the way back through time is told
  await go(page, '#bptt');
  await page.getByRole('button', { name: 'Change' }).click();
  await choose(page, 'Open weights', 'two.safetensors', bytesOf('rnn_relu_two'));
  await form(page).getByLabel('Which symbols').fill(readFileSync('tests/oracle/pytorch/rnn_relu_two.json', 'utf8'));
  await form(page).getByRole('button', { name: 'Open it', exact: true }).click();
  await section(page).getByRole('status').filter({ hasText: 'two.safetensors is open' }).waitFor();
  assert.deepEqual(errors, []);
});

test('weights are saved for PyTorch, and open again without a question about symbols', async () => {
  const { page, errors } = await web.open('#lstm');
  await shown(page);
  await page.getByRole('button', { name: 'Change' }).click();
  const files = await saved(page, 'Save for PyTorch', 2);
  assert.deepEqual([...files.keys()].sort(), ['lstm_lm-names-0-pytorch.py', 'lstm_lm-names-0-pytorch.safetensors']);
  const program = new TextDecoder().decode(files.get('lstm_lm-names-0-pytorch.py'));
  assert.equal(program, readFileSync('src/train/pytorch_program.py', 'utf8'));
  await choose(page, 'Open weights', 'again.safetensors', files.get('lstm_lm-names-0-pytorch.safetensors')!);
  await form(page).getByRole('button', { name: 'Open it', exact: true }).click();
  await section(page).getByRole('status').filter({ hasText: 'again.safetensors is open' }).waitFor();
  const [bytes] = (await saved(page, 'Save weights', 1)).values();
  const shipped = core.load(new Uint8Array(readFileSync('models/names-lstm.safetensors')), null);
  assert.equal(core.load(bytes!, null).hash(), shipped.hash());
  assert.deepEqual(errors, []);
});
