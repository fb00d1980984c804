// Buttons pressed one after the other inside the page: where a test presses hundreds of them to see what moves, each
// would else take longer to reach than to be drawn.
import type { Page } from 'playwright-core';
import { PATIENCE } from '../bridge/browser.ts';

export interface Press {
  press: string;
  /** Selects what is there once it had its effect. */
  until: string;
  /** The button whose place is asked for. */
  watch: string;
}
/** Where a watched button is: before the press, so that what moves late is seen too, and after it. */
export type Place = [number, number, number, number];

export async function placesAfter(page: Page, presses: Press[]): Promise<Place[][]> {
  await page.evaluate('globalThis.__name ??= (f) => f'); // what compiles tests keeps the names of functions with it
  return page.evaluate(
    async ({ presses, patience }) => {
      const nameOf = (button: Element) => button.getAttribute('aria-label') ?? (button as HTMLElement).innerText.trim();
      const button = (name: string) =>
        [...document.querySelectorAll('button')].find((one) => one.checkVisibility() && nameOf(one) === name);
      const picture = () => new Promise(requestAnimationFrame).then(() => document.fonts.ready);
      async function come<T>(what: string, find: () => T | null | undefined): Promise<T> {
        for (const end = performance.now() + patience; performance.now() < end; await picture()) {
          const found = find();
          if (found) return found;
        }
        throw new Error(`it does not come: ${what}`);
      }
      const place = (of: Element): Place => {
        scrollTo(0, 0);
        const { x, y, width, height } = of.getBoundingClientRect();
        return [x, y, width, height];
      };
      const places: Place[][] = [];
      for (const { press, until, watch } of presses) {
        const pressed = await come(press, () => button(press));
        const before = button(watch);
        const seen = before ? [place(before)] : [];
        pressed.click();
        await come(`${until} after ${press}`, () => document.querySelector(until));
        await picture();
        places.push([...seen, place(await come(watch, () => button(watch)))]);
      }
      return places;
    },
    { presses, patience: PATIENCE },
  );
}
