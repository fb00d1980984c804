// axe finds nothing, in light and dark, at a desk and on a phone, in every state that has parts of its own.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { type Site, shown, site } from './page/browser.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const click = (name: string) => (page: Page) => page.getByRole('button', { name }).click();
const STATES: [string, string, ((page: Page) => Promise<unknown>)?][] = [
  ['home', ''],
  ['keys', '', (page) => page.keyboard.press('?')],
  ['forwards', '#rnn?tour=3'],
  ['backwards', '#rnn?tour=9'],
  ['update', '#rnn?tour=11'],
  ['table', '#rnn?tour=4&view=table'],
  ['folded', '#rnn?tour=4&folded=1'],
  ['asked', '#rnn?question=1'],
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

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, hash, act] of STATES) {
    test(`${name}, ${colorScheme}`, async () => {
      for (const viewport of [
        { width: 1280, height: 720 },
        { width: 390, height: 844 },
      ]) {
        const phone = viewport.width < 500;
        if (phone && ['keys', 'settings', 'bad link'].includes(name)) continue;
        const { page } = await web.open(hash, { colorScheme, viewport });
        if (hash === '') await page.getByRole('heading', { level: 1 }).waitFor();
        else await shown(page);
        await act?.(page);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
        );
        assert.deepEqual(found, [], `${viewport.width} wide`);
        await page.close();
      }
    });
  }
}
