// On a phone: one column, the clocks fixed under the thumb, nothing wider than the screen, targets large enough.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { type Site, shown, site } from './page/browser.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

test('nothing is wider than the screen', async () => {
  for (const hash of ['', '#rnn', '#rnn?tour=9', '#rnn?tour=11', '#rnn?question=1']) {
    const { page, errors } = await web.open(hash, PHONE);
    if (hash === '') await page.getByRole('heading', { level: 1 }).waitFor();
    else await shown(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, hash);
    assert.deepEqual(errors, []);
    await page.close();
  }
});

test('the clocks stay under the thumb: one at a time, tapped', async () => {
  const { page } = await web.open('#rnn?at=0', PHONE);
  await shown(page);
  const bar = page.getByRole('region', { name: 'Clock', exact: true });
  for (const top of [0, 400, 2000]) {
    await page.evaluate((top) => scrollTo(0, top), top);
    const box = await bar.boundingBox();
    assert.ok(box && Math.abs(box.y + box.height - 844) < 2, 'fixed at the bottom');
  }
  await bar.getByRole('button', { name: 'One operation forward' }).tap();
  await bar.getByText(/^1 of/).waitFor();
  await bar.getByRole('button', { name: 'Token', exact: true }).tap();
  await bar.getByRole('button', { name: 'One token forward' }).tap();
  await bar.getByText(/^1 of/).waitFor();
  await bar.getByRole('button', { name: 'Update', exact: true }).tap();
  await bar.getByRole('button', { name: 'One update forward' }).tap();
  await bar.getByText(/^1 of 1/).waitFor();
});

test('title, words, figure, things to do, inspector, claim and dock follow one another', async () => {
  const { page } = await web.open('#rnn', PHONE);
  await shown(page);
  const top = async (locator: ReturnType<typeof page.locator>) =>
    (await locator.first().boundingBox())?.y ?? Number.NaN;
  const order = [
    await top(page.getByRole('heading', { level: 1 })),
    await top(page.getByRole('region', { name: 'The unrolled network' })),
    await top(page.getByLabel('Name to read')),
    await top(page.getByRole('region', { name: 'Inspector' })),
    await top(page.getByRole('region', { name: 'Claim' })),
    await top(page.getByRole('region', { name: 'Samples' })),
  ];
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
});

test('whatever one taps is at least 44 pixels high', async () => {
  for (const hash of ['', '#rnn', '#rnn?tour=9', '#rnn?question=1']) {
    const { page } = await web.open(hash, PHONE);
    if (hash === '') await page.getByRole('heading', { level: 1 }).waitFor();
    else await shown(page);
    for (const pane of hash === '#rnn' ? ['Run', 'Next letter'] : [null]) {
      if (pane !== null) await page.getByRole('button', { name: pane, exact: true }).click();
      const low = await page.evaluate(() =>
        [...document.querySelectorAll('button, a, select, input')].flatMap((target) => {
          const { height } = target.getBoundingClientRect();
          const { pointerEvents, visibility } = getComputedStyle(target);
          const tapped = height > 0 && pointerEvents !== 'none' && visibility === 'visible' && !target.closest('.sr');
          return tapped && height < 43.5
            ? [`${target.getAttribute('aria-label') ?? target.textContent}: ${height}`]
            : [];
        }),
      );
      assert.deepEqual(low, [], hash);
    }
  }
});

test('at the start title, sentence, figure and what to press first are in sight', async () => {
  const { page } = await web.open('#rnn', PHONE);
  await shown(page);
  const bar = await page.getByRole('region', { name: 'Clock', exact: true }).boundingBox();
  const next = await page.getByRole('button', { name: 'Tour: next step' }).boundingBox();
  const figure = await page.getByRole('region', { name: 'The unrolled network' }).boundingBox();
  assert.ok(bar && next && figure);
  assert.ok(
    next.y + next.height <= figure.y && figure.y + figure.height <= bar.y,
    'nothing of it lies under the clocks',
  );
});

test('the end of the page is not under the clocks', async () => {
  const { page } = await web.open('#rnn', PHONE);
  await shown(page);
  await page.getByRole('region', { name: 'Samples' }).getByRole('listitem').first().waitFor();
  await page.evaluate(() => scrollTo(0, 1e6));
  const bar = await page.getByRole('region', { name: 'Clock', exact: true }).boundingBox();
  const dock = await page.getByRole('region', { name: 'Clocks and training' }).boundingBox();
  assert.ok(bar && dock && dock.y + dock.height <= bar.y);
});
