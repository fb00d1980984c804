// Whatever keeps the page from starting ends in a sentence that says what to do, and never in an empty page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launch, PATIENCE, serve } from './bridge/browser.ts';
import { comes, shown } from './page/browser.ts';
import { FULL } from './page/sample.ts';
import { type Spare, spare } from './page/spare.ts';

const SITE = 'dist/site';
const FORMS = { site: SITE, 'one file': 'dist' } as const;
const SIZES = {
  simd128: readFileSync('build/wasm/core.wasm').length,
  scalar: readFileSync('build/wasm-scalar/core.wasm').length,
};
type Instead = Parameters<typeof serve>[2];

const DESK = { width: 1280, height: 720 };
let browser: Browser;
let pages: Spare;
const alone = new Set<Page>();
const servers: Server[] = [];
before(async () => {
  browser = await launch();
  pages = spare(browser);
});
after(async () => {
  await browser?.close();
  for (const server of servers) server.close();
});

interface Case {
  form?: keyof typeof FORMS;
  hash?: string;
  headers?: Record<string, string>;
  instead?: Instead;
  /** Runs in the page first. */
  first?: string;
  /** Runs in every worker of the one file first. */
  inWorker?: string;
  options?: BrowserContextOptions;
}
async function open({ form = 'site', hash = '#rnn', headers, instead, first = '', inWorker, options }: Case) {
  const script = first + (inWorker ? inWorkers(inWorker) : '');
  const { address, server } = await serve(FORMS[form], headers, (path, body) => {
    const sent = instead ? instead(path, body) : body;
    return script && /\.html$/.test(path) && Buffer.isBuffer(sent) ? led(sent, script) : sent;
  });
  servers.push(server);
  const own = options ? await browser.newContext({ viewport: DESK, ...options }) : null;
  const page = own ? await own.newPage() : await pages.take({});
  if (own) alone.add(page);
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${address}${form === 'site' ? '' : 'unroll.html'}${hash}`, { waitUntil: 'commit' });
  return page;
}
/** A page in which this runs before all else, its policy too. */
function led(html: Buffer, script: string): Buffer {
  const at = html.indexOf('<head>') + '<head>'.length;
  return Buffer.concat([html.subarray(0, at), Buffer.from(`<script>${script}</script>`), html.subarray(at)]);
}
/** The one file makes its workers of blobs. */
const inWorkers = (code: string) => `
  globalThis.Blob = class extends Blob {
    constructor(parts = [], bag) {
      super(bag?.type?.includes('javascript') ? [${JSON.stringify(`${code};`)}, ...parts] : parts, bag);
    }
  };`;
const end = (page: Page) => (alone.has(page) ? page.context().close() : pages.put(page));
const swap =
  (pattern: RegExp, by: Buffer | number | null): Instead =>
  (path, body) =>
    pattern.test(path) ? by : body;
const ahead =
  (pattern: RegExp, code: string): Instead =>
  (path, body) =>
    pattern.test(path) ? Buffer.concat([Buffer.from(`${code};`), body]) : body;
/** What the tables say where nothing is wrong. */
async function usually(form: Case['form']): Promise<string> {
  const page = await open({ form });
  await shown(page);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.core), 'simd128');
  const words = await tables(page);
  await end(page);
  return words;
}
const tables = async (page: Page) => (await page.locator('table').allTextContents()).join('\n');

// ---- the core

const WORKER = /worker-.*\.js$/;
/** What the network reads is not known before it is let. */
const WAITS = `
  const post = Worker.prototype.postMessage;
  let go = Promise.resolve();
  Worker.prototype.postMessage = function (...all) {
    if (all[0].name === 'walk' && !globalThis.goOn) go = new Promise((resolve) => { globalThis.goOn = resolve; });
    void go.then(() => post.apply(this, all));
  };`;
const NO_SIMD = `
  WebAssembly.validate = () => false;
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = (bytes, imports) =>
    bytes.byteLength === ${SIZES.simd128}
      ? Promise.reject(new WebAssembly.CompileError('simd128 is not known here'))
      : instantiate(bytes, imports);`;

test('the two builds of the core can be told apart by their size', () => {
  assert.notEqual(SIZES.simd128, SIZES.scalar);
});

const NO_CORE = [
  ['delete self.WebAssembly', /WebAssembly is switched off in this browser/],
  [
    "WebAssembly.instantiate = () => Promise.reject(new WebAssembly.CompileError('expected magic word'))",
    /could not compile the core\..*expected magic word/s,
  ],
  [
    "WebAssembly.instantiate = () => Promise.reject(new RangeError('could not allocate memory'))",
    /not enough memory for the core/,
  ],
  ["WebAssembly.instantiate = () => Promise.reject(new Error('so'))", /could not start its core\. so\. Load/],
] as const;

const FORM = ['site', 'one file'] as const;
for (const form of FORM) {
  let usual: string | undefined;
  for (const [name, code] of [
    ['an engine without SIMD', NO_SIMD],
    ['an engine that says it has SIMD and then refuses it', NO_SIMD.replace('WebAssembly.validate = () => false;', '')],
  ] as const) {
    test(`${form}: ${name} takes the scalar core, and shows the same values`, async () => {
      const as = form === 'site' ? { instead: ahead(WORKER, code) } : { inWorker: code };
      const page = await open({ form, ...as });
      await shown(page);
      const build = await page.evaluate(() => document.documentElement.dataset.core);
      assert.equal(build, 'scalar');
      usual ??= await usually(form);
      assert.match(usual, /\d\.\d/);
      await comes(page, () => tables(page), usual);
      await end(page);
    });
  }

  test(`${form}: a core that cannot be had says why, on the exhibit and on the home page`, async () => {
    for (const [i, [code, sentence]] of NO_CORE.entries()) {
      // The usual run sees each of them in one place of the one form, and in the other of the other.
      const places = ['#rnn', ''].filter((_, n) => FULL || (i + n) % 2 === FORM.indexOf(form));
      for (const hash of places) {
        const as = form === 'site' ? { instead: ahead(WORKER, code) } : { inWorker: code };
        const page = await open({ form, hash, ...as });
        const alert = page.getByRole('alert');
        await alert.waitFor();
        assert.match(await alert.innerText(), sentence);
        assert.ok(await alert.getByRole('button', { name: 'Load the page again' }).isVisible());
        await end(page);
      }
    }
  });

  test(`${form}: a worker that cannot be made says so`, async () => {
    const refused = "Worker = class { constructor() { throw new DOMException('no workers here', 'SecurityError'); } }";
    for (const as of [{ first: refused }, { headers: { 'Content-Security-Policy': "worker-src 'none'" } }]) {
      const page = await open({ form, ...as });
      const alert = page.getByRole('alert');
      await alert.waitFor();
      assert.match(await alert.innerText(), /refused the worker in which the core computes/);
      await end(page);
    }
  });
}

test('a core that comes damaged is told, and one that does not come at all', async () => {
  const damaged = await open({ instead: swap(/\.wasm$/, Buffer.from('no WebAssembly at all')) });
  await damaged.getByRole('alert').waitFor();
  assert.match(await damaged.getByRole('alert').innerText(), /could not compile the core/);
  await end(damaged);
  const missing = await open({ instead: swap(/\.wasm$/, 404) });
  await missing.getByRole('alert').waitFor();
  assert.match(await missing.getByRole('alert').innerText(), /A part of the page did not come: core-[\w-]+\.wasm/);
  await end(missing);
});

test('a part of the page that is gone is told, and once it is back, the button brings the page', async () => {
  for (const part of [WORKER, /Exhibit-.*\.js$/, /en-.*\.js$/, /Exhibit-.*\.css$/, /panels-.*\.js$/]) {
    let gone = true;
    const hash = part.source.startsWith('panels') ? '#lstm' : '#rnn';
    const page = await open({ hash, instead: (path, body) => (gone && part.test(path) ? 404 : body) });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /A part of the page did not come: [\w-]+\.(js|css)/, String(part));
    gone = false;
    await alert.getByRole('button', { name: 'Load the page again' }).click();
    await shown(page);
    await end(page);
  }
});

test('weights that do not come are told', async () => {
  const page = await open({ hash: '#rnn?weights=names-rnn-145', instead: swap(/\.safetensors$/, 404) });
  const alert = page.getByRole('alert').first();
  await alert.waitFor();
  assert.match(await alert.innerText(), /A part of the page did not come: names-rnn-145-[\w-]+\.safetensors/);
  await end(page);
});

// ---- the page itself

const MAIN = /index-.*\.js$/;
const box = (page: Page) => page.locator('.starting.told');

test('a page whose script does not start is told, with a way on', async () => {
  for (const [by, sentence] of [
    [404, /A part of the page did not come: index-[\w-]+\.js/],
    [Buffer.from('let = ;'), /This browser is too old for the page\. It runs in Firefox 121/],
    [Buffer.from("[].fromTheFuture('x')"), /stopped while it was starting\..*fromTheFuture is not a function\. Load/],
  ] as const) {
    const page = await open({ instead: swap(MAIN, by) });
    await box(page).waitFor();
    assert.match(await box(page).innerText(), sentence);
    await end(page);
  }
});

test('a page without its stylesheet is told, and not shown bare', async () => {
  const page = await open({ instead: swap(/index-.*\.css$/, 404) });
  await box(page).waitFor();
  assert.match(await box(page).innerText(), /A part of the page did not come: index-[\w-]+\.css/);
  await shown(page);
  assert.ok(await box(page).isVisible(), 'over the page, which runs');
  await end(page);
});

test('a browser that knows no modules is told', async () => {
  const page = await open({
    first: 'delete HTMLScriptElement.prototype.noModule',
    instead: swap(MAIN, Buffer.from('')),
  });
  await box(page).waitFor();
  assert.match(await box(page).innerText(), /This browser is too old/);
  await end(page);
});

test('nothing can be typed where the name to read is not known yet', async () => {
  const page = await open({ first: WAITS });
  const field = page.getByLabel('Name to read');
  await field.focus();
  await page.keyboard.type('zoe');
  assert.equal(await field.inputValue(), '', 'refused at once, not lost later');
  await page.evaluate('goOn()');
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#reading')?.value !== '');
  assert.equal(await field.inputValue(), 'amelia');
  await field.fill('zoe');
  await field.press('Enter');
  await page.waitForFunction(() => /text=zoe/.test(location.hash));
  await end(page);
});

test('where nothing comes for long, one reads that it is starting', async () => {
  const page = await open({ instead: swap(MAIN, null) });
  const waiting = page.locator('.starting');
  await waiting.waitFor();
  assert.match(await waiting.innerText(), /^Unroll is starting\. .*Firefox 121/);
  await end(page);
});

test('a folder that is opened from the disk says what to open instead', async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(pathToFileURL(`${SITE}/index.html`).href);
  await box(page).waitFor();
  assert.match(await box(page).innerText(), /From a disk this folder does not start\. Open the file unroll\.html/);
  await page.close();
});

test('one file: cut short, damaged, or in a browser that cannot unpack it, it says so', async () => {
  const packed = (body: Buffer) => body.lastIndexOf('<script type="application/gzip">') + 40;
  const cut = (body: Buffer) => body.subarray(0, body.length - 5000);
  const early = (body: Buffer) => body.subarray(0, packed(body) - 50);
  const other = (body: Buffer) => {
    const copy = Buffer.from(body);
    const at = packed(body) + 100_000;
    copy[at] = body[at] === 65 ? 66 : 65;
    return copy;
  };
  const DAMAGED = /This file is damaged: part of it is missing, or is not as it was\. Get unroll\.html again/;
  for (const [change, first, sentence] of [
    [cut, '', DAMAGED],
    [early, '', DAMAGED],
    [other, '', DAMAGED],
    [(body: Buffer) => body, 'delete globalThis.DecompressionStream', /too old for the page\. It runs in Firefox 121/],
  ] as const) {
    const page = await open({ form: 'one file', first, instead: (_, body) => change(body) });
    await box(page).waitFor();
    assert.match(await box(page).innerText(), sentence);
    await end(page);
  }
});

for (const form of ['site', 'one file'] as const) {
  test(`${form}: without scripts a sentence asks for them`, async () => {
    const page = await open({ form, options: { javaScriptEnabled: false } });
    const words = page.locator('.starting.told');
    await words.waitFor();
    assert.match(await words.innerText(), /The page needs JavaScript/);
    await end(page);
  });

  test(`${form}: a page that started says nothing of starting`, async () => {
    const page = await open({ form });
    await shown(page);
    assert.equal(await page.locator('.starting').count(), 0);
    assert.equal(await page.getByRole('alert').count(), 0);
    await end(page);
  });
}
