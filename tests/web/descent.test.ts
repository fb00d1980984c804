// Exhibit 2 in the page: an update operation by operation, forwards and back, with the core's numbers; the start moved by keys
// and by hand; rates on either side of the limit.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import type { StudyRequest } from '../../wasm/bridge/protocol.ts';
import { DEFAULTS } from '../../web/src/exhibits/descent/defaults.ts';
import {
  BOWL,
  bowlFor,
  equivalentFor,
  LEAVING,
  labOf,
  NOISE,
  PRICE,
  pathsFor,
  RULES,
  SURFACE,
  twiceFor,
} from '../../web/src/exhibits/descent/lab.ts';
import { RECORDS, RUNS, sliceFor } from '../../web/src/exhibits/descent/runs.ts';
import { packLog, packSettings } from '../../web/src/state/handed.ts';
import { comes, go, numberOf, type Site, shown, site } from './page/browser.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

/** What the native program says to the same request. */
function core({
  study,
  settings = {},
  inputs = {},
}: StudyRequest): Record<string, { values: number[]; shape: number[] }> {
  const set = Object.entries({ ...settings, ...inputs }).flatMap(([key, value]) => [
    '--set',
    `${key}=${typeof value === 'string' ? value : value.join(' ')}`,
  ]);
  const lines = execFileSync('build/release/unroll', ['study', study, '--json', ...set], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const read = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return Object.fromEntries(read.filter((one) => one.array).map((one) => [one.array, one]));
}
const paths = core(pathsFor(DEFAULTS));
const pair = (name: string, rule: (typeof RULES)[number], i: number): number[] => {
  const { values, shape } = paths[name]!;
  const from = 2 * (RULES.indexOf(rule) * shape[1]! + i);
  return values.slice(from, from + 2);
};
const near = (text: string, value: number) =>
  assert.ok(Math.abs(numberOf(text) - value) <= 6e-4 * Math.max(1, Math.abs(value)), `${text} is ${value}`);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const update = (page: Page) =>
  page
    .getByRole('table', { name: /, update \d/ })
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((one) => one.textContent ?? '')));
const rows = (page: Page, name: string | RegExp) =>
  page
    .getByRole('table', { name })
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((one) => one.textContent ?? '')));
const clock = (page: Page, said: string) => page.getByText(said, { exact: true }).waitFor();

test('an update of Adam goes operation by operation, forwards and back, with the numbers of the core', async () => {
  const { page, errors } = await web.open('#descent?panel=rules&lab=rule:adam;update:2');
  await shown(page);
  await clock(page, '6 of 6, update 2');
  const scrub = page.getByRole('slider', { name: 'Updates done' });
  await scrub.blur();
  await page.keyboard.press('ArrowRight');
  await clock(page, '1 of 6, update 3');
  let table = await update(page);
  assert.equal(table.length, 8);
  for (const k of [0, 1]) {
    near(table[0]![k + 1]!, pair('at', 'adam', 2)[k]!);
    near(table[1]![k + 1]!, pair('slope', 'adam', 2)[k]!);
    assert.deepEqual(
      table.slice(2).map((row) => row[k + 1]),
      Array(6).fill('·'),
      'not done yet',
    );
  }
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await clock(page, '6 of 6, update 3');
  table = await update(page);
  const [m, v] = [pair('mean', 'adam', 2), pair('square', 'adam', 2)];
  for (const k of [0, 1]) {
    const values = [m[k]!, v[k]!, m[k]! / (1 - 0.9 ** 3), v[k]! / (1 - 0.999 ** 3)];
    for (const [i, value] of values.entries()) near(table[2 + i]![k + 1]!, value);
    near(table[6]![k + 1]!, pair('step', 'adam', 2)[k]!);
    near(table[7]![k + 1]!, pair('at', 'adam', 3)[k]!);
  }
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowLeft');
  await clock(page, '6 of 6, update 2');
  near((await update(page))[7]![1]!, pair('at', 'adam', 2)[0]!);
  assert.deepEqual(errors, []);
});

test('a gradient is the mean of its points, the tables are the core’s, and the ground stands still where it says', async () => {
  const { page, errors } = await web.open('#descent?panel=rules&lab=rule:mini;update:1;op:1;side:table');
  await shown(page);
  const points = await rows(page, 'The points of update 2');
  assert.deepEqual(
    points.map(([n]) => n),
    ['5', '6', '7', '8'],
  );
  const slope = pair('slope', 'mini', 1);
  for (const k of [0, 1]) {
    for (const [i, row] of points.entries()) near(row[3 + k]!, pair('term', 'mini', 4 + i)[k]!);
    const mean = points.reduce((sum, row) => sum + numberOf(row[3 + k]!), 0) / 4;
    assert.ok(Math.abs(mean - slope[k]!) < 1e-3);
  }
  await go(page, '#descent?panel=rules&lab=rule:momentum;update:10;side:table');
  await clock(page, '10 of 24');
  const updates = await rows(page, 'Momentum: every update so far');
  assert.equal(updates.length, 11);
  for (const [u, [tau, w, E]] of updates.entries()) {
    assert.equal(tau, String(u));
    for (const [k, text] of w!.split(', ').entries()) near(text, pair('at', 'momentum', u)[k]!);
    near(E!, paths.error!.values[3 * paths.error!.shape[1]! + u]!);
  }
  const still = core(SURFACE);
  const places = await rows(page, 'Where it stands still');
  assert.deepEqual(
    places.map(([kind]) => kind),
    ['minimum', 'minimum', 'saddle'],
  );
  for (const [i, [, w1, w2, E, first, second]] of places.entries()) {
    near(w1!, still.at!.values[2 * i]!);
    near(w2!, still.at!.values[2 * i + 1]!);
    near(E!, still.height!.values[i]!);
    near(first!, still.eigenvalue!.values[2 * i + 1]!);
    near(second!, still.eigenvalue!.values[2 * i]!);
  }
  assert.deepEqual(errors, []);
});

test('the start is moved by keys, by a press and by hand, each is undone by itself, and all rules set out from there', async () => {
  const { page, errors } = await web.open('#descent?panel=rules&lab=update:3');
  await shown(page);
  const start = page.getByRole('button', { name: /^Start:/ });
  const name = () => start.getAttribute('aria-label');
  const E = () => page.locator('.descent-scrub text').innerHTML();
  const before = await E();
  await start.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await comes(page, name, 'Start: w₁ −0.80, w₂ 1.60');
  const moved = core(pathsFor({ ...DEFAULTS, w1: '-0.8' }));
  await comes(page, async () => (await E()) !== before, true);
  near(/E (\S+),/.exec(await E())![1]!, moved.error!.values[3]!);
  const box = (await start.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.click(x + 120, y + 60);
  await comes(page, async () => (await start.boundingBox())!.x > box.x + 100, true);
  await page.mouse.move(x + 120, y + 60);
  await page.mouse.down();
  await page.mouse.move(x + 20, y + 100, { steps: 4 });
  await page.mouse.up();
  await comes(page, async () => (await start.boundingBox())!.x < box.x + 60, true);
  await page.keyboard.press('Control+z');
  await comes(page, async () => (await start.boundingBox())!.x > box.x + 100, true);
  await page.keyboard.press('Control+z');
  await comes(page, name, 'Start: w₁ −0.80, w₂ 1.60');
  await page.keyboard.press('Control+z');
  await comes(page, name, 'Start: w₁ −0.90, w₂ 1.60');
  await comes(page, E, before);
  assert.deepEqual(errors, []);
});

test('a rate beyond 2 by the largest eigenvalue climbs, one below it does not, and the limit is the core’s', async () => {
  const { page, errors } = await web.open('#descent?panel=rate');
  await shown(page);
  const largest = core(BOWL).eigenvalue!.values[1]!;
  await page.getByText(`= 2 / ${largest.toFixed(3)} = ${(2 / largest).toFixed(3)}`).waitFor();
  const third = page.getByRole('region', { name: 'With η = 1.6' });
  await third.getByText('Too large: it climbs').waitFor();
  await third.getByRole('slider').focus();
  await page.keyboard.press('ArrowLeft'); // to 1.5
  await page.getByRole('region', { name: 'With η = 1.5' }).getByText('Right: it gets there').waitFor();
  await page.getByRole('region', { name: 'With η = 1.5' }).getByRole('slider').blur();
  await page.keyboard.press('Control+z');
  await third.waitFor();
  await page.getByRole('slider', { name: 'Updates done' }).fill('20');
  await button(page, 'Table').click();
  const three = core(bowlFor(DEFAULTS)).error!;
  await comes(page, async () => (await rows(page, 'E, update by update')).length, 21);
  for (const [u, row] of (await rows(page, 'E, update by update')).entries())
    for (const i of [0, 1, 2]) near(row[i + 1]!, three.values[i * three.shape[1]! + u]!);
  assert.deepEqual(errors, []);
});

test('batch stays in the shallow minimum and one point leaves it, noise falls as the root, and points twice cost a batch twice', async () => {
  const { page, errors } = await web.open('#descent?panel=noise&lab=side:table');
  await shown(page);
  const leaving = core(LEAVING).error!;
  const each = leaving.shape[1]!;
  await comes(page, async () => (await rows(page, 'E, epoch by epoch')).length, 13);
  const walks = await rows(page, 'E, epoch by epoch');
  for (const [epoch, batch, one] of walks) {
    near(batch!, leaving.values[Number(epoch)]!);
    near(one!, leaving.values[each + 10 * Number(epoch)]!);
  }
  const [, stays, leaves] = walks.at(-1)!;
  assert.ok(numberOf(leaves!) < numberOf(stays!) / 2);
  await comes(page, async () => (await rows(page, 'How far a batch’s gradient is off')).length, 9);
  const noise = core(NOISE).noise!.values;
  for (const [i, [size, off]] of (await rows(page, 'How far a batch’s gradient is off')).entries()) {
    assert.equal(Number(size), 2 ** i);
    near(off!, noise[i]!);
  }
  await comes(page, async () => (await rows(page, 'Every point twice')).length, 6);
  const twice = core(twiceFor(DEFAULTS, 2)).error!;
  for (const [seen, once, one, batch, same] of await rows(page, 'Every point twice')) {
    near(batch!, twice.values[Number(seen) / 24]!);
    if (Number(seen) < 150) near(once!, core(twiceFor(DEFAULTS, 1)).error!.values[Number(seen) / 12]!);
    assert.equal(one, same, 'one point at a time does not pay');
  }
  assert.deepEqual(errors, []);
});

test('every vector that says the same has the numbers of the core, and the price is what was counted', async () => {
  const { page, errors } = await web.open('#descent?panel=symmetry&lab=units:2;copy:6');
  await shown(page);
  const { weight, error } = core(equivalentFor({ ...DEFAULTS, units: '2' }));
  const own = weight!.values.slice(5 * 7, 6 * 7);
  const numbers = page.getByRole('region', { name: 'Vector 6' }).locator('tbody td');
  await comes(page, () => numbers.count(), 8);
  for (const [k, text] of (await numbers.allInnerTexts()).slice(2).entries()) near(text, own[k]!);
  await button(page, 'Table').click();
  await comes(page, async () => (await rows(page, '8 weight vectors, one error')).length, 8);
  const copies = await rows(page, '8 weight vectors, one error');
  assert.equal(new Set(copies.map(([, from]) => from)).size, 8);
  for (const [i, [, , E]] of copies.entries()) near(E!, error!.values[i]!);
  await go(page, '#descent?panel=price&lab=side:table');
  const price = core(PRICE);
  for (const [caption, name] of [
    ['Calls that lead to the bottom', 'calls'],
    ['Operations for one gradient', 'one_operations'],
  ] as const) {
    await comes(page, async () => (await rows(page, caption)).length, 9);
    for (const [i, [, without, using]] of (await rows(page, caption)).entries()) {
      assert.equal(Number(without!.replace(/\D/g, '')), price[name]!.values[i]);
      assert.equal(Number(using!.replace(/\D/g, '')), price[name]!.values[9 + i]);
    }
  }
  assert.deepEqual(errors, []);
});

test('a slice has the core’s numbers; the runs it knows are those of their exhibits', async () => {
  for (const [slug, { model, task, settings }] of Object.entries(RUNS)) {
    const { exhibit } = await import(`../../web/src/exhibits/${slug}/exhibit.ts`);
    assert.deepEqual(
      { model, task, settings },
      { model: exhibit.model, task: exhibit.task, settings: exhibit.settings },
    );
  }
  const { page, errors } = await web.open('#descent?panel=slice&lab=side:table');
  await shown(page);
  const cut = core(sliceFor(DEFAULTS));
  const places = await rows(page, 'Places of the way');
  assert.equal(places.length, RECORDS + 1);
  for (const [i, [update, own, flat, off]] of places.entries()) {
    assert.equal(Number(update), cut.update!.values[i]);
    near(own!, cut.own!.values[i]!);
    near(flat!, cut.flat!.values[i]!);
    near(off!, cut.off!.values[i]!);
  }
  const now = page.getByText(/^Update [\d ]+, at the ring: the run’s own loss/);
  await page.getByRole('slider', { name: 'Updates done' }).fill('0');
  await comes(page, async () => (await now.innerText()).includes(places[0]![1]!), true);
  await button(page, 'One place on').click();
  await comes(page, async () => (await now.innerText()).includes(places[1]![1]!), true);
  await page.waitForFunction(() => location.hash.includes('place:1'));
  await button(page, 'Plots').click();
  await button(page, 'Principal axes').click();
  const { share } = core(sliceFor({ ...DEFAULTS, by: 'principal' }));
  await page
    .getByRole('heading', { name: `Share of the way in it: ${(share!.values[0]! + share!.values[1]!).toFixed(2)}` })
    .waitFor();
  assert.deepEqual(errors, []);
});

test('the run of another exhibit, as it was trained there, leads to its slice with its own loss', async () => {
  const { page, errors } = await web.open('#rnn?seed=3&set=learning_rate:0.02&update=30');
  await shown(page);
  await button(page, 'Change').click();
  await page.getByRole('link', { name: 'The loss around the way of this run' }).click();
  await go(page, `${new URL(page.url()).hash}`);
  await button(page, 'Table').click();
  await comes(page, async () => (await rows(page, 'Places of the way')).length, 31);
  const last = (await rows(page, 'Places of the way')).at(-1)!;
  const train = 'train --model rnn_lm --task names --steps 30 --seed 3 --set hidden_size=8 --set embedding_size=4';
  const args = `${train} --set learning_rate=0.02 --set schedule=constant --json`.split(' ');
  const end = execFileSync('build/release/unroll', args, { encoding: 'utf8' }).trim().split('\n').at(-1)!;
  assert.equal(last[0], '30');
  near(last[1]!, JSON.parse(end).val_loss);
  assert.deepEqual(errors, []);
  // what was changed on the way goes along
  const log = [{ step: 10, key: 'learning_rate', value: '0.02' }];
  const lab = { ...DEFAULTS, of: 'rnn', run: packSettings({ hidden_size: '9', seed: '4' }), log: packLog(log) };
  const { settings, inputs } = sliceFor(lab);
  assert.equal(settings!.seed, '4');
  assert.match(inputs!.net as string, /^rnn_lm names .*hidden_size=9/);
  assert.equal(inputs!.changes, '10:learning_rate:0.02');
  assert.equal(sliceFor(labOf({ ...lab, run: 'hidden_size+', log: '1+2' })).inputs!.changes, '');
});
