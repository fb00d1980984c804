// On paper: one sheet with title, sentence, figure, the inspector's numbers, and questions with room for answers.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { exhibit } from '../../web/src/exhibits/rnn/exhibit.ts';
import { eventually, go, picture, type Site, shown, site } from './page/browser.ts';
import { exhibits } from './page/folders.ts';
import { DESK } from './page/spare.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

test('any view is one sheet of A4', async () => {
  const { page } = await web.open('#rnn?at=1');
  await shown(page);
  for (const [hash, width, height, colorScheme] of [
    ['#rnn', 1280, 720, 'light'],
    ['#rnn?tour=9', 1920, 1080, 'dark'],
    ['#rnn?question=1', 1280, 720, 'light'],
    ['#rnn?mode=projector&tour=11', 1920, 1080, 'light'],
    ['#rnn?tour=3', 390, 844, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await go(page, hash);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g)?.length, 1, hash);
    assert.match(pdf, /\/MediaBox\s*\[0 0 59[45][.\d]* 84[12]/, 'A4, upright');
  }
});

test('on the sheet: words, figure, numbers, questions; no controls, no dark; afterwards the page as it was', async () => {
  const { page } = await web.open('#rnn?tour=3', { colorScheme: 'dark' });
  await shown(page);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 688, height: 1016 });
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'light');
  for (const words of ['Name', 'Date', 'Old cells, new cell', 'Matrix times vector', 'rnn.5.Wh_h']) {
    assert.ok(
      await page
        .getByText(words, { exact: words.length < 5 })
        .first()
        .isVisible(),
      words,
    );
  }
  assert.equal(await page.locator('.paper-questions > li:visible').count(), exhibit.questions.length);
  assert.equal(await page.locator('.paper-questions .line:visible').count(), 2 * exhibit.questions.length);
  assert.equal(await page.locator('.top:visible, .dock:visible, .phonebar:visible, .try:visible').count(), 0);
  const figure = await page.locator('.canvas').boundingBox();
  const side = await page.locator('.side').boundingBox();
  const asked = await page.locator('.paper-questions').boundingBox();
  assert.ok(figure && side && asked);
  assert.ok(figure.width <= 689 && figure.width > 500, `the figure is ${figure.width} of 688 wide`);
  assert.ok(side.y >= figure.y + figure.height && asked.x >= side.x + side.width, 'nothing over anything else');
  assert.ok(Math.max(side.y + side.height, asked.y + asked.height) < 1016);
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
});

/** Where the drawings, tables and controls of the figure stand, as shares of its width; whether all of it is seen; and
 *  how many controls there are that are of no use on paper. */
const laidOut = (page: Page) =>
  page.evaluate(() => {
    const [plot, canvas] = ['.plot', '.canvas'].map((name) => document.querySelector(name) as Element);
    const [outer, { left, top, right, bottom, width, height }] = [plot, canvas].map((one) =>
      (one as Element).getBoundingClientRect(),
    ) as [DOMRect, DOMRect];
    const marks = [...(canvas as Element).querySelectorAll('svg, table, button, input')].map((one) => {
      const box = one.getBoundingClientRect();
      return [box.left - left, box.top - top, box.width, box.height].map((of) => of / width);
    });
    const pressed = document.querySelectorAll('.figure-bar :is(fieldset, input, select), .own-clocks button');
    return {
      marks,
      whole: height > 150 && bottom <= outer.bottom + 1 && right <= 689,
      controls: [...pressed].filter((one) => one.checkVisibility({ visibilityProperty: true })).length,
    };
  });

/** How far apart what stands on the screen and what stands on paper are at most, as a share of the figure's width. */
async function apart(page: Page): Promise<number> {
  const screen = (await laidOut(page)).marks;
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 688, height: 1016 });
  const { marks: paper, whole, controls } = await laidOut(page);
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize(DESK);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(controls, 0, 'what is pressed is of no use on paper');
  // what is drawn late may be on paper alone: then it is read once more
  if (!whole || screen.length === 0 || paper.length !== screen.length) return Number.POSITIVE_INFINITY;
  return Math.max(...paper.map((box, i) => Math.max(...box.map((of, k) => Math.abs(of - (screen[i]?.[k] ?? 0))))));
}

test('on paper the figure of every exhibit is whole, and laid out as on screen', async () => {
  const { page } = await web.open(`#${exhibits[0]?.slug}`);
  await shown(page);
  for (const { slug } of exhibits) {
    await go(page, `#${slug}`);
    await picture(page);
    const off = await eventually(
      page,
      () => apart(page),
      (share) => share < 0.01,
    );
    assert.ok(off < 0.01, `${slug}: ${off} of its width off`);
  }
});
