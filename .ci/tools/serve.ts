// Serves the built page, or with --watch the sources, and prints the address.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createServer, preview } from 'vite';
import { buildPage } from './page.ts';
import { misused, root } from './process.ts';

function options() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        watch: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return misused(`serve: ${(error as Error).message}`);
  }
}

const { port: asked, host, watch } = options();
const port = Number(asked ?? 5173);
if (!Number.isInteger(port) || port < 1 || port > 65535) misused(`serve: --port takes 1 to 65535, not '${asked}'`);

const address = { host, port, strictPort: asked !== undefined };
const configFile = join(root, 'vite.config.ts');
try {
  let urls: string[];
  if (watch) {
    const server = await (await createServer({ configFile, logLevel: 'warn', server: address })).listen();
    urls = server.resolvedUrls?.local ?? [];
    if (host !== '127.0.0.1') urls = [...urls, ...(server.resolvedUrls?.network ?? [])];
  } else {
    if (await buildPage('site')) console.error('Built the page.');
    const server = await preview({ configFile, logLevel: 'warn', preview: address });
    urls = [...(server.resolvedUrls?.local ?? []), ...(server.resolvedUrls?.network ?? [])];
  }
  console.log(`Unroll is at ${urls.join('  ')}`);
} catch (error) {
  process.stderr.write(`dev: serve: ${(error as Error).message}\n`);
  process.exit(1);
}
