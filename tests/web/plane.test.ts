// Points of a plane under a mouse, fingers and keys, in Chromium and by themselves, as any exhibit may have them.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launch, serve } from './bridge/browser.ts';
import { comes } from './page/browser.ts';

const root = fileURLToPath(new URL('./plane', import.meta.url));
const outDir = join(root, '../../../build/plane-page');
let browser: Browser;
let page: Page;
let served: Awaited<ReturnType<typeof serve>>;
const errors: string[] = [];

before(async () => {
  const { build } = await import('vite');
  await build({ root, configFile: false, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  served = await serve(outDir);
  browser = await launch();
  page = await browser.newPage({ hasTouch: true, viewport: { width: 600, height: 400 } });
  page.on('pageerror', (error) => errors.push(String(error)));
});
after(async () => {
  await browser?.close();
  served?.server.close();
});

/** So many points, in a row at y = 0, nothing asked yet. */
async function points(count: number): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${served.address}#${count}`);
  await page.getByRole('group', { name: 'Points' }).waitFor();
}
const point = (n: number) => page.getByRole('button', { name: `Point ${n}`, exact: true });
const asked = (wanted: unknown[][], what?: string) =>
  comes(page, async () => JSON.parse((await page.locator('output').textContent()) ?? ''), wanted, what);
const has = (wanted: string) =>
  comes(page, () => page.evaluate(() => document.activeElement?.getAttribute('aria-label')), wanted);
const at = (x: number, y: number) => [50 + 400 * x, 150 - 100 * y] as const;

test('a point goes where the mouse drags it, held where it was taken, and asks once that it stays', async () => {
  await points(3);
  await page.mouse.move(at(0.5, 0)[0] + 4, at(0.5, 0)[1] - 3);
  await page.mouse.down();
  await page.mouse.move(at(0.6, 0.2)[0] + 4, at(0.6, 0.2)[1] - 3);
  await page.mouse.move(at(0.7, 0.5)[0] + 4, at(0.7, 0.5)[1] - 3);
  await asked([], 'not yet');
  await page.mouse.up();
  await asked([['move', 1, 0.7, 0.5]]);
  const box = await point(2).boundingBox();
  assert.deepEqual([box!.x + box!.width / 2, box!.y + box!.height / 2], at(0.7, 0.5));
  assert.equal(await point(2).getAttribute('aria-pressed'), 'true');
});

test('a press on a point picks it and moves nothing; the other button does nothing', async () => {
  await points(3);
  await page.mouse.click(...at(0.25, 0));
  await comes(page, () => point(1).getAttribute('aria-pressed'), 'true');
  await page.mouse.move(...at(0.75, 0));
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(...at(0.9, 0.9));
  await page.mouse.up({ button: 'right' });
  assert.equal(await point(1).getAttribute('aria-pressed'), 'true');
  await asked([]);
});

test('a press on the ground adds a point there; a point is as large as a finger; beside the plane nothing is', async () => {
  await points(3);
  await page.mouse.click(...at(0.1, -0.5));
  await asked([['add', 0.1, -0.5]]);
  for (const [x, y] of [at(-0.05, 0.5), at(1.05, 0.5), at(0.1, 1.1), at(0.1, -1.1)]) await page.mouse.click(x, y);
  const [x, y] = at(0.75, 0);
  await page.mouse.click(x + 12, y + 12);
  await comes(page, () => point(3).getAttribute('aria-pressed'), 'true');
  await asked([['add', 0.1, -0.5]]);
});

test('arrows move the point that has the keys, with Shift further; other keys stay the browser’s', async () => {
  await points(3);
  await point(2).focus();
  await comes(page, () => point(2).getAttribute('aria-pressed'), 'true');
  await page.keyboard.press('ArrowUp');
  await asked([['move', 1, 0.5, 0.02]]);
  await page.keyboard.press('Shift+ArrowLeft');
  const both = [
    ['move', 1, 0.5, 0.02],
    ['move', 1, 0.4, 0.02],
  ];
  await asked(both);
  for (const key of ['Alt+ArrowDown', 'Control+ArrowRight', 'Control+Backspace']) await page.keyboard.press(key);
  await page.keyboard.press('ArrowDown');
  await asked([...both, ['move', 1, 0.4, 0]], 'with Alt or Control nothing moves or goes');
});

test('Delete takes a point away and the keys stay among the points, after the last one too', async () => {
  await points(3);
  await point(2).focus();
  await page.keyboard.press('Delete');
  await asked([['remove', 1]]);
  await has('Point 2');
  await page.keyboard.press('Backspace');
  await asked([
    ['remove', 1],
    ['remove', 1],
  ]);
  await has('Point 1');
});

test('of few points Tab reaches each, of many the one that is picked, which is the nearest to the press', async () => {
  const reached = () => page.locator('.handle[tabindex="0"]').count();
  await points(24);
  assert.equal(await reached(), 24);
  await points(25);
  assert.equal(await reached(), 1);
  await page.keyboard.press('Tab');
  await has('Point 1');
  await page.mouse.click(...at(10 / 26, 0));
  await comes(page, () => point(10).getAttribute('tabindex'), '0');
  assert.equal(await reached(), 1);
});

test('what is locked is neither moved, added nor taken away, and can be read', async () => {
  await points(3);
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.locator('.handles.locked').waitFor();
  await page.mouse.move(...at(0.5, 0));
  await page.mouse.down();
  await page.mouse.move(...at(0.5, 0.5));
  await page.mouse.up();
  await page.mouse.click(...at(0.1, -0.5));
  await point(1).focus();
  for (const key of ['ArrowUp', 'Delete']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.locator('.handles:not(.locked)').waitFor();
  await asked([]);
});

test('a second finger takes another point: the first stays where it was brought', async () => {
  await points(3);
  const touch = await page.context().newCDPSession(page);
  const finger = (id: number, x: number, y: number) => ({ id, x: at(x, y)[0], y: at(x, y)[1] });
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { id: number; x: number; y: number }[]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', [finger(1, 0.25, 0)]);
  await send('touchMove', [finger(1, 0.3, 0.5)]);
  await send('touchStart', [finger(1, 0.3, 0.5), finger(2, 0.75, 0)]);
  await asked([['move', 0, 0.3, 0.5]]);
  await send('touchMove', [finger(1, 0.4, 0.9), finger(2, 0.8, -0.5)]);
  await page.mouse.click(...at(0.3, 0.5), { button: 'right' }); // nor does what is let go elsewhere end it
  await send('touchMove', [finger(1, 0.4, 0.9), finger(2, 0.85, -0.6)]);
  await send('touchMove', [finger(1, 0.1, 0.1), finger(2, 0.85, -0.6)]);
  await send('touchEnd', []);
  await asked([
    ['move', 0, 0.3, 0.5],
    ['move', 2, 0.85, -0.6],
  ]);
  assert.deepEqual(errors, []);
});
