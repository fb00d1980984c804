// axe in the page that is tested: brought there once, asked as often as wanted.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Contrast is what depends on the theme, and takes most of the time; all other rules are of the structure. */
export type Rules = 'all' | 'contrast' | 'structure';

/** What it finds wrong, a line a rule, with the places. */
export async function violations(page: Page, rules: Rules = 'all'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const { run } = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await run(document, {
      resultTypes: ['violations'],
      ...(rules === 'contrast' && { runOnly: { type: 'rule', values: ['color-contrast'] } }),
      ...(rules === 'structure' && { rules: { 'color-contrast': { enabled: false } } }),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }, rules);
}
