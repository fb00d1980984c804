// What the page needs of Vite: formulae in code and in texts, and KaTeX's stylesheet without what is not used.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { parseGlossary } from './glossary.ts';
import { formula, formulaStyles, trimStyles } from './katex.ts';
import { parseExhibit } from './markdown.ts';
import { packedFiles } from './packed.ts';
import { start } from './start.ts';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));

/** tex`...` in a module becomes a string of HTML. */
export function replaceFormulae(code: string): string {
  return code.replace(/\btex`((?:[^`\\]|\\[\s\S])*)`/g, (_, source: string) => {
    if (source.includes('${')) throw new Error(`tex takes no \${}: ${source}`);
    return JSON.stringify(formula(source));
  });
}

function tex(): Plugin {
  return {
    name: 'unroll:tex',
    enforce: 'pre',
    transform(code, id) {
      const file = id.split('?')[0] ?? id;
      return !file.includes('node_modules') && hasFormulae(file, code)
        ? { code: replaceFormulae(code), map: null }
        : null;
    },
  };
}
const hasFormulae = (file: string, code: string) =>
  /\.tsx?$/.test(file) && !file.endsWith('components/tex.ts') && code.includes('tex`');

/** A text of an exhibit, or the words of the page. */
const parsed = (file: string, source: string) =>
  /[\\/]?words[\\/]\w+\.md$/.test(file) ? parseGlossary(source, file) : parseExhibit(source, file);

function texts(): Plugin {
  return {
    name: 'unroll:texts',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.md')) return null;
      return { code: `export default ${JSON.stringify(parsed(id, code))};`, map: null, moduleType: 'js' };
    },
  };
}

/** Of what a claim measured, what the page draws: without the names of seeds, in the digits that can be seen. */
function claims(): Plugin {
  return {
    name: 'unroll:claims',
    enforce: 'pre',
    transform(code, id) {
      if (!/models[\\/]claims[\\/][\w-]+\.json$/.test(id)) return null;
      const kept = JSON.stringify(JSON.parse(code), (key, value) =>
        ['claim', 'seeds', 'asked', 'seed', 'holds'].includes(key)
          ? undefined
          : typeof value === 'number'
            ? Number(value.toPrecision(6))
            : value,
      );
      return { code: `export default ${kept};`, map: null, moduleType: 'js' };
    },
  };
}

function styles(): Plugin {
  return {
    name: 'unroll:katex-styles',
    enforce: 'pre',
    transform(code, id) {
      return /katex[\w.-]*\.css$/.test(id.split('?')[0] ?? '') ? { code: trimStyles(code), map: null } : null;
    },
  };
}

/** 'virtual:formulae.css': the classes of every formula there is. Known once all have been rendered. */
function formulae(): Plugin {
  const id = 'virtual:formulae.css';
  return {
    name: 'unroll:formulae-styles',
    resolveId: (asked) => (asked === id ? id : null),
    load(asked) {
      if (asked !== id) return null;
      for (const file of readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(md|tsx?)$/.test(file)) continue;
        const code = readFileSync(join(SOURCE, file), 'utf8');
        if (file.endsWith('.md')) parsed(file, code);
        else if (hasFormulae(file, code)) replaceFormulae(code);
        else continue;
        this.addWatchFile(join(SOURCE, file));
      }
      return formulaStyles();
    },
  };
}

export const pagePlugins = (form: 'site' | 'single'): Plugin[] => [
  tex(),
  texts(),
  claims(),
  styles(),
  formulae(),
  packedFiles(),
  start(form),
];
