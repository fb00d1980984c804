// Exhibit 19 in the page: every number of a draw beside the core's, the clock by buttons and keys, heads and what mattered,
// what is kept, and what an early letter changes; heads and samples as it learns; the race.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { contestants } from '../../web/src/exhibits/contest.ts';
import { core } from '../wasm/modules.ts';
import { comes, go, numberOf, type Site, shown, site } from './page/browser.ts';
import { trainN, until } from './page/run.ts';
import { PROGRAM } from './page/trace.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const WEIGHTS = ['--weights', 'models/names-gpt.safetensors'];
const lines = (...args: string[]) =>
  execFileSync(PROGRAM, [...args, ...WEIGHTS, '--json'], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const NAMES = ['start', 'end', ...'abcdefghijklmnopqrstuvwxyz'];
const close = (a: number | undefined, b: number | undefined, by: number) =>
  Math.abs((a ?? Number.NaN) - (b ?? Number.NaN)) <= by;

const clock = (page: Page, name: string) => page.locator('.own-clocks').getByRole('button', { name });
/** Rows of a table: the name, then its cells as they stand. */
const rowsOf = (page: Page, table: string): Promise<string[][]> =>
  page
    .locator(`${table} tbody tr`)
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
    );

test('each column of each draw has the numbers of the core, forwards and back', async () => {
  const { page, errors } = await web.open('#gpt?tour=1');
  await shown(page);
  const how = ['--prefix', 'mad', '--first', '0', '--temperature', '0.8', '--top-k', '6'];
  const draws = lines('sample', ...how, '--draws');
  assert.deepEqual(
    draws.map(({ token }) => token),
    ['i', 'e', '<end>'],
  );
  for (const [t, moments] of [
    [0, 7],
    [2, 7],
    [1, 3],
    [0, 5],
  ] as const) {
    const core = draws[t];
    await go(page, `#gpt?temperature=0.8&top_k=6&lab=side:table;done:${7 * t + moments}`);
    await comes(
      page,
      async () => {
        const rows = await rowsOf(page, '.gpt-candidates');
        let end = 0;
        const ends = core.left.map((share: number) => {
          end += share;
          return end;
        });
        return (
          rows.length === 27 &&
          rows.every(([name = '', s = '', over = '', p = '', left = '', to = ''], i) => {
            const token = core.order.filter((one: number) => one > 0)[i];
            const stays = core.left[token] > 0;
            return (
              name === NAMES[token] &&
              close(numberOf(s), core.logits[token], 5.1e-3) &&
              close(numberOf(over), core.divided[token], 5.1e-3) &&
              close(numberOf(p), core.warmed[token], 5.1e-4) &&
              (moments < 4
                ? left === ''
                : !stays
                  ? left === '–'
                  : moments < 6 || close(numberOf(left), core.left[token], 5.1e-4)) &&
              (moments < 7 || !stays ? to === '' : close(numberOf(to), ends[token], 5.1e-4))
            );
          })
        );
      },
      true,
      `draw ${t + 1}, ${moments} columns`,
    );
  }
  // letter by letter and column by column, by buttons and keys; the address follows
  await go(page, '#gpt?temperature=0.8&top_k=6&lab=done:0');
  await page.getByText('Nothing is computed yet.').waitFor();
  await clock(page, 'One column on').click();
  await page.getByText('The net gives every letter a score').waitFor();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
  await page.getByText('Each score is divided by the temperature, 0.8.').waitFor();
  await clock(page, 'One letter on').click();
  await page.getByText('It lies in the piece from 0.700 to 0.937: i.').waitFor();
  await clock(page, 'One column back').click();
  await page.getByText('The 6 that stay are divided by their sum').waitFor();
  await page.waitForFunction(() => /done:6/.test(location.hash));
  // other random numbers, another name; one that cannot be read is said in words
  await page.getByRole('button', { name: 'Draw again' }).click();
  await page.waitForFunction(() => /draw:1/.test(location.hash));
  const given = page.getByRole('textbox', { name: 'Letters that are given' });
  await given.fill('Mad');
  await given.press('Enter');
  await page.getByRole('alert').getByText('M').first().waitFor();
  await given.fill('ka');
  await given.press('Enter');
  await page.waitForFunction(() => /text:ka/.test(location.hash));
  await page.getByText('Nothing is computed yet.').waitFor();
  assert.deepEqual(errors, []);
});

test('what was looked at, what came through and what mattered are the core’s, of any letter and head', async () => {
  const { page, errors } = await web.open('#gpt?panel=heads&lab=text:madelyn');
  await shown(page);
  const core = lines('trace', '--looked', '--input', 'madelyn');
  const weights = (block: number, head: number) =>
    core.find((line) => line.weights && line.block === block && line.head === head).weights;
  const asked = core.at(-1);
  const rollout = core.find((line) => line.rollout && line.block === 2).rollout.at(-1);
  await comes(
    page,
    async () =>
      (await rowsOf(page, '.gpt-against-table')).map(([, looked = '', through = '', mattered = ''], i) => {
        let mean = 0;
        for (const block of [1, 2]) for (const head of [1, 2, 3, 4]) mean += weights(block, head)[7][i] / 8;
        return (
          close(numberOf(looked), mean, 5.1e-3) &&
          close(numberOf(through), rollout[i], 5.1e-3) &&
          close(numberOf(mattered), asked.gradient_times_input[i], 5.1e-3)
        );
      }),
    Array(8).fill(true),
  );
  await page.getByRole('button', { name: /^Head 3 of block 2/ }).click();
  await comes(
    page,
    async () =>
      (await rowsOf(page, '.head-large table')).flatMap(([, ...cells], row) =>
        cells.map((text, key) => (key > row ? text === '' : close(numberOf(text), weights(2, 3)[row][key], 5.1e-3))),
      ),
    Array(64).fill(true),
  );
  // of another letter
  await page.locator('.head-large').getByRole('button', { name: 'd', exact: true }).click();
  await page.waitForFunction(() => /row:4/.test(location.hash));
  await comes(page, async () => (await rowsOf(page, '.gpt-against-table')).length, 4);
  assert.deepEqual(errors, []);
});

test('with and without the cache the same numbers; an early letter lets what hangs on it fall', async () => {
  const { page, errors } = await web.open('#gpt?panel=cache&lab=text:madel;read:6');
  await shown(page);
  const core = lines('trace', '--cached', '--input', 'madel');
  await page.getByText('5 columns come from the cache, one is new.').waitFor();
  await page.getByText(/^[\d\s]+ numbers compared so far, 0 differ in any bit\.$/).waitFor();
  const figures = (text = '') => Number(text.replace(/[^\d.]/g, ''));
  await comes(
    page,
    async () => (await rowsOf(page, '.gpt-ways')).map(([, one, all]) => [figures(one), figures(all)]),
    (['kept', 'anew'] as const).map((way) => [
      core[5].multiply_adds[way],
      core.reduce((sum, line) => sum + line.multiply_adds[way], 0),
    ]),
  );
  const best = (await rowsOf(page, '.gpt-both')).map(([name = '', kept, anew]) => ({ name, kept, anew }));
  for (const { name, kept = '', anew } of best) {
    assert.equal(kept, anew);
    assert.ok(close(numberOf(kept), core[5].next[NAMES.indexOf(name)], 1e-8));
  }
  await page.getByRole('button', { name: 'all anew' }).click();
  await page.getByText('all 6 columns are made anew').waitFor();
  await clock(page, 'One letter back').click();
  await page.getByText('all 5 columns are made anew').waitFor();
  // in the first block that letter's columns alone, in the second all from there on
  await page.getByRole('textbox', { name: 'Letter 2' }).fill('o');
  await page
    .getByText('Letter 2 was a. Block 1: of 6 columns 1 other than before. Block 2: of 6 columns 4 other than before.')
    .waitFor();
  assert.equal(await page.locator('.gpt-column.is-fallen').count(), 2 + 8);
  await page.getByRole('button', { name: 'No longer compare' }).click();
  await comes(page, () => page.locator('.gpt-column.is-fallen').count(), 0);
  assert.deepEqual(errors, []);
});

test('as it learns: heads and samples of any update, switches, another net, and back', async () => {
  const { page, errors } = await web.open('#gpt?panel=train&at=0&seed=1&lab=text:mad');
  await shown(page);
  const settings = { model: 'gpt', task: 'names', seed: '1', learning_rate: '0.005', steps: '3000' };
  const run = (await core()).create(settings, null);
  /** Weights of the head that is large, and what is written: those of the core at this update. */
  const stands = async (step: number) => {
    while (run.updates() < step) run.step();
    const { weights, tokens } = run.looked('mad', 4, -1);
    const written = Array.from({ length: 8 }, (_, i) =>
      run.sample({ temperature: 1, topK: 0, topP: 1 }, 64 * step + i, ''),
    );
    const T = tokens.length;
    await page.locator(`.gpt-every[data-update="${step}"]`).waitFor();
    await comes(
      page,
      async () =>
        (await rowsOf(page, '.head-large table')).flatMap(([, ...cells], row) =>
          cells.map((text, key) => (key > row ? text === '' : close(numberOf(text), weights[row * T + key], 5.1e-3))),
        ),
      Array(16).fill(true),
      `heads at ${step}`,
    );
    const samples = page.getByRole('region', { name: 'Samples' });
    await samples.getByText(`at ${step}`, { exact: true }).waitFor();
    await comes(
      page,
      () => samples.getByRole('listitem').allInnerTexts(),
      written.map((one) => one || '–'),
    );
  };
  await stands(0);
  await trainN(page, 20);
  await until(page, 20);
  await page.getByRole('slider', { name: 'Update' }).focus();
  await page.keyboard.press('Home');
  await page.locator('.gpt-every[data-update="0"]').waitFor();
  await page.keyboard.press('End');
  await stands(20);
  await page.getByRole('img', { name: /^Loss in nats a token: training dashed, unseen names solid/ }).waitFor();
  // a switch is in the link, on the curve, and taken back
  await page.getByRole('switch', { name: 'Mask' }).click();
  await page.waitForFunction(() => /log=20:mask:off/.test(location.hash));
  await page.getByRole('img', { name: /At update 20: .*off/ }).waitFor();
  await comes(page, () => page.locator('.head-large td.masked').count(), 0);
  await page.keyboard.press('Control+z');
  await comes(page, () => page.locator('.head-large td.masked').count(), 6);
  // a question is about the shipped net; after it all is as it was
  const net = page.getByRole('combobox', { name: 'Which net' });
  await page.getByRole('button', { name: 'Predict' }).click();
  await comes(page, () => net.inputValue(), 'names');
  await page.getByRole('button', { name: 'Done' }).click();
  await comes(page, () => net.inputValue(), 'names-new');
  await until(page, 20);
  run.free();
  // other weights with a text of theirs, all of it read; one press takes both back
  await net.selectOption('prose');
  await page.waitForFunction(() => /weights=prose-gpt/.test(location.hash) && /white/.test(location.hash));
  await comes(page, async () => (await rowsOf(page, '.head-large table')).length, 16);
  await net.selectOption('prose-new');
  await page.waitForFunction(() => /set=task:prose;num_blocks:4;hidden_size:64/.test(location.hash));
  await comes(page, () => page.locator('.head-tile').count(), 16);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await until(page, 20);
  await comes(page, () => page.getByRole('textbox', { name: 'Letters that are given' }).inputValue(), 'mad');
  assert.deepEqual(errors, []);
});

test('the race has the counts of the claim, and four nets that were not trained', async () => {
  const { page, errors } = await web.exhibit('gpt');
  // from a view with the dock under it to one without: what the words lacked room for has it now
  await go(page, '#gpt?tour=11');
  await page.locator('.dock').waitFor();
  await go(page, '#gpt?tour=12');
  await comes(page, () => page.locator('.paged.cut').count(), 0);
  await page.getByText(/^After 0 updates/).waitFor();
  const claim = JSON.parse(readFileSync('models/claims/gpt.json', 'utf8'));
  const counted = (claim.runs[0].measured[0] as number).toFixed(3);
  // it has nets of its own: of the one on screen nothing is said, nor is room left for it
  assert.equal(await page.locator('.figure-more').textContent(), 'Race · notation a');
  await comes(page, () => page.locator('.names-race .sr li').allInnerTexts(), [`counting, 4 seen ${counted}`]);
  const each = await core();
  const losses = contestants.map(({ settings }) => {
    const run = each.create(settings ?? {}, null);
    const { loss } = run.evaluate(true);
    run.free();
    return loss.toFixed(3);
  });
  await comes(page, () => rowsOf(page, '.names-race .sr table'), [['0', ...losses]]);
  assert.deepEqual(errors, []);
});
