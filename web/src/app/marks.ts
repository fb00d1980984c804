// For measurements and tests: when real values have been painted, when the transport answers, which address is shown.
import { effect } from '@preact/signals';
import type { Session } from '../session/types';

function once(name: string): void {
  if (performance.getEntriesByName(name).length === 0) performance.mark(name);
}

/** The address is on screen: one mark, of the last. */
export function markArrived(hash: string): void {
  performance.clearMarks('unroll:arrived');
  performance.mark('unroll:arrived', { detail: hash });
}

export function markFirstValues(session: Session): () => void {
  return effect(() => {
    if (session.frame.value === null) return;
    // After the frame in which it is drawn.
    requestAnimationFrame(() => setTimeout(() => once('unroll:first-values')));
    once('unroll:interactive');
  });
}
