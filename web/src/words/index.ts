// The glossary, which comes when it is first asked for.
import type { Glossary, Word } from '../../build/glossary';

export type { Glossary, Word };

let coming: Promise<Glossary> | null = null;

export function loadWords(): Promise<Glossary> {
  coming ??= (import('./en.md') as unknown as Promise<{ default: Glossary }>).then(
    (module) => module.default,
    (error) => {
      coming = null; // it may come when it is asked for again
      throw error;
    },
  );
  return coming;
}
