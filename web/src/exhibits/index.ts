// Exhibits are found by their folders: exhibit.ts declares one, en.md is its text.
import type { ExhibitText } from '../../build/markdown';
import type { Exhibit, Mounted } from './types';

const declared = import.meta.glob<Exhibit>('./*/exhibit.ts', { eager: true, import: 'exhibit' });
const texts = import.meta.glob<ExhibitText>('./*/en.md', { eager: true, import: 'default' });

export const EXHIBITS: Map<string, Mounted> = new Map(
  Object.entries(declared).flatMap(([path, exhibit]) => {
    const text = texts[path.replace('exhibit.ts', 'en.md')];
    return text ? [[exhibit.slug, { exhibit, text }]] : [];
  }),
);
