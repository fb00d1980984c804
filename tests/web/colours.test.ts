// The same number has the same colour before and after: a scale is held while a net trains and where a gate is held, and
// where it changes the legend says what it was.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { makeTheme, signIndex } from '../../web/src/draw/colour.ts';
import { comes, eventually, go, numberOf, picture, type Site, shown, site } from './page/browser.ts';
import { walking } from './page/folders.ts';
import { trainN, until } from './page/run.ts';
import { some } from './page/sample.ts';

const LINKS = 3; // of a tour that the usual run opens anew

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const inspector = (page: Page) => page.getByRole('region', { name: 'Inspector' });
const legends = (page: Page) => page.getByRole('region', { name: 'The unrolled network' }).locator('.legends');
const legend = async (page: Page) => (await legends(page).innerText()).replace(/\s+/g, ' ');

test('while a net trains its scales stay; when it stops they may change, and say so', async () => {
  const { page, errors } = await web.open('#rnn?seed=5&set=learning_rate:0.2&at=71');
  await shown(page);
  const before = await legend(page);
  assert.match(before, /the rest −(\d|\.)+/);
  await page.evaluate(() => {
    const seen: { words: string; training: boolean }[] = [];
    Object.assign(globalThis, { seen });
    const legends = document.querySelector('.legends') as HTMLElement;
    new MutationObserver(() => {
      const training = document.querySelector('[aria-label="Pause updates"]') !== null;
      seen.push({ words: legends.innerText.replace(/\s+/g, ' '), training });
    }).observe(legends, { subtree: true, childList: true, characterData: true });
  });
  await trainN(page, 600);
  await until(page, 600);
  await page.getByRole('button', { name: 'Play updates' }).waitFor();
  await legends(page).getByText('was ±').first().waitFor();
  const seen = await page.evaluate(
    () => (globalThis as unknown as { seen: { words: string; training: boolean }[] }).seen,
  );
  assert.deepEqual(
    seen.filter(({ training }) => training),
    [],
    'no scale changed while it trained',
  );
  const now = await legend(page);
  const [, rest, was] = /the rest −([\d.]+) \+\1 was ±([\d.]+)/.exec(now) ?? [];
  assert.ok(Number(rest) > Number(was), now);
  assert.ok(before.includes(`the rest −${was} `), `${before}; then ${now}`);
  await page.keyboard.press('ArrowLeft');
  await legends(page).getByText('was ±').first().waitFor({ state: 'detached' });
  assert.ok((await legend(page)).includes(`the rest −${rest} `), 'it stays where one walks on');
  assert.deepEqual(errors, []);
});

test('a gate that is held leaves the colours; the same number is as it was', async () => {
  const { page, errors } = await web.open('#lstm?tour=7');
  await shown(page);
  const before = await legend(page);
  assert.match(before, /c −[2-9]/, 'the cell is larger than one');
  const value = await inspector(page).locator('.formula b').innerText();
  await page.getByRole('combobox', { name: 'Hold a gate' }).selectOption('f 0');
  await inspector(page).getByText(value, { exact: true }).waitFor({ state: 'detached' });
  await comes(page, () => legend(page), before.replace('+5.7', '+5.7 kept'));
  assert.deepEqual(errors, []);
});

/** Ends of the scales, without what they were. */
const ends = async (page: Page) => (await legend(page)).replace(/ was ±[\d.]+(·10[⁻⁰-⁹]+)?/g, '');

// Walking grows nothing, and training or holding says that it keeps: a link shows the colours of whoever sent it.
for (const { slug, tour } of walking)
  test(`${slug}: a link opened in the middle shows the scales of walking there`, async () => {
    const { page, errors } = await web.exhibit(slug);
    const walked: { hash: string; ends: string }[] = [];
    const drawn = [...tour.entries()].filter(([, { show }]) => !show.panel);
    for (const [i] of some(drawn, LINKS + 2)) {
      await go(page, `#${slug}?tour=${i + 1}`);
      await page.locator('.network table[data-update]').waitFor({ state: 'attached' });
      for (let k = 0; k < 2; k++) await picture(page);
      walked.push({ hash: `#${slug}?tour=${i + 1}`, ends: await ends(page) });
    }
    for (const { hash, ends: wanted } of some(walked.slice(1), LINKS)) {
      await go(page, '#home');
      await go(page, hash);
      await comes(page, () => ends(page), wanted, hash);
    }
    assert.deepEqual(errors, []);
  });

const css = readFileSync(new URL('../../web/src/styles/tokens.css', import.meta.url), 'utf8');
const { sign, share } = makeTheme((name) => new RegExp(`${name}:\\s*([^;]+);`).exec(css)?.[1] ?? '#000000');
const STEPS = 6; // of a tour that the usual run looks at
const ROUNDED = 3; // places on the ramp by which the colour of a printed number may differ from that of the number

interface Cell {
  words: string;
  fill: string;
}
/** The cells of each column of the inspector that have their number in them. */
const columns = (page: Page): Promise<Cell[][]> =>
  inspector(page).evaluate((side) => {
    const all = new Map<string, { words: string; fill: string }[]>();
    for (const cell of side.querySelectorAll<SVGRectElement>('.heat rect.c')) {
      const words = cell.parentElement?.querySelector('.cv')?.textContent ?? '';
      const at = cell.getAttribute('x') ?? '';
      if (words) all.set(at, [...(all.get(at) ?? []), { words, fill: cell.style.fill }]);
    }
    return [...all.values()];
  });
/** Ends of the scales that the figure's legends name. */
const ranges = async (page: Page) => [...(await legend(page)).matchAll(/−([\d.]+)/g)].map(([, range]) => Number(range));
const on = (ramp: typeof sign, cells: Cell[], place: (value: number) => number) =>
  cells.every(({ words, fill }) => {
    const at = place(numberOf(words));
    const near = ramp.shade.slice(Math.max(0, at - ROUNDED), at + ROUNDED + 1);
    return near.some((shade) => shade.fill === fill.replaceAll(',', ''));
  });
const fits = (cells: Cell[], range: number) => on(sign, cells, (value) => signIndex(value, range));
/** Weights that add up to 1 go from white to purple, in figure and inspector. */
const shared = (cells: Cell[]) => on(share, cells, (value) => Math.round(value * 255));

test('figure and inspector give a number one colour, in the steps of every tour', async () => {
  let seen = 0;
  const { page } = await web.open();
  for (const { slug, tour } of walking)
    for (const [i] of some(
      [...tour.entries()].filter(([, { show }]) => !show.panel),
      STEPS,
    )) {
      await go(page, `#${slug}?tour=${i + 1}`);
      await page.locator('.network table[data-update]').waitFor({ state: 'attached' });
      const look = async () => ({ ranges: await ranges(page), columns: await columns(page) });
      const wrong = ({ ranges, columns }: Awaited<ReturnType<typeof look>>) =>
        columns.filter((cells) => !shared(cells) && ![1, ...ranges].some((range) => fits(cells, range)));
      const last = await eventually(page, look, (seen) => wrong(seen).length === 0);
      assert.deepEqual(wrong(last), [], `${slug}, step ${i + 1}, on ±${last.ranges}`);
      seen += last.columns.length;
    }
  assert.ok(seen >= 2 * walking.length, `${seen} columns were compared`);
});
