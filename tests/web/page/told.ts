// What a step's text owes to who reads it: all of it is on screen where the page is a desk's, no line begins with what
// ends one, and what one is told to press is there, on a phone one press away.
import type { Page } from 'playwright-core';

/** What of the cell's own numbers is under the statistics at the foot of the inspector. */
export const buried = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const side = document.querySelector('.side');
    const [last] = [...(side?.querySelectorAll('.filled') ?? [])].slice(-1);
    const foot = side?.querySelector('.statistics')?.getBoundingClientRect().top ?? innerHeight;
    return last && last.getBoundingClientRect().bottom > foot + 1
      ? [`“${last.textContent}” is under the statistics`]
      : [];
  });

/** What is missing of the words on screen; whole: none of them may be behind More. */
export async function untold(page: Page, whole: boolean): Promise<string[]> {
  // All in the page: it may go while one reaches for it.
  await page.evaluate(() => {
    for (const more of document.querySelectorAll<HTMLElement>('.unfold[aria-expanded=false]'))
      if (more.checkVisibility()) more.click();
  });
  return page.evaluate((whole) => {
    const words = document.querySelector('.words');
    if (!words) return ['there are no words'];
    const found: string[] = [];
    if (whole && words.closest('.cut')) found.push('a part of the words is behind More');
    const { left } = words.getBoundingClientRect();
    const nodes = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      if (!/^[,.;:!?)]/.test(node.textContent ?? '')) continue;
      range.setStart(node, 0);
      range.setEnd(node, 1);
      const [sign] = range.getClientRects();
      if (sign && sign.width > 0 && sign.left - left < 3) found.push(`a line begins with “${node.textContent}”`);
    }
    for (const deed of words.querySelectorAll('.deed'))
      if (!deed.checkVisibility()) found.push(`“${deed.textContent}” cannot be pressed`);
    return found;
  }, whole);
}
