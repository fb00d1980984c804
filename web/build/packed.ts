// The one file carries its code, cores, weights and texts compressed: as gzip in base64, unpacked when they are needed
// (wasm/bridge/inflate.ts). What is drawn before any code runs, markup, styles and fonts, stands there as it is.
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const pack = (bytes: Buffer | string) => gzipSync(bytes, { level: 9 }).toString('base64');
const PACKED = /<script type="application\/gzip">([^<]*)<\/script>/;

/** The page's code out of the page, for its policy. */
export const codeOf = (html: string) =>
  gunzipSync(Buffer.from(PACKED.exec(html)?.[1] ?? '', 'base64')).toString('utf8');

/** A file that is asked for with ?packed is an address of its bytes. */
export function packedFiles(): Plugin {
  return {
    name: 'unroll:packed-files',
    enforce: 'pre',
    load(id) {
      const [file = '', query] = id.split('?');
      if (query !== 'packed') return null;
      this.addWatchFile(file);
      return { code: `export default "data:application/gzip;base64,${pack(readFileSync(file))}";`, moduleType: 'js' };
    },
  };
}

/** The one module script, behind everything else, where nothing has to be parsed past it. */
export function packCode(html: string): string {
  let code = '';
  const rest = html.replace(/<script type="module"[^>]*>([\s\S]*?)<\/script>/, (_, found: string) => {
    code = found;
    return '';
  });
  if (code === '') throw new Error('The page in one file has no code to pack.');
  return rest.replace('</body>', () => `<script type="application/gzip">${pack(code)}</script>\n  </body>`);
}

export function packed(): Plugin {
  return {
    name: 'unroll:packed',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'asset' && file.fileName.endsWith('.html')) file.source = packCode(String(file.source));
        }
      },
    },
  };
}
