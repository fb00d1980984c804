// Exhibits are found by their folders: exhibit.ts declares one, en.md is its text, panels.tsx has views of its own.
// Text and views come when the exhibit is opened, so that a page is not read before it is asked for.
import type { ExhibitText } from '../../build/markdown';
import type { Exhibit, Mounted, Views } from './types';

const declared = import.meta.glob<Exhibit>('./*/exhibit.ts', { eager: true, import: 'exhibit' });
const texts = import.meta.glob<ExhibitText>('./*/en.md', { import: 'default' });
const views = import.meta.glob<Views>('./*/panels.tsx');

export interface Known {
  exhibit: Exhibit;
  load: () => Promise<Mounted>;
}

export const EXHIBITS: Map<string, Known> = new Map(
  Object.entries(declared).flatMap(([path, exhibit]) => {
    const text = texts[path.replace('exhibit.ts', 'en.md')];
    const own = views[path.replace('exhibit.ts', 'panels.tsx')];
    const load = async (read: () => Promise<ExhibitText>): Promise<Mounted> => {
      const [words, mine] = await Promise.all([read(), own?.() ?? {}]);
      return { exhibit, text: words, views: mine };
    };
    return text ? [[exhibit.slug, { exhibit, load: () => load(text) }]] : [];
  }),
);
