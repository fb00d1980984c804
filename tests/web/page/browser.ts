// The page as it is released, in Chromium: opened, driven by roles and names, with everything that went wrong kept.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launch, PATIENCE, serve } from '../bridge/browser.ts';
import { DESK, spare } from './spare.ts';

const SITE = process.env.UNROLL_SITE ?? fileURLToPath(new URL('../../../dist/site', import.meta.url));

export interface Opened {
  page: Page;
  errors: string[];
}
export interface Site {
  open(hash?: string, options?: BrowserContextOptions): Promise<Opened>;
  /** The one page that goes from exhibit to exhibit, at this one as it is at first, at a desk, in light: what is new costs
   *  five times as much. For tests that change nothing that is kept. */
  exhibit(slug: string): Promise<Opened>;
  /** The page is not needed any more, nor what it stored. When a test ends, this is done for it. */
  put(page: Page): Promise<void>;
  close(): Promise<void>;
}

/** How many want what is open, and that. */
let users = 0;
let opening: Promise<Site> | null = null;

/** dist/site, or the folder in UNROLL_SITE: once a process, for all files that run in it, until the last has closed it. */
export async function site(): Promise<Site> {
  users++;
  opening ??= openSite();
  const web = await opening;
  return {
    ...web,
    async close() {
      if (--users > 0) return;
      opening = null;
      await web.close();
    },
  };
}

async function openSite(): Promise<Site> {
  if (!existsSync(SITE)) throw new Error('dist/site is not there: ./dev release builds it.');
  const { server, address } = await serve(SITE, { 'Cache-Control': 'max-age=3600' });
  const browser: Browser = await launch();
  const pages = spare(browser);
  let shared: Opened | null = null;
  async function open(hash = '', options: BrowserContextOptions = {}, stays = false): Promise<Opened> {
    const page = await pages.take(options, stays);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address))
        errors.push(`asked for ${request.url()}`);
    });
    await page.goto(address + hash);
    return { page, errors };
  }
  return {
    put: pages.put,
    open,
    async exhibit(slug) {
      if (shared) {
        await shared.page.setViewportSize(DESK);
        await go(shared.page, `#${slug}?theme=light`);
      } else {
        shared = await open(`#${slug}`, {}, true);
        await shown(shared.page);
      }
      return shared;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** Resolves when real values are on screen, in their own letters. */
export async function shown(page: Page): Promise<void> {
  await page.waitForFunction(
    () => performance.getEntriesByName('unroll:first-values').length > 0 && document.fonts.status === 'loaded',
  );
}

/** The same page at another address: no new page is opened, nothing is loaded twice. Of what is on screen the page writes
 *  the address itself: there it is already. */
export async function go(page: Page, hash: string): Promise<void> {
  const there = await page.evaluate((hash) => {
    if (location.hash === hash) return true;
    location.hash = hash;
    return false;
  }, hash);
  if (there) return;
  await page.waitForFunction((hash) => {
    const [mark] = performance.getEntriesByName('unroll:arrived') as PerformanceMark[];
    return mark?.detail === hash;
  }, hash);
}

/** The next picture is drawn, and the letters have come that it takes. */
export const picture = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise(requestAnimationFrame).then(() => document.fonts.ready.then(() => 0)));

/** What is read of the page, picture after picture, once it is right: an address, a key and a press are there before the
 *  numbers that follow from them. If it does not come right, what it then is. */
export async function eventually<T>(page: Page, read: () => Promise<T>, right: (seen: T) => boolean): Promise<T> {
  const end = performance.now() + PATIENCE;
  let seen = await read();
  while (!right(seen) && performance.now() < end) {
    await picture(page);
    seen = await read();
  }
  return seen;
}

/** What is wrong and stays so: what has just changed takes a few pictures to find its place. */
export async function lasting(page: Page, read: () => Promise<string[]>): Promise<string[]> {
  let wrong = await read();
  for (let i = 0; i < 20 && wrong.length > 0; i++) {
    await picture(page);
    wrong = await read();
  }
  return wrong;
}

/** What is read of the page comes to be this. */
export async function comes<T>(page: Page, read: () => Promise<T>, wanted: T, what?: string): Promise<void> {
  assert.deepEqual(await eventually(page, read, (seen) => isDeepStrictEqual(seen, wanted)), wanted, what);
}

/** A stream of numbers from a seed: which cells a test picks is chosen, not drawn anew each time. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The number of the words that the page shows for it: a true minus, powers of ten. */
export function numberOf(words: string): number {
  const plain = words.trim().replace(/−/g, '-');
  const [mantissa = '', power] = plain.split('·10');
  if (power === undefined) return Number(plain);
  const digits = [...power].map((c) => (c === '⁻' ? '-' : String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c)))).join('');
  return Number(`${mantissa}e${digits}`);
}
/** Everything of it that can be read or heard: text, names, titles, values. */
export const everyWord = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const words = [document.body.innerText];
    for (const element of document.querySelectorAll('*')) {
      if (element.children.length === 0 && !/^(SCRIPT|STYLE)$/.test(element.tagName))
        words.push(element.textContent ?? '');
      for (const name of ['aria-label', 'aria-valuetext', 'aria-description', 'title', 'placeholder']) {
        words.push(element.getAttribute(name) ?? '');
      }
    }
    return words.join('\n');
  });
