// The run on screen: where it stands, what it holds, and training it on.
import type { Locator, Page } from 'playwright-core';

export const until = (page: Page, at: number): Promise<unknown> =>
  page.waitForFunction(
    (at) => document.querySelector('[role=slider][aria-label=Update]')?.getAttribute('aria-valuenow') === String(at),
    at,
  );
/** What is on screen of the network at this update: every value of the table of steps, once samples and table are of it. */
export async function values(page: Page, at: number): Promise<string> {
  await until(page, at);
  await page.waitForFunction(
    (at) =>
      document.querySelector('[aria-label=Samples] h2 span')?.textContent?.replace(/\D/g, '') === String(at) &&
      document.querySelector('.network table')?.getAttribute('data-update') === String(at),
    at,
  );
  return page.getByRole('table', { name: 'What each step holds' }).innerText();
}
/** In the sheet of settings, which is closed afterwards. */
export async function settings(page: Page, act: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Change' }).click();
  await act();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
export const trainN = (page: Page, count: number): Promise<void> =>
  settings(page, async () => {
    const field = page.getByLabel('Number of updates');
    await field.fill(String(count));
    await field.press('Tab');
    await page.getByRole('button', { name: `Train ${count}` }).click();
  });
/** A long text, all at once: typed, as fill does it, each of its lines takes as long as all before it. */
export const fillLong = (field: Locator, text: string): Promise<void> =>
  field.evaluate((area, text) => {
    (area as HTMLTextAreaElement).value = text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
