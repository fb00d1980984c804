// Exhibit 4 in the page: what is seen beside what the core works out, the walk layer by layer, pieces that are pressed, points
// that are moved and added, training that the pictures follow, and the nets that are counted.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { comes, go, numberOf, type Site, shown, site } from './page/browser.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

type Arrays = Record<string, number[]>;
function study(name: string, set: Record<string, string | number>): Arrays {
  const more = Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const text = execFileSync('build/release/unroll', ['study', name, '--json', ...more], { encoding: 'utf8' });
  const arrays: Arrays = {};
  for (const line of text.trim().split('\n')) {
    const one = JSON.parse(line);
    if (one.array) arrays[one.array] = one.values;
  }
  return arrays;
}
const UNTRAINED = 'mlp spiral activation=relu init=he error=bernoulli points=80 noise=0.03 seed=8';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const rows = (page: Page, caption: string | RegExp) =>
  page
    .getByRole('table', { name: caption })
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((one) => one.textContent ?? '')));
const fact = (page: Page, name: string) =>
  page.locator('.depth-facts dl > div').filter({ hasText: name }).locator('dd').innerText();
const at = (page: Page, moment: number) =>
  page.getByRole('region', { name: 'Clock' }).getByText(`${moment} of 13`, { exact: true }).waitFor();
const whole = (text = '') => Number(text.replace(/\D/g, ''));

test('layer by layer, forwards and back; the numbers are the core’s, and a picture that is pressed has its sum', async () => {
  const { page, errors } = await web.open('#depth?tour=1');
  await shown(page);
  await at(page, 0);
  await page.keyboard.press('ArrowRight');
  await at(page, 1);
  await button(page, 'One unit on').click(); // to the end of the next layer
  await at(page, 4);
  const slider = page.getByRole('slider', { name: 'Operations done' });
  await slider.fill('13');
  await slider.blur();
  await at(page, 13);
  await page.keyboard.press('ArrowLeft');
  await at(page, 12);
  await button(page, 'Table').click();
  const all = await rows(page, 'Every unit at this point');
  assert.equal(all.length, 17);
  // of the trained net, at point 12: its answer is that of the piece that the point lies in
  const [, , a = '', y = ''] = all[16]!;
  assert.ok(Math.abs(1 / (1 + Math.exp(-numberOf(a))) - numberOf(y)) < 1e-3);
  await go(page, '#depth?panel=regions');
  const said = page.getByRole('region', { name: 'The net on the framed piece' }).locator('dd').first();
  const [, linear = '', chance = ''] = /a = (\S+), y = (\S+)/.exec(await said.innerText()) ?? [];
  assert.ok(Math.abs(numberOf(linear) - numberOf(a)) < 2e-3, `${linear} is ${a}`);
  assert.ok(Math.abs(numberOf(chance) - numberOf(y)) < 2e-3);
  await go(page, '#depth?tour=2');
  await button(page, /^Unit 3, layer 1/).click();
  await page.getByRole('region', { name: 'What was done last, with its numbers' }).getByText('3').first().waitFor();
  await page.waitForFunction(() => location.hash.includes('unit:3'));
  assert.deepEqual(errors, []);
});

test('pieces are as many as the core cuts, after each layer too; training goes on from there, and tanh has none', async () => {
  const { page, errors } = await web.open('#depth?tour=6');
  await shown(page);
  const core = study('regions', { net: UNTRAINED });
  const count = core.first!.length;
  await comes(page, () => fact(page, 'linear pieces'), String(count));
  await go(page, '#depth?weights=none&panel=regions');
  await comes(page, async () => (await rows(page, 'Pieces, layer by layer')).map((row) => whole(row[2])), [
    core.after![7],
    count,
  ]);
  const frame = page.locator('.depth-now');
  const first = await frame.getAttribute('d');
  const square = page.getByRole('group', { name: 'A place: its piece is the framed one' });
  const box = await square.boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width / 2 + 90, box.y + box.height / 2 + 60);
  await comes(page, async () => (await frame.getAttribute('d')) !== first, true);
  await button(page, 'One update forward').click();
  await page.locator('.depth-facts[data-update="1"]').waitFor();
  await button(page, 'tanh').click();
  await page.getByText('With tanh nothing is linear').waitFor();
  await page.keyboard.press('Control+z');
  await page.locator('.depth-facts[data-update="1"]').waitFor();
  assert.deepEqual(errors, []);
});

test('points are moved by keys, added and taken away; each is a new run and undone by itself; a task and a size too', async () => {
  const { page, errors } = await web.open('#depth?weights=none&panel=surface');
  await shown(page);
  const right = () => fact(page, 'points right');
  const of = async (points: number) => comes(page, async () => (await right()).endsWith(` of ${points}`), true);
  await of(80);
  const third = page.getByRole('button', { name: /^Point 3:/ });
  const before = await third.getAttribute('aria-label');
  await third.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await comes(page, async () => (await third.getAttribute('aria-label')) !== before, true);
  await button(page, 'Own').waitFor();
  await button(page, 'A point in the middle').click();
  await of(81);
  await page.getByRole('button', { name: /^Point 81:/ }).focus();
  await page.keyboard.press('Delete');
  await of(80);
  for (const points of [81, 80]) {
    await page.keyboard.press('Control+z');
    await of(points);
  }
  await page.keyboard.press('Control+z');
  await comes(page, () => third.getAttribute('aria-label'), before);
  await button(page, 'Moons').click();
  await comes(page, () => button(page, 'Moons').getAttribute('aria-pressed'), 'true');
  const layers = page.getByRole('slider', { name: 'Hidden layers' });
  await layers.fill('3');
  await comes(page, () => fact(page, 'layers'), '2–8–8–8–1');
  assert.deepEqual(errors, []);
});

test('folds, nets of equal size and what the last layer sees are what their studies found', async () => {
  const { page, errors } = await web.open('#depth?panel=fold');
  await shown(page);
  const fold = study('fold', { x: 0.3 });
  await comes(page, async () => (await rows(page, 'Pieces of the line')).map((row) => row.slice(1).map(Number)), [
    fold.pieces,
    fold.one_layer_at_most,
    fold.one_layer,
  ]);
  const way = await rows(page, '0.300, folded six times');
  assert.deepEqual(
    way.map((row) => row[3]),
    fold.folded!.map((one) => one.toFixed(3)),
  );
  await page.getByRole('slider', { name: 'The number that is folded' }).fill('700');
  await comes(page, async () => (await rows(page, '0.700, folded six times'))[0]?.[3], '0.600');
  await go(page, '#depth?panel=equal');
  const equal = study('equal', {});
  const looks = equal.update!.length;
  await comes(
    page,
    async () => (await rows(page, 'Five nets on one spiral')).map((row) => [whole(row[2]), whole(row[3])]),
    [0, 1, 2, 3, 4].map((net) => [equal.pieces![net * looks], equal.pieces![net * looks + looks - 1]]),
  );
  await go(page, '#depth?panel=last');
  await page.getByText(/of 80 on the wrong side/).waitFor();
  const nearest = await rows(page, 'Nearest to the cut');
  for (const [, , a, y] of nearest) assert.ok(Math.abs(1 / (1 + Math.exp(-numberOf(a!))) - numberOf(y!)) < 0.01);
  await go(page, '#depth?panel=faces');
  await page.getByRole('checkbox', { name: 'hat' }).check();
  await page.waitForFunction(() => location.hash.includes('face:010'));
  assert.deepEqual(errors, []);
});

test('one layer on a drawn curve: its units and its error are the core’s, it is fitted anew as the curve is pulled, and undone', async () => {
  const { page, errors } = await web.open('#depth?panel=one');
  await shown(page);
  const units = (b: string) => rows(page, `6 units, b = ${b}`);
  const said = (value: number) => value.toFixed(3).replace('-', '−');
  const numbers = (of: Arrays) => of.weight!.map((v, j) => [said((j + 0.5) / 6), said(v), of.rms![j]!.toFixed(4)]);
  const core = study('approximate', {});
  await comes(page, async () => (await units(said(core.bias![0]!))).map((row) => row.slice(1)), numbers(core));
  const dot = page.getByRole('button', { name: 'Dot 3: height 0.90' });
  await dot.press('ArrowDown');
  const pulled = study('approximate', { drawn: '0 0.3 0.88 0.7 0.1 -0.4 -0.3 0.2 0.8 0.5 -0.2' });
  await comes(page, async () => (await units(said(pulled.bias![0]!))).map((row) => row.slice(1)), numbers(pulled));
  await page.keyboard.press('Control+z');
  await comes(page, async () => (await units(said(core.bias![0]!))).map((row) => row.slice(1)), numbers(core));
  // unit by unit: those that are not added yet are not in the line
  const line = () => page.locator('.depth-drawn .depth-line').getAttribute('d');
  const all = await line();
  await button(page, 'One unit less').click();
  await page.waitForFunction(() => location.hash.includes('added:5'));
  await comes(page, () => page.locator('.depth-share.ahead').count(), 1);
  await comes(page, async () => (await line()) !== all, true);
  await button(page, 'Hinges').click();
  await page.getByRole('slider', { name: 'Hidden units' }).fill('24');
  const hinges = study('approximate', { laid: 'hinges', units: 24 });
  await page.getByText(`24 units: off by ${hinges.rms![23]!.toFixed(4)}`).waitFor();
  assert.ok(hinges.rms![23]! < 0.1 * hinges.rms![3]!);
  assert.deepEqual(errors, []);
});
