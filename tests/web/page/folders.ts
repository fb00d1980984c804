// The exhibits, found as the page finds them: by their folders. Those that UNROLL_EXHIBITS names (./dev test --exhibits),
// else all.
import { readdirSync } from 'node:fs';
import type { Exhibit } from '../../../web/src/exhibits/types.ts';

const FOLDER = new URL('../../../web/src/exhibits/', import.meta.url);

/** All that there are, whichever are tested: what is unknown to the page is so by these. */
export const everyExhibit: Exhibit[] = await Promise.all(
  readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(
      async ({ name }) => ((await import(new URL(`${name}/exhibit.ts`, FOLDER).href)) as { exhibit: Exhibit }).exhibit,
    ),
);
const named = process.env.UNROLL_EXHIBITS?.split(',');
/** Those that are tested: what goes through every exhibit goes through these. */
export const exhibits: Exhibit[] = everyExhibit.filter(({ slug }) => named?.includes(slug) ?? true);
/** Those that walk a tape, and so have a network on screen. */
export const walking: Exhibit[] = exhibits.filter(({ walks }) => walks !== false);
