// What a link cannot carry: kept in the browser, found again, missed elsewhere and said, and taken along in one file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import test, { after, before } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { PATIENCE } from './bridge/browser.ts';
import { comes, eventually, type Opened, type Site, shown, site } from './page/browser.ts';
import { fillLong, settings, trainN, until, values } from './page/run.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

/** Names that nobody has, long enough that no link carries them. */
const TEXT = Array.from(
  { length: 900 },
  (_, i) => `${'bcdfgklmnprst'[i % 13]}${'aeiou'[i % 5]}${'lmnrst'[i % 6]}${'aeiou'[(i * 7) % 5]}n`,
).join('\n');
assert.ok(TEXT.length > 5000);

const sheet = (page: Page) => page.getByRole('dialog');
const openSheet = (page: Page) => page.getByRole('button', { name: 'Change' }).click();
const kept = (page: Page) => page.getByRole('region', { name: 'Kept in this browser' });
async function trainOn(page: Page, text: string, updates: number): Promise<void> {
  await settings(page, async () => {
    await fillLong(page.getByLabel('Lines to train on'), text);
    await page.getByRole('button', { name: 'Train on this text' }).click();
    await page.getByText(/Trained on your text/).waitFor();
  });
  await trainN(page, updates);
  await until(page, updates);
}
const link = (page: Page) => page.evaluate(() => location.hash);
/** The store as it is by now says that the run was kept. */
const keptAt = (page: Page, step: number) =>
  settings(page, () =>
    kept(page)
      .getByText(new RegExp(`update ${step} of ${step}`))
      .first()
      .waitFor(),
  );
async function another(context: BrowserContext, from: Page, hash: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(new URL(hash, from.url()).href);
  return page;
}
const COPIES = { permissions: ['clipboard-read', 'clipboard-write'] };
/** In another browser; this one is closed, and what it stored is gone. */
async function elsewhere(from: Page, hash: string, options = {}): Promise<Opened> {
  await web.put(from);
  return web.open(hash, options);
}
/** Until something of this kind is in the store. */
const stored = (page: Page, kind: string) =>
  page.waitForFunction(
    (kind) =>
      new Promise<boolean>((resolve) => {
        const opening = indexedDB.open('unroll');
        opening.onsuccess = () => {
          const all = opening.result.transaction('entries').objectStore('entries').getAllKeys();
          all.onsuccess = () => resolve(all.result.some((key) => String(key).startsWith(kind)));
        };
      }),
    kind,
  );
const lacking = (page: Page) => page.getByRole('status').filter({ hasText: /that (is|are) not in this browser/ });

test('a long text and its run are there after a reload, at the same update with the same values', async () => {
  const { page, errors } = await web.open('#rnn?at=71');
  await shown(page);
  await trainOn(page, TEXT, 300);
  await page.waitForFunction(() => /own=[0-9a-f]{16}.*update=300/.test(location.hash));
  assert.doesNotMatch(await link(page), /lines=/);
  const there = await values(page, 300);
  await keptAt(page, 300);
  await page.reload();
  await shown(page);
  await until(page, 300);
  await comes(page, () => values(page, 300), there);
  await openSheet(page);
  await comes(page, () => page.getByLabel('Lines to train on').inputValue(), TEXT);
  await page.getByText('It is kept in this browser.').waitFor();
  await page.keyboard.press('Escape');
  // Any earlier update of it, too, and on from its end.
  const slider = page.getByRole('slider', { name: 'Update' });
  assert.equal(await slider.getAttribute('aria-valuemax'), '300');
  await page.getByRole('button', { name: 'One update forward' }).click();
  await until(page, 301);
  const on = await values(page, 301);
  await slider.focus();
  await page.keyboard.press('Home');
  await until(page, 0);
  await page.keyboard.press('End');
  await until(page, 301);
  await comes(page, () => values(page, 301), on, 'by replay from the start the same as from what was kept');
  assert.deepEqual(errors, []);
});

test('closed and opened again, the exhibit offers what was done before; forgotten, it is gone', async () => {
  const { page } = await web.open('#rnn?at=71');
  await shown(page);
  await trainOn(page, TEXT, 120);
  const there = await values(page, 120);
  await keptAt(page, 120);
  const hash = await link(page);
  const context = page.context();
  const again = await another(context, page, '#rnn');
  await page.close();
  const before = again
    .getByRole('status')
    .filter({ hasText: /You were here before: your text, 900 lines, update 120/ });
  await before.getByRole('button', { name: 'Go on' }).click();
  await until(again, 120);
  await comes(again, () => values(again, 120), there);
  await openSheet(again);
  await kept(again).getByRole('button', { name: 'Forget all' }).click();
  await kept(again).getByRole('listitem').first().waitFor({ state: 'detached' });
  await again.keyboard.press('Escape');
  const last = await another(context, again, hash);
  await lacking(last).waitFor();
  const plain = await another(context, again, '#rnn');
  await shown(plain);
  assert.equal(await plain.getByText('You were here before').count(), 0);
});

test('where the text is not, the link shows no other run under its name, and the text brings it back', async () => {
  const { page } = await web.open('#rnn?at=71', COPIES);
  await shown(page);
  await trainOn(page, TEXT, 60);
  const there = await values(page, 60);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByRole('status').filter({ hasText: 'works in this browser only' }).waitFor();
  const hash = new URL(await page.evaluate(() => navigator.clipboard.readText())).hash;
  const { page: other, errors } = await elsewhere(page, hash, COPIES);
  await shown(other);
  await lacking(other).filter({ hasText: 'needs a text' }).waitFor();
  await other.getByText('Shipped weights').waitFor();
  assert.equal(await other.getByRole('slider', { name: 'Update' }).getAttribute('aria-valuenow'), '0');
  const give = async (name: string, bytes: Buffer) => {
    const coming = other.waitForEvent('filechooser');
    await lacking(other).getByRole('button', { name: 'Open the file' }).click();
    await (await coming).setFiles({ name, mimeType: 'text/plain', buffer: bytes });
  };
  await give('other.txt', Buffer.from(`${TEXT}x`));
  await lacking(other).filter({ hasText: 'other.txt is not what this link needs' }).waitFor();
  await give('mine.txt', Buffer.from(TEXT.replace(/\n/g, '\r\n')));
  await until(other, 60);
  await comes(other, () => values(other, 60), there);
  assert.deepEqual(errors, []);
});

test('a session file brings view, text and run to another browser, to the same values; broken ones change nothing', async () => {
  const { page } = await web.open('#rnn?at=71&notation=b');
  await shown(page);
  await trainOn(page, TEXT, 250);
  const there = await values(page, 250);
  await openSheet(page);
  const coming = page.waitForEvent('download');
  await kept(page).getByRole('button', { name: 'Save session' }).click();
  const download = await coming;
  assert.equal(download.suggestedFilename(), 'unroll-rnn-250.unroll');
  const bytes = await buffer(await download.createReadStream());

  const { page: other, errors } = await elsewhere(page, '#lstm?at=20');
  await shown(other);
  const drop = (name: string, content: Buffer) =>
    other.evaluate(
      async ([name, content]) => {
        const data = new DataTransfer();
        const binary = Uint8Array.from(atob(content as string), (c) => c.charCodeAt(0));
        data.items.add(new File([binary], name as string));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      [name, content.toString('base64')],
    );
  const changed = Buffer.from(bytes);
  changed[changed.length - 40] = (changed[changed.length - 40] ?? 0) ^ 1;
  for (const [name, content, says] of [
    ['cut.unroll', bytes.subarray(0, bytes.length - 9), 'cut.unroll is not whole'],
    ['changed.unroll', changed, 'changed.unroll is damaged'],
    ['words.txt', Buffer.from('hello'), 'words.txt is not a session file'],
  ] as const) {
    await drop(name, content);
    await other.getByRole('status').filter({ hasText: says }).waitFor();
    assert.match(await link(other), /^#lstm/);
  }
  await drop('mine.unroll', bytes);
  await until(other, 250);
  await other.waitForFunction(() => location.hash.startsWith('#rnn'));
  await comes(other, () => values(other, 250), there);
  await other.getByRole('button', { name: /Notation b/, pressed: true }).waitFor();
  await comes(other, () => other.getByRole('slider', { name: 'Operation' }).getAttribute('aria-valuenow'), '71');
  assert.deepEqual(errors, []);
});

test('weights from a file are there after a reload; elsewhere the link says that they are missing', async () => {
  const { page } = await web.open('#rnn?at=71');
  await shown(page);
  const before = await values(page, 0);
  await openSheet(page);
  const coming = page.waitForEvent('filechooser');
  await page.getByRole('region', { name: 'Weights as a file' }).getByRole('button', { name: 'Open weights' }).click();
  const weights = { name: 'names-rnn-145.safetensors', mimeType: 'application/octet-stream' };
  await (await coming).setFiles({ ...weights, buffer: readFileSync(`models/${weights.name}`) });
  await page.getByText('names-rnn-145.safetensors is open').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => /weights=file-[0-9a-f]{16}/.test(location.hash));
  const there = await eventually(
    page,
    () => values(page, 0),
    (now) => now !== before,
  );
  assert.notEqual(there, before);
  await stored(page, 'weights:');
  await page.reload();
  await shown(page);
  await comes(page, () => values(page, 0), there);
  await openSheet(page);
  const start = sheet(page).getByLabel('Start from');
  await comes(
    page,
    () => start.evaluate((list: HTMLSelectElement) => list.selectedOptions[0]?.text),
    'the file names-rnn-145.safetensors',
  );
  const { page: other } = await elsewhere(page, await link(page));
  await lacking(other).filter({ hasText: 'needs weights' }).waitFor();
  await other.getByText('Shipped weights').waitFor();
});

for (const [how, script] of [
  ['is missing', "Object.defineProperty(globalThis, 'indexedDB', { get: () => undefined })"],
  [
    'is forbidden',
    "Object.defineProperty(globalThis, 'indexedDB', { get: () => { throw new DOMException('no', 'SecurityError') } })",
  ],
  ['is full', "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }"],
] as const) {
  test(`where the browser's store ${how} everything works, and the page says what is not kept`, async (t) => {
    const { page, errors } = await web.open('');
    // Runs in it first until it is detached.
    const devtools = await page.context().newCDPSession(page);
    t.after(() => devtools.detach());
    await devtools.send('Page.enable');
    await devtools.send('Page.addScriptToEvaluateOnNewDocument', { source: script });
    await page.goto(new URL('#rnn?at=71', page.url()).href);
    await page.reload();
    await shown(page);
    await trainOn(page, TEXT, 40);
    const there = await values(page, 40);
    await page.waitForFunction(() => /own=[0-9a-f]{16}/.test(location.hash));
    const hash = await link(page);
    await openSheet(page);
    await page.getByText('It is not kept: a reload loses it.').waitFor();
    await kept(page)
      .getByText(how === 'is full' ? 'has no room left' : 'keeps nothing for this page')
      .waitFor();
    const coming = page.waitForEvent('download');
    await kept(page).getByRole('button', { name: 'Save session' }).click();
    const file = await buffer(await (await coming).createReadStream());
    await page.reload();
    await lacking(page).waitFor();
    await page.waitForFunction(() => !location.hash.includes('own='), null, { polling: 100 });
    assert.match(hash, /own=[0-9a-f]{16}/);
    const chooser = page.waitForEvent('filechooser');
    await lacking(page).getByRole('button', { name: 'Open the file' }).click();
    await (await chooser).setFiles({ name: 'mine.unroll', mimeType: 'application/octet-stream', buffer: file });
    await until(page, 40);
    await comes(page, () => values(page, 40), there);
    assert.deepEqual(errors, []);
  });
}

test('two tabs keep what each of them did', async () => {
  const { page: one } = await web.open('#rnn?at=71');
  await shown(one);
  const two = await another(one.context(), one, '#rnn?at=71');
  await shown(two);
  await trainOn(one, TEXT, 110);
  await trainOn(two, `${TEXT}\nunlikeit`, 130);
  const [first, second] = [await values(one, 110), await values(two, 130)];
  await keptAt(one, 110);
  await keptAt(two, 130);
  for (const page of [one, two]) await page.reload();
  await until(one, 110);
  await until(two, 130);
  await comes(one, () => values(one, 110), first);
  await comes(two, () => values(two, 130), second);
  await openSheet(two);
  await kept(two).getByText('your text, 900 lines; update 110 of 110').waitFor();
  await kept(two).getByText('your text, 901 lines; update 130 of 130').waitFor();
  // One is forgotten, and the other stays.
  await kept(two).getByRole('button', { name: 'Forget your text, 900 lines' }).click();
  await kept(two).getByText('your text, 900 lines; update 110 of 110').waitFor({ state: 'detached' });
  assert.equal(await kept(two).getByText('your text, 901 lines; update 130 of 130').count(), 1);
});

test('sentences of the page of prose are kept, and in the link by their hash', async () => {
  const { page, errors } = await web.open('#lstm?panel=prose&at=0');
  const text = page.getByRole('slider', { name: 'Letter' });
  await text.waitFor();
  await page.getByLabel('Sentences of your own').fill('Call me Ishmael, said the whale.');
  await page.getByRole('button', { name: 'Read', exact: true }).last().click();
  await page.getByText('Your sentences.').waitFor();
  await page.getByText('They are kept in this browser.').waitFor();
  await page.waitForFunction(() => /lab=[^&]*own:[0-9a-f]{16}/.test(location.hash));
  await comes(page, () => text.getAttribute('aria-valuemax'), '32');
  await stored(page, 'text:');
  await page.reload();
  await page.getByText('Your sentences.').waitFor();
  await comes(page, () => text.getAttribute('aria-valuemax'), '32');
  const { page: other } = await web.open(await link(page));
  await lacking(other).filter({ hasText: 'needs sentences' }).waitFor();
  await other.getByText('Moby-Dick, chapter 96.').waitFor();
  await page.getByRole('button', { name: 'Moby-Dick again' }).click();
  await page.getByText('Moby-Dick, chapter 96.').waitFor();
  await page.waitForFunction(() => !location.hash.includes('own:'));
  assert.deepEqual(errors, []);
});
