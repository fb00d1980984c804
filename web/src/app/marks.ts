// For measurements and tests: when real values have been painted, when the transport answers, which address is shown.
import { effect } from '@preact/signals';
import type { Store } from '../session/create';

function once(name: string): void {
  if (performance.getEntriesByName(name).length === 0) performance.mark(name);
}

/** The address is on screen: one mark, of the last. */
export function markArrived(hash: string): void {
  performance.clearMarks('unroll:arrived');
  performance.mark('unroll:arrived', { detail: hash });
}

// After the frame in which it is drawn.
function markValues(): void {
  requestAnimationFrame(() => setTimeout(() => once('unroll:first-values')));
  once('unroll:interactive');
}

/** Those of the walk; where there is none, of the first view, which says so. */
export function markFirstValues({ session, seen }: Store): () => void {
  return effect(() => {
    if (session.frame.value !== null || seen.value) markValues();
  });
}
