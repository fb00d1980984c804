// The command in Chromium: node --import tsx wasm/bench/chromium.ts PATH/cli.wasm bench [OPTION]...

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, inChromium } from './browser.ts';

const [path, ...args] = process.argv.slice(2);
if (path === undefined) {
  process.stderr.write('Usage: chromium.ts PATH/cli.wasm COMMAND [OPTION]...\n');
  process.exit(2);
}
const files: Record<string, [string, Buffer | string]> = {
  '/worker.js': ['text/javascript', await bundle(join(import.meta.dirname, 'worker.ts'))],
  '/cli.wasm': ['application/wasm', readFileSync(path)],
};
process.exitCode = await inChromium(
  (name) => files[name] ?? null,
  async (page) => {
    await page.exposeFunction('print', (stream: number, text: string) =>
      (stream === 2 ? process.stderr : process.stdout).write(text),
    );
    return page.evaluate(
      (words) =>
        new Promise<number>((resolve) => {
          const worker = new Worker('/worker.js', { type: 'module' });
          worker.onerror = () => resolve(2);
          worker.onmessage = async ({ data }) => {
            if ('code' in data) resolve(data.code);
            else
              await (globalThis as unknown as { print(s: number, t: string): Promise<void> }).print(
                data.stream,
                data.text,
              );
          };
          worker.postMessage({ module: '/cli.wasm', args: words });
        }),
      args,
    );
  },
);
