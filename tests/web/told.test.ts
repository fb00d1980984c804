// What looks like a button is one; what is being read keeps its numbers: the inspector while training runs, the text
// that was read before, a letter that the net draws.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { comes, eventually, type Site, shown, site } from './page/browser.ts';
import { walking } from './page/folders.ts';
import { FULL } from './page/sample.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const OPERATIONS = 7; // each way, that the usual run presses
const position = async (page: Page) =>
  Number(await page.getByRole('slider', { name: 'Operation' }).getAttribute('aria-valuenow'));

for (const { slug } of walking) {
  test(`${slug}: each operation that the figure or its formula names leads there, forwards and back`, async () => {
    const { page, errors } = await web.exhibit(slug);
    const end = Number(await page.getByRole('slider', { name: 'Operation' }).getAttribute('aria-valuemax'));
    for (const turns of [0, 1]) {
      await page.keyboard.press(turns === 0 ? 'Home' : 'End');
      await page.keyboard.press(turns === 0 ? 'Shift+ArrowRight' : 'Shift+ArrowLeft');
      await page.keyboard.press(turns === 0 ? 'Shift+ArrowRight' : 'Shift+ArrowLeft');
      const seen = new Set<number>();
      const all = page.locator('.operations').getByRole('button');
      // Of a cell with gates, those of the move that one comes to.
      for (let i = 0; i < (await all.count()) && (FULL || i < OPERATIONS); i++) {
        const one = all.nth(i);
        const name = (await one.getAttribute('aria-label')) as string;
        assert.doesNotMatch(name, /[\\{}^]/, 'in words');
        await one.click();
        await page.waitForFunction(
          (name) =>
            [...document.querySelectorAll('.operations [aria-current]')].some(
              (now) => now.getAttribute('aria-label') === name,
            ),
          name,
        );
        seen.add(await position(page));
      }
      assert.ok(
        seen.size >= 4 && [...seen].every((at) => (turns === 0 ? at < end / 2 : at > end / 3)),
        [...seen].join(),
      );
    }
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowRight');
    let there = await eventually(
      page,
      () => position(page),
      (at) => at > 0 && at < end / 2,
    );
    // Some formulas are of one operation alone, where one stands.
    const formula = page.locator('.eq button:not([aria-current])').first();
    while ((await formula.count()) === 0) {
      await page.keyboard.press('ArrowRight');
      const before = there;
      there = await eventually(
        page,
        () => position(page),
        (at) => at > before,
      );
      assert.ok(there > before && there < end / 2, `no formula leads on before ${there}`);
    }
    await formula.click();
    await page.waitForFunction(
      (at) =>
        document.querySelector('[role=slider][aria-label=Operation]')?.getAttribute('aria-valuenow') !== String(at),
      there,
    );
    assert.deepEqual(errors, []);
  });
}

test('while training runs the inspector is never empty, whatever is stepped to, pointed at and read', async () => {
  const { page, errors } = await web.open('#rnn?tour=4&pace=0');
  await shown(page);
  await page.keyboard.press('r');
  await page.getByRole('button', { name: 'Pause updates' }).waitFor();
  await page.evaluate('globalThis.__name ??= (f) => f'); // what compiles tests keeps the names of functions with it
  await page.evaluate(() => {
    const side = document.querySelector('[aria-label=Inspector]') ?? document.querySelector('.side');
    const least = { length: Number.POSITIVE_INFINITY, words: '', pictures: 0 };
    Object.assign(globalThis, { least });
    const look = () => {
      const words = (side as HTMLElement).innerText;
      least.pictures++;
      if (words.length < least.length) Object.assign(least, { length: words.length, words });
      requestAnimationFrame(look);
    };
    look();
  });
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight');
  const over = await page.locator('.over').boundingBox();
  assert.ok(over);
  for (let i = 1; i < 12; i++) await page.mouse.move(over.x + (over.width * i) / 12, over.y + over.height * 0.4);
  await page.getByLabel('Name to read').fill('ann');
  await page.getByLabel('Name to read').press('Enter');
  await page.waitForFunction(
    () => document.querySelector('[role=slider][aria-label=Token]')?.getAttribute('aria-valuemax') === '4',
  );
  const least = (await page.evaluate('least')) as { length: number; words: string; pictures: number };
  assert.ok(least.pictures > 10);
  assert.match(least.words, /\d/, `empty: ${JSON.stringify(least)}`);
  assert.ok(least.length > 60, JSON.stringify(least));
  assert.deepEqual(errors, []);
});

test('after another name is read, the number that stood there stands beside the new one', async () => {
  const { page } = await web.open('#rnn?tour=4');
  await shown(page);
  const side = page.locator('.side');
  const number = (words: string) => /= (−?[\d.]+)/.exec(words)?.[1];
  const old = number(
    await eventually(
      page,
      () => side.innerText(),
      (words) => number(words) !== undefined,
    ),
  );
  assert.ok(old);
  const read = async (text: string) => {
    await page.getByLabel('Name to read').fill(text);
    await page.getByLabel('Name to read').press('Enter');
  };
  await read('emelie');
  const told = side.getByText('With “amelia” cell 1 was');
  await told.waitFor();
  assert.ok((await told.innerText()).includes(old), `${old} in ${await told.innerText()}`);
  // Of other weights nothing can be compared.
  await page.keyboard.press('Escape');
  await page.keyboard.press('.');
  await told.waitFor({ state: 'detached' });
});

test('the net draws a letter, reads it, and goes on until the end comes', async () => {
  const { page } = await web.open('#rnn?tour=12');
  await shown(page);
  const draw = page.getByRole('button', { name: 'draw a letter' });
  const said = page.getByText(/^Drawn: /);
  const reading = page.getByLabel('Name to read');
  let name = '';
  for (let i = 0; i < 40; i++) {
    const before = i === 0 ? '' : await said.innerText();
    await draw.click();
    await page.waitForFunction((before) => {
      const now = [...document.querySelectorAll('[role=status]')].map((one) => (one as HTMLElement).innerText);
      return now.some((words) => words.startsWith('Drawn: ') && words !== before);
    }, before);
    const words = await said.innerText();
    if (words.startsWith('Drawn: the end.')) break;
    const [, letter, so = ''] = /^Drawn: (.)\. Read so far: (.+)\.$/.exec(words) ?? [];
    assert.equal(so, name + letter);
    name = so;
    await page.waitForFunction((name) => (document.getElementById('reading') as HTMLInputElement).value === name, name);
  }
  assert.match(await said.innerText(), new RegExp(`^Drawn: the end\\. The name is ${name};`));
  await page.getByRole('button', { name: 'Tour: step back' }).click();
  await page.waitForFunction(() => (document.getElementById('reading') as HTMLInputElement).value === 'amelia');
  await comes(page, () => reading.inputValue(), 'amelia', 'what was read before comes back');
});
