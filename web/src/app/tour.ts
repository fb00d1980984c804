// What Next and Back go through: the tour, or what there is to try.
import type { Item } from '../../build/markdown';
import type { Store } from '../session/create';
import type { Page } from './page';

export interface Steps {
  trying: boolean;
  items: Item[];
  at: number; // from 1
  go(to: number): void;
}

export function stepsOf(page: Page, store: Store): Steps {
  const sections = page.mounted.value?.text.sections ?? {};
  const { tour, trying, exhibit } = store;
  if (trying.value > 0) {
    const go = (to: number) => void store.showTry(to);
    return { trying: true, items: sections.try?.items ?? [], at: trying.value, go };
  }
  const items = exhibit.tour.flatMap(({ id }) => sections.tour?.items.find((one) => one.id === id) ?? []);
  const go = (to: number) => {
    page.mark();
    void store.showTour(to);
  };
  return { trying: false, items, at: tour.value, go };
}

/** One on or back, where there is one. */
export function turnPage(page: Page, store: Store, by: 1 | -1): void {
  const { items, at, go } = stepsOf(page, store);
  if (at + by >= 1 && at + by <= items.length) go(at + by);
}
