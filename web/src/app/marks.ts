// For the measurements: when real values have been painted, and when the transport answers.
import { effect } from '@preact/signals';
import type { Session } from '../session/types';

function once(name: string): void {
  if (performance.getEntriesByName(name).length === 0) performance.mark(name);
}

export function markFirstValues(session: Session): () => void {
  return effect(() => {
    if (session.frame.value === null) return;
    // After the frame in which it is drawn.
    requestAnimationFrame(() => setTimeout(() => once('unroll:first-values')));
    once('unroll:interactive');
  });
}
