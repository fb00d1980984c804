// What a view knows of the question that is asked: what is right.
import { useEffect } from 'preact/hooks';
import type { Store } from '../session/create';

/** A count, or two sides to be compared. */
export type Right = { value: number; than?: number } | null;

/** Tells whoever asks what is right, as long as the view stands; null: not known, or not asked of it. */
export function useRight(store: Store, right: Right): void {
  const key = JSON.stringify(right);
  useEffect(() => {
    store.answer.value = right;
    return () => {
      store.answer.value = null;
    };
  }, [store, key]);
}
