// On a phone: one column, the clocks fixed under the thumb, nothing wider than the screen, targets large enough.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { parseAddress } from '../../web/src/state/address.ts';
import { violations } from './page/axe.ts';
import { eventually, go, type Site, shown, site } from './page/browser.ts';
import { everyExhibit, exhibits, walking } from './page/folders.ts';
import { some } from './page/sample.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const MARKS = 4; // of a tour that the usual run looks at
const SCROLLED = 4; // exhibits in which it scrolls
let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

test('nothing is wider than the screen', async () => {
  const { page, errors } = await web.open('#rnn', PHONE);
  await shown(page);
  for (const hash of ['#home', '#rnn?tour=1', '#rnn?tour=9', '#rnn?tour=11', '#rnn?question=1']) {
    await go(page, hash);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, hash);
  }
  assert.deepEqual(errors, []);
});

test('from step to step the operation of this moment stays in the formula', async () => {
  const { page } = await web.open('#attention?tour=3', PHONE);
  await shown(page);
  for (const step of [3, 4, 5, 6, 7]) {
    await go(page, `#attention?tour=${step}`);
    const ends = () =>
      page.evaluate(() => document.querySelector('.network .eq .now')?.getBoundingClientRect().right ?? Number.NaN);
    const end = await eventually(page, ends, (right) => right <= 390);
    assert.ok(end <= 390, `step ${step}: it ends at ${end}`);
  }
});

/** What is outlined, be it what leads to a control that is folded away. */
const outlined = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-control], .figure-more')].flatMap((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      const { width, height } = one.getBoundingClientRect();
      const seen = one.checkVisibility() && width > 0 && height > 0;
      const drawn = outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2;
      return seen && drawn ? [one.dataset.control ?? 'more'] : [];
    }),
  );

test('the control that a step speaks of is outlined, or what leads to it', async () => {
  const { page } = await web.open('#rnn', PHONE);
  await shown(page);
  let marked = 0;
  for (const { slug, tour } of walking) {
    const marks = [...tour.entries()].filter(([, { show }]) => show.mark);
    marked += marks.length;
    for (const [i, { show }] of some(marks, MARKS)) {
      await go(page, `#${slug}?tour=${i + 1}`);
      const wanted = (found: string[]) => found.includes(show.mark ?? '') || found.includes('more');
      const found = await eventually(page, () => outlined(page), wanted);
      assert.ok(wanted(found), `${slug}, step ${i + 1}: ${show.mark} is not outlined, but ${found}`);
    }
    const unmarked = tour.findIndex(({ show }) => !show.mark);
    if (unmarked < 0) continue;
    await go(page, `#${slug}?tour=${unmarked + 1}`);
    assert.deepEqual(
      await eventually(
        page,
        () => outlined(page),
        (found) => found.length === 0,
      ),
      [],
      slug,
    );
  }
  assert.ok(marked > 20 || exhibits.length < everyExhibit.length);
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

/** Where the box of it is, and whether it stays there as the page scrolls. */
const boxOf = (page: Page, selector: string) =>
  page.evaluate((selector) => {
    const found = [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());
    if (!found) return null;
    const { left, right, top, bottom } = found.getBoundingClientRect();
    return { left, right, top, bottom, stays: getComputedStyle(found).position };
  }, selector);

test('of every view that has clocks one stays under the thumb, as high as a finger, and beside no other', async () => {
  const { page } = await web.open('#rnn', PHONE);
  let own = 0;
  for (const { slug, walks } of exhibits) {
    await go(page, `#${slug}`);
    await shown(page);
    const names = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.views [data-control]')].map(({ dataset }) => dataset.control ?? ''),
    );
    const views = names.map((name) => name.replace('panel.', '')).filter((name) => name !== 'network');
    for (const view of [...(walks === false && views.length > 0 ? [] : [null]), ...views]) {
      const hash = view ? `#${slug}?panel=${view}` : `#${slug}`;
      await go(page, hash);
      await page.waitForFunction(() => document.querySelector('.plot .panel')?.childElementCount !== 0);
      const clocks = await page.locator('.canvas [data-control^="clock."]').count();
      const bars = await page.locator('.phonebar:visible, .thumb:visible').count();
      assert.ok(bars <= 1, `${hash}: ${bars} bars`);
      if (bars === 0) {
        assert.equal(clocks, 0, `${hash}: none of its clocks is under the thumb`);
        continue;
      }
      const bar = await boxOf(page, '.phonebar, .thumb');
      assert.ok(bar?.stays === 'fixed' && Math.abs(bar.bottom - 844) < 2 && bar.left < 1 && bar.right > 389, hash);
      for (const button of await page.locator('.thumb button:visible').all()) {
        const box = await button.boundingBox();
        assert.ok(box && box.height >= 43.5 && box.width >= 43.5, `${hash}: ${await button.textContent()}`);
        own++;
      }
    }
  }
  assert.ok(own > 20 || exhibits.length < everyExhibit.length, `${own} buttons of own clocks`);
});

test('predict and try are in reach wherever one has scrolled, and bring their words into sight', async () => {
  const { page } = await web.open('#rnn', PHONE);
  for (const { slug } of some(exhibits, SCROLLED)) {
    await go(page, `#${slug}`);
    await shown(page);
    for (const [name, words] of [
      ['Try this', '.words'],
      ['Predict', '.ask'],
    ] as const) {
      await page.evaluate(() => scrollTo(0, 1e6));
      const button = page.getByRole('button', { name, exact: true });
      const box = await button.boundingBox();
      assert.ok(box && box.y >= 0 && box.y + box.height < 200, `${slug}: ${name} at ${box?.y}`);
      await button.tap();
      const sight = async () => {
        const [said, nav, bar] = [
          await boxOf(page, words),
          await boxOf(page, '.tour'),
          await boxOf(page, '.phonebar, .thumb'),
        ];
        return said !== null && said.top >= (nav?.bottom ?? 0) - 1 && said.bottom <= (bar?.top ?? 844) + 1;
      };
      assert.ok(await eventually(page, sight, (seen) => seen), `${slug}: ${name} brings words that are not in sight`);
      if (words === '.words') await button.tap();
      else await page.getByRole('button', { name: 'Done' }).tap();
    }
  }
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
  const { page } = await web.open('#rnn?at=1', PHONE);
  await shown(page);
  for (const hash of ['#home', '#rnn', '#rnn?tour=9', '#rnn?question=1']) {
    await go(page, hash);
    for (const pane of hash === '#rnn' ? ['Run', 'Next letter'] : [null]) {
      if (pane !== null) await page.getByRole('button', { name: pane, exact: true }).click();
      const low = await page.evaluate(() =>
        // A word of a sentence is as high as its line.
        [...document.querySelectorAll('button, a:not(:is(p, .question) a[role=button]), select, input')].flatMap(
          (target) => {
            const { height } = target.getBoundingClientRect();
            const { pointerEvents, visibility } = getComputedStyle(target);
            const tapped = height > 0 && pointerEvents !== 'none' && visibility === 'visible' && !target.closest('.sr');
            return tapped && height < 43.5
              ? [`${target.getAttribute('aria-label') ?? target.textContent}: ${height}`]
              : [];
          },
        ),
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

test('what stands over a figure is folded into one button that says what is set', async () => {
  for (const [hash, set] of [
    ['#lstm?at=200', 'Network · LSTM · No gate held · notation a'],
    ['#lstm?model=gru_lm&notation=b', 'Network · GRU · No gate held · notation b'],
    ['#bptt?panel=terms&at=0', 'Terms · notation a'],
  ] as const) {
    const { page, errors } = await web.open(hash, PHONE);
    await shown(page);
    const more = page.getByRole('button', { name: `Figure: ${set}`, exact: true });
    await more.waitFor();
    const view = () => {
      const { panel, model, notation, folded } = parseAddress(new URL(page.url()).hash).state;
      return { panel, model, notation, folded };
    };
    const before = view();
    const bar = await page.locator('.figure-bar').boundingBox();
    const canvas = await page.locator('.canvas').boundingBox();
    assert.ok(bar && canvas && bar.height >= 43.5 && canvas.y - bar.y < 60, `${hash}: one row over the figure`);
    assert.equal(await more.getAttribute('aria-expanded'), 'false');
    const views = page.getByRole('group', { name: 'What the figure shows' });
    const notation = page.getByRole('group', { name: 'Notation' });
    assert.equal((await views.isVisible()) || (await notation.isVisible()), false, hash);
    assert.deepEqual(await violations(page), [], `${hash}, folded`);
    await more.focus();
    await page.keyboard.press('Enter');
    await views.waitFor();
    assert.equal(await notation.isVisible(), true, hash);
    assert.deepEqual(await violations(page), [], `${hash}, open`);
    for (const button of await page.locator('.figure-bar button, .figure-bar select, .figure-tools button').all())
      assert.ok(((await button.boundingBox())?.height ?? 0) >= 43.5, `${hash}: ${await button.innerText()}`);
    await page.keyboard.press('Tab');
    assert.equal(
      await views.evaluate((group) => group.contains(document.activeElement)),
      true,
      'next comes what it opened',
    );
    await more.focus();
    await page.keyboard.press('Enter');
    await views.waitFor({ state: 'hidden' });
    assert.deepEqual(view(), before);
    assert.deepEqual(errors, []);
    await web.put(page);
  }
  const { page } = await web.open('#lstm?at=200');
  await shown(page);
  assert.equal(await page.locator('.figure-more').isVisible(), false, 'where there is room nothing is folded');
});

test('no frame goes through the digits that it is of, be the row as thin as on a phone', async () => {
  const { page, errors } = await web.open('#bptt?tour=3', PHONE);
  await shown(page);
  await page.locator('.sources .nowbox').waitFor();
  const found = await page.evaluate(() => {
    const digits = [...document.querySelectorAll<SVGTextElement>('.network text.cv')].map((text) => {
      const unit = text.getScreenCTM()?.d ?? 1;
      const { left, right, top } = text.getBoundingClientRect();
      const size = Number.parseFloat(getComputedStyle(text).fontSize) * unit;
      const baseline = (text.getScreenCTM()?.f ?? 0) + Number(text.getAttribute('y')) * unit;
      return { of: text.textContent, x: (left + right) / 2, top: Math.max(top, baseline - 0.7 * size), baseline };
    });
    let framed = 0;
    const crossed = [...document.querySelectorAll('.sources rect.l-ink, .sources rect.nowbox')].flatMap((rect) => {
      const { left, right, top, bottom } = rect.getBoundingClientRect();
      const half = Number.parseFloat(getComputedStyle(rect).strokeWidth) / 2;
      const own = digits.filter((d) => d.x > left && d.x < right && d.top < bottom && d.baseline > top);
      const within = own.filter((d) => (d.top + d.baseline) / 2 > top && (d.top + d.baseline) / 2 < bottom);
      framed += within.length;
      return within.filter((d) => top + half > d.top || bottom - half < d.baseline).map(({ of }) => of);
    });
    return { framed, crossed };
  });
  assert.ok(found.framed >= 4, `framed: ${found.framed}`);
  assert.deepEqual(found.crossed, []);
  // nor does what stands round the cell in question cover those above and below it
  await go(page, '#lstm?tour=10');
  await page.locator('.heat rect.halo').first().waitFor();
  const covered = await page.evaluate(() => {
    const digits = [...document.querySelectorAll<SVGTextElement>('.heat text.cv')].map((text) => {
      const { a: unit = 1, f = 0 } = text.getScreenCTM() ?? {};
      const { left, right } = text.getBoundingClientRect();
      const baseline = f + Number(text.getAttribute('y')) * unit;
      return { of: text.textContent, x: (left + right) / 2, baseline, top: baseline - 0.68 * unit * 12 };
    });
    return [...document.querySelectorAll('.heat rect.halo')].flatMap((rect) => {
      const { left, right, top, bottom } = rect.getBoundingClientRect();
      const half = Number.parseFloat(getComputedStyle(rect).strokeWidth) / 2;
      const beside = digits.filter((d) => d.x > left && d.x < right && (d.baseline < top + 6 || d.top > bottom - 6));
      return beside.filter((d) => d.baseline > top - half && d.top < bottom + half).map(({ of }) => of);
    });
  });
  assert.deepEqual(covered, []);
  assert.deepEqual(errors, []);
});
