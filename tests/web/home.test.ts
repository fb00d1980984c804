// The home page: the course in five parts, every exhibit named, no dead link, real values over the word.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test, { after, before } from 'node:test';
import { ENTRIES } from '../../web/src/course.ts';
import { en } from '../../web/src/i18n/en.ts';
import { comes, go, type Site, shown, site } from './page/browser.ts';
import { PROGRAM } from './page/trace.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

test('five parts, 22 exhibits; the open ones are links that lead somewhere, the others say that they are to come', async () => {
  const { page, errors } = await web.open();
  const main = page.getByRole('main');
  assert.equal(await main.getByRole('region').count(), 5);
  assert.equal(await main.getByRole('listitem').count(), 22);
  for (const { number, slug, title } of ENTRIES) {
    const tile = main.getByRole('listitem').filter({ has: page.locator(`[data-exhibit=${slug}]`) });
    const words = await tile.locator('small').innerText(); // of what is drawn over them some has words too
    const open = (await tile.getByRole('link').count()) === 1;
    assert.ok(words.startsWith(`${number} · ${open ? 'open' : 'to come'}`), words);
    assert.equal(await tile.locator('b').innerText(), en[title]);
  }
  const links = await page.getByRole('link').all();
  assert.ok(links.length > 0);
  for (const address of await Promise.all(links.map((link) => link.getAttribute('href')))) {
    await go(page, address ?? '');
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.getByRole('status').first().innerText(), '', `${address} leads nowhere`);
  }
  assert.deepEqual(errors, []);
});

test('over the word stand the states that the shipped network really has', async () => {
  const { page } = await web.open();
  const word = page.getByRole('img', { name: /The word unroll/ });
  await word.locator('rect.c').first().waitFor();
  const fills = await word.locator('rect.c').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('fill')));
  assert.equal(fills.length, 6 * 8);
  assert.ok(new Set(fills).size > 12, 'as many colours as there are different states');
  // the weights of five words, each its own share
  const shares = page.locator('[data-exhibit=qkv] rect.c');
  await shares.first().waitFor();
  const shades = await shares.evaluateAll((cells) => cells.map((cell) => cell.getAttribute('fill')));
  assert.equal(shades.length, 5 * 5);
  // twelve places, sixteen numbers each
  const places = page.locator('[data-exhibit=positions] rect.c');
  await places.first().waitFor();
  assert.equal(await places.count(), 12 * 16);
  // ten points beside the curve through them, and the words of the constructed sentences on their map
  for (const [slug, count] of [
    ['curve', 10],
    ['meaning', 71],
  ] as const) {
    const dots = page.locator(`[data-exhibit=${slug}] circle`);
    await dots.first().waitFor();
    const at = await dots.evaluateAll((all) => all.map((dot) => `${dot.getAttribute('cx')} ${dot.getAttribute('cy')}`));
    assert.equal(at.length, count);
    assert.ok(new Set(at).size > count / 2, slug);
  }
  assert.ok(new Set(shades).size > 12);
  // after "ro" each letter and the end, the one that comes dark, named and of those that are likely
  const letters = page.locator('[data-exhibit=next-word] rect');
  await comes(page, () => letters.count(), 27);
  const bars = await letters.evaluateAll((all) =>
    all.map((bar) => ({ came: bar.classList.contains('f-ink'), height: Number(bar.getAttribute('height')) })),
  );
  assert.deepEqual(
    bars.flatMap(({ came }, i) => (came ? [i] : [])),
    [1 + 'l'.charCodeAt(0) - 'a'.charCodeAt(0)],
  );
  assert.equal(Math.max(...bars.map(({ height }) => height)), 32);
  assert.equal(await page.locator('[data-exhibit=next-word] svg text').textContent(), 'l');
  // of seven letters: what a block reads and its sum, eight numbers each, and two heads; eight heads of two blocks; and
  // the looks of six words at five
  const half = (7 * 8) / 2; // no letter looks ahead
  for (const [slug, marks, count] of [
    ['block', 'rect', 2 * 7 * 8 + 2 * half],
    ['gpt', 'rect', 8 * half],
    ['translator', 'path', 6 * 5],
  ] as const) {
    const drawn = page.locator(`[data-exhibit=${slug}] ${marks}:is([fill], [stroke])`);
    await comes(page, () => drawn.count(), count, slug);
    const seen = await drawn.evaluateAll((all) =>
      all.map((one) => one.getAttribute('fill') ?? one.getAttribute('stroke')),
    );
    assert.ok(new Set(seen).size > 8, slug);
  }
  // a line that is folded three times: eight pieces, from 0 to 1 and back
  const folds = page.locator('[data-exhibit=depth] path.sign');
  await comes(page, async () => (await folds.getAttribute('d'))?.match(/ (43|5)(?=L|$)/g)?.length, 9);
  // every third of ten frames of a ball, and where the net goes on from the last of them: the core's places
  const options = ['trace', '--weights', 'models/ball.safetensors', '--rolled', '--given', '10', '--json'];
  const frames = execFileSync(PROGRAM, [...options, '--input', '0.15,0.55>0.65,0.25'], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line): { frame?: number; own: [number, number] } => JSON.parse(line))
    .filter(({ frame }) => frame !== undefined)
    .map(({ own: [x, y] }) => [4 + 64 * x, 44 - 52 * y]);
  const dots = page.locator('[data-exhibit=ball] circle');
  await comes(page, () => dots.count(), 4);
  const seen = await dots.evaluateAll((all) =>
    all.map((dot) => ['cx', 'cy'].map((of) => Number(dot.getAttribute(of)))),
  );
  const line = (await page.locator('[data-exhibit=ball] path.sign').getAttribute('d')) ?? '';
  const [, ...own] = line.split(/[ML]/).slice(1); // after the walls
  const drawn = [...seen, ...own.map((at) => at.split(' ').map(Number))];
  const wanted = [...frames.slice(0, 10).filter((_, i) => i % 3 === 0), ...frames.slice(9)];
  assert.equal(drawn.length, wanted.length);
  for (const [i, at] of wanted.entries())
    assert.ok(
      at.every((one, k) => Math.abs(one - (drawn[i]?.[k] ?? Number.NaN)) < 0.06),
      `${i}: ${drawn[i]}, ${at}`,
    );
});

test('tiles are drawn in a core of their own, which whoever goes on leaves behind', async () => {
  const { page, errors } = await web.open('#lstm?tour=7');
  await shown(page);
  const table = () => page.locator('.network table[data-update]').innerText();
  const wanted = await table();
  assert.match(wanted, /0\.\d{3}/);
  let made = 0;
  page.on('worker', () => made++);
  await go(page, '#home');
  // it has a second worker for studies, which may be there by now too
  await comes(page, async () => made > 0, true);
  await go(page, '#lstm?tour=7');
  await comes(page, table, wanted);
  await comes(page, async () => page.workers().length, 1);
  await go(page, '#home'); // what was not read yet
  await page.locator('[data-exhibit=qkv] rect.c').first().waitFor();
  await comes(page, async () => page.workers().length, 1);
  assert.deepEqual(errors, []);
});

test('keys: the sheet opens with ?, lists what the page listens to, and closes with Escape', async () => {
  const { page } = await web.open();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await sheet.waitFor();
  for (const key of ['→ ←', 'Space', 'Home End', 'Ctrl Z', 'Esc']) {
    assert.ok(
      (await sheet.locator('kbd').allInnerTexts()).some((text) => text.replace(/\s+/g, ' ') === key),
      key,
    );
  }
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
});

test('an exhibit that is not there is said, and the course is shown', async () => {
  const { page } = await web.open('#nowhere');
  await page.getByRole('status').getByText('nowhere').waitFor();
  assert.equal(await page.getByRole('main').getByRole('region').count(), 5);
});
