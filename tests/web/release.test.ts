// What ./dev release made, as it will be met: the folder under some path of a server, the file by double click.
import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { launch, PATIENCE, serve } from './bridge/browser.ts';

const PATH = 'some/deep/path';
// Away from the project, so that nothing beside it can help.
const away = mkdtempSync(join(tmpdir(), 'unroll-release-'));
let browser: Browser;
let server: Server;
let site: string;
const file = join(away, 'unroll.html');

before(async () => {
  copyFileSync('dist/unroll.html', file);
  cpSync('dist/site', join(away, PATH), { recursive: true });
  const served = await serve(away);
  server = served.server;
  site = `${served.address}${PATH}/index.html`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
  rmSync(away, { recursive: true });
});

/** Opens the recurrent net, waits for real values, and tells what was asked for and what the tables then say. */
async function open(address: string) {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const errors: string[] = [];
  const asked: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('request', (request) => asked.push(request.url()));
  page.on('requestfailed', (request) => errors.push(`failed: ${request.url()}`));
  await page.goto(`${address}#rnn`);
  // Three letters are read in the first view: the probability of the right next one, and its loss.
  await page.waitForFunction(() => {
    const tables = [...document.querySelectorAll('table')].map((table) => table.textContent);
    return (tables.join().match(/\d\.\d/g) ?? []).length >= 6;
  });
  await page.evaluate(() => document.fonts.ready);
  const title = await page.title();
  const values = await page.locator('table').allTextContents();
  await page.close();
  return { title, values: values.join('\n'), errors, asked };
}

test('the file works alone from file://, asks nothing of anyone, and shows the values that the folder shows', async () => {
  const alone = await open(pathToFileURL(file).href);
  const folder = await open(site);
  assert.deepEqual({ file: alone.errors, folder: folder.errors }, { file: [], folder: [] });
  assert.match(alone.title, /Unroll/);
  assert.equal(alone.values, folder.values);
  const outside = alone.asked.filter((url) => !url.startsWith('data:') && !url.startsWith('blob:'));
  assert.deepEqual(
    outside.map((url) => url.split('#')[0]),
    [pathToFileURL(file).href],
  );
  const base = site.slice(0, -'index.html'.length);
  for (const url of folder.asked) assert.match(url, new RegExp(`^(data:|blob:|${base})`), 'only from its own folder');
});

test('the file refers to no other file', () => {
  const html = readFileSync(file, 'utf8');
  assert.doesNotMatch(html, /<(script|img|iframe)[^>]*\ssrc="(?!data:)/);
  assert.doesNotMatch(html, /<link[^>]*\shref="(?!data:)/);
  assert.doesNotMatch(html, /url\(["']?(?!data:|#)[^)"']+\.(woff2?|ttf|png|svg)/);
});

test('opened from a disk it keeps a long text too, and finds it again', async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${pathToFileURL(file).href}#rnn`);
  const lines = page.getByLabel('Lines to train on');
  const own = Array.from({ length: 900 }, (_, i) => `line${'abcdefghij'[i % 10]}${'klmnopqrs'[i % 9]}`).join('\n');
  await page.getByRole('button', { name: 'Change' }).click();
  await lines.fill(own);
  await page.getByRole('button', { name: 'Train on this text' }).click();
  await page.getByText('It is kept in this browser.').waitFor();
  await page.waitForFunction(() => /own=[0-9a-f]{16}/.test(location.hash));
  await page.reload();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByText('It is kept in this browser.').waitFor();
  assert.equal(await lines.inputValue(), own);
  assert.deepEqual(errors, []);
  await page.close();
});
