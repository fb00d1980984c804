// A page in Chromium that is isolated, because only then is the browser's clock fine enough, and the files it asks for.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';

/** A type and bytes; null: there is no such file. */
export type Files = (path: string) => [type: string, body: Buffer | string] | null;

/** One plain script, in memory. */
export async function bundle(entry: string): Promise<string> {
  const lib = { entry, formats: ['es' as const] };
  const built = await build({ configFile: false, logLevel: 'warn', build: { write: false, target: 'es2022', lib } });
  for (const { output } of [built].flat() as { output: { type: string; code?: string }[] }[]) {
    for (const { code } of output) if (code !== undefined) return code;
  }
  throw new Error(`${entry} became nothing`);
}

/** Opens an empty page beside these files, lets it be used, and closes it again. */
export async function inChromium<T>(files: Files, use: (page: Page) => Promise<T>): Promise<T> {
  const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const found = path === '/' ? ['text/html', '<!doctype html><title>unroll</title>'] : files(path);
    if (found) response.writeHead(200, { ...headers, 'Content-Type': found[0] as string }).end(found[1]);
    else response.writeHead(404).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const browser = await chromium.launch({
    executablePath: process.env.UNROLL_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return await use(page);
  } finally {
    await browser.close();
    server.close();
  }
}
