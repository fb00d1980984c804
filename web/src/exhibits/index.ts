// Exhibits are found by their folders: exhibit.ts declares one, en.md is its text, panels.tsx has views of its own.
// All of it comes when the exhibit is opened, so that no page is read before it is asked for.
import type { ExhibitText } from '../../build/markdown';
import { loadKinds } from '../figures';
import type { Exhibit, Mounted, Spread, Views } from './types';

const declared = import.meta.glob<Exhibit>('./*/exhibit.ts', { import: 'exhibit' });
const texts = import.meta.glob<ExhibitText>('./*/en.md', { import: 'default' });
const spreads = import.meta.glob<Spread>('../../../models/claims/*.json', { import: 'default' });
const views = import.meta.glob<Views>('./*/panels.tsx');

export interface Known {
  load: () => Promise<Mounted>;
}

export const EXHIBITS: Map<string, Known> = new Map(
  Object.entries(declared).flatMap(([path, declare]) => {
    const text = texts[path.replace('exhibit.ts', 'en.md')];
    const own = views[path.replace('exhibit.ts', 'panels.tsx')];
    if (!text) return [];
    const load = async (): Promise<Mounted> => {
      const [exhibit, words, mine] = await Promise.all([declare(), text(), own?.() ?? {}]);
      const models = (exhibit.variants ?? [exhibit]).map(({ model }) => model);
      const drawn = exhibit.walks === false ? [] : loadKinds({ kind: exhibit.kind, models });
      const measured = spreads[`../../../models/claims/${exhibit.claim}.json`];
      if (!measured) throw new Error(`The claim ${exhibit.claim} was not measured.`);
      const [spread, kinds] = await Promise.all([measured(), drawn]);
      return { exhibit, text: words, spread, views: mine, kinds };
    };
    return [[path.split('/')[1] ?? '', { load }]];
  }),
);
