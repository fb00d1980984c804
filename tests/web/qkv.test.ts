// Exhibit 16: a number that is changed, and all that follows; what undo and a link make of it; words of one's own; rows.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { comes, go, numberOf, type Site, shown, site } from './page/browser.ts';
import { type Traced, trace } from './page/trace.ts';

let web: Site;
let traced: Traced[];
before(async () => {
  web = await site();
  traced = trace('sentence', 'Zuko made his uncle tea');
});
after(() => web?.close());

const thrown = (path: string, cell: number) => traced.find((node) => node.path === path)?.value[cell] ?? Number.NaN;

test('a weight is typed anew and all after it follows; undo, redo and the link bring it back', async () => {
  const { page, errors } = await web.open('#qkv?at=8&node=V&cell=4');
  await shown(page);
  const answers = page.locator('.network table').first();
  /** The first number of the answer to a word, as the figure's table has it. */
  const answer = async (row: number) =>
    numberOf((await answers.locator('tbody tr').nth(row).locator('td').nth(11).innerText()) ?? '');
  await comes(page, async () => (await answer(3)).toFixed(2), thrown('head.o', 3 * 4 + 1).toFixed(2));
  const field = page.getByRole('spinbutton', { name: 'Row 2, column 1 of V' });
  await field.fill('5');
  await field.press('Enter');
  // v_j2 grows by 4 times the first number of word j, and o as much as its weights say
  const grown = [0, 1, 2, 3, 4].reduce((sum, j) => sum + thrown('head.a', 15 + j) * 4 * thrown('head.x', 4 * j), 0);
  const wanted = (thrown('head.o', 13) + grown).toFixed(2);
  await comes(page, async () => (await answer(3)).toFixed(2), wanted);
  await page.waitForFunction(() => /value_2_1.*cell=4/.test(location.hash));
  const link = page.url().split('#')[1] as string;
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await comes(page, async () => (await answer(3)).toFixed(2), thrown('head.o', 13).toFixed(2));
  await page.getByRole('button', { name: /^Redo/ }).first().click();
  await comes(page, async () => (await answer(3)).toFixed(2), wanted);
  await go(page, '#qkv?tour=1');
  await go(page, `#${link}`);
  await comes(page, async () => (await answer(3)).toFixed(2), wanted);
  await page.getByRole('button', { name: 'As thrown' }).click();
  await comes(page, async () => (await answer(3)).toFixed(2), thrown('head.o', 13).toFixed(2));

  // a number of x is taken from the column of its own word; with nothing to write there are no panes
  await go(page, '#qkv?tour=1');
  await page.getByText('is 1 in place 9, that of uncle, and 0 elsewhere: the product is column 9').waitFor();
  assert.equal(await page.getByRole('group', { name: 'Beside the clocks' }).count(), 0);
  await go(page, '#qkv?at=8');

  // words that nobody threw yet
  const reading = page.locator('[data-control=reading]').getByRole('textbox');
  await reading.fill('my aunt drinks tea');
  await reading.press('Enter');
  await page.getByRole('button', { name: 'Read it, with words of its own' }).click();
  await comes(page, () => answers.locator('tbody tr').count(), 4);
  await comes(page, () => answers.locator('tbody th').nth(1).innerText(), '2 aunt');

  // shuffled, with keys of another sentence
  await page.waitForFunction(() => location.hash.includes('aunt')); // else there is nowhere to go back from
  await go(page, '#qkv?at=8');
  await comes(page, () => answers.locator('tbody tr').count(), 5); // the sentence is the exhibit's again
  await page.getByRole('button', { name: 'Shuffle' }).click();
  await comes(page, () => answers.locator('tbody th').first().innerText(), '1 made');
  // what stood in this row before was another word's
  await page.locator('.side .look-up').first().waitFor();
  assert.equal(await page.getByText(/^With “/).count(), 0);
  await page.getByRole('switch', { name: 'Other keys' }).click();
  await comes(page, () => page.getByRole('switch', { name: 'Other keys' }).getAttribute('aria-checked'), 'true');
  await comes(page, () => answers.locator('thead th').nth(1).innerText(), 'score of his, 1');
  assert.deepEqual(errors, []);
});

test('a number is worked out: hidden, typed, compared; then the gradient of a weight, a term a word', async () => {
  const { page, errors } = await web.open('#qkv?text=Zuko%20made%20his%20uncle%20tea&at=8&node=head.e&cell=18');
  await shown(page);
  await page.getByRole('button', { name: /^Work out/ }).click();
  const field = page.getByRole('textbox', { name: 'Your Row 4, column 4 of head.e' });
  const said = page.locator('.qkv-work').getByRole('status');
  // the walk has just made it: nothing of what follows is there, and it stands nowhere
  await page.waitForFunction(() => location.hash.includes('at=5'));
  await page.locator('.network .asked').first().waitFor();
  const right = thrown('head.e', 18);
  await field.fill(String(right + 1));
  await field.press('Enter');
  await said.getByText('Too high.').waitFor();
  await field.fill(String(right));
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await said.getByText(`Right: ${right}`).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: /^Work out/ }).waitFor();

  await go(page, '#qkv?tour=13');
  const terms = page.getByRole('table', { name: 'Row 2, column 2: a term from each word' });
  const numbers = async (column: number) =>
    (await terms.locator(`tbody tr td:nth-of-type(${column})`).allInnerTexts()).map(numberOf);
  const close = (a: number, b: number) => Math.abs(a - b) < 6e-4;
  // ∂J/∂v_j2 is the weight with which uncle looks at word j
  const weights = [0, 1, 2, 3, 4].map((j) => thrown('head.a', 15 + j));
  const wanted = weights.map((weight, j) => weight * thrown('head.x', 4 * j + 1));
  await comes(
    page,
    async () => (await numbers(3)).map((one, j) => close(one, wanted[j] as number)),
    Array(5).fill(true),
  );
  const sum = numberOf(await terms.locator('.sum td').innerText());
  assert.ok(
    close(
      sum,
      wanted.reduce((all, one) => all + one, 0),
    ),
  );
  await page.getByRole('button', { name: /^Work out/ }).click();
  await page.getByRole('textbox', { name: 'Your gradient of row 2, column 2 of V' }).fill(String(sum));
  await page.keyboard.press('Enter');
  await said.getByText(/^Right: 0\.416/).waitFor();
  assert.deepEqual(errors, []);
});
