// The command in Chromium: node --import tsx wasm/bench/chromium.ts PATH/cli.wasm bench [OPTION]...

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const [path, ...args] = process.argv.slice(2);
if (path === undefined) {
  process.stderr.write('Usage: chromium.ts PATH/cli.wasm COMMAND [OPTION]...\n');
  process.exit(2);
}
/** One plain script, in memory. */
async function bundle(entry: string): Promise<string> {
  const lib = { entry, formats: ['es' as const] };
  const built = await build({ configFile: false, logLevel: 'warn', build: { write: false, target: 'es2022', lib } });
  for (const { output } of [built].flat() as { output: { type: string; code?: string }[] }[]) {
    for (const { code } of output) if (code !== undefined) return code;
  }
  throw new Error(`${entry} became nothing`);
}
const files: Record<string, [string, Buffer]> = {
  '/': ['text/html', Buffer.from('<!doctype html><title>unroll</title>')],
  '/worker.js': ['text/javascript', Buffer.from(await bundle(join(import.meta.dirname, 'worker.ts')))],
  '/cli.wasm': ['application/wasm', readFileSync(path)],
};
// Isolated, because only then is the browser's clock fine enough.
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const server = createServer((request, response) => {
  const [type, body] = files[request.url ?? ''] ?? ['', null];
  if (body) response.writeHead(200, { ...headers, 'Content-Type': type }).end(body);
  else response.writeHead(404).end();
});
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));

const browser = await chromium.launch({
  executablePath: process.env.UNROLL_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
const page = await browser.newPage();
await page.exposeFunction('print', (stream: number, text: string) =>
  (stream === 2 ? process.stderr : process.stdout).write(text),
);
await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
process.exitCode = await page.evaluate(
  (words) =>
    new Promise<number>((resolve) => {
      const worker = new Worker('/worker.js', { type: 'module' });
      worker.onerror = () => resolve(2);
      worker.onmessage = async ({ data }) => {
        if ('code' in data) resolve(data.code);
        else
          await (globalThis as unknown as { print(s: number, t: string): Promise<void> }).print(data.stream, data.text);
      };
      worker.postMessage({ module: '/cli.wasm', args: words });
    }),
  args,
);
await browser.close();
server.close();
