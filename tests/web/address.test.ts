// An address alone says what is on screen, whatever was there before it.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { comes, go, type Site, shown, site } from './page/browser.ts';
import { walking } from './page/folders.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const hash = () => location.hash;
/** Steps that need more of what is read than the exhibit opens with. */
const STEPS = walking.flatMap(({ slug, tour }) =>
  tour.flatMap(({ show }, i) => (show.text === undefined ? [] : [{ slug, tour: i + 1, text: show.text }])),
);

test('a step that an address names has its text and its run, unless the address says another', async () => {
  const { page, errors } = await web.open('#lstm?text=emma&pane=next');
  await shown(page);
  const reads = () => page.getByRole('textbox', { name: 'Name to read' }).inputValue();
  await comes(page, reads, 'emma');
  const pane = (name: string) => page.getByRole('button', { name, exact: true }).getAttribute('aria-pressed');
  await comes(page, () => pane('Next letter'), 'true');
  // what an address does not name is as it is at first
  await go(page, '#lstm?text=emma&tour=4');
  await comes(page, () => pane('Run'), 'true');
  assert.equal(await reads(), 'emma');
  // step 9 of the tour reads amelia, with the weights that are shipped
  await go(page, '#lstm?seed=3&text=emma');
  await go(page, '#lstm?tour=9');
  await comes(page, reads, 'amelia');
  await page.waitForFunction(() => !/seed=/.test(location.hash));
  // a held gate is none that a step without it has, and an address that says it keeps it
  await go(page, '#lstm?tour=5&log=0:hold_f:0');
  await page.waitForFunction(() => /hold_f/.test(location.hash));
  const held = page.getByRole('combobox', { name: 'Hold a gate' });
  await comes(page, () => held.inputValue(), 'f 0');
  await go(page, '#lstm?tour=6');
  await comes(page, () => held.inputValue(), '');
  assert.deepEqual(errors, []);
});

test('the phrase that a step reads comes with its bare address', async () => {
  const { page, errors } = await web.open('#attention?tour=1');
  await shown(page);
  assert.ok(STEPS.length > 2);
  for (const { slug, tour, text } of STEPS) {
    await go(page, `#${slug}?tour=${tour}`);
    const reads = () => page.locator('#reading').inputValue();
    await comes(page, reads, text, `${slug}, step ${tour}`);
  }
  assert.deepEqual(errors, []);
});

test('an address that the page wrote itself is arrived at', async () => {
  const { page } = await web.open('#rnn');
  await shown(page);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => /at=/.test(location.hash));
  const written = await page.evaluate(hash);
  await go(page, written);
  await go(page, '#rnn?tour=2');
  await go(page, written);
  assert.equal(await page.evaluate(hash), written);
});
