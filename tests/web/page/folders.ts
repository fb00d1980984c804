// The exhibits, found as the page finds them: by their folders.
import { readdirSync } from 'node:fs';
import type { Exhibit } from '../../../web/src/exhibits/types.ts';

const FOLDER = new URL('../../../web/src/exhibits/', import.meta.url);

export const exhibits: Exhibit[] = await Promise.all(
  readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(
      async ({ name }) => ((await import(new URL(`${name}/exhibit.ts`, FOLDER).href)) as { exhibit: Exhibit }).exhibit,
    ),
);
/** Those that walk a tape, and so have a network on screen. */
export const walking: Exhibit[] = exhibits.filter(({ walks }) => walks !== false);
