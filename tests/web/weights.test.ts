// Weights as a file: saved, opened again to the same bits, and files that cannot be opened, with nothing lost.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import type { WasmCore } from '../../wasm/bridge/core.ts';
import { type Head, headOf } from '../../wasm/bridge/head.ts';
import { misfit, OPENS_ANY } from '../../web/src/session/own.ts';
import { core as makeWhole } from '../wasm/modules.ts';
import { comes, eventually, go, numberOf, type Site, shown, site } from './page/browser.ts';
import { everyExhibit } from './page/folders.ts';

let web: Site;
let core: WasmCore;
before(async () => {
  web = await site();
  core = await makeWhole();
});
after(() => web?.close());

const sheet = (page: Page) => page.getByRole('dialog');
const openSheet = (page: Page) => page.getByRole('button', { name: 'Change' }).click();
const section = (page: Page) => page.getByRole('region', { name: 'Weights as a file' });
async function saved(page: Page): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  const coming = page.waitForEvent('download');
  await section(page).getByRole('button', { name: 'Save weights' }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: new Uint8Array(await buffer(await download.createReadStream())) };
}
async function choose(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const coming = page.waitForEvent('filechooser');
  await section(page).getByRole('button', { name: 'Open weights' }).click();
  await (await coming).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
}
const hash = (bytes: Uint8Array) => core.load(bytes, null).hash();
const parameters = (page: Page) => sheet(page).locator('p').first().innerText();
const trained = async (page: Page, updates: number) => {
  const field = page.getByLabel('Number of updates');
  await field.fill(String(updates));
  await field.press('Tab');
  await page.getByRole('button', { name: `Train ${updates}` }).click();
  await page.waitForFunction(
    (at) => document.querySelector('[role=slider][aria-label=Update]')?.getAttribute('aria-valuenow') === String(at),
    updates,
  );
};

test('weights are saved, opened again in another page, trained on, and undone', async () => {
  const first = await web.open('#rnn');
  await shown(first.page);
  await openSheet(first.page);
  await trained(first.page, 30);
  const { name, bytes } = await saved(first.page);
  assert.equal(name, 'rnn_lm-names-30.safetensors');
  const run = core.load(new Uint8Array(readFileSync('models/names-rnn.safetensors')), null);
  run.set('schedule', 'constant');
  for (let i = 0; i < 30; i++) run.step();
  assert.equal(hash(bytes), run.hash(), 'they are those of update 30');

  await web.put(first.page);
  const { page, errors } = await web.open('#rnn');
  await shown(page);
  await openSheet(page);
  await choose(page, 'mine.safetensors', bytes);
  await section(page).getByRole('status').filter({ hasText: 'mine.safetensors is open' }).waitFor();
  const start = sheet(page).getByLabel('Start from');
  const chosen = () => start.evaluate((list: HTMLSelectElement) => list.selectedOptions[0]?.text);
  await comes(page, chosen, 'the file mine.safetensors');
  const again = await saved(page);
  assert.deepEqual([again.name, hash(again.bytes)], ['rnn_lm-names-0.safetensors', run.hash()]);
  await trained(page, 5);
  const later = hash((await saved(page)).bytes);
  assert.notEqual(later, run.hash());
  // A place visited before and gone back to is one of this run.
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => /weights=file-\w+.*update=5/.test(location.hash));
  await page.evaluate(() => {
    location.hash = location.hash.replace(/check=\w+&/, '').replace(/update=5/, 'update=2');
  });
  await page.waitForFunction(
    () => document.querySelector('[role=slider][aria-label=Update]')?.getAttribute('aria-valuenow') === '2',
  );
  await openSheet(page);
  await comes(page, chosen, 'the file mine.safetensors');
  await sheet(page).getByRole('button', { name: 'Undo' }).click();
  await sheet(page).getByText('Undone: 5 updates.').waitFor();
  await sheet(page).getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => !document.querySelector('dialog select')?.textContent?.includes('mine'));
  assert.equal(hash((await saved(page)).bytes), hash(new Uint8Array(readFileSync('models/names-rnn.safetensors'))));
  assert.deepEqual([...first.errors, ...errors], []);
});

test('a file that is broken, of another network or none at all is refused in a sentence; all stays', async () => {
  const { page, errors } = await web.open('#rnn');
  await shown(page);
  await openSheet(page);
  await trained(page, 7);
  const before = hash((await saved(page)).bytes);
  const told = await parameters(page);
  const good = new Uint8Array(readFileSync('models/names-rnn.safetensors'));
  const broken: [string, Uint8Array, RegExp][] = [
    ['cut.safetensors', good.subarray(0, good.length - 9), /bytes were refused/],
    ['empty.safetensors', new Uint8Array(0), /bytes were refused/],
    ['words.safetensors', new TextEncoder().encode('not weights at all, but a letter'), /bytes were refused/],
    ['huge.safetensors', good.slice().fill(255, 0, 8), /bytes were refused/],
    [
      'gates.safetensors',
      new Uint8Array(readFileSync('models/names-lstm.safetensors')),
      /In the file: LSTM.*shows: RNN.*Exhibit 9 opens them/,
    ],
    [
      'answers.safetensors',
      new Uint8Array(readFileSync('models/remember-lstm.safetensors')),
      /In the file: classifier, LSTM\. This exhibit shows: RNN/,
    ],
  ];
  for (const [name, bytes, says] of broken) {
    await choose(page, name, bytes);
    await section(page).getByRole('alert').filter({ hasText: says }).waitFor();
    await page.waitForFunction(
      () => document.querySelector('dialog [role=alert]')!.getBoundingClientRect().bottom <= innerHeight,
    );
    assert.equal(await sheet(page).getByRole('alert').count(), 1, `${name}: said once, beside the button`);
  }
  assert.equal(await parameters(page), told);
  assert.equal(hash((await saved(page)).bytes), before);
  assert.equal(await section(page).getByRole('alert').count(), 0);
  assert.deepEqual(errors, []);
});

test('weights of an own text read its letters, and train where the text is', async () => {
  const lines = Array.from({ length: 30 }, (_, i) => `${'жзилм'[i % 5]}ук${'абв'[i % 3]}`).join('\n');
  const own = core.create({ model: 'rnn_lm', task: 'lines', hidden_size: '8', embedding_size: '4' }, lines);
  const { page, errors } = await web.open('#rnn');
  await shown(page);
  await openSheet(page);
  await choose(page, 'own.safetensors', own.save(false));
  await section(page).getByRole('status').waitFor();
  await sheet(page).locator('p').first().filter({ hasText: 'without the text' }).waitFor();
  await page.keyboard.press('Escape');
  const known = (read: string) => [...read].every((letter) => own.vocabulary.includes(letter)) && read.length > 2;
  const read = await eventually(page, () => page.getByRole('textbox').first().inputValue(), known);
  assert.ok(known(read), read);
  await page.getByRole('button', { name: 'One update forward' }).click();
  await page.getByRole('alert').filter({ hasText: 'came without their text' }).waitFor();
  await openSheet(page);
  await page.getByLabel('Lines to train on, one sequence a line').fill(lines);
  await page.getByRole('button', { name: 'Train on this text' }).click();
  await page.waitForFunction(() => document.querySelector('dialog p')?.textContent?.includes('lines to train on'));
  await choose(page, 'own.safetensors', own.save(false));
  await section(page).getByRole('status').waitFor();
  await trained(page, 3);
  for (let i = 0; i < 3; i++) own.step();
  assert.equal(hash((await saved(page)).bytes), own.hash());
  assert.deepEqual(errors, []);
});

test('a file can be dropped', async () => {
  const { page } = await web.open('#rnn');
  await shown(page);
  await openSheet(page);
  const bytes = [...core.create({ model: 'rnn_lm', task: 'names', hidden_size: '5', seed: '4' }, null).save(false)];
  const data = await page.evaluateHandle((bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], 'dropped.safetensors'));
    return transfer;
  }, bytes);
  await section(page).dispatchEvent('drop', { dataTransfer: data });
  await section(page).getByRole('status').filter({ hasText: 'dropped.safetensors' }).waitFor();
});

test('the exhibit that a refusal names opens such weights', () => {
  for (const [cell, slug] of Object.entries(OPENS_ANY)) {
    const there = everyExhibit.find((one) => one.slug === slug);
    assert.ok(there?.layers, slug);
    assert.equal(misfit(there, { model: cell, task: 'names', layers: 3, directions: 2, settings: {} }), null, cell);
  }
});

test('several layers open wherever no view is of one alone; who cannot show them says who can', async () => {
  const of = (model: string, more: Record<string, string>, text: string | null = null) => {
    const bytes = core.create({ model, seed: '1', ...more }, text).save(false);
    return { bytes, head: headOf(bytes) };
  };
  const refusals = (head: Head | null) =>
    Object.fromEntries(everyExhibit.map((one) => [one.slug, misfit(one, head)]).filter(([, why]) => why !== 'model'));
  const two = of('rnn_lm', { task: 'names', num_layers: '2', hidden_size: '5' });
  assert.deepEqual(refusals(two.head), { bptt: null, rnn: null, steps: null });
  const { head: answering } = of('classifier', { task: 'remember', cell: 'rnn', directions: '2' });
  assert.deepEqual(refusals(answering), { bptt: 'answers', rnn: null, steps: null });
  const phrases = readFileSync('models/corpora/phrases-en-sw.txt', 'utf8');
  const pairs = (more: Record<string, string>) =>
    of('seq2seq', { task: 'phrases', hidden_size: '8', ...more }, phrases);
  assert.deepEqual(refusals(pairs({ directions: '2' }).head), { attention: null, seq2seq: null });
  const stacked = pairs({ num_layers: '2', attention: 'dot' });
  assert.deepEqual(refusals(stacked.head), { attention: null, seq2seq: 'layers' });

  const { page, errors } = await web.open('#bptt?panel=terms&text=amelia');
  await shown(page);
  const open = async ({ bytes }: { bytes: Uint8Array }) => {
    await openSheet(page);
    await choose(page, 'own.safetensors', bytes);
  };
  await open(two);
  await section(page).getByRole('status').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Of 2 layers this is the first, which reads the letters.').waitFor();
  const measure = core.load(two.bytes, null).measure('amelia');
  const { norms } = measure.terms(7, 'layer1.W_h');
  const sizes = page.getByRole('region', { name: 'Terms' }).getByRole('table').locator('tbody tr td:last-child');
  await comes(
    page,
    async () =>
      (await sizes.allInnerTexts()).slice(0, 7).map((size, i) => Math.abs(numberOf(size) - (norms[i] ?? 9)) < 1e-3),
    new Array(7).fill(true),
  );
  await go(page, '#attention');
  await open(stacked);
  await section(page).getByRole('status').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => location.hash.includes('weights='));
  const [weights] = /weights=[^&]+/.exec(await page.evaluate(() => location.hash)) ?? [];
  await go(page, `#attention?${weights}&at=300&node=encoder.5.layer2.h&cell=2&view=table`);
  await page.getByRole('table', { name: 'encoder.5.layer2.h' }).waitFor();
  await go(page, '#seq2seq');
  await open(stacked);
  await section(page).getByRole('alert').filter({ hasText: 'Exhibit 14 opens them.' }).waitFor();
  assert.deepEqual(errors, []);
});

test('the head of a file is read as far as it can be', () => {
  const head = (text: string, size = text.length) => {
    const bytes = new Uint8Array(8 + text.length);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(size), true);
    bytes.set(new TextEncoder().encode(text), 8);
    return headOf(bytes);
  };
  const said = { model: 'rnn_lm', task: 'names', settings: '{"num_layers":"2"}' };
  assert.deepEqual(head(JSON.stringify({ __metadata__: said })), {
    model: 'rnn_lm',
    task: 'names',
    layers: 2,
    directions: 1,
    settings: { model: 'rnn_lm', task: 'names', num_layers: '2' },
  });
  for (const text of ['', '{}', 'null', '[]', '{"__metadata__":{}}', '{"__metadata__":{"model":1,"task":"x"}}'])
    assert.equal(head(text), null, text);
  assert.equal(head('{}', 2 ** 40), null);
});
