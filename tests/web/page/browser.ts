// The page as it is released, in Chromium: opened, driven by roles and names, with everything that went wrong kept.
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launch, serve } from '../bridge/browser.ts';

const SITE = fileURLToPath(new URL('../../../dist/site', import.meta.url));

export interface Opened {
  page: Page;
  errors: string[];
}
export interface Site {
  open(hash?: string, options?: BrowserContextOptions): Promise<Opened>;
  close(): Promise<void>;
}

/** dist/site, or the address in UNROLL_ADDRESS. */
export async function site(): Promise<Site> {
  let server: Server | null = null;
  let address = process.env.UNROLL_ADDRESS ?? '';
  if (address === '') {
    if (!existsSync(SITE)) throw new Error('dist/site is not there: ./dev release builds it.');
    ({ server, address } = await serve(SITE));
  }
  const browser: Browser = await launch();
  return {
    async open(hash = '', options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 720 },
        reducedMotion: 'reduce',
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      page.on('request', (request) => {
        if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address))
          errors.push(`asked for ${request.url()}`);
      });
      await page.goto(address + hash);
      return { page, errors };
    },
    async close() {
      await browser.close();
      server?.close();
    },
  };
}

/** Resolves when real values are on screen. */
export async function shown(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('unroll:first-values').length > 0);
}

/** A stream of numbers from a seed: which cells a test picks is chosen, not drawn anew each time. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
