// What draws an exhibit: it comes with the first that is opened.
import { signal } from '@preact/signals';

export const drawing = signal<typeof import('./Exhibit').Exhibit | null>(null);
export async function fetchDrawing(): Promise<void> {
  drawing.value = (await import('./Exhibit')).Exhibit;
}
