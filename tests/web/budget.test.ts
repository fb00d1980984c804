// How much the page sends before an exhibit's first view stands, compressed as most hosts do (gzip). What the budget is
// for grows with every exhibit: markup, styles, code and words. The core, the fonts, the weights and the corpora are
// told apart.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { launch, serve } from './bridge/browser.ts';
import { shown } from './page/browser.ts';
import { everyExhibit, exhibits } from './page/folders.ts';

const SITE = 'dist/site';
const MOST = { view: 250_000, chunk: 60_000, core: 156_000, more: 146_000, fonts: 120_000, file: 6_000_000 };
/** Of the one file: what all exhibits have in common, and what one more may bring. All 22 fit into it. */
const GROWTH = { common: 1_300_000, exhibit: 200_000, exhibits: 22 };

const sizes = new Map<string, number>();
function compressed(path: string): number {
  const known = sizes.get(path) ?? gzipSync(readFileSync(SITE + path), { level: 9 }).length;
  sizes.set(path, known);
  return known;
}
const PARTS: [string, RegExp][] = [
  ['core', /core-[^/]*\.wasm$/],
  ['more', /more-[^/]*\.wasm$/],
  ['fonts', /\.woff2$/],
  ['weights', /\.safetensors$/],
  ['texts', /\.txt$/],
];
const partOf = (path: string) => PARTS.find(([, files]) => files.test(path))?.[0] ?? 'view';
const kB = (size: number | undefined) => `${((size ?? 0) / 1000).toFixed(1)} kB`;

test('the first view of each exhibit is within its budget', async (t) => {
  const asked = new Set<string>();
  const { server, address } = await serve(SITE, {}, (path, body) => {
    asked.add(path);
    return body;
  });
  const browser = await launch();
  try {
    for (const { slug } of exhibits) {
      asked.clear();
      const context = await browser.newContext(); // nothing is there from before
      const page = await context.newPage();
      await page.goto(`${address}#${slug}`);
      await shown(page);
      await page.evaluate(() => document.fonts.ready);
      await context.close();
      const sum = new Map<string, number>();
      for (const path of asked) sum.set(partOf(path), (sum.get(partOf(path)) ?? 0) + compressed(path));
      const said = ['view', ...PARTS.map(([part]) => part)].map((part) => `${part} ${kB(sum.get(part))}`).join(', ');
      t.diagnostic(`${slug}: ${said}`);
      assert.ok(asked.has('/index.html') && (sum.get('core') ?? 0) > 0, `${slug}: ${[...asked]}`);
      for (const part of ['view', 'core', 'more', 'fonts'] as const)
        assert.ok((sum.get(part) ?? 0) <= MOST[part], `${slug}: ${said}; ${part} may be ${kB(MOST[part])}`);
    }
  } finally {
    await browser.close();
    server.close();
  }
});

test('no chunk is large', (t) => {
  const chunks = readdirSync(`${SITE}/assets`).filter((name) => /\.(js|css)$/.test(name));
  const largest = chunks
    .map((name) => ({ name, size: compressed(`/assets/${name}`) }))
    .sort((a, b) => b.size - a.size)
    .slice(0, 5);
  t.diagnostic(largest.map(({ name, size }) => `${name} ${kB(size)}`).join(', '));
  for (const { name, size } of largest) assert.ok(size <= MOST.chunk, `${name}: ${kB(size)} of ${kB(MOST.chunk)}`);
});

test('the page in one file has room for the whole course', (t) => {
  const { size } = statSync('dist/unroll.html');
  const kinds = new Map<string, number>();
  for (const name of readdirSync(`${SITE}/assets`)) {
    const packed = Math.ceil((compressed(`/assets/${name}`) * 4) / 3); // base64
    const kind = /\.(\w+)$/.exec(name)?.[1] ?? '';
    kinds.set(kind, (kinds.get(kind) ?? 0) + packed);
  }
  const largest = [...kinds].sort(([, a], [, b]) => b - a).map(([kind, sum]) => `${kind} ${kB(sum)}`);
  t.diagnostic(`unroll.html ${kB(size)}, as it is; the folder's files as it would pack them: ${largest.join(', ')}`);
  const room = (count: number) => GROWTH.common + GROWTH.exhibit * count;
  assert.ok(room(GROWTH.exhibits) <= MOST.file);
  const most = room(everyExhibit.length);
  assert.ok(size <= most, `unroll.html: ${kB(size)} of ${kB(most)} for ${everyExhibit.length} exhibits`);
});
