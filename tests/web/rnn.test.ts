// The exhibit of the recurrent network: every number it shows is the core's.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { exhibit } from '../../web/src/exhibits/rnn/exhibit.ts';
import { comes, everyWord, picture, type Site, shown, site } from './page/browser.ts';
import { type Traced, trace } from './page/trace.ts';

let web: Site;
let traced: Traced[];
before(async () => {
  web = await site();
  traced = trace(exhibit.weights, exhibit.text);
});
after(() => web?.close());

const at = (path: string) => traced.find((node) => node.path === path);
/** Walk positions up to the last gradient: the mean loss and every operation before it, twice. */
const forward = () => 10 * (exhibit.text.length + 1) + 1;

test('the losses over the figure are those of the core, and so is their mean', async () => {
  const { page } = await web.open(`#rnn?at=${forward()}`);
  await shown(page);
  const last = at(`rnn.${exhibit.text.length + 1}.J`)?.value[0]?.toFixed(2) ?? '?';
  await page.getByRole('table', { name: 'What each step holds' }).getByText(last).waitFor({ state: 'attached' });
  const losses = traced.filter(({ path }) => /^rnn\.\d+\.J$/.test(path) || path === 'J');
  const missing = async () => {
    const words = await everyWord(page);
    return losses.filter(({ value }) => !words.includes((value[0] as number).toFixed(2))).map(({ path }) => path);
  };
  await comes(page, missing, []);
});

test('revealed instead of guessed, and on to the next question', async () => {
  const { page } = await web.open('#rnn');
  await shown(page);
  await page.getByRole('button', { name: 'Predict' }).click();
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByText('Revealed:').waitFor();
  await page.getByRole('button', { name: 'Next question' }).click();
  await page.getByText('Question 2 of 3').waitFor();
});

test('another name is read; foreign letters, nothing, and too much get a way on', async () => {
  const { page } = await web.open('#rnn');
  await shown(page);
  const name = page.getByLabel('Name to read');
  const read = async (text: string) => {
    await name.fill(text);
    await name.press('Enter');
  };
  await read('bo');
  await page.waitForFunction(
    () => document.querySelector('[role=slider][aria-label=Token]')?.getAttribute('aria-valuemax') === '3',
  );
  await read('müll3r');
  const alert = page.getByRole('alert');
  await alert.getByText('ü and 3 are not among the 26 letters').waitFor();
  await page.getByRole('button', { name: 'Read “mllr”' }).click();
  await page.waitForFunction(
    () => document.querySelector('[role=slider][aria-label=Token]')?.getAttribute('aria-valuemax') === '5',
  );
  await read('');
  await alert.getByText('Nothing to read').waitFor();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await comes(page, () => name.inputValue(), 'mllr');
  await read('a'.repeat(41));
  await alert.getByText('too many').waitFor();
});

test('both notations, and the network folded', async () => {
  const { page } = await web.open('#rnn?tour=4');
  await shown(page);
  const prose = page.getByRole('article');
  await page.getByRole('button', { name: /Notation b/ }).click();
  await page.locator('html[data-notation=b]').waitFor();
  const visible = (which: string) => prose.locator(`${which} .katex`).first().isVisible();
  await comes(page, async () => [await visible('.nb'), await visible('.na')], [true, false]);
  await page.getByRole('button', { name: 'Fold' }).click();
  await page.getByRole('button', { name: 'Unroll' }).click();
  await page.getByRole('button', { name: 'Fold' }).waitFor();
});

test('what the text says of the last letter and of the first is so', () => {
  const steps = (text: string, node: string) => {
    const nodes = trace(exhibit.weights, text);
    return [1, 2, 3, 4, 5, 6, 7].map((t) => nodes.find(({ path }) => path === `rnn.${t}.${node}`)?.value.join());
  };
  const changed = (text: string, node: string) => {
    const [before, after] = [steps('amelia', node), steps(text, node)];
    assert.ok(before.every((value) => value !== undefined));
    return before.flatMap((value, i) => (value === after[i] ? [] : [i + 1]));
  };
  assert.deepEqual(
    ['h', 'y_hat', 'J'].map((node) => changed('amelin', node)),
    [[7], [7], [6, 7]],
  );
  assert.deepEqual(changed('emelia', 'h'), [2, 3, 4, 5, 6, 7]);
});

test('the last question ends with one "Done"', async () => {
  const { page } = await web.open(`#rnn?question=${exhibit.questions.length}`);
  await shown(page);
  await page.getByRole('button', { name: 'Reveal' }).click();
  assert.equal(await page.getByRole('button', { name: 'Done' }).count(), 1);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Predict' }).waitFor();
});

test('no line of the text column is cut, and nothing of it stands over anything else', async () => {
  const { page } = await web.open('#rnn?tour=2');
  await shown(page);
  const room = () =>
    page.getByRole('article').evaluate((column) => {
      const words = column.querySelector('.words') as HTMLElement;
      const box = words.getBoundingClientRect();
      // Of lines, not of paragraphs: those may go on where the next page begins.
      const range = document.createRange();
      const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
      const lines: DOMRect[] = [];
      while (walker.nextNode()) {
        range.selectNodeContents(walker.currentNode);
        lines.push(...range.getClientRects());
      }
      const cut = lines.filter(
        ({ top, bottom }) =>
          (top < box.top - 4 && bottom > box.top + 4) || (top < box.bottom - 4 && bottom > box.bottom + 4),
      );
      const parts = [...column.children].map((part) => part.getBoundingClientRect()).filter(({ height }) => height > 0);
      const over = parts.filter(({ top }, i) => i > 0 && top < (parts[i - 1]?.bottom ?? 0) - 1);
      const wide = [...column.querySelectorAll('*')].filter(
        (part) => !part.closest('svg') && part.getBoundingClientRect().right > column.getBoundingClientRect().right + 1,
      );
      return { cut: cut.length, over: over.length, wide: wide.map((part) => part.className) };
    });
  const fine = { cut: 0, over: 0, wide: [] };
  const read = async (text: string) => {
    await page.getByLabel('Name to read').fill(text);
    await page.keyboard.press('Enter');
    if (/^[a-z]+$/.test(text))
      await page.waitForFunction(
        (steps) =>
          document.querySelector('[role=slider][aria-label=Token]')?.getAttribute('aria-valuemax') === String(steps),
        text.length + 1,
      );
    else await page.getByRole('alert').waitFor();
    await picture(page);
  };
  for (const text of ['a', 'ab', 'abc', 'abcdefghijklmnopqrstuvwxyz'.repeat(2).slice(0, 40), 'müll3r'.repeat(9)]) {
    await read(text);
    await comes(page, room, fine, text);
  }
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.getByRole('button', { name: 'Try this' }).click();
  for (let i = 1; i <= 3; i++) {
    await comes(page, room, fine, `try ${i}`);
    if (i < 3) await page.getByRole('button', { name: 'Next to try' }).click();
  }
});
