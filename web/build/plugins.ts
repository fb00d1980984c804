// What the page needs of Vite: formulae in code and in texts, and KaTeX's stylesheet without what is not used.
import type { Plugin } from 'vite';
import { formula, trimStyles } from './katex.ts';
import { parseExhibit } from './markdown.ts';

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
      if (!/\.tsx?$/.test(file) || file.includes('node_modules') || file.endsWith('components/tex.ts')) return null;
      return code.includes('tex`') ? { code: replaceFormulae(code), map: null } : null;
    },
  };
}

function texts(): Plugin {
  return {
    name: 'unroll:texts',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.md')) return null;
      return { code: `export default ${JSON.stringify(parseExhibit(code, id))};`, map: null, moduleType: 'js' };
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

export const pagePlugins = (): Plugin[] => [tex(), texts(), styles()];
