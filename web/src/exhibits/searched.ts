// A search for what the run on screen writes for its source, beside always taking the likeliest.
import type { Bridge } from '../../../wasm/bridge/protocol';
import type { SearchSet } from '../figures/search/set';
import { type Searched, spoken } from '../figures/search/words';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { type Asked, useAsked } from './asked';
import type { Exhibit } from './types';

/** What is right for a source, as the task knows it, or the exhibit of its own; null: nobody knows. */
export async function rightFor(
  bridge: Bridge,
  vocabulary: string[],
  { text, target }: Exhibit,
  source: string,
): Promise<string | null> {
  const right = await bridge.call('answer', { text: source });
  if (right) return spoken(vocabulary, right.tokens);
  return source === text ? (target ?? null) : null;
}

export function useSearched(store: Store, { width, normalisation }: SearchSet): Asked<Searched> {
  const { bridge, run, text } = store.session;
  const source = text.value;
  const vocabulary = run.value?.vocabulary ?? [];
  return useAsked<Searched>(store, JSON.stringify([source, width, normalisation]), async () => {
    const [beam, greedy, right] = await Promise.all([
      bridge.call('beam', { text: source, width, normalisation }),
      bridge.call('beam', { text: source, width: 1, normalisation }),
      rightFor(bridge, vocabulary, store.exhibit, source),
    ]);
    return { step: beam.step, beam, greedy, right };
  });
}

/** Without what one looked at of another tree, or at another step. Another width can be undone. */
export function setSearch(store: Store, change: Record<string, string>): void {
  const set = () => {
    const { node: _, ...rest } = store.lab.peek();
    store.lab.value = { ...rest, ...change };
  };
  if (change.width === undefined) set();
  else void store.edit(t('search.width.deed', { width: change.width }), set);
}
