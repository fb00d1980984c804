// axe finds nothing, in light and dark, at a desk and on a phone, in the states of the page that have parts of their
// own; those that follow from an exhibit's folder are in exhibits.test.ts.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { violations } from './page/axe.ts';
import { type Site, shown, site } from './page/browser.ts';
import { FULL } from './page/sample.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const click = (name: string) => (page: Page) => page.getByRole('button', { name }).click();
const STATES: [string, string, ((page: Page) => Promise<unknown>)?][] = [
  ['home', ''],
  ['keys', '', (page) => page.keyboard.press('?')],
  ['settings', '#rnn', click('Change')],
  ['next letter', '#rnn?tour=6', click('Next letter')],
  ['states', '#rnn?tour=8', click('States')],
  ['bad link', '#rnn?nothing=1'],
  [
    'foreign letters',
    '#rnn',
    async (page) => {
      await page.getByLabel('Name to read').fill('ü');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
    },
  ],
];

const LOOKS = [
  { wide: 1280, high: 720, colorScheme: 'light', asks: 'all' },
  { wide: 1280, high: 720, colorScheme: 'dark', asks: 'contrast' },
  { wide: 390, high: 844, colorScheme: 'dark', asks: 'structure' },
] as const;

for (const [name, hash, act] of STATES)
  test(name, async () => {
    const { page } = await web.open(hash);
    if (hash === '') await page.getByRole('heading', { level: 1 }).waitFor();
    else await shown(page);
    await act?.(page);
    for (const { wide, high, colorScheme, asks } of LOOKS) {
      const rules = FULL ? 'all' : asks;
      if (wide < 500 && ['keys', 'settings', 'bad link'].includes(name)) continue;
      await page.setViewportSize({ width: wide, height: high });
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
      assert.deepEqual(await violations(page, rules), [], `${wide} wide, ${colorScheme}`);
    }
  });
