// The views of exhibit 5 in the page: counts, vectors, pairs of the training and analogies beside those of the core; the clocks, what is
// learned anew and undone, and what of it is in the address.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import type { Study } from '../../wasm/bridge/protocol.ts';
import { SIX } from '../../web/src/exhibits/meaning/lab.ts';
import { countedOf, kindsOf, meaningOf, pairsOf, ranked, stretchOf } from '../../web/src/exhibits/meaning/words.ts';
import { core } from '../wasm/modules.ts';
import { comes, eventually, go, numberOf, type Site, shown, site } from './page/browser.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

async function studied(study: string, settings: Record<string, string>, inputs = {}): Promise<Study> {
  const open = (await core()).study({ study, settings, inputs });
  while (!open.step().done);
  const found = open.read();
  open.free();
  return found;
}
const known = new Map<string, ReturnType<typeof meaningOf>>();
async function meant(by: string) {
  const before = known.get(by);
  if (before) return before;
  const study = await studied('meaning', { by, show: 'all', window: '3', size: '16', seed: '1', negatives: '5' });
  const kinds = kindsOf(study);
  const found = meaningOf(study, 3, (word) => kinds.get(word) ?? []);
  known.set(by, found);
  return found;
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const rowsOf = (page: Page, region: string) =>
  page
    .getByRole('region', { name: region })
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((one) => one.textContent ?? '')));
const near = (a: number, b: number | undefined, digits: number) =>
  Math.abs(a - (b ?? Number.NaN)) <= 0.51 * 10 ** -digits;

test('counted pair by pair, the end is what the core counts, of every window and of both texts', async () => {
  for (const window of [1, 3, 5]) {
    for (const inputs of [{}, { text: SIX.join('\n') }]) {
      const study = await studied('meaning', { by: 'counts', show: 'all', window: String(window), size: '2' }, inputs);
      const { sentences, words, pairs } = meaningOf(study, window, () => []);
      const met = pairsOf(sentences, window);
      assert.deepEqual(countedOf(sentences, words.length, met, met.length), pairs);
      assert.ok(countedOf(sentences, words.length, met, met.length - 1).some((n, i) => n !== pairs[i]));
    }
  }
});

test('the six sentences are of the constructed words, three of each kind of apple', async () => {
  const { words } = await meant('counts');
  assert.equal(SIX.length, 6);
  for (const sentence of SIX)
    for (const word of sentence.split(' '))
      assert.ok(words.includes(word), `${word} is not among the constructed words`);
  assert.equal(SIX.filter((one) => /apple (sells|makes)|by apple/.test(one)).length, 3);
});

test('the clocks count by pair and by sentence, forwards and back, and the table has it', async () => {
  const { page, errors } = await web.open('#meaning?tour=1');
  await shown(page);
  const at = (text: string) => page.getByText(text, { exact: true }).first().waitFor();
  const cell = (row: string, column: number) =>
    page
      .getByRole('region', { name: 'How often two words' })
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: row }) })
      .locator('td')
      .nth(column)
      .innerText();
  await at('0 of 105');
  await button(page, 'One pair on').click();
  await at('1 of 105');
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowRight');
  await at('3 of 105');
  await page.keyboard.press('ArrowLeft');
  await at('2 of 105');
  await page.waitForFunction(() => location.hash.includes('pair:2'));
  await button(page, 'One sentence on').click();
  await at('1 of 6');
  await at('18 of 105');
  await comes(page, () => cell('telephone', 7), '·');
  await comes(page, () => cell('telephone', 8), '1'); // screen
  await button(page, 'One pair on').click();
  await at('19 of 105');
  await button(page, 'One sentence back').click();
  await at('18 of 105');
  await page.getByRole('slider', { name: 'Pairs' }).fill('14');
  await comes(page, () => cell('telephone', 8), '·');
  await button(page, 'Constructed sentences').click();
  await page.getByText('26 916 of 26 916').waitFor();
  await page.keyboard.press('Control+z');
  await at('14 of 105');
  assert.deepEqual(errors, []);
});

test('counts, PPMI, cosines and vectors on the page are the core’s', async () => {
  const of = await meant('counts');
  const V = of.words.length;
  const number = (word: string) => of.words.indexOf(word);
  const apple = number('apple');
  const { page, errors } = await web.open('#meaning?tour=5');
  await shown(page);
  const company = await eventually(
    page,
    () => rowsOf(page, 'Company of a word'),
    (rows) => rows.length > 20,
  );
  for (const [word = '', n = '', ppmi = ''] of company) {
    assert.equal(Number(n), of.pairs[apple * V + number(word)], word);
    assert.ok(near(numberOf(ppmi), of.ppmi[apple * V + number(word)], 2), `${word} ${ppmi}`);
  }
  // the formula that is spelled out comes to the same
  const spelled = await page.locator('.wv-how').innerText();
  const [n, all, row, column, ppmi] = (spelled.match(/[\d ]+\.?\d*/g) ?? [])
    .map((one) => one.replace(/\s/g, ''))
    .filter(Boolean)
    .map(Number);
  assert.ok(near(Math.log(((n ?? 0) * (all ?? 0)) / ((row ?? 1) * (column ?? 1))), ppmi, 2), spelled);

  for (const by of ['counts', 'skip-gram'] as const) {
    const words = await meant(by);
    await go(page, `#meaning?panel=map&lab=by:${by}`);
    const cosine = words.after.at(-1)!.cosine;
    const at = words.words.indexOf('apple');
    const wanted = ranked(cosine.subarray(at * V, (at + 1) * V), [at]).slice(0, 10);
    const first = words.words[wanted[0]!.word];
    const rows = await eventually(
      page,
      () => rowsOf(page, 'Nearest words'),
      (some) => some[0]?.[0] === first,
    );
    assert.deepEqual(
      rows.map(([word]) => word),
      wanted.map(({ word }) => words.words[word]),
    );
    rows.forEach(([, , shown = ''], i) => {
      assert.ok(near(numberOf(shown), wanted[i]?.value, 2));
    });
    const vector = await page.locator('.wv-vector .sr').innerText();
    vector.split(', ').forEach((one, i) => {
      assert.ok(near(numberOf(one), words.after.at(-1)!.vectors[at * 16 + i], 2));
    });
  }
  assert.deepEqual(errors, []);
});

test('a pair of the training has the core’s numbers, wherever one steps', async () => {
  const { page, errors } = await web.open('#meaning?tour=9');
  await shown(page);
  const check = async (from: number) => {
    const { pairs, words } = stretchOf(await studied('skipgram', { seed: '1', from: String(from), count: '1' }));
    const pair = pairs[0]!;
    await page
      .getByText(new RegExp(`^${(from + 1).toLocaleString('en').replaceAll(',', '.')} of 1.076.640$`))
      .waitFor();
    const rows = await eventually(
      page,
      () => rowsOf(page, 'One pair, with its numbers'),
      (some) => some.length === 6 && some.every(([word = ''], k) => word.startsWith(`${words[pair.terms[k]!.word]} `)),
    );
    pair.terms.forEach((term, k) => {
      if (term.out) {
        assert.equal(rows[k]!.length, 2);
        return;
      }
      const [, score = '', sigma = '', there = '', error = '', loss = ''] = rows[k]!;
      for (const [shown, value] of [
        [score, term.score],
        [sigma, term.sigma],
        [there, term.there],
        [error, term.error],
        [loss, term.loss],
      ] as const)
        assert.ok(near(numberOf(shown), value, 3), `${from}, ${k}: ${shown} is ${value}`);
    });
    const moved = await page.locator('.wv-moved-row .sr').allInnerTexts();
    [pair.u, pair.slope, pair.after, pair.terms[0]!.v, pair.terms[0]!.slope, pair.terms[0]!.after].forEach(
      (values, i) => {
        moved[i]!.split(', ').forEach((one, n) => {
          assert.ok(near(numberOf(one), values[n], 3), `${from}: ${i}, ${n}`);
        });
      },
    );
  };
  await check(0);
  await button(page, 'One pair on').click();
  await check(1);
  await page.keyboard.press('ArrowLeft');
  await check(0);
  await page.getByRole('slider', { name: 'Pairs' }).fill('1000196');
  await check(1000196);
  await button(page, 'One pair back').click();
  await check(1000195);
  await button(page, 'One epoch back').click(); // to its beginning
  await check(18 * 53832);
  assert.deepEqual(errors, []);
});

test('it is learned anew in the tab with its loss on the way, undone, and the curve is the core’s', async () => {
  const { page, errors } = await web.open('#meaning?panel=learn');
  await shown(page);
  const losses = async () => (await rowsOf(page, 'The loss')).map(([, loss = '']) => numberOf(loss));
  const { loss, least } = await meant('skip-gram');
  const wanted = [...loss].map((one) => Number(one.toFixed(3)));
  assert.deepEqual(await eventually(page, losses, (some) => some.length === 20), wanted);
  await page.getByText(`Dashed: ${least.toFixed(3)}`).waitFor();
  // what is seen on the way: fewer epochs than there will be
  await page.evaluate(() => {
    const seen = new Set<number>();
    Object.assign(window, { seen });
    new MutationObserver(() =>
      seen.add(document.querySelectorAll('[data-control="lab.epochs"] tbody tr').length),
    ).observe(document.querySelector('.panel.wv') as Node, { childList: true, subtree: true });
  });
  const started = Date.now();
  await button(page, 'Learn from other sentences').click();
  await page.getByText('seed 2', { exact: true }).waitFor();
  assert.ok((await eventually(page, losses, (some) => some.length === 20)).some((one, i) => one !== wanted[i]));
  const ms = Date.now() - started;
  const seen = await page.evaluate(() => [...(window as unknown as { seen: Set<number> }).seen]);
  assert.ok(
    seen.some((rows) => rows > 0 && rows < 20),
    `${seen} rows were seen, in ${ms} ms`,
  );
  await page.waitForFunction(() => location.hash.includes('seed:2'));
  await page.keyboard.press('Control+z');
  await page.getByText('seed 1', { exact: true }).waitFor();
  assert.deepEqual(await eventually(page, losses, (some) => some.length === 20 && some[0] === wanted[0]), wanted);
  assert.deepEqual(errors, []);
});

test('an analogy has the core’s answers; own words may be asked, by vectors of any epoch', async () => {
  const { page, errors } = await web.open('#meaning?tour=13');
  await shown(page);
  const of = await meant('skip-gram');
  const check = async (asked: string, epoch: number) => {
    const [a, b, c] = asked.split(' ').map((word) => String(of.words.indexOf(word)));
    const inputs = { vectors: [...of.after[epoch]!.vectors] };
    const study = await studied('analogy', { size: '16', a: a!, b: b!, c: c! }, inputs);
    const best = ranked(study.arrays[0]!.values).slice(0, 8);
    const rows = await eventually(
      page,
      () => rowsOf(page, 'Answers'),
      (some) => some[0]?.[0] === of.words[best[0]!.word],
    );
    assert.deepEqual(
      rows.map(([word]) => word),
      best.map(({ word }) => of.words[word]),
    );
    rows.forEach(([, , shown = ''], i) => {
      assert.ok(near(numberOf(shown), best[i]?.value, 2));
    });
  };
  await check('king queen uncle', 20);
  await page.getByText('It holds').waitFor();
  await button(page, 'king : crown = uncle : ?').click();
  await check('king crown uncle', 20);
  await page.getByText('It fails').waitFor();
  await page.getByRole('combobox', { name: 'Third word' }).selectOption('sony');
  await check('king crown sony', 20);
  await page.waitForFunction(() => location.hash.includes('king.crown.sony'));
  await page.getByRole('slider', { name: 'Epochs' }).fill('1');
  await check('king crown sony', 1);
  assert.deepEqual(errors, []);
});
