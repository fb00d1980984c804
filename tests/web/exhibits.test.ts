// What follows from an exhibit's folder, of every one of them, each in one page that goes from address to address: its
// paths are on the tape, its numbers are the core's, its tour can be walked, what it asks is hidden, axe finds nothing in
// light and dark, at a desk and on a phone, and nothing is wider than its screen. Where the usual run asks that of a view
// in one look only, --full asks it in each.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import type { Exhibit, Place, Told } from '../../web/src/exhibits/types.ts';
import { ofView } from '../../web/src/session/declared.ts';
import { violations } from './page/axe.ts';
import { comes, eventually, everyWord, go, lasting, numberOf, type Site, seeded, site } from './page/browser.ts';
import { exhibits } from './page/folders.ts';
import { namedNodes } from './page/places.ts';
import { FULL, some, spread } from './page/sample.ts';
import { buried, untold } from './page/told.ts';
import { type Traced, traceFirst } from './page/trace.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const KINDS = 12; // of nodes, of which the usual run compares a cell
const DESK = { width: 1280, height: 720 };
const PHONE = { width: 390, height: 844 };
// Contrast takes most of the time: the usual run measures it in one view a look, of the first or of the last.
const LOOKS = [
  { name: 'at a desk, light', theme: 'light', size: DESK, contrasted: 0 },
  { name: 'on a phone, dark', theme: 'dark', size: PHONE, contrasted: -1 },
  { name: 'at a desk, dark', theme: 'dark', size: DESK, contrasted: -1 },
  { name: 'on a phone, light', theme: 'light', size: PHONE, contrasted: 0 },
];
const kind = (at: Place) => (typeof at === 'string' ? at : Object.keys(at)[0]);

/** As the page writes it: four digits after the point, or two figures and a power of ten. */
const near = (shown: number, actual = Number.NaN) =>
  Math.abs(shown - actual) <=
  (Math.abs(actual) < 0.5e-4 || Math.abs(actual) >= 1e6 ? 0.051 * Math.abs(actual) : 0.51e-4);

/** Views that differ in their parts: one step of the tour of each kind, table, folded, a question, and its own panels. */
async function states(page: Page, { slug, tour }: Exhibit): Promise<string[]> {
  const network = tour.flatMap(({ show }, i) =>
    show.panel ? [] : [[`${kind(show.at)} ${show.view}`, `tour=${i + 1}`]],
  );
  const kinds = new Map(network as [string, string][]);
  const views = page.getByRole('group', { name: 'What the figure shows' }).getByRole('button');
  const panels: string[] = [];
  for (let i = 1; i < (await views.count()); i++) {
    await views.nth(i).click();
    await page.waitForFunction((seen) => {
      const now = /panel=(\w+)/.exec(location.hash)?.[1];
      return now !== undefined && !seen.includes(`at=0&panel=${now}`);
    }, panels);
    panels.push(`at=0&panel=${/panel=(\w+)/.exec(page.url())?.[1]}`);
  }
  const all = [...kinds.values(), 'tour=2&view=table', 'tour=2&folded=1', 'question=1', ...panels];
  return all.map((state) => `#${slug}?${state}`);
}

/** The control that its text speaks of is on screen and marked, and no other. */
async function meant(page: Page, { id, show }: Told): Promise<void> {
  const marks = page.locator('[data-marked]').filter({ visible: true });
  if (show.mark)
    await page.locator(`[data-control="${show.mark}"][data-marked]`).filter({ visible: true }).first().waitFor();
  const names = await marks.evaluateAll((all) => all.map((one) => one.getAttribute('data-control')));
  assert.deepEqual([...new Set(names)], show.mark ? [show.mark] : [], `marked in ${id}`);
}

/** Presses a cell of the column that is hidden, where its question mark is. */
async function pressCell(page: Page, cell: number): Promise<void> {
  const marks = page.locator('.network .asked');
  await marks.nth(cell).scrollIntoViewIfNeeded();
  const box = await marks.nth(cell).boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/** In figure, formula, inspector in each of its views, dock, tracks, names, titles, values: as a number, a share, or 1/T. */
async function hiddenEverywhere(page: Page, actual: number, of: string): Promise<void> {
  for (const view of ['Value', 'Table', 'Gradient']) {
    await page.getByRole('button', { name: view, exact: true }).click();
    const words = (await everyWord(page)).replaceAll('−', '-');
    // Two digits of one number may be those of another.
    for (const digits of [3, 4]) {
      const text = actual.toFixed(digits).replace(/^(-?)0\./, '$1.');
      const pattern = text.replace('-', '-0?').replaceAll('.', '\\.');
      const found = new RegExp(`(^|[^\\d.])0?${pattern}(?!\\d)`, 'm').exec(words);
      assert.equal(found, null, `${of}, ${view}: ${text} is on screen`);
    }
    const share = Math.round(1 / actual);
    if (share > 1 && Math.abs(actual - 1 / share) < 1e-6)
      assert.doesNotMatch(words, new RegExp(`1 ?/ ?(T|${share})(?!\\d)`), `${of}, ${view}: the fraction is on screen`);
  }
}

/** The cell that is right, from the numbers of the native program. */
function cellAsked({ pick, size }: { pick: 'least' | 'largest'; size?: true }, column: number[]): number {
  const ranked = column.map((v) => (size ? Math.abs(v) : v));
  return ranked.indexOf(pick === 'least' ? Math.min(...ranked) : Math.max(...ranked));
}

/** A count of a view of its own: what is hidden is nowhere in the view until it is said. */
async function askedOfView(page: Page, { slug, questions }: Exhibit, index: number): Promise<void> {
  await go(page, `#${slug}?question=${index + 1}`);
  await page.getByText(`Question ${index + 1} of ${questions.length}`).waitFor();
  const answer = page.getByLabel('Answer');
  const said = page.getByRole('article').getByRole('status');
  const guess = async (text: string, words: string | RegExp) => {
    await answer.fill(text);
    await answer.press('Enter');
    await said.getByText(words).waitFor();
  };
  const inView = async () => (await page.locator('.panel').innerText()).split(/[^\d.]+/);
  await guess('a few', 'A whole number, please');
  const hidden = await inView();
  const labels = await page.locator('.panel [aria-label]').evaluateAll((all) => all.map((one) => one.ariaLabel));
  // Halving, as a reader could: it tells too low and too high.
  let [low, high] = [0, 128];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    await guess(String(middle), /Too low|Too high|Right/);
    const words = await said.innerText();
    if (words.includes('Right')) {
      assert.ok(!hidden.includes(String(middle)), `question ${index + 1}: ${middle} is on screen`);
      assert.ok(!labels.some((one) => new RegExp(`\\b${middle}\\b`).test(one ?? '')), `${middle} is said`);
      assert.ok((await inView()).includes(String(middle)), 'then it is');
      return;
    }
    if (words.includes('low')) low = middle;
    else high = middle;
  }
  assert.fail(`question ${index + 1}: nothing from 1 to 127 is right`);
}

/** A side of a view of its own: both answers are judged, one of them right, by two numbers that were nowhere before. */
async function sideOfView(page: Page, { slug, questions }: Exhibit, index: number): Promise<void> {
  const said = page.getByRole('article').getByRole('status');
  const judged: string[] = [];
  for (const name of ['Larger', 'Smaller']) {
    await go(page, `#${slug}?tour=1`);
    await go(page, `#${slug}?question=${index + 1}`);
    await page.getByText(`Question ${index + 1} of ${questions.length}`).waitFor();
    const hidden = (await page.locator('.panel').innerText()).split(/[^\d.]+/);
    await page.getByRole('button', { name, exact: true }).click();
    await said.getByText(/^(Right|No):/).waitFor();
    const words = await said.innerText();
    const [value = '', than = ''] = words.match(/\d+\.\d+/g) ?? [];
    assert.equal(words.startsWith('Right') === (name === 'Larger'), Number(value) > Number(than), words);
    assert.ok(!hidden.includes(value), `question ${index + 1}: ${value} is on screen`);
    judged.push(words.split(':')[0] as string);
  }
  assert.deepEqual(judged.sort(), ['No', 'Right']);
}

for (const exhibit of exhibits) {
  const { slug } = exhibit;
  const walks = exhibit.walks !== false;
  const traced = walks ? traceFirst(exhibit) : [];
  const at = (path: string) => traced.find((node) => node.path === path);
  const forward = traced.filter(({ op }) => op !== 'leaf').length;

  walks &&
    test(`${slug}: every node that the tour and the questions name is on the tape`, () => {
      const named = namedNodes(exhibit);
      // Those that stand in the network name a place or a cell each.
      assert.ok(named.length >= exhibit.tour.filter(({ show }) => !show.panel && typeof show.at !== 'string').length);
      assert.ok(named.length > 0);
      assert.deepEqual(
        named.filter((path) => !at(path)),
        [],
      );
    });

  walks &&
    test(`${slug}: values and gradients in the table are those of \`unroll trace\`, a cell of every kind of node`, async () => {
      const random = seeded(20);
      const known = traced.filter(({ path, grad }) => grad !== undefined && !/\.(x|y)$/.test(path));
      const named = new Map<string, Traced[]>();
      for (const node of known) {
        const name = node.path.split('.').at(-1) ?? '';
        named.set(name, [...(named.get(name) ?? []), node]);
      }
      const { page, errors } = await web.exhibit(slug);
      for (const nodes of [...some([...named.values()], KINDS), known, known, known, known]) {
        const node = nodes[random(nodes.length)] as Traced;
        const cell = random(node.value.length);
        const what = `${node.path}[${cell}]`;
        await go(page, `#${slug}?at=${2 * forward}&node=${node.path}&cell=${cell}&view=table`);
        const row = page.getByRole('table', { name: node.path }).locator('tr[aria-current=true] td');
        const right = (numbers: number[]) =>
          near(numbers.at(-1) as number, node.grad?.[cell]) &&
          numbers.slice(0, -1).some((number) => near(number, node.value[cell]));
        const numbers = await eventually(page, async () => (await row.allInnerTexts()).map(numberOf), right);
        assert.ok(
          right(numbers),
          `${what} is ${node.value[cell]}, ∂J/∂ of it ${node.grad?.[cell]}; shown are ${numbers}`,
        );
      }
      assert.deepEqual(errors, []);
    });

  test(`${slug}: the whole tour can be walked, in either notation: each step says something of its own, its words are whole, its numbers in sight`, async () => {
    const { page, errors } = await web.exhibit(slug);
    const found: string[] = [];
    const { tour } = exhibit;
    for (const [notation] of spread(slug, ['the tour'], ['a', 'b'])) {
      const seen = new Set<string>();
      await go(page, `#${slug}?tour=1&notation=${notation}`);
      for (const [i, told] of tour.entries()) {
        const steps = page.getByRole('navigation', { name: 'Tour' }); // a clock may have as many moments
        await steps.getByText(`${i + 1} of ${tour.length}`, { exact: true }).waitFor();
        const step = page.getByRole('article').getByRole('region').first();
        const words = await step.innerText();
        seen.add(words);
        assert.doesNotMatch(words, /⟦|\{\{|\$|\\/);
        await meant(page, told);
        const wrong = await lasting(page, () => untold(page, true));
        // the terms of a weight, one a step, are as many as the text is long
        if (!told.show.select?.node.includes('W_')) wrong.push(...(await lasting(page, () => buried(page))));
        found.push(...wrong.map((what) => `step ${i + 1}, notation ${notation}: ${what}`));
        if (i + 1 < tour.length) await page.getByRole('button', { name: 'Tour: next step' }).click();
      }
      assert.equal(seen.size, tour.length);
    }
    assert.deepEqual(found, []);
    assert.deepEqual(errors, []);
  });

  walks &&
    test(`${slug}: nothing shown before goes back in time, but where the text says so`, () => {
      const { nodes } = { nodes: traced };
      const last = nodes.length;
      const order = (place: Place): number => {
        if (place === 'start') return 0;
        if (place === 'turn') return last;
        if (place === 'clip' || place === 'end') return 3 * last;
        const [how, path] = Object.entries(place)[0] as [string, string];
        const index = nodes.findIndex((node) => node.path === path);
        return how === 'after' ? index : how === 'back' ? 2 * last - index : 3 * last;
      };
      let before = 0;
      for (const { id, show } of exhibit.tour) {
        const now = order(show.at);
        if (!show.panel) assert.ok(now >= before || show.again, `${id} stands before the step that came before it`);
        if (!show.panel) before = now;
      }
    });

  walks &&
    test(`${slug}: after a question, and after what there is to try, all is as it was`, async () => {
      const { page, errors } = await web.exhibit(slug);
      await go(page, `#${slug}?tour=2`);
      // The reader's own: a text, a place, a view.
      // One of a pair is read word by word: any other of its digits, and it is a phrase.
      const own =
        exhibit.target === undefined && !exhibit.own ? exhibit.text.slice(0, -1) : exhibit.text.replace(/^\S+ /, '');
      const field = page.locator('[data-control=reading]').getByRole('textbox').first();
      await field.fill(own);
      await field.press('Enter');
      const address = (...parts: string[]) =>
        page.waitForFunction((parts) => {
          const at = document.querySelector('[role=slider][aria-label=Operation]')?.getAttribute('aria-valuenow');
          const hash = decodeURIComponent(location.hash.replaceAll('+', ' '));
          return [...parts, `at=${at}`].every((part) => hash.includes(part));
        }, parts);
      await address(`text=${own}`);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Table', exact: true }).click();
      await page.keyboard.press('ArrowRight');
      await address('view=table', `text=${own}`);
      const mine = page.url();
      const back = async (what: string) => {
        await page.waitForFunction((url) => location.href === url, mine).catch(() => {});
        assert.equal(page.url(), mine, what);
        await comes(page, () => field.inputValue(), own, what);
      };
      await page.getByRole('button', { name: 'Predict' }).click();
      await page.getByText('Question 1 of').waitFor();
      await page.waitForFunction((url) => location.href !== url, mine);
      await page.getByRole('button', { name: 'Done' }).click();
      await back('after the question');
      for (const [i, told] of some([...exhibit.try.entries()], 2)) {
        await page.getByRole('button', { name: 'Try this', exact: true }).click();
        for (let step = 0; step < i; step++) await page.getByRole('button', { name: 'Next to try' }).click();
        await page.getByText(`try ${i + 1} of ${exhibit.try.length}`, { exact: true }).waitFor();
        await meant(page, told);
        const deeds = Object.entries(told.do ?? {});
        const press = async (some: typeof deeds) => {
          for (const [id, { mark }] of some) {
            await page.locator(`.deed[data-do="${id}"]`).click();
            if (mark)
              await page.locator(`[data-control="${mark}"][data-marked]`).filter({ visible: true }).first().waitFor();
          }
        };
        await press(deeds.filter(([, { play }]) => !play));
        await page
          .waitForFunction((url) => location.href !== url, mine)
          .catch(() => assert.fail(`${told.id} shows nothing`));
        await press(deeds.filter(([, { play }]) => play));
        await page.getByRole('button', { name: 'Try this', exact: true }).click();
        await back(`after ${told.id}`);
      }
      assert.deepEqual(errors, []);
    });

  test(`${slug}: what is asked for is nowhere until it is guessed, and what is right is the core's`, async () => {
    const { page, errors } = await web.exhibit(slug);
    const kinds = exhibit.questions.map(({ kind }) => kind);
    assert.ok(
      kinds.some((kind) => kind !== 'number'),
      'one is about direction or order',
    );
    for (const [index, question] of exhibit.questions.entries()) {
      if (ofView(question)) {
        await (question.kind === 'count' ? askedOfView : sideOfView)(page, exhibit, index);
        continue;
      }
      const column = (path: string, what: 'value' | 'grad') => (at(path) as Traced)[what] as number[];
      const asked = column(question.node, question.what);
      const right = question.kind === 'cell' ? cellAsked(question, asked) : question.cell;
      await go(page, `#${slug}?question=${index + 1}`);
      await page.getByText(`Question ${index + 1} of ${exhibit.questions.length}`).waitFor();
      await hiddenEverywhere(page, asked[right] as number, `question ${index + 1}`);
      const said = page.getByRole('article').getByRole('status');
      const says = async (words: string) => {
        await said.getByText(words).waitFor();
        return (await said.allInnerTexts()).join(' ');
      };
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
      if (question.kind === 'number') {
        const actual = asked[question.cell] as number;
        await page.getByText(`within ±${question.tolerance}`).waitFor();
        const answer = page.getByLabel('Answer');
        const guess = async (text: string, words: string) => {
          await answer.fill(text);
          await answer.press('Enter');
          return says(words);
        };
        await guess('nothing', 'A number, please');
        await guess(String(actual - 3 * question.tolerance), 'Too low.');
        await guess(String(actual + 3 * question.tolerance), 'Too high.');
        const close = actual + question.tolerance / 2;
        const written = [`${(100 * close).toFixed(2)} %`, close.toFixed(4), `${(3 * close).toFixed(3)}/3`];
        const answered = await guess((written[index] as string).replace('-', '−').replace('.', ','), 'Close:');
        assert.ok(answered.includes(actual.toFixed(3).replace('-', '−')), `${actual} in ${answered}`);
      } else if (question.kind === 'choice') {
        const { than, cell } = question;
        const other = than === 0 ? 0 : (column(than.node, question.what)[cell] as number);
        const larger = (asked[cell] as number) > other;
        const names = than === 0 ? ['Above 0', 'Below 0'] : ['Larger', 'Smaller'];
        await press(names[larger ? 0 : 1] as string);
        await says('Right:');
        await go(page, `#${slug}?tour=1`);
        await go(page, `#${slug}?question=${index + 1}`);
        await press(names[larger ? 1 : 0] as string);
        await says('No:');
      } else {
        const field = page.getByLabel(`Cell, 1 to ${asked.length}`);
        await field.fill('99');
        await field.press('Enter');
        await says('A cell, please');
        const wrong = (right + 1) % asked.length;
        await pressCell(page, wrong);
        await says(`Not cell ${wrong + 1}.`);
        await pressCell(page, right);
        await says(`Right: cell ${right + 1}`);
      }
    }
    assert.deepEqual(errors, []);
  });

  test(`${slug}: axe finds nothing in any of its views, light and dark, at a desk and on a phone; nothing is wider`, async () => {
    const { page, errors } = await web.exhibit(slug);
    const found: string[] = [];
    for (const [{ name, theme, size, contrasted }, views] of spread(slug, await states(page, exhibit), LOOKS)) {
      await page.setViewportSize(size);
      for (const view of views) {
        await go(page, `${view}&theme=${theme}`);
        const wrong = await violations(page, FULL || view === views.at(contrasted) ? 'all' : 'structure');
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        if (wide > size.width) wrong.push(`${wide} wide`);
        found.push(...wrong.map((what) => `${view}, ${name}: ${what}`));
      }
    }
    assert.deepEqual(found, []);
    assert.deepEqual(errors, []);
  });
}
