// The exhibits, found as the page finds them: by their folders; one whose claim has not been measured is not open yet.
import { existsSync, readdirSync } from 'node:fs';
import type { Exhibit } from '../../../web/src/exhibits/types.ts';

const FOLDER = new URL('../../../web/src/exhibits/', import.meta.url);

const CLAIMS = new URL('../../../models/claims/', import.meta.url);

const declared: Exhibit[] = await Promise.all(
  readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(
      async ({ name }) => ((await import(new URL(`${name}/exhibit.ts`, FOLDER).href)) as { exhibit: Exhibit }).exhibit,
    ),
);

export const exhibits = declared.filter(({ claim }) => existsSync(new URL(`${claim}.json`, CLAIMS)));
