// Exhibit 13's own views, in Chromium: the tree of the search, what is right by length, the gradient's way, counted; and
// the phrase that goes along to the exhibit that looks back.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { comes, go, type Site, shown, site } from './page/browser.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web.close());

/** A table twin by its caption, a list a row. */
const table = (page: Page, caption: string) =>
  page
    .getByRole('table', { name: caption })
    .evaluateAll((tables) =>
      tables.flatMap((one) =>
        [...one.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
      ),
    );
const TREE = 'All that the search looked at';

test('the search finds what greedy does not; its tree can be walked, and says what was cut', async () => {
  const { page, errors } = await web.open('#seq2seq?text=3+0+4+days+ago&panel=search&lab=width:3&at=0');
  await shown(page);
  const outcome = () => page.locator('.search-outcome').innerText();
  await comes(page, async () => /Right/.test(await outcome()), true);
  const said = (await outcome()).replace(/\s+/g, ' ');
  assert.match(said, /Found siku 3 0 4 zilizopita −\d\.\d\d right Greedy siku [^a-z]*zilizopita −\d\.\d\d not right/);

  const rows = await table(page, TREE);
  const best = rows.filter(([, , , , , fate]) => fate?.includes('on the way to what was found'));
  assert.deepEqual(
    best.map(([way]) => way),
    ['siku', 'siku 3', 'siku 3 0', 'siku 3 0 4', 'siku 3 0 4 zilizopita', 'siku 3 0 4 zilizopita end'],
  );
  // Sums: each is that of its parent and its own logarithm.
  const totals = new Map(rows.map(([way = '', , , total]) => [way, Number(total?.replace('−', '-'))]));
  for (const [way = '', , log = ''] of rows) {
    const before = totals.get(way.replace(/ ?\S+$/, '')) ?? 0;
    assert.ok(Math.abs(before + Number(log.replace('−', '-')) - (totals.get(way) ?? 9)) < 0.0025, way);
  }
  for (let step = 1; step <= 5; step++) {
    const kept = rows.filter(([, at, , , , fate]) => at === String(step) && !fate?.startsWith('cut'));
    assert.equal(kept.length, 3, `three are kept at step ${step}`);
  }
  assert.ok(rows.some(([, , , , , fate]) => fate === 'cut, greedy' || fate?.endsWith('greedy')));

  const tree = page.getByRole('group', { name: TREE });
  await tree.locator('[tabindex="0"]').focus();
  const look = page.locator('.search-look');
  await page.keyboard.press('ArrowLeft');
  await comes(page, async () => (await look.innerText()).startsWith('siku 3 0 4 zilizopita log'), true);
  await page.keyboard.press('ArrowDown');
  await comes(page, async () => (await look.innerText()).startsWith('siku 3 0 4 zilizopita log'), false);

  await page.getByRole('group', { name: 'Width' }).getByRole('button', { name: '1', exact: true }).click();
  await comes(page, async () => (await table(page, TREE)).length, 6);
  assert.ok((await table(page, TREE)).every(([, , , , , fate]) => fate?.includes('greedy')));
  assert.match((await outcome()).replace(/\s+/g, ' '), /Found siku [^a-z]*zilizopita −\d\.\d\d not right/);
  await comes(page, async () => /lab=width:1\b/.test(page.url()), true);

  await go(page, '#seq2seq?text=3+0+4+days+ago&panel=search&lab=width:2;norm:1&at=0');
  await comes(
    page,
    async () => {
      const last = (await table(page, TREE)).find(([, step]) => step === '6');
      const [total, score] = [last?.[3], last?.[4]].map((text) => Number(text?.replace('−', '-')));
      return last !== undefined && Math.abs((total ?? 9) / 6 - (score ?? 0)) < 0.001;
    },
    true,
  );
  assert.deepEqual(errors, []);
});

test('right by length: as many sources as are unseen, and a bar for each length', async () => {
  const { page, errors } = await web.open('#seq2seq?panel=length&at=0');
  await shown(page);
  const caption = 'Unseen sources written right, by length';
  await comes(page, async () => (await table(page, caption)).length > 2, true);
  const rows = await table(page, caption);
  assert.equal(
    rows.reduce((sum, [, sources]) => sum + Number(sources), 0),
    359,
  );
  const right = rows.reduce((sum, [, sources, exact]) => sum + Math.round(Number(sources) * Number(exact)), 0);
  assert.match(await page.locator('.seq2seq-panel [role=status]').innerText(), new RegExp(`${right} of 359`));
  assert.deepEqual(
    await page
      .locator('.seq2seq-bars [data-length]')
      .evaluateAll((bars) => bars.map((bar) => bar.getAttribute('data-length'))),
    rows.map(([length]) => length),
  );
  // Another net is measured anew.
  await page.getByRole('slider', { name: 'Numbers in the vector' }).press('ArrowLeft');
  await comes(page, async () => Number((await table(page, caption))[1]?.[2]) < 0.5, true);
  assert.deepEqual(errors, []);
});

test('the way is counted on both graphs: through every state, and through one', async () => {
  const { page, errors } = await web.open('#seq2seq?panel=way&at=0');
  await shown(page);
  const said = page.locator('.seq2seq-panel [role=status]');
  // Five words, of a GRU: 7 operations to the first state and 2 to each further one, 2 to hand over; five words written,
  // 2 each, and 4 to the loss. With attention: stacked, summed, set beside the state.
  const [vector, attention] = [7 + 4 * 2 + 2 + 5 * 2 + 4, 7 + 3 + 4];
  await comes(
    page,
    async () => (await said.count()) > 0 && (await said.innerText()),
    `From zilizopita back to 4: ${vector} operations one after another, through 10 states. With attention ${attention}, through 1.`,
  );
  const rows = await table(page, 'The gradient’s way, operation by operation');
  assert.deepEqual(
    [rows[0], rows.at(-1)],
    [
      ['0', 'decoder.5.J', 'decoder.5.J'],
      [String(vector), 'encoder.1.e', ''],
    ],
  );
  assert.deepEqual(errors, []);
});

test('the phrase goes along to attention', async () => {
  const { page } = await web.open('#seq2seq?text=8+6+minutes+ago&guess=1&at=0');
  await shown(page);
  await page.getByRole('link', { name: 'This phrase with attention' }).click();
  await comes(page, async () => /#attention\?.*text=8\+6\+minutes\+ago.*guess=1/.test(page.url()), true);
  await comes(page, () => page.locator('#reading').inputValue(), '8 6 minutes ago');
});
