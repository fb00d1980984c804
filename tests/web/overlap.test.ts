// No two texts stand on one another, none is cut, and what a text tells one to press is there: every step of every tour,
// every view of its own, forwards, backwards and in the update, at a desk, on a projector and on a phone; with numbers that
// are large, small, negative and missing.
// The usual run looks at each of them in one of the three, and at some operations; --full at all in all.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { go, lasting, picture, type Site, shown, site } from './page/browser.ts';
import { exhibits, walking } from './page/folders.ts';
import { FULL, some, spread } from './page/sample.ts';
import { clashes } from './page/texts.ts';
import { untold } from './page/told.ts';
import { traceFirst } from './page/trace.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const DESK = { name: 'at a desk', width: 1280, height: 720, mode: '' };
const PHONE = { name: 'on a phone', width: 390, height: 844, mode: '' };
const PLACES = [DESK, { ...DESK, name: 'on a projector', mode: '&mode=projector' }, PHONE];

const OPERATIONS = 18; // of a network that the usual run looks at
const VIEWS = ['value', 'gradient', 'table'];

async function look(page: Page, hash: string): Promise<string[]> {
  await go(page, hash);
  // A view with nets of its own is empty until they have come.
  await page.waitForFunction(() => document.querySelector('.plot .panel')?.childElementCount !== 0);
  for (let i = 0; i < 2; i++) await picture(page);
  return (await lasting(page, () => clashes(page))).map((what) => `${hash}: ${what}`);
}

/** Each of these in its place (page/sample.ts): looked at, in one page. */
async function lookAll(slug: string, things: string[], places: (typeof PLACES)[number][]): Promise<void> {
  const { page } = await web.exhibit(slug);
  const found: string[] = [];
  for (const [{ name, width, height, mode }, some] of spread(slug, things, places)) {
    await page.setViewportSize({ width, height });
    for (const hash of some) {
      const wrong = await look(page, `${hash}${mode}`);
      if (hash.includes('question=1')) {
        await page.getByRole('button', { name: 'Reveal' }).click();
        await page.getByRole('article').getByRole('status').filter({ hasText: /\S/ }).first().waitFor();
        wrong.push(...(await lasting(page, () => clashes(page))).map((what) => `${hash}, revealed: ${what}`));
      }
      if (hash.includes('tour='))
        wrong.push(...(await lasting(page, () => untold(page, false))).map((what) => `${hash}: ${what}`));
      found.push(...wrong.map((what) => `${name}, ${what}`));
    }
  }
  assert.deepEqual(found, []);
}

// One step's operations, there and back, the ends, and the update, as each of the networks has them.
const NETWORKS = walking
  .flatMap(({ slug, text, target, model, weights, variants = [{ model, weights }] }) =>
    variants.map((variant) => ({ slug, text, target, ...variant, of: model })),
  )
  .filter((one, i, all) => all.findIndex(({ weights }) => weights === one.weights) === i);
// Of each exhibit all in its one page.
for (const exhibit of exhibits) {
  const { slug, tour, questions } = exhibit;
  test(`${slug}: every step of the tour, and every question`, () =>
    lookAll(
      slug,
      [
        ...tour.map((_, i) => `#${slug}?tour=${i + 1}`), //
        ...questions.map((_, i) => `#${slug}?question=${i + 1}`),
      ],
      PLACES,
    ));

  // What stands beside the clocks, whatever is read: letters, or words.
  if (exhibit.walks !== false)
    test(`${slug}: what comes next and the states, beside the clocks`, async () => {
      const { page } = await web.exhibit(slug);
      const found: string[] = [];
      for (const [pane, drawn] of [
        ['next', '.next .bars rect'],
        ['states', '.strip canvas'],
      ] as const) {
        if (exhibit.writes === false) continue;
        const hash = `#${slug}?at=40&pane=${pane}`;
        found.push(...(await look(page, hash)));
        await page.locator('.dock').locator(drawn).first().waitFor({ state: 'attached' });
      }
      assert.deepEqual(found, []);
    });

  for (const { text, target, model, weights, of } of NETWORKS.filter((one) => one.slug === slug)) {
    const nodes = traceFirst({ weights, text, target });
    const forward = nodes.filter(({ op }) => op !== 'leaf').length;
    const step = Math.min(4, Math.max(...nodes.map(({ time }) => time)));
    const inStep = nodes.filter(({ op }) => op !== 'leaf').flatMap(({ time }, i) => (time === step ? [i + 1] : []));
    const positions = [
      0,
      1,
      ...inStep,
      forward,
      ...inStep.map((at) => 2 * forward + 1 - at),
      2 * forward,
      2 * forward + 1,
    ];
    const each = some([...positions, 2 * forward + 3], OPERATIONS);
    test(`${slug}, ${weights}: operations of a step, there, back, and the update`, () => {
      const network = model === of ? '' : `&model=${model}`;
      const hashes = each.map((at) => `#${slug}?at=${at}${network}&view=${VIEWS[at % VIEWS.length]}`);
      return lookAll(slug, hashes, FULL ? PLACES : [DESK, PHONE]);
    });
  }

  // Where a claim is measured, its own numbers, what is left and what stays of the text stand together.
  test(`${slug}: its claim as it runs`, async () => {
    const found: string[] = [];
    const { page } = await web.exhibit(slug);
    for (const [{ name, width, height, mode }] of spread(slug, ['claim'], PLACES)) {
      await page.setViewportSize({ width, height });
      await go(page, `#${slug}?tour=2${mode}`);
      await page.getByRole('button', { name: 'Run it' }).click();
      const end = page.getByRole('region', { name: 'Claim' }).getByRole('button', { name: /^(Stop|Close)$/ });
      await end.waitFor();
      for (let i = 0; i < 3; i++) {
        await picture(page);
        found.push(...(await clashes(page)).map((what) => `${name}: ${what}`));
      }
      await end.click();
      await page.getByRole('button', { name: 'Run it' }).waitFor();
    }
    assert.deepEqual([...new Set(found)], []);
  });
}

const MOMENTS = ['at=0', 'at=71', 'at=90', 'at=120&view=table', 'at=150&view=gradient'];
// A rate at which nothing holds: losses of many digits, states at their ends, gradients that are gone.
for (const hash of [
  '#rnn?set=optimizer:sgd;clip_norm:0;learning_rate:30;hidden_size:4&seed=3&update=2',
  '#rnn?set=optimizer:sgd;clip_norm:0;learning_rate:1000;hidden_size:8&seed=1&update=1',
  '#bptt?set=optimizer:sgd;clip_norm:0;learning_rate:3;activation:relu;start:radius;spectral_radius:4&seed=1',
  '#lstm?set=optimizer:sgd;clip_norm:0;learning_rate:100&seed=1&update=2',
])
  test(`large numbers, small ones and none: ${hash}`, async () => {
    const { page } = await web.open(hash);
    await shown(page);
    const trained = await page.evaluate(() => location.hash);
    assert.ok(trained.includes('learning_rate'), trained);
    const found: string[] = [];
    for (const [{ name, width, height, mode }, some] of spread(hash, MOMENTS, PLACES)) {
      await page.setViewportSize({ width, height });
      for (const at of some)
        found.push(...(await look(page, `${hash}&${at}${mode}`)).map((what) => `${name}, ${what}`));
    }
    assert.deepEqual(found, []);
  });
