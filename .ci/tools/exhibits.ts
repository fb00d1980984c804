// What of the tests is of one exhibit: its own files, and those of a family of pictures that only it and its like have.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './process.ts';

const SOURCE = join(root, 'web/src');
const foldersIn = (folder: string) =>
  readdirSync(join(SOURCE, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );

export const slugs = foldersIn('exhibits');

const families = foldersIn('figures');
/** Those that can be asked whether they read a tape. */
const kinds = [...readFileSync(join(SOURCE, 'figures/index.ts'), 'utf8').matchAll(/^ {2}(\w+): \(\) => import/gm)].map(
  ([, kind]) => kind as string,
);

/** The families that an exhibit draws with: the kind that it names and what it brings in, else whichever reads its tape. */
function familiesOf(slug: string): string[] {
  const folder = join(SOURCE, 'exhibits', slug);
  const text = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const [, named] = /^ {2}kind: '(\w+)'/m.exec(text) ?? [];
  const walks = !/^ {2}walks: false/m.test(text);
  return families.filter(
    (family) => text.includes(`figures/${family}/`) || family === named || (walks && !named && kinds.includes(family)),
  );
}

/** Those files that are not of other exhibits alone. A file is of what its name begins with, such as bptt.panels.test.ts. */
export function ofExhibits(files: string[], chosen: string[]): string[] {
  const drawn = (some: string[]) => new Set(some.flatMap(familiesOf));
  const [all, here] = [drawn(slugs), drawn(chosen)];
  return files.filter((file) => {
    const of = basename(file).split('.')[0] as string;
    if (slugs.includes(of)) return chosen.includes(of);
    return !all.has(of) || here.has(of);
  });
}
