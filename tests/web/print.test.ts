// On paper: one sheet with title, sentence, figure, the inspector's numbers, and questions with room for answers.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { exhibit } from '../../web/src/exhibits/rnn/exhibit.ts';
import { go, picture, type Site, shown, site } from './page/browser.ts';

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

/** Where the drawings, tables and controls of the figure stand, as shares of its width. */
const layout = (page: Page) =>
  page.locator('.canvas').evaluate((canvas) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    return [...canvas.querySelectorAll('svg, table, button, input')].map((one) => {
      const box = one.getBoundingClientRect();
      return [box.left - left, box.top - top, box.width, box.height].map((of) => of / width);
    });
  });

test('on paper the figure of every exhibit is laid out as on screen', async () => {
  const exhibits = readdirSync('web/src/exhibits').filter((slug) => existsSync(`web/src/exhibits/${slug}/exhibit.ts`));
  const { page } = await web.open(`#${exhibits[0]}`);
  await shown(page);
  for (const slug of exhibits) {
    await go(page, `#${slug}`);
    await picture(page);
    const before = await layout(page);
    assert.ok(before.length > 0, slug);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 688, height: 1016 });
    const after = await layout(page);
    assert.equal(after.length, before.length, slug);
    const off = after.map((box, i) => Math.max(...box.map((of, k) => Math.abs(of - (before[i]?.[k] ?? 0)))));
    assert.ok(Math.max(...off) < 0.01, `${slug}: ${Math.max(...off)} of its width off`);
    const [figure, canvas] = [await page.locator('.plot').boundingBox(), await page.locator('.canvas').boundingBox()];
    assert.ok(figure && canvas && canvas.height > 150, `${slug}: ${canvas?.height} high`);
    assert.ok(
      canvas.y + canvas.height <= figure.y + figure.height + 1 && canvas.x + canvas.width <= 689,
      `${slug}: it is cut`,
    );
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  }
});
