// The page in a frame of another page, as learning platforms embed it: sandboxed, without an origin of its own.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { after, before } from 'node:test';
import type { Browser, Frame, Page } from 'playwright-core';
import { preview } from 'vite';
import { launch, PATIENCE, serve } from './bridge/browser.ts';

const ALLOWED = { 'Access-Control-Allow-Origin': '*' };
let browser: Browser;
const servers: Server[] = [];
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const server of servers) server.close();
});

async function hosted(folder: string, headers: Record<string, string>): Promise<string> {
  const { address, server } = await serve(folder, headers);
  servers.push(server);
  return address;
}
/** A page at an address of its own with nothing but a frame. */
async function around(address: string, sandbox: string): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(`<!doctype html><title>A course</title>
      <iframe title="Unroll" sandbox="${sandbox}" width="1280" height="720" src="${address}"></iframe>`);
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
async function embedded(address: string, sandbox = 'allow-scripts') {
  const page = await browser.newPage({ viewport: { width: 1320, height: 760 } });
  page.setDefaultTimeout(PATIENCE);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(await around(address, sandbox));
  const frame = page.frames()[1] as Frame;
  assert.ok(frame);
  return { page, frame, errors };
}
const first = (where: Page | Frame) =>
  where.waitForFunction(() => performance.getEntriesByName('unroll:first-values').length > 0);
const tables = async (where: Page | Frame) => (await where.locator('table').allTextContents()).join('\n');

const FORMS = [
  ['the folder, with its header', 'dist/site', 'index.html', ALLOWED],
  ['the one file, without headers', 'dist', 'unroll.html', {}],
] as const;

for (const [name, folder, file, headers] of FORMS) {
  test(`${name}, works in a sandboxed frame: values, typing, own sentences, training, a claim`, async () => {
    const address = `${await hosted(folder, headers)}${file}`;
    const alone = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    alone.setDefaultTimeout(PATIENCE);
    await alone.goto(`${address}#rnn`);
    await first(alone);
    const { page, frame, errors } = await embedded(`${address}#rnn`);
    await first(frame);
    assert.equal(await frame.evaluate(() => origin), 'null');
    assert.match(await tables(frame), /\d\.\d/);
    assert.equal(await tables(frame), await tables(alone));
    // Its own letters.
    await frame.waitForFunction(() => [...document.fonts].filter(({ status }) => status === 'loaded').length >= 2);

    // A sandboxed frame sends no forms: what is typed is read all the same, by Enter and by the button.
    const field = frame.getByLabel('Name to read');
    await field.fill('ada');
    await field.press('Enter');
    await frame.waitForFunction(() => /text=ada(&|$)/.test(location.hash));
    await field.fill('eve');
    await frame.getByRole('button', { name: 'Read', exact: true }).click();
    await frame.waitForFunction(() => /text=eve(&|$)/.test(location.hash));
    await frame.getByRole('button', { name: 'One update forward' }).click();
    await frame.waitForFunction(() => /update=1(&|$)/.test(location.hash));
    await frame.getByRole('button', { name: 'Run it' }).click();
    await frame.getByRole('button', { name: 'Stop', exact: true }).first().waitFor();
    await page.close();
    await alone.close();
    assert.deepEqual(errors, []);
  });
}

test('two nets race in a sandboxed frame, each in a worker of its own', async () => {
  const { page, frame, errors } = await embedded(`${await hosted('dist/site', ALLOWED)}index.html#bptt?panel=reach`);
  await frame.getByRole('slider', { name: 'Update' }).waitFor();
  assert.equal(await frame.getByRole('alert').count(), 0);
  await page.close();
  assert.deepEqual(errors, []);
});

test('the folder without its header says in the frame what is missing, and where it is by itself', async () => {
  const address = `${await hosted('dist/site', {})}index.html#rnn`;
  const { page, frame } = await embedded(address);
  const words = frame.locator('.starting.told');
  await words.waitFor();
  assert.match(
    await words.innerText(),
    /does not let the page load inside this frame.*Access-Control-Allow-Origin: \*/s,
  );
  assert.equal(await words.getByRole('link').getAttribute('href'), address);
  await page.close();
});

test('a frame that may keep its origin needs no header', async () => {
  const address = `${await hosted('dist/site', {})}index.html#rnn`;
  const { page, frame, errors } = await embedded(address, 'allow-scripts allow-same-origin');
  await first(frame);
  await page.close();
  assert.deepEqual(errors, []);
});

test('./dev serve sends what an embedding needs', async () => {
  const server = await preview({
    configFile: 'vite.config.ts',
    logLevel: 'silent',
    preview: { port: 0, host: '127.0.0.1' },
  });
  try {
    const address = server.resolvedUrls?.local[0] ?? '';
    const { page, frame, errors } = await embedded(`${address}#rnn`);
    await first(frame);
    await page.close();
    assert.deepEqual(errors, []);
  } finally {
    await server.close();
  }
});
