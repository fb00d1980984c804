// Two builds of one page: the default is a static folder for any host and any path (dist/site), mode 'single' is
// one HTML file with everything inside (dist/unroll.html). See README.md.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { packed } from './web/build/packed.ts';
import { pagePlugins } from './web/build/plugins.ts';
import { policy } from './web/build/policy.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What changes apart, or comes to most exhibits, in chunks of its own: none is large (tests/web/budget.test.ts). */
const PARTS = [
  { name: 'preact', test: /node_modules[\\/]@?preact/ },
  { name: 'plot', test: /node_modules[\\/]uplot/ },
  { name: 'session', test: /web[\\/]src[\\/](session|keep|state)[\\/]/ },
  { name: 'words', test: /i18n[\\/](index|en|en\.(page|start|keep|training|figure))\.ts$/ },
  { name: 'formulas', test: /web[\\/]src[\\/]inspector[\\/]formulas/ },
];

export default defineConfig(({ mode }) => {
  const single = mode === 'single';
  return {
    root: here('web'),
    base: './',
    cacheDir: here('.cache/vite'),
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    resolve: {
      // The one place where the two builds differ in source: what is fetched by address, and what is inside.
      alias: single
        ? [{ find: /^(\.|.*\/bridge)\/assets\.ts$/, replacement: here('wasm/bridge/assets.inline.ts') }]
        : [],
    },
    // From file:// a blob module worker fails without a word: classic workers in both builds.
    worker: { format: 'iife' },
    server: { fs: { allow: [here('.')] } },
    // In a sandboxed frame the page has no origin, and its own files are foreign to it: docs/hosting.md.
    preview: { headers: { 'Access-Control-Allow-Origin': '*' } },
    build: {
      target: 'es2022',
      outDir: here(single ? 'build/single' : 'dist/site'),
      emptyOutDir: true,
      reportCompressedSize: false,
      chunkSizeWarningLimit: Number.POSITIVE_INFINITY, // tests/web/budget.test.ts measures them as they are sent
      ...(single ? {} : { rolldownOptions: { output: { codeSplitting: { groups: PARTS } } } }),
    },
    plugins: [
      ...pagePlugins(single ? 'single' : 'site'),
      ...(single ? [viteSingleFile({ removeViteModuleLoader: true }), packed()] : []),
      policy(single),
    ],
  };
});
