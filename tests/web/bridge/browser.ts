// The bridge's own page, built as the real one is (beside the page, or all in one file), in a real Chromium.

import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const here = fileURLToPath(new URL('.', import.meta.url));
const top = join(here, '../../..');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Builds it with the project's own configuration; returns the folder. */
export async function buildPage(mode: 'site' | 'single'): Promise<string> {
  const { build, loadConfigFromFile, mergeConfig } = await import('vite'); // which takes most tests longer than all else
  const outDir = join(top, 'build/bridge-page', mode);
  const loaded = await loadConfigFromFile({ command: 'build', mode }, join(top, 'vite.config.ts'));
  const own = loaded!.config;
  // The page's own plugins turn its texts and formulae into HTML: there are none here.
  const plugins =
    mode === 'single' ? own.plugins?.filter((p) => p && 'name' in p && /single|packed-files/.test(String(p.name))) : [];
  const config = mergeConfig(
    { ...own, plugins },
    { root: here, configFile: false, logLevel: 'warn', build: { outDir } },
  );
  await build(config);
  return outDir;
}

/** A folder under an address of its own. instead: other bytes, a status, or null for no answer at all. */
export async function serve(
  folder: string,
  headers: Record<string, string> = {},
  instead: (path: string, body: Buffer) => Buffer | number | null = (_, body) => body,
): Promise<{ address: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const path = pathname === '/' ? '/index.html' : pathname;
    try {
      const body = instead(path, await readFile(join(folder, path)));
      if (body === null) return;
      const status = typeof body === 'number' ? body : 200;
      response.writeHead(status, { ...headers, 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' });
      response.end(status === 200 ? body : '');
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

/** What Chromium does without. It hears the last such list only: first what Playwright's own names, then the drop-down of
 *  the address bar, for which every window else starts a page in a process of its own: half of what a new window takes. */
const WITHOUT = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'LensOverlay'],
  ...['HttpsFirstBalancedModeAutoEnable', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning'],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled'],
  'PreconnectToSearch',
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
];

const CHROMIUM = {
  executablePath: process.env.UNROLL_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-features=${WITHOUT.join()}`,
  ],
};

/** How long one waits for what has to come, in ms: on a machine that does much else at the same time, too. */
export const PATIENCE = 60_000;

export const launch = (): Promise<Browser> => chromium.launch(CHROMIUM);

/** Opens the bridge's page in this one and keeps what went wrong in it. */
export async function visit(page: Page, address: string): Promise<{ page: Page; errors: string[] }> {
  page.setDefaultTimeout(PATIENCE);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(address);
  await page.waitForFunction(() => 'openBridge' in globalThis);
  return { page, errors };
}
