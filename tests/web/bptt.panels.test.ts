// The panels of the gradient through time: two networks in workers of their own, measured against sums written out by
// hand, broken and mended; the terms of a weight; what a link brings back.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { contestants, DEFAULTS } from '../../web/src/exhibits/bptt/lab.ts';
import { changeOf, decades, lettersAt } from '../../web/src/exhibits/bptt/scale.ts';
import { whyZero } from '../../web/src/exhibits/bptt/why.ts';
import { core } from '../wasm/modules.ts';
import { comes, eventually, go, numberOf, type Site, shown, site } from './page/browser.ts';
import { startOf, throughLstm, throughRnn } from './page/through.ts';
import { trace } from './page/trace.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

async function distance(lab = '', options = {}): Promise<{ page: Page; errors: string[] }> {
  const opened = await web.open(`#bptt?at=0&panel=reach${lab === '' ? '' : `&lab=${lab}`}`, options);
  await shown(opened.page);
  await opened.page.getByRole('img', { name: /against the distance/ }).waitFor();
  return opened;
}
/** At this update: it is said before its sizes are there. */
async function rows(page: Page, at: number): Promise<{ head: string[]; rows: string[][] }> {
  await page.getByRole('button', { name: 'Table', exact: true }).last().click();
  await page.locator(`.bptt-lines[data-update="${at}"]`).waitFor();
  const table = page.getByRole('region', { name: 'Distance' }).getByRole('table');
  await table.waitFor();
  return {
    head: await table.locator('thead th').allInnerTexts(),
    rows: await Promise.all(
      (await table.locator('tbody tr').all()).map((row) => row.locator('th, td').allInnerTexts()),
    ),
  };
}
const near = (a: number, b: number) => Math.abs(a - b) <= Math.max(0.6e-4, Math.abs(b) * 0.051);

test('sizes at update 0 are those of the same nets written out step by step, at every distance', async () => {
  for (const lab of [{}, { forget: '0', radius: '1.3', seed: '5', spread: '0.1' }]) {
    const made = { ...DEFAULTS, ...lab };
    const [rnn, lstm] = contestants(made).map(({ settings }) => startOf(settings ?? {}));
    const wanted = { rnn: throughRnn(rnn ?? {}, made.text), ...throughLstm(lstm ?? {}, made.text) };
    const { page, errors } = await distance(
      Object.entries(lab)
        .map((pair) => pair.join(':'))
        .join(';'),
    );
    const { rows: table } = await rows(page, 0);
    assert.equal(table.length, made.text.length + 1);
    for (const [at, row] of table.entries()) {
      const [steps, , ...sizes] = row.map(numberOf);
      assert.equal(steps, at);
      for (const [k, size] of [wanted.rnn[at], wanted.h[at], wanted.c[at]].entries())
        assert.ok(near(sizes[k] as number, size as number), `${at} steps back, line ${k}: ${sizes[k]}, not ${size}`);
    }
    const factor = (wanted.rnn[0] as number) / (wanted.rnn[30] as number);
    const words = await page.getByText(/^RNN h (shrinks|grows)/).innerText();
    const said = numberOf(/(\S+) times/.exec(words)?.[1] ?? '');
    assert.ok(Math.abs(said - factor) <= 0.051 * factor, `${words}: ${factor}`);
    assert.deepEqual(errors, []);
    await web.put(page);
  }
});

test('both train in step, stop, go back to any update, and what was there comes back', async () => {
  const { page, errors } = await distance();
  const start = (await rows(page, 0)).rows;
  for (let i = 1; i <= 3; i++) {
    await page.getByRole('button', { name: 'One update of both' }).click();
    await page.getByText(`update ${i}`, { exact: true }).waitFor();
  }
  const third = (await rows(page, 3)).rows;
  assert.notDeepEqual(third, start);
  assert.deepEqual(
    third.map((row) => row.at(-1)),
    start.map((row) => row[2]),
    'the lines at update 0 stay for comparison',
  );
  await page.getByRole('button', { name: 'Train both' }).click();
  await page.waitForFunction(() => Number(document.querySelector('.bptt-both [type=range]')?.getAttribute('max')) > 12);
  await page.getByRole('button', { name: 'Pause both' }).click();
  const scrub = page.getByRole('slider', { name: 'Update of both' });
  await scrub.fill('3');
  await page.getByText('update 3', { exact: true }).waitFor();
  await page.waitForFunction(
    (wanted) => document.querySelector('.bptt-numbers tbody tr td:nth-child(3)')?.textContent === wanted,
    third[0]?.[2],
  );
  await comes(page, async () => (await rows(page, 3)).rows, third);
  await page.getByRole('button', { name: 'Back to 0' }).click();
  await page.getByText('update 0', { exact: true }).waitFor();
  assert.deepEqual(errors, []);
});

test('an explosion is shown until it breaks, says what and where, and clipping mends it', async () => {
  const { page } = await distance();
  await page.getByRole('button', { name: 'Explodes (ReLU, 2.5)' }).click();
  await page.getByText(/^RNN h grows .*10/).waitFor();
  await page.getByRole('button', { name: 'Train both' }).click();
  const notice = page.getByRole('alert');
  await notice.getByText('RNN: the numbers are no longer finite.').waitFor();
  const words = await notice.innerText();
  const at = Number(/Update (\d+): the loss is not a finite number, first in J_t/.exec(words)?.[1]);
  assert.ok(at > 1 && at <= 40, words);
  assert.match(words, new RegExp(`On screen is update ${at - 1}, the last good one`));
  await comes(page, () => page.getByRole('button', { name: 'Train both' }).isDisabled(), true);
  // The field of the threshold is heard as the button of the message is.
  await page.getByRole('spinbutton', { name: 'Clip at norm' }).fill('1');
  await page.keyboard.press('Enter');
  await notice.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Explodes (ReLU, 2.5)' }).click();
  await page.getByRole('button', { name: 'Train both' }).click();
  await page.getByRole('button', { name: 'Clip at 1, from the start' }).click();
  await notice.waitFor({ state: 'detached' });
  await page.getByText(/^RNN h grows/).waitFor();
  await page.getByLabel('Pace of training').last().selectOption('0');
  await page.getByRole('button', { name: 'Train both' }).click();
  await page.waitForFunction(
    (most) => Number(document.querySelector('.bptt-both [type=range]')?.getAttribute('max')) > most,
    at + 40,
  );
  assert.equal(await page.getByRole('alert').count(), 0, 'clipped it goes on');
});

test('a loss that is infinite before any update is said too, and a text that cannot be read', async () => {
  const { page } = await distance('activation:relu;radius:3');
  // Still in the field while the button is pressed: the new networks do what was asked.
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('1');
  await page.getByRole('button', { name: 'One update of both' }).click();
  await page.getByRole('alert').getByText('Update 1: the loss is not a finite number').waitFor();
  await page.getByRole('button', { name: 'Vanishes (tanh, 0.7)' }).click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  const text = page.getByLabel('Text', { exact: true });
  for (const [typed, said] of [
    ['', 'Nothing to read'],
    ['a'.repeat(41), '41 letters are too many'],
    ['maria 7', '7 are not among'],
  ] as const) {
    await text.fill(typed);
    await text.press('Enter');
    await page.getByRole('alert').getByText(said).waitFor();
  }
  await text.fill('Anna Maria');
  await text.press('Enter');
  await page.getByText(/^RNN h shrinks .* over 9 steps/).waitFor();
});

test('a step of the tour sets the networks it tells of, from update 0', async () => {
  const { page, errors } = await web.open('#bptt?tour=10');
  await shown(page);
  const pressed = (name: string) => page.locator(`button[aria-pressed=true]`, { hasText: name });
  await pressed('LSTM, forget bias 0').waitFor();
  await page.getByRole('button', { name: 'One update of both' }).click();
  await page.getByText('update 1', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Tour: next step' }).click();
  await pressed('Explodes (ReLU, 2.5)').waitFor();
  await pressed('LSTM, forget bias 4').waitFor();
  await page.getByText('update 0', { exact: true }).waitFor();
  await page.getByText(/^RNN h grows/).waitFor();
  await page.getByRole('button', { name: 'One update of both' }).click();
  await page.getByText('update 1', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Tour: step back' }).click();
  await page.getByRole('button', { name: 'Tour: next step' }).click();
  await page.getByText('update 0', { exact: true }).waitFor();
  await page.getByText(/^RNN h grows/).waitFor();
  assert.deepEqual(errors, []);
});

test('a link brings back the panel, what it is set to, and the update', async () => {
  const { page } = await distance('radius:1.1;clip:0.5;text:mariamaria;at:7');
  await page.getByText('update 7', { exact: true }).waitFor();
  await comes(page, () => page.getByRole('spinbutton', { name: 'Spectral radius' }).inputValue(), '1.1');
  const shows = (await rows(page, 7)).rows;
  const address = page.url();
  assert.match(address, /panel=reach/);
  await web.put(page);
  const again = await web.open(address.slice(address.indexOf('#')));
  await again.page.getByText('update 7', { exact: true }).waitFor();
  await comes(again.page, async () => (await rows(again.page, 7)).rows, shows);
  assert.deepEqual(again.errors, []);
});

test('the terms are those of the core, and the sum is theirs', async () => {
  const { page, errors } = await web.open('#bptt?panel=terms&at=0');
  await shown(page);
  const sizes = async (count: number) => {
    await page.waitForFunction(
      (rows) => document.querySelectorAll('.bptt-terms-panel tbody tr').length === rows,
      count + 1,
    );
    const cells = page.getByRole('region', { name: 'Terms' }).getByRole('table').locator('tbody tr td:last-child');
    return (await cells.allInnerTexts()).map(numberOf);
  };
  const seven = await eventually(
    page,
    () => sizes(7),
    (all) => all[0] === 0,
  );
  assert.equal(seven[0], 0, 'there was no state before the first step');
  await page.getByRole('slider', { name: 'Loss of step t' }).fill('2');
  const [none, only, sum] = await eventually(
    page,
    () => sizes(2),
    ([none, only, sum]) => none === 0 && only === sum,
  );
  assert.deepEqual([none, only], [0, sum]);
  // Of "a" alone J is (J^(1) + J^(2)) / 2, and only J^(2) comes back into step 2: its term is twice dJ/dz^(2) h^(1)T.
  await page.getByLabel('Name to read').fill('a');
  await page.getByLabel('Name to read').press('Enter');
  const size = (a: number[]) => Math.sqrt(a.reduce((total, x) => total + x * x, 0));
  const nodes = trace('names-rnn', 'a');
  const of = (path: string, what: 'value' | 'grad') => size(nodes.find((node) => node.path === path)?.[what] ?? []);
  const wanted = 2 * of('rnn.2.a', 'grad') * of('rnn.1.h', 'value');
  await page.waitForFunction(
    (text) => document.querySelector('.bptt-terms-panel tbody tr:nth-child(2) td:last-child')?.textContent === text,
    wanted.toFixed(4),
  );
  assert.deepEqual(errors, []);
});

test('a size of zero or of no number has words of its own', () => {
  assert.deepEqual(changeOf([1, 0.5, 0, 0]), { kind: 'gone', steps: 2 });
  assert.deepEqual(changeOf([1, Number.NaN]), { kind: 'broken', steps: 1 });
  assert.deepEqual(changeOf([2, 1]), { kind: 'shrinks', times: 2, steps: 1 });
  assert.deepEqual(decades([3e-8, 0, Number.POSITIVE_INFINITY, 20]), [-8, 2]);
});

test('every letter stands under its distance, on a phone and in the projector too, and none on another', async () => {
  const text = 'abcdefghijklmnopqrstuvwxyzabcdefghijklmn';
  for (const [width, height, mode] of [
    [390, 844, ''],
    [1280, 720, ''],
    [1280, 720, '&mode=projector'],
  ] as const) {
    const { page, errors } = await distance(`text:${text}${mode}`, { viewport: { width, height } });
    const boxes = await page.locator('.bptt-distance-plot .letter').evaluateAll((letters) =>
      letters.map((letter) => {
        const { left, right, top, bottom } = letter.getBoundingClientRect();
        return { of: letter.textContent, left, right, top, bottom };
      }),
    );
    assert.equal(boxes.map((box) => box.of).join(''), `${[...text].reverse().join('')}▸`);
    const plot = await page.getByRole('img', { name: /against the distance/ }).boundingBox();
    assert.ok(plot);
    for (const [i, box] of boxes.entries()) {
      assert.ok(
        box.left >= plot.x && box.right <= plot.x + plot.width && box.bottom <= plot.y + plot.height,
        box.of ?? '',
      );
      for (const other of boxes.slice(i + 1)) {
        const apart =
          box.right <= other.left ||
          other.right <= box.left ||
          box.bottom <= other.top + 3 ||
          other.bottom <= box.top + 3;
        assert.ok(apart, `${width}${mode}: ${box.of} lies on ${other.of}`);
      }
    }
    assert.deepEqual(errors, []);
    await web.put(page);
  }
});

test('letters take turns on as many rows as they need, three at the most', () => {
  for (let pitch = 0.5; pitch < 40; pitch += 0.25) {
    const { every, rows } = lettersAt(pitch);
    assert.ok(rows <= 3 && every * rows * pitch >= 8, `${pitch}: ${every}, ${rows}`);
    assert.ok(every === 1 || 3 * (every - 1) * pitch < 8, `${pitch}: more would have fitted`);
  }
});

test('where a size is 0 the page says why, from the core, and the plot keeps its place', async () => {
  const { page, errors } = await distance('activation:relu;start:radius;radius:2.5;clip:0;hidden:64');
  const why = page.locator('.bptt-whys');
  const one = async (update: number) => {
    await page.getByRole('button', { name: 'One update of both' }).click();
    await page.getByText(`update ${update}`, { exact: true }).waitFor();
  };
  assert.equal(await why.count(), 0);
  await one(1);
  await why.getByText('the right last letter has probability 1').waitFor();
  // So says the core by itself: no gradient of the scores, and this share of states at 0.
  const { text, ...rest } = { ...DEFAULTS, activation: 'relu', radius: '2.5', clip: '0' };
  const run = (await core()).create(contestants({ text, ...rest })[0]?.settings ?? {}, null);
  run.step();
  const measure = run.measure(text);
  assert.equal(measure.terms(text.length + 1, 'b_2').norms.at(-1), 0);
  const { h } = run.units(text, 1);
  const share = h.filter((y) => y === 0).length / h.length;
  run.free();
  await why.filter({ hasText: `Over the text ${Math.round(100 * share)} % of the ReLU states are 0` }).waitFor();
  const top = async () => (await page.locator('.bptt-distance-plot').boundingBox())?.y;
  const before = await top();
  await one(2);
  await page.waitForFunction(() => document.querySelector('.bptt-whys')?.textContent === '');
  assert.equal(await top(), before);
  await go(page, '#bptt?at=0&panel=reach&lab=activation:relu;start:radius;radius:1;rate:10;clip:0');
  await page.getByText('update 0', { exact: true }).waitFor();
  await one(1);
  await one(2);
  await why.getByText('19 steps back all 64 ReLU units are off').waitFor();
  await page.getByText(/^RNN h is 0 from step 20 back/).waitFor();
  assert.deepEqual(errors, []);
});

test('why a size is 0: certainty, units that are off, a matrix of 0, or numbers too small; else nothing is said', () => {
  const states = { steps: 3, hidden: 2, h: Float32Array.of(0.1, 0, 0, 0, 0.3, 0.2) };
  const seen = { sizes: [0.5, 0.2, 0], scores: 0.9, sums: [0.4, 0, 0], states };
  const share = 0.5;
  assert.deepEqual(whyZero(seen), { why: { kind: 'off', back: 1, off: 2, units: 2 }, share });
  assert.equal(whyZero({ ...seen, sizes: [0.5, 0.2, 0.1] }), null);
  assert.deepEqual(whyZero({ ...seen, sizes: [0, 0, 0], scores: 0 }), { why: { kind: 'certain' }, share });
  assert.deepEqual(whyZero({ ...seen, sums: [0.4, 0.1, 0] }), { why: { kind: 'matrix', back: 1 }, share });
  const partly = { ...states, h: Float32Array.of(0.1, 0, 0, 0.2, 0.3, 0.2) };
  assert.deepEqual(whyZero({ ...seen, states: partly })?.why, { kind: 'off', back: 1, off: 1, units: 2 });
  const small = { ...seen, sizes: [0.5, 1e-38, 0], states: null };
  assert.deepEqual(whyZero(small), { why: { kind: 'small', last: 1e-38 }, share: null });
  assert.deepEqual(whyZero({ ...small, states: partly })?.why, { kind: 'small', last: 1e-38 });
  assert.equal(whyZero({ ...seen, sizes: [0, 0, 0], sums: [0, 0, 0] }), null);
});
