// The kinds of pictures, each with all that belongs to it loaded when an exhibit needs it. A new family is a folder
// beside this file and a line here.

import type { Kind } from './kind.ts';

const KINDS: Record<string, () => Promise<Kind>> = {
  coder: () => import('./coder/index.ts').then((m) => m.coder),
  recurrent: () => import('./recurrent/index.ts').then((m) => m.recurrent),
  rows: () => import('./rows/index.ts').then((m) => m.rows),
};

const ANY = 'rows';

/** What an exhibit draws with: the kind that it names, else all, in this order; the first that can read a tape draws it.
 *  The last can read any. */
export function loadKinds({ kind, models }: { kind?: string | undefined; models: string[] }): Promise<Kind[]> {
  const wanted = Object.entries(KINDS).filter(([id]) => kind === undefined || id === kind || id === ANY);
  return Promise.all(
    wanted.map(async ([, load]) => {
      const one = await load();
      await one.prepare?.(models);
      return one;
    }),
  );
}
