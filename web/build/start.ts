// What stands in the page before the page: the watch over its start, as a classic script, and words in index.html. In the
// one file it unpacks the page too.
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';
import { start as words } from '../src/i18n/en.start.ts';

const ENTRY = { site: 'watch.ts', single: 'unpack.ts' } as const;

/** As one script without imports, in the syntax of 2015: it is to speak in browsers that cannot read the rest. */
async function watch(form: keyof typeof ENTRY): Promise<string> {
  const entry = fileURLToPath(new URL(`../src/start/${ENTRY[form]}`, import.meta.url));
  const built = (await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2015',
      lib: { entry, formats: ['iife'], name: 'watch', fileName: 'watch' },
    },
  })) as Rolldown.RolldownOutput[];
  return built[0]?.output[0].code.trim() ?? '';
}

const markup = (text: string) =>
  text
    .replace('{browsers}', words['start.browsers'])
    .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
    .replace(/`([^`]+)`/g, '<code>$1</code>');

export function start(form: keyof typeof ENTRY): Plugin {
  return {
    name: 'unroll:start',
    transformIndexHtml: {
      order: 'pre',
      async handler(html) {
        const code = await watch(form);
        return html
          .replace('<!-- watch -->', () => `<script>${code}</script>`)
          .replace(/\{\{([\w.]+)\}\}/g, (_, key: keyof typeof words) => markup(words[key]));
      },
    },
  };
}
