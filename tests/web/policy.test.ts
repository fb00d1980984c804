// The page's own content security policy: as strict as it says, broken by nothing that the page does, and text from
// outside stays text.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { policyOf } from '../../web/build/policy.ts';
import { launch, serve } from './bridge/browser.ts';
import { go } from './page/browser.ts';
import { exhibits } from './page/folders.ts';
import { FULL } from './page/sample.ts';
import { type Spare, spare } from './page/spare.ts';

let browser: Browser;
let pages: Spare;
let served: Awaited<ReturnType<typeof serve>>;
before(async () => {
  browser = await launch();
  pages = spare(browser, (page) => page.addInitScript(watch));
  served = await serve('dist/site', { 'Cache-Control': 'max-age=3600' });
});
after(async () => {
  await browser?.close();
  served?.server.close();
});

const FORMS = {
  site: { html: 'dist/site/index.html', address: () => served.address },
  'one file': { html: 'dist/unroll.html', address: () => pathToFileURL('dist/unroll.html').href },
} as const;
const inHead = (html: string) => /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

interface Seen {
  violations: string[];
  marks: string[];
}
/** In the page, before anything of it runs. */
function watch(): void {
  const seen: Seen = { violations: [], marks: [] };
  Object.assign(globalThis, { seen });
  addEventListener('securitypolicyviolation', (event) => {
    seen.violations.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile} ${event.sample}`);
  });
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        for (const each of [node, ...node.querySelectorAll('*')]) {
          if (each.matches('img, iframe, object, embed, [onerror], [onload]')) seen.marks.push(each.outerHTML);
        }
      }
    }
  }).observe(document, { childList: true, subtree: true });
}
/** A page that keeps what its policy refused, every element that text from outside would be, and what it asked for. */
async function open(form: keyof typeof FORMS, hash: string) {
  const page = await pages.take({});
  const errors: string[] = [];
  const own = FORMS[form].address();
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(own)) errors.push(`asked: ${request.url()}`);
  });
  await page.goto(`${own}${hash}`);
  const seen = () => page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  return { page, errors, seen };
}
const shown = (page: Page) =>
  page.waitForFunction(() => performance.getEntriesByName('unroll:first-values').length > 0);

for (const form of ['site', 'one file'] as const) {
  test(`${form}: the policy stands before all that it is for, and grants nothing but what is built`, () => {
    const html = readFileSync(FORMS[form].html, 'utf8');
    const policy = inHead(html);
    assert.match(
      html.slice(0, html.indexOf(policy)),
      /^<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta charset="utf-8" \/>/,
    );
    assert.ok(policy.startsWith("default-src 'none'; "));
    const sources = policy.split('; ').flatMap((directive) => directive.split(' ').slice(1));
    for (const source of sources) {
      assert.match(source, /^('none'|'self'|'wasm-unsafe-eval'|'sha256-[\w+/]{43}='|blob:|data:)$/);
      assert.ok(form === 'site' || source !== "'self'", 'a file has no origin to trust');
    }
    const rule = (name: string) => policy.split('; ').find((directive) => directive.startsWith(`${name} `)) ?? '';
    assert.doesNotMatch(rule('script-src'), /blob:|data:/);
    assert.doesNotMatch(rule('style-src'), /blob:|data:/);
    assert.equal(policy, policyOf(html, form === 'one file'), 'the hashes are those of what is inside');
    assert.doesNotMatch(html.replace(/<script[\s\S]*?<\/script>/g, ''), /\sstyle="|\son\w+="/);
  });

  test(`${form}: what is not the page's own neither runs nor loads`, async () => {
    const { page, seen } = await open(form, '#rnn');
    await shown(page);
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = 1';
      document.head.append(script);
      const holder = document.createElement('div');
      holder.innerHTML = '<img src=x onerror="globalThis.ran = 2"><i style="opacity:0.5">x</i>';
      document.body.append(holder);
      const sent = await fetch('https://example.invalid/').then(
        () => 'sent',
        () => 'refused',
      );
      setTimeout('globalThis.ran = 3');
      await new Promise((resolve) => setTimeout(resolve));
      const faded = getComputedStyle(holder.querySelector('i') as Element).opacity;
      return { ran: (globalThis as { ran?: number }).ran, sent, faded };
    });
    assert.deepEqual(ran, { ran: undefined, sent: 'refused', faded: '1' });
    const refused = (await seen()).violations.map((one) => one.split(':')[0]);
    for (const directive of ['script-src-elem', 'style-src-attr', 'connect-src', 'img-src', 'script-src']) {
      if (form === 'site' && directive === 'img-src') continue;
      assert.ok(refused.includes(directive), `${directive} in ${refused}`);
    }
    await pages.put(page);
  });

  // The file holds what the folder holds: the usual run goes through one of its exhibits.
  for (const slug of [
    '',
    ...exhibits.flatMap(({ slug }) => (form === 'site' || FULL || slug === 'rnn' ? [slug] : [])),
  ]) {
    test(`${form}: ${slug || 'home'}, all of its views and sheets, asks for nothing foreign and breaks no rule`, async () => {
      const { page, errors, seen } = await open(form, `#${slug}`);
      if (slug === '') {
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.locator('html[data-core]').waitFor();
      } else {
        await shown(page);
        const views = page.locator('.seg.views button');
        for (let i = 0; i < (await views.count()); i++) {
          await views.nth(i).click();
          await page.locator('.seg.views button[aria-pressed=true]').nth(0).waitFor();
        }
        if ((await views.count()) > 0) await views.first().click();
        for (const name of ['Value', 'Gradient', 'Table', 'Next letter', 'States', 'Change']) {
          const button = page.getByRole('button', { name, exact: true }).first();
          if (!(await button.count())) continue;
          await button.click();
          if (name === 'Change') await page.getByRole('dialog').waitFor();
        }
        await page.keyboard.press('Escape');
      }
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      const { violations, marks } = await seen();
      assert.deepEqual({ errors, violations, marks }, { errors: [], violations: [], marks: [] });
      await pages.put(page);
    });
  }
}

// ---- words from outside

const MARKUP = '<img src=x onerror=globalThis.ran=1>';
const LINES = Array.from({ length: 12 }, (_, i) => `${MARKUP} ${i}\n<script>ran=${i}</script> & <b>so</b>\n`).join('');
/** Shipped weights with other metadata. */
function weights(change: (metadata: Record<string, string>) => void): Buffer {
  const bytes = readFileSync('models/names-rnn.safetensors');
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString()) as { __metadata__: Record<string, string> };
  change(header.__metadata__);
  const text = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([text, Buffer.alloc((8 - (text.length % 8)) % 8, ' ')]);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([size, padded, bytes.subarray(8 + length)]);
}
async function plain(page: Page, seen: () => Promise<Seen>, what: string): Promise<void> {
  assert.deepEqual((await seen()).marks, [], what);
  assert.equal(await page.evaluate(() => (globalThis as { ran?: number }).ran), undefined, what);
}

test('the observer sees markup where it appears', async () => {
  const { page, seen } = await open('site', '');
  await page.evaluate((markup) => document.body.insertAdjacentHTML('beforeend', markup), MARKUP);
  assert.equal((await seen()).marks.length, 1);
  await pages.put(page);
});

test('what a link says stays text: its letters, its lines, keys it should not have, an exhibit there is not', async () => {
  const escaped = encodeURIComponent(MARKUP);
  const lines = encodeURIComponent(LINES);
  const { page, seen } = await open('site', '#rnn?at=1');
  await shown(page);
  for (const [hash, word] of [
    [`#rnn?text=${escaped}`, '<'],
    [`#rnn?lines=${lines}&text=${escaped}`, '<'],
    [`#rnn?${escaped}=1`, '<img'],
    [`#rnn?lab=${escaped}`, 'lab'],
    [`#rnn?node=${escaped}`, 'node'],
    [`#${escaped}`, '<img'],
    [`#lstm?lines=${lines}`, ''],
    [`#bptt?lines=${lines}`, ''],
  ] as const) {
    await go(page, hash);
    if (hash.startsWith('#%')) await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForFunction((text) => document.body.innerText.includes(text), word);
    await plain(page, seen, hash);
  }
  await pages.put(page);
});

test('what is typed, pasted and opened stays text', async () => {
  const { page, seen } = await open('site', '#rnn');
  await shown(page);
  await page.getByLabel('Name to read').fill(MARKUP);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: '<' }).waitFor();
  await plain(page, seen, 'a name');

  await page.getByRole('button', { name: 'Change' }).click();
  const sheet = page.getByRole('dialog');
  for (const [name, bytes] of [
    ['a model', weights((metadata) => Object.assign(metadata, { model: MARKUP }))],
    ['a task', weights((metadata) => Object.assign(metadata, { task: MARKUP }))],
    ['settings', weights((metadata) => Object.assign(metadata, { settings: JSON.stringify({ [MARKUP]: MARKUP }) }))],
    [
      'a vocabulary',
      weights((metadata) => {
        const tokens = JSON.parse(metadata.vocabulary ?? '[]') as string[];
        metadata.vocabulary = JSON.stringify([...tokens.slice(0, -1), MARKUP]);
      }),
    ],
    [`a file that is none, ${MARKUP}`, Buffer.from(MARKUP)],
  ] as const) {
    const coming = page.waitForEvent('filechooser');
    await sheet.getByRole('button', { name: 'Open weights' }).click();
    await (await coming).setFiles({ name: `${name}.safetensors`, mimeType: 'application/octet-stream', buffer: bytes });
    await sheet
      .getByRole('alert')
      .or(sheet.getByRole('status').filter({ hasText: 'is open' }))
      .first()
      .waitFor();
    await plain(page, seen, name);
  }

  await sheet.getByLabel('Lines to train on').fill(LINES);
  await sheet.getByRole('button', { name: 'Train on this text' }).click();
  await page.waitForFunction(() => location.hash.includes('lines='));
  await page.keyboard.press('Escape');
  await page.getByLabel('Name to read').fill('<script>');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.includes('text=%3Cscript'));
  await plain(page, seen, 'own lines');
  const { violations } = await seen();
  assert.deepEqual(violations, []);
  await pages.put(page);
});
