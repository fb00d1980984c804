// The page's two builds, each done only when something it is made from has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { root } from './process.ts';

export type Form = 'site' | 'single';

const madeFrom = [
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
  'web',
  'wasm/bridge',
  'models',
  'build/wasm/core.wasm',
  'build/wasm/more.wasm',
  'build/wasm-scalar/core.wasm',
  'build/wasm-scalar/more.wasm',
];
const product: Record<Form, string> = { site: 'dist/site/index.html', single: 'dist/unroll.html' };

function* files(path: string): Generator<string> {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) yield path;
  else for (const name of readdirSync(path).sort()) yield* files(join(path, name));
}

/** A digest of every file that the page is made from. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const source of madeFrom) {
    for (const file of files(join(root, source))) hash.update(`${file}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Builds one form of the page; says whether there was anything to do. */
export async function buildPage(form: Form): Promise<boolean> {
  const stamp = join(root, `.cache/page-${form}.stamp`);
  const now = fingerprint();
  const up = existsSync(stamp) && readFileSync(stamp, 'utf8') === now && existsSync(join(root, product[form]));
  if (up) return false;
  rmSync(stamp, { force: true });
  await build({
    configFile: join(root, 'vite.config.ts'),
    mode: form === 'single' ? 'single' : 'production',
    logLevel: 'warn',
  });
  if (form === 'single') {
    mkdirSync(join(root, 'dist'), { recursive: true });
    renameSync(join(root, 'build/single/index.html'), join(root, product.single));
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
  return true;
}

/** Every file of one form with its size in bytes. */
export function builtFiles(form: Form): { path: string; bytes: number }[] {
  const top = form === 'site' ? join(root, 'dist/site') : join(root, product.single);
  return [...files(top)].map((path) => ({ path: path.slice(root.length + 1), bytes: statSync(path).size }));
}
