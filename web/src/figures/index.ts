// The kinds of pictures, each with all that belongs to it loaded when an exhibit needs it. A new family is a folder
// beside this file and a line here.

import type { Kind } from './kind.ts';

const KINDS: Record<string, () => Promise<Kind>> = {
  blocks: () => import('./blocks/index.ts').then((m) => m.blocks),
  coder: () => import('./coder/index.ts').then((m) => m.coder),
  crossed: () => import('./crossed/index.ts').then((m) => m.crossed),
  matrices: () => import('./matrices/index.ts').then((m) => m.matrices),
  recurrent: () => import('./recurrent/index.ts').then((m) => m.recurrent),
};

/** What an exhibit draws with: the kind that it names, else all, in this order; the first that can read a tape draws it. */
export function loadKinds({ kind, models }: { kind?: string | undefined; models: string[] }): Promise<Kind[]> {
  const wanted = Object.entries(KINDS).filter(([id]) => kind === undefined || id === kind);
  return Promise.all(
    wanted.map(async ([, load]) => {
      const one = await load();
      await one.prepare?.(models);
      return one;
    }),
  );
}

/** The kind that can read any tape: for those that none of an exhibit's own can. */
export const loadAny = (): Promise<Kind> => import('./rows/index.ts').then((m) => m.rows);
