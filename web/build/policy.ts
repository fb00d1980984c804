// The page's content security policy, in its own head: what it fetches is its own, what runs is what was built. It
// goes in last, when every inline script and style stands as it will be served. It says nothing of who may embed the
// page: a policy in a page cannot.
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { codeOf } from './packed.ts';

const hash = (text: string) => `'sha256-${createHash('sha256').update(text.replace(/\r\n?/g, '\n')).digest('base64')}'`;

export function policyOf(html: string, single: boolean): string {
  const inline = [...html.matchAll(/<script(?![^>]*\s(?:src|type="application)[=/])[^>]*>([\s\S]*?)<\/script>/g)];
  const scripts = [...inline.map(([, code = '']) => code), ...(single ? [codeOf(html)] : [])].map(hash);
  const rest = html.replace(/<script[\s\S]*?<\/script>/g, '');
  const styles = [...rest.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, code = '']) => hash(code));
  const own = single ? [] : ["'self'"];
  const directives: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': [...own, ...scripts, "'wasm-unsafe-eval'"],
    'style-src': [...own, ...styles],
    'font-src': single ? ['data:'] : own,
    'img-src': ['data:'],
    'connect-src': own,
    // blob: in the one file, and wherever the worker's address is refused
    'worker-src': [...own, 'blob:'],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
  };
  return Object.entries(directives)
    .filter(([, sources]) => sources.length > 0)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

export function policy(single: boolean): Plugin {
  return {
    name: 'unroll:policy',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
          const html = String(file.source);
          const meta = `<meta http-equiv="Content-Security-Policy" content="${policyOf(html, single)}" />`;
          // Behind the encoding, before everything that it is for.
          file.source = html.replace(/<meta charset="utf-8"[^>]*>/, (charset) => `${charset}\n    ${meta}`);
        }
      },
    },
  };
}
