// Pages that are put by and opened again, emptied, for whoever asks for one of the same options: a new one, with its
// process and its caches, costs more than most of what is tested in it.
import { afterEach } from 'node:test';
import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { PATIENCE } from '../bridge/browser.ts';

export const DESK = { width: 1280, height: 720 };
/** UNROLL_SLOWER=4: pages are four times as slow as this machine, their workers are not. What waits for too little shows. */
const SLOWER = Number(process.env.UNROLL_SLOWER ?? 1);

export interface Spare {
  /** stays: it is not put by when the test ends. */
  take(options: BrowserContextOptions, stays?: boolean): Promise<Page>;
  /** Ends what the page did; what is stored in it is gone. */
  put(page: Page): Promise<void>;
}

/** What each site has open: it is put by when the test ends. */
const leftOpen = new Set<() => Promise<void>>();
if (process.env.NODE_TEST_CONTEXT)
  afterEach(async () => {
    await Promise.all([...leftOpen].map((putBy) => putBy()));
  });

/** prepare: what is done once to a page that is new. */
export function spare(browser: Browser, prepare: (page: Page) => Promise<unknown> = async () => {}): Spare {
  const resting = new Map<string, Page[]>();
  const kinds = new Map<Page, { like: string; devtools: CDPSession }>();
  const taken = new Set<Page>();
  const staying = new Set<Page>();

  async function put(page: Page): Promise<void> {
    if (!taken.delete(page)) return;
    staying.delete(page);
    const { like, devtools } = kinds.get(page) as { like: string; devtools: CDPSession };
    if (page.isClosed()) return;
    for (const event of ['pageerror', 'console', 'request', 'download', 'filechooser', 'dialog'])
      page.removeAllListeners(event);
    const { origin } = new URL(page.url());
    const others = page.context().pages();
    await Promise.all(others.map((other) => other !== page && other.close()));
    await page.mouse.move(-9, -9);
    await page.emulateMedia({ media: null });
    await page.goto('about:blank');
    if (origin !== 'null')
      await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb,local_storage,cookies' });
    resting.set(like, [...(resting.get(like) ?? []), page]);
  }
  leftOpen.add(async () => {
    await Promise.all([...taken].filter((page) => !staying.has(page)).map(put));
  });

  return {
    async take({ viewport = DESK, colorScheme = 'light', ...rest }, stays = false) {
      const options = { reducedMotion: 'reduce' as const, ...rest };
      const like = JSON.stringify(options);
      let page = resting.get(like)?.pop();
      if (page) {
        await page.setViewportSize(viewport as typeof DESK);
        await page.emulateMedia({ colorScheme });
      } else {
        const context = await browser.newContext({ viewport, colorScheme, ...options });
        page = await context.newPage();
        await prepare(page);
        const devtools = await context.newCDPSession(page);
        if (SLOWER > 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
        kinds.set(page, { like, devtools });
      }
      taken.add(page);
      if (stays) staying.add(page);
      page.setDefaultTimeout(PATIENCE);
      return page;
    },
    put,
  };
}
