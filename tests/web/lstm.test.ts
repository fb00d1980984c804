// The exhibit of gates: every number of its network, its views and its race is the core's.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { tightRange } from '../../web/src/draw/format.ts';
import { choiceOf, contestants, isShipped } from '../../web/src/exhibits/lstm/contest.ts';
import { exhibit } from '../../web/src/exhibits/lstm/exhibit.ts';
import { correlation, FEATURES, goesWith } from '../../web/src/exhibits/lstm/features.ts';
import { PAGE } from '../../web/src/exhibits/lstm/page.ts';
import { violations } from './page/axe.ts';
import { comes, eventually, go, numberOf, type Site, shown, site } from './page/browser.ts';
import { PROGRAM, type Traced, trace } from './page/trace.ts';

let web: Site;
let traced: Traced[];
before(async () => {
  web = await site();
  traced = trace(exhibit.weights, exhibit.text);
});
after(() => web?.close());

const at = (path: string, nodes = traced) => nodes.find((node) => node.path === path);
const OPERATIONS = 18; // of a step
const forward = () => OPERATIONS * (exhibit.text.length + 1) + 1;
const inspector = (page: Page) => page.getByRole('region', { name: 'Inspector' });

/** Numbers of a row of a table, without its heading. */
async function rowOf(table: Locator, index: number): Promise<number[]> {
  const cells = await table.locator('tbody tr').nth(index).locator('td').allInnerTexts();
  return cells.map(numberOf);
}

test('what the tour says of units 1 and 5 of the shipped net is so', () => {
  const after = { a: [] as number[], other: [] as number[] };
  const names = readFileSync(new URL('../../models/corpora/names.txt', import.meta.url), 'utf8').split('\n');
  for (const name of names.slice(0, 60)) {
    const nodes = trace(exhibit.weights, name);
    for (const [i, letter] of [...name].entries()) {
      const f = at(`rnn.${i + 2}.f`, nodes)?.value[0] as number;
      after['aeo'.includes(letter) ? 'a' : 'other'].push(f);
    }
  }
  for (let step = 2; step <= exhibit.text.length + 1; step++) {
    const kept = at(`rnn.${step}.f`)?.value[4] as number;
    const stored = at(`rnn.${step}.i_g`)?.value[4] as number;
    assert.ok(kept > 0.9 && stored > -1 && stored < -0.6, `unit 5 at step ${step}: keeps ${kept}, stores ${stored}`);
  }
  const small = (of: number[]) => of.filter((f) => f < 0.1).length / of.length;
  assert.ok(small(after.a) > 0.9, `f of unit 1 is below 0.1 after ${small(after.a)} of a, e and o`);
  assert.ok(small(after.other) < 0.3, `and after ${small(after.other)} of the others`);
});

test('the forget gate held at 0 leaves nothing of the old cell, and undo brings it back', async () => {
  const { page, errors } = await web.open(`#lstm?at=${forward()}&node=rnn.4.f_c&cell=4&view=table`);
  await shown(page);
  const value = async () => {
    const cells = await inspector(page).getByRole('table').locator('tr[aria-current=true] td').allInnerTexts();
    return cells.map(numberOf);
  };
  const kept = at('rnn.4.f_c')?.value[4] as number;
  const there = (numbers: number[]) => numbers.some((number) => Math.abs(number - kept) < 1e-4);
  assert.ok(there(await eventually(page, value, there)));
  const gate = page.getByRole('combobox', { name: 'Hold a gate' });
  await gate.selectOption('f held at 0');
  await eventually(page, value, (numbers) => numbers.every((number) => number === 0));
  const rows = inspector(page).getByRole('table').locator('tbody tr');
  for (let row = 0; row < (await rows.count()); row++) {
    const cells = (await rows.nth(row).locator('td').allInnerTexts()).map(numberOf);
    assert.ok(cells.includes(0), `row ${row + 1}: ${cells}`);
  }
  await page.waitForFunction(() => location.hash.includes('hold_f:0'));
  await page.getByRole('button', { name: 'Undo' }).first().click();
  assert.ok(there(await eventually(page, value, there)), 'the old product is back');
  assert.equal(await gate.inputValue(), '');
  assert.deepEqual(errors, []);
});

test('a link brings a held gate back', async () => {
  const { page } = await web.open('#lstm?log=0:hold_o:1');
  await shown(page);
  const gate = page.getByRole('combobox', { name: 'Hold a gate' });
  await comes(page, () => gate.locator('option:checked').innerText(), 'o held at 1');
});

test('the strips: gates and states of a unit over the text, chosen by keyboard', async () => {
  const { page, errors } = await web.open('#lstm?panel=gates');
  await shown(page);
  const slider = page.getByRole('slider', { name: 'Unit' });
  await slider.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown');
  const unit = page.getByRole('region', { name: 'Unit 5', exact: true });
  await unit.waitFor();
  const table = unit.getByRole('table');
  for (const [row, letter] of ['f', 'i', 'g', 'o', 'c', 'h'].entries()) {
    const expected = [1, 2, 3, 4, 5, 6, 7].map((step) => at(`rnn.${step}.${letter}`)?.value[4] as number);
    const near = (row: number[]) =>
      row.length === expected.length && row.every((n, i) => Math.abs(n - (expected[i] as number)) < 0.0051);
    const numbers = await eventually(page, () => rowOf(table, row), near);
    assert.ok(near(numbers), `${letter}: ${numbers}, not ${expected}`);
  }
  await page.waitForFunction(() => location.hash.includes('unit:5'));
  assert.deepEqual(errors, []);
});

test('the strips follow training, and the GRU has its own', async () => {
  const { page, errors } = await web.open('#lstm?panel=gates');
  await shown(page);
  const numbers = () => page.getByRole('region', { name: 'Unit 1', exact: true }).getByRole('table').innerText();
  const before = await numbers();
  await page.getByRole('button', { name: 'One update forward' }).click();
  await page.getByText('those of update 1.').waitFor();
  await page.getByRole('button', { name: 'Play updates' }).click();
  await page.waitForFunction(() => {
    const said = /those of update (\d+)\./.exec(document.body.innerText);
    return Number(said?.[1]) > 20;
  });
  await page.getByRole('button', { name: 'Pause updates' }).click();
  assert.notEqual(await eventually(page, numbers, (now) => now !== before), before);
  await page.getByRole('button', { name: 'Network' }).click();
  await page.getByRole('button', { name: 'GRU' }).click();
  await page
    .getByRole('combobox', { name: 'Hold a gate' })
    .locator('option', { hasText: 'z held at 1' })
    .waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Gates', exact: true }).click();
  const table = page.getByRole('region', { name: 'Unit 1', exact: true }).getByRole('table');
  await page.waitForFunction(() => document.querySelectorAll('.lstm-numbers tbody tr').length === 4);
  const gru = trace('names-gru', exhibit.text);
  const near = (row: number[]) =>
    row.length > 0 &&
    row.every((number, i) => Math.abs(number - (at(`rnn.${i + 1}.r`, gru)?.value[0] as number)) < 0.0051);
  const reset = await eventually(page, () => rowOf(table, 0), near);
  assert.ok(near(reset), `r: ${reset}`);
  assert.deepEqual(errors, []);
});

test('a question about a node that the GRU has not brings the LSTM back', async () => {
  const { page, errors } = await web.open('#lstm?model=gru_lm&at=0');
  await shown(page);
  await page.getByRole('button', { name: 'GRU', pressed: true }).waitFor();
  await page.getByRole('button', { name: 'Predict' }).click();
  await page.getByText('Question 1 of 3').waitFor();
  await page.getByRole('button', { name: 'LSTM', pressed: true }).waitFor();
  const gate = at('rnn.4.f')?.value as number[];
  await page.getByLabel('Cell, 1 to 6').fill(String(gate.indexOf(Math.min(...gate)) + 1));
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('Right:').waitFor();
  assert.deepEqual(errors, []);
});

test('a unit over the page: its numbers are the core’s, letter by letter', async () => {
  const { page, errors } = await web.open('#lstm?panel=prose&lab=prose:18');
  await shown(page);
  const letters = page.getByRole('slider', { name: 'Letter' });
  await letters.waitFor();
  assert.equal(Number(await letters.getAttribute('aria-valuemax')), [...PAGE].length);
  assert.ok(PAGE.length >= 800);
  const prose = trace('prose-lstm', PAGE.slice(0, 43));
  await letters.focus();
  for (let letter = 1; letter <= 40; letter++) {
    const words = (await letters.getAttribute('aria-valuetext')) ?? '';
    const number = numberOf(words.split(': ').at(-1) ?? '');
    const h = at(`rnn.${letter + 1}.h`, prose)?.value[17] as number;
    assert.ok(Math.abs(number - h) < 0.0051, `${words}, not ${h}`);
    await page.keyboard.press('ArrowRight');
    await page.locator(`[role=slider][aria-label=Letter][aria-valuenow="${letter + 1}"]`).waitFor();
  }
  await page.getByText('On this page unit 18 goes with being inside a word').waitFor();
  await page.getByRole('button', { name: 'The cell state c' }).click();
  const c = at('rnn.41.c', prose)?.value[17] as number;
  await page.keyboard.press('Tab');
  await letters.focus();
  await page.keyboard.press('ArrowLeft');
  const said = async () => (await letters.getAttribute('aria-valuetext')) ?? '';
  const near = (words: string) => Math.abs(numberOf(words.split(': ').at(-1) ?? '') - c) < 0.0051;
  const words = await eventually(page, said, near);
  assert.ok(near(words), `${words}, not ${c}`);
  assert.deepEqual(errors, []);
});

test('units by variance, by keyboard; sentences of one’s own, and letters that it does not know', async () => {
  const { page } = await web.open('#lstm?panel=prose');
  await shown(page);
  const units = page.getByRole('radio');
  await units.first().waitFor();
  assert.equal(await units.count(), 48);
  const spreads = (await units.allInnerTexts()).map((text) => Number(text.split('\n').at(-1)));
  assert.deepEqual(
    spreads,
    [...spreads].sort((a, b) => b - a),
  );
  const chosen = () => page.getByRole('radio', { checked: true }).getAttribute('data-unit');
  const first = await chosen();
  await page.getByRole('radio', { checked: true }).focus();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await eventually(page, chosen, (now) => now !== first), first);
  const own = page.getByLabel('Sentences of your own');
  await own.fill('A whale, a whale!');
  await own.press('Enter');
  await page.waitForFunction(
    () => document.querySelector('[role=slider][aria-label=Letter]')?.getAttribute('aria-valuemax') === '17',
  );
  await own.fill('ünder');
  await own.press('Enter');
  await page.getByRole('alert').getByText('the model knows no ü').waitFor();
});

test('what a unit goes with is Pearson’s r, and what does not change goes with nothing', () => {
  assert.ok(Math.abs(correlation([1, 2, 3], [2, 4, 6]) - 1) < 1e-12);
  assert.ok(Math.abs(correlation([1, 2, 3, 4], [1, -1, -1, 1])) < 1e-12);
  const text = [...'He said "aye." Go'];
  assert.deepEqual(FEATURES.place(text).slice(0, 5), [1, 2, 0, 1, 2]);
  assert.deepEqual(FEATURES.quotes(text).filter(Boolean).length, 5);
  assert.equal(FEATURES.capital(text).filter(Boolean).length, 2);
  assert.equal(goesWith(text, FEATURES.vowel(text))[0]?.feature, 'vowel');
  assert.ok(goesWith([...'abc'], [1, 2, 3]).every(({ feature }) => feature !== 'quotes'));
});

// ---- the race

/** What the native program says after so many updates with these settings. */
function native(settings: Record<string, string>, steps: number): { val_loss: number; metric: { value: number } } {
  const { model = '', task = '', seed = '1', ...rest } = settings;
  const set = Object.entries(rest).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const args = ['train', '--model', model, '--task', task, '--seed', seed, '--steps', String(steps), ...set, '--json'];
  const lines = execFileSync(PROGRAM, args, { encoding: 'utf8' }).trim().split('\n');
  return JSON.parse(lines.at(-1) ?? '');
}
/** Both lanes have their numbers: how many are right, and the loss. */
const whole = (row: number[]) => row.length >= 4 && row.slice(0, 4).every(Number.isFinite);
const twin = (page: Page) => page.getByRole('table', { name: 'The race in numbers' });

test('the race does not tell how it ends; its end is what the shipped weights really answer', async () => {
  const { page, errors } = await web.open('#lstm?panel=race');
  await shown(page);
  await page.getByText('After 0 updates each').waitFor();
  const untrained = await eventually(page, () => rowOf(twin(page), 0), whole);
  for (const lane of [0, 1]) assert.ok((untrained[2 * lane] as number) < 0.25, `guessing: ${untrained}`);
  await page.getByRole('button', { name: 'Its end' }).click();
  await page.getByText('Trained beforehand, 500 updates each.').waitFor();
  const row = await eventually(
    page,
    () => rowOf(twin(page), 0),
    (now) => whole(now) && now.some((number, i) => number !== untrained[i]),
  );
  for (const [lane, id] of ['remember-lstm', 'remember-rnn'].entries()) {
    const file = new URL(`../../models/${id}.safetensors`, import.meta.url).pathname;
    const evaluated = JSON.parse(execFileSync(PROGRAM, ['eval', '--weights', file, '--json'], { encoding: 'utf8' }));
    assert.ok(Math.abs((row[2 * lane] as number) - evaluated.right) < 0.51e-4, `${id}: ${row}`);
    assert.ok(Math.abs((row[2 * lane + 1] as number) - evaluated.val_loss) < 0.51e-4, `${id}: ${row}`);
  }
  // The LSTM's likeliest answer is the symbol that came first.
  const answers = page.getByRole('region', { name: 'One unseen sequence' });
  const right = await answers.getByRole('row', { name: /right/ }).innerText();
  assert.ok(Number(/0\.9\d\d/.exec(right)?.[0]) > 0.9, right);
  assert.deepEqual(errors, []);
});

test('both do the same updates, and their numbers are those of the native program', async () => {
  const choice = choiceOf({ k: '8', seed: '3', spread: '0.3', answers: 'symbols' });
  assert.deepEqual([choice.spread, choice.answers], [0.3, 'symbols']);
  const { page, errors } = await web.open('#lstm?panel=race&lab=k:8;seed:3;spread:0.3;answers:symbols');
  await shown(page);
  await page.getByText('After 0 updates each').waitFor();
  for (const step of [20, 40]) {
    await page.getByRole('button', { name: '20 updates' }).click();
    await page.getByText(`After ${step} updates each`).waitFor();
    const row = await eventually(page, () => rowOf(twin(page), step / 20), whole);
    for (const [lane, one] of contestants(choice).entries()) {
      const { val_loss, metric } = native(one.settings ?? {}, step);
      assert.ok(Math.abs((row[2 * lane] as number) - metric.value) < 0.51e-4, `${one.id} at ${step}: ${row}`);
      assert.ok(Math.abs((row[2 * lane + 1] as number) - val_loss) < 0.51e-4, `${one.id} at ${step}: ${row}`);
    }
  }
  await page.waitForFunction(() => location.hash.includes('at:40'));
  assert.deepEqual(errors, []);
});

test('a link brings the race back, at its update', async () => {
  const { page } = await web.open(
    '#lstm?panel=race&lab=k:6;bias:1;start:orthogonal;rnn:0.003;spread:0.1;answers:symbols;at:20',
  );
  await shown(page);
  await page.getByText('After 20 updates each').waitFor();
  assert.equal(await page.getByRole('slider', { name: 'Symbols after it' }).inputValue(), '6');
  assert.equal(await page.getByLabel('Forget bias').inputValue(), '1');
  assert.equal(await page.getByLabel('Learning rate: Recurrent net').inputValue(), '0.003');
  assert.equal(await page.getByRole('button', { name: 'orthogonal' }).getAttribute('aria-pressed'), 'true');
  assert.equal(await page.getByLabel('Spread of letter vectors').inputValue(), '0.1');
  assert.equal(await page.getByRole('button', { name: '8 answers' }).getAttribute('aria-pressed'), 'true');
  await page.getByRole('button', { name: 'Back to 0' }).click();
  await page.getByText('After 0 updates each').waitFor();
  await page.getByLabel('Spread of letter vectors').selectOption('0.3');
  await page.getByRole('button', { name: '10 answers' }).click();
  await page.waitForFunction(
    () => location.hash.includes('spread:0.3') && location.hash.includes('answers:vocabulary'),
  );
});

test('it runs until paused, both with Space; adding numbers is the other task, its answers numbers', async () => {
  const { page, errors } = await web.open('#lstm?panel=race&lab=k:5');
  await shown(page);
  await page.getByText('After 0 updates each').waitFor();
  await page.getByRole('button', { name: 'Start the race' }).waitFor();
  await page.keyboard.press(' ');
  await page.waitForFunction(() => Number(/After (\d+) updates each/.exec(document.body.innerText)?.[1]) >= 40);
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  await page.getByRole('button', { name: 'Add two numbers' }).click();
  const sequence = page.getByRole('region', { name: 'One unseen sequence' });
  await page.getByText('squared error on unseen sequences').first().waitFor();
  const said = await sequence.getByRole('row', { name: 'LSTM' }).getByRole('cell').innerText();
  assert.ok(Number.isFinite(numberOf(said)), said);
  const { page: other } = await web.open('#lstm?panel=race&lab=task:adding;example:1');
  await shown(other);
  const changed = other.getByRole('region', { name: 'One unseen sequence' }).getByRole('row', { name: 'LSTM' });
  await changed.waitFor();
  assert.deepEqual(errors, []);
});

test('the shipped weights of the race come from its own settings', () => {
  for (const { id, settings = {} } of contestants(choiceOf({}))) {
    const file = new URL(`../../models/remember-${id}.json`, import.meta.url);
    const { model, task, seed, set } = JSON.parse(readFileSync(file, 'utf8'));
    const words = Object.fromEntries(Object.entries({ model, task, seed, ...set }).map(([k, v]) => [k, String(v)]));
    const { distance, start, embedding_std, answers, ...rest } = settings;
    assert.deepEqual([distance, start ?? 'uniform', embedding_std, answers], ['40', 'uniform', '1', 'vocabulary']);
    assert.deepEqual(rest, words);
  }
});

test('a scale just holds what is drawn', () => {
  assert.deepEqual([0.2, 1, 5.64, 26, 131].map(tightRange), [1, 1, 5.7, 26, 140]);
});

test('a link cannot set what the core would refuse', () => {
  const choice = choiceOf({
    k: '9999',
    bias: '77',
    start: 'identity',
    rnn: 'x',
    seed: '-1',
    spread: '0.2',
    task: 'no',
  });
  assert.deepEqual(choice, { ...choiceOf({}), k: 60 });
  assert.equal(isShipped(choiceOf({})), true);
  assert.equal(isShipped(choiceOf({ task: 'adding' })), false);
  for (const other of ['spread:0.3', 'answers:symbols', 'start:orthogonal', 'seed:2'])
    assert.equal(isShipped(choiceOf(Object.fromEntries([other.split(':')]))), false, other);
  assert.equal(choiceOf({ task: 'adding', spread: '0.3' }).spread, 1, 'numbers have no letter vectors');
});

test('the claim runs from here and can be stopped', async () => {
  const { page } = await web.open('#lstm');
  await shown(page);
  const claim = page.getByRole('region', { name: 'Claim' });
  await claim.getByRole('button', { name: 'Run it' }).click();
  await claim.getByText('Adding: LSTM, squared error').first().waitFor();
  await claim.getByRole('progressbar').waitFor();
  await claim.getByRole('button', { name: 'Stop' }).click();
  await claim.getByRole('button', { name: 'Run it' }).waitFor();
});

test('the race in adding: axe finds nothing, and nothing is wider than its screen', async () => {
  const { page } = await web.open('#lstm');
  await shown(page);
  for (const viewport of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    for (const theme of ['light', 'dark']) {
      await go(page, `#lstm?panel=race&lab=task:adding&theme=${theme}`);
      await page.getByRole('heading', { level: 3 }).first().waitFor();
      assert.deepEqual(await violations(page), [], `${theme}, ${viewport.width} wide`);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= viewport.width);
    }
  }
});

test('walking back at 1280 × 720 every row of h and c carries its numbers, in the LSTM and in the GRU', async () => {
  const { page, errors } = await web.open('#lstm');
  await shown(page);
  // The state stands at the right end of the open step; nothing to its right has figures.
  const height = () => page.locator('.drawing').evaluate(({ clientHeight }) => clientHeight);
  const first = await height();
  // Seven is no divisor of a step's operations: each of them comes in some step.
  for (const [model, from, to, rows] of [
    ['lstm_lm', 134, 254, 12],
    ['gru_lm', 170, 324, 6],
  ] as const)
    for (let at = from; at < to; at += 7) {
      await go(page, `#lstm?model=${model}&at=${at}`);
      await page.waitForFunction(
        ([at, rows]) => {
          const figures = [...document.querySelectorAll('.drawing text.cv')].map((one) => one.getBoundingClientRect());
          const there = document
            .querySelector('[aria-label="Clocks and training"]')
            ?.textContent?.includes(`${at} of `);
          const end = Math.max(...figures.map(({ right }) => right));
          const own = figures.filter(({ left }) => left > end - 56);
          return there && new Set(own.map(({ y }) => Math.round(y))).size === rows;
        },
        [at, rows] as const,
      );
      assert.equal(await height(), first, `the figure at ${at} of ${model} is as high as before`);
    }
  assert.deepEqual(errors, []);
});

test('a view that does not come says so, and what to do', async () => {
  const { page } = await web.open('#lstm');
  await shown(page);
  await page.route(/Race-[\w-]+\.js$/, (route) => route.abort());
  await go(page, '#lstm?panel=race');
  const alert = page.getByRole('alert').filter({ hasText: /A part of the page did not come: Race-[\w-]+\.js/ });
  await alert.waitFor();
  await alert.getByRole('button').waitFor(); // which loads the page again
});
