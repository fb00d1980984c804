// Exhibits are found by their folders: exhibit.ts declares one, en.md is its text, panels.tsx has views of its own.
// Text and views come when the exhibit is opened, so that a page is not read before it is asked for.
import type { ExhibitText } from '../../build/markdown';
import { loadKinds } from '../figures';
import type { Exhibit, Mounted, Spread, Views } from './types';

const declared = import.meta.glob<Exhibit>('./*/exhibit.ts', { eager: true, import: 'exhibit' });
const texts = import.meta.glob<ExhibitText>('./*/en.md', { import: 'default' });
const spreads = import.meta.glob<Spread>('../../../models/claims/*.json', { import: 'default' });
const views = import.meta.glob<Views>('./*/panels.tsx');

export interface Known {
  exhibit: Exhibit;
  load: () => Promise<Mounted>;
}

export const EXHIBITS: Map<string, Known> = new Map(
  Object.entries(declared).flatMap(([path, exhibit]) => {
    const text = texts[path.replace('exhibit.ts', 'en.md')];
    const own = views[path.replace('exhibit.ts', 'panels.tsx')];
    const measured = spreads[`../../../models/claims/${exhibit.claim}.json`];
    if (!text || !measured) return [];
    const load = async (): Promise<Mounted> => {
      const models = (exhibit.variants ?? [exhibit]).map(({ model }) => model);
      const drawn = exhibit.walks === false ? [] : loadKinds({ kind: exhibit.kind, models });
      const [words, spread, mine, kinds] = await Promise.all([text(), measured(), own?.() ?? {}, drawn]);
      return { exhibit, text: words, spread, views: mine, kinds };
    };
    return [[exhibit.slug, { exhibit, load }]];
  }),
);
