// The LSTM and the GRU beside each other: both nets' real numbers, forwards and back, as far as one has come.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { comes, eventually, numberOf, type Site, seeded, shown, site } from './page/browser.ts';
import { type Traced, trace } from './page/trace.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

/** Row by row: the node of the LSTM, of the GRU. "f_c 1" on the way back: the gradient through that input. */
const ROWS = [
  ['c-1', 'h-1'],
  ['f', 'z'],
  ['f_c', 'keep'],
  ['i', 'not_z'],
  ['g', 'n'],
  ['i_g', 'new'],
  ['c', 'h'],
  ['o', 'r'],
  ['h', 'h'],
] as const;
const HALF = { lstm: 0, gru: 1 } as const;

function expected(all: Traced[], kind: 'lstm' | 'gru', row: number, time: number, back: boolean): number[] {
  const of = (path: string) => all.find((node) => node.path === path);
  const name = ROWS[row]?.[HALF[kind]] ?? '';
  if (!name.endsWith('-1')) {
    const node = of(`rnn.${time}.${name}`);
    return (back ? node?.grad : node?.value) ?? [];
  }
  if (back) return of(`rnn.${time}.${ROWS[2][HALF[kind]]}`)?.edges?.[1] ?? [];
  return time === 1 ? new Array(6).fill(0) : (of(`rnn.${time - 1}.${name.slice(0, 1)}`)?.value ?? []);
}
const position = async (page: Page) =>
  Number(await page.getByRole('slider', { name: 'Operation' }).getAttribute('aria-valuenow'));
/** Until it is what the net reads: its end among the letters. */
const read = (page: Page, text: string) =>
  page.waitForFunction(
    (steps) =>
      document.querySelector('[role=slider][aria-label=Token]')?.getAttribute('aria-valuemax') === String(steps),
    text.length + 1,
  );
const cells = (page: Page) =>
  page
    .locator('.lstm-pair tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')));

test('every number is that of the two shipped nets, at any letter of any text, forwards and back', async () => {
  const { page, errors } = await web.open('#lstm?panel=both&at=0');
  await shown(page);
  const below = seeded(12);
  for (const text of ['amelia', 'jo']) {
    const field = page.getByLabel('Name to read');
    await field.fill(text);
    await field.press('Enter');
    await read(page, text);
    await field.press('Escape');
    await page.locator('.lstm-pair').waitFor();
    const nets = { lstm: trace('names-lstm', text), gru: trace('names-gru', text) };
    const steps = text.length + 1;
    await page.keyboard.press('Home');
    await comes(page, () => position(page), 0);
    for (let press = 1; press <= 2 * steps; press++) {
      await page.keyboard.press('Shift+ArrowRight');
      const back = press > steps;
      const time = back ? 2 * steps + 1 - press : press;
      await page.locator('#lstm-both', { hasText: `Step ${time}, ` }).waitFor();
      const seen = await cells(page);
      assert.equal(seen.length, ROWS.length);
      for (let n = 0; n < 12; n++) {
        const [row, unit, kind] = [below(ROWS.length), below(6), below(2) ? 'lstm' : 'gru'] as const;
        if (back && time === 1 && row === 0) {
          assert.equal(seen[row]?.[0], 'not yet', 'before the first step there is nothing');
          continue;
        }
        const value = expected(nets[kind], kind, row, time, back)[unit] ?? Number.NaN;
        const shown = numberOf(seen[row]?.[HALF[kind] * 6 + unit] ?? '');
        const close = Math.abs(shown - value) <= (back ? 0.00051 : 0.0051);
        assert.ok(
          close,
          `${text}, ${kind}, step ${time}${back ? ' back' : ''}, row ${row}, unit ${unit}: ${shown}, ${value}`,
        );
      }
    }
  }
  assert.deepEqual(errors, []);
});

test('one transport for both: a row is there when the walk has come to it, from the LSTM as from the GRU', async () => {
  for (const [model, order] of [
    ['', ['f', 'f_c', 'i', 'g', 'i_g', 'c', 'o', 'h']],
    ['model=gru_lm&', ['r', 'n', 'z', 'not_z', 'new', 'keep', 'h']],
  ] as const) {
    const { page } = await web.open(`#lstm?${model}panel=both&at=0`);
    await page.locator('.lstm-pair').waitFor();
    for (let step = 1; step < 3; step++) await page.keyboard.press('Shift+ArrowRight');
    await page.locator('#lstm-both', { hasText: 'Step 2, ' }).waitFor();
    const came: number[] = [];
    let before = -1;
    let at = await position(page);
    while (came.length < 40) {
      await page.keyboard.press('ArrowRight');
      await comes(page, () => position(page), ++at);
      await page.locator('#lstm-both', { hasText: 'Step 3, m' }).waitFor();
      const there = (await cells(page)).filter(([first]) => first !== 'not yet').length;
      if (there !== before) came.push(there);
      before = there;
      if (there === ROWS.length) break;
    }
    assert.equal(came.at(-1), ROWS.length, `${model}: ${came}`);
    assert.ok(came.length >= order.length - 1, `row after row: ${came}`);
    await page.keyboard.press('ArrowLeft');
    const less = (rows: string[][]) => rows.some(([first]) => first === 'not yet');
    assert.ok(less(await eventually(page, () => cells(page), less)));
    // A row's name leads there.
    await page.getByRole('button', { name: 'What could be written' }).click();
    await page.locator('.lstm-pair tr[aria-current] button', { hasText: 'could be written' }).waitFor();
    await page.waitForFunction(() => /panel=both/.test(location.hash) && /at=\d+/.test(location.hash));
    await web.put(page);
  }
});

for (const [width, height, mode] of [
  [1280, 720, 'page'],
  [1280, 720, 'projector'],
  [1920, 1080, 'page'],
  [390, 844, 'page'],
] as const) {
  test(`${width} × ${height}, ${mode}: rows are aligned, nothing is cut, nothing lies over another`, async () => {
    const { page } = await web.open(`#lstm?panel=both&mode=${mode}&at=200`, { viewport: { width, height } });
    await page.locator('.lstm-pair').waitFor();
    const wrong = await page.evaluate(() => {
      const found: string[] = [];
      const boxes = [...document.querySelectorAll('.lstm-both :is(td, th, button, p span)')]
        .filter((one) => one.children.length === 0 || one.matches('button'))
        .filter((one) => one.textContent?.trim() && !one.closest('.sr'))
        .map((one) => {
          const range = document.createRange();
          range.selectNodeContents(one);
          return {
            words: one.textContent ?? '',
            box: range.getBoundingClientRect(),
            cell: one.getBoundingClientRect(),
          };
        })
        .filter(({ box }) => box.width > 0);
      for (const { words, box, cell } of boxes)
        if (box.width > cell.width + 1 || box.right > innerWidth + 1) found.push(`cut: ${words}`);
      for (const [i, a] of boxes.entries())
        for (const b of boxes.slice(i + 1)) {
          const x = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          const y = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
          if (x > 1 && y > 1) found.push(`${a.words} over ${b.words}`);
        }
      return found;
    });
    assert.deepEqual(wrong, []);
    const columns = await page
      .locator('.lstm-pair tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) =>
          [...row.querySelectorAll('td')].map((cell) => Math.round(cell.getBoundingClientRect().x)).join(),
        ),
      );
    assert.equal(new Set(columns).size, 1, 'the same columns in every row');
    await web.put(page);
  });
}
