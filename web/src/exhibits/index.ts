// Exhibits are found by their folders: exhibit.ts declares one, en.md is its text, panels.tsx has views of its own.
import type { ExhibitText } from '../../build/markdown';
import type { Exhibit, Mounted, Views } from './types';

const declared = import.meta.glob<Exhibit>('./*/exhibit.ts', { eager: true, import: 'exhibit' });
const texts = import.meta.glob<ExhibitText>('./*/en.md', { eager: true, import: 'default' });
const views = import.meta.glob<Views>('./*/panels.tsx', { eager: true });

export const EXHIBITS: Map<string, Mounted> = new Map(
  Object.entries(declared).flatMap(([path, exhibit]) => {
    const text = texts[path.replace('exhibit.ts', 'en.md')];
    const own = views[path.replace('exhibit.ts', 'panels.tsx')] ?? {};
    return text ? [[exhibit.slug, { exhibit, text, views: own }]] : [];
  }),
);
