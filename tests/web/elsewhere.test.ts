// Exhibit 22 in the page: its numbers beside the core's for all three tasks; a chain typed, a point drawn, a day moved by key,
// each undone and in the address; the walk; what is shared.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { DEFAULTS } from '../../web/src/exhibits/elsewhere/defaults.ts';
import { type Task, textOf } from '../../web/src/exhibits/elsewhere/lab.ts';
import { comes, go, numberOf, type Site, shown, site } from './page/browser.ts';
import { PROGRAM } from './page/trace.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const lines = (...args: string[]) =>
  execFileSync(PROGRAM, [...args, '--json'], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
/** What the core says of a sequence: every node of the shipped net, and the simple way. */
function core(task: Task, text: string) {
  const weights = join(import.meta.dirname, `../../models/${task}.safetensors`);
  const nodes = new Map<string, { value: number[]; shape: number[] }>();
  for (const node of lines('trace', '--weights', weights, '--input', text)) nodes.set(node.path, node);
  const study = lines('study', 'simple', '--seed', '7', '--set', `task=${task}`, '--set', `text=${text}`);
  const array = (name: string): number[] => study.find((one) => one.array === name)?.values ?? [];
  return { value: (path: string) => nodes.get(path)?.value.flat(9) ?? [], array };
}
const cells = (page: Page, table: string, nth = 0) =>
  page
    .locator(table)
    .nth(nth)
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')));
const near = (a: number | undefined, b: number | undefined, by: number) =>
  Math.abs((a ?? Number.NaN) - (b ?? Number.NaN)) < by;
const said = '.elsewhere .side-column table';
const open = async (page: Page, task: Task) => {
  await page.getByRole('group', { name: 'Which sequence' }).getByRole('button', { name: task, exact: false }).click();
  await page.locator(`.elsewhere[data-task=${task}]`).waitFor();
};

test('answers, errors and looks of all three are the core’s numbers', async () => {
  const { page, errors } = await web.open('#elsewhere?panel=look');
  await shown(page);
  for (const task of ['protein', 'digits', 'days'] as const) {
    if (task !== 'protein') await open(page, task);
    const { value, array } = core(task, textOf(task, DEFAULTS));
    const right = (rows: string[][]) =>
      task === 'days'
        ? near(numberOf(rows[1]?.[0] ?? ''), value('y_hat')[0], 6e-3) &&
          near(numberOf(rows[2]?.[0] ?? ''), array('said')[0], 6e-3) &&
          near(numberOf(rows[3]?.[0] ?? ''), array('said')[1], 6e-3)
        : value('y_hat').every(
            (share, c) =>
              near(numberOf(rows[c]?.[0] ?? ''), share, 6e-4) &&
              near(numberOf(rows[c]?.[1] ?? ''), array('distances')[c], 6e-3),
          );
    await comes(page, async () => right(await cells(page, said)), true, task);
    const simple = (await cells(page, said, 1)).slice(1).map(([error]) => numberOf(error ?? ''));
    assert.ok(simple.every((error, i) => near(error, array('errors')[i], 6e-4)) && simple.length > 0, task);
    const tokens = Math.sqrt(value('blocks.2.head1.a').length);
    const looks = await cells(page, '.elsewhere-looks ~ .sr table');
    assert.equal(looks.length, tokens);
    for (const [i, row] of looks.entries())
      for (const [k, path] of ['blocks.1.head1.a', 'blocks.1.head2.a', 'blocks.2.head1.a'].entries())
        assert.ok(near(numberOf(row[k] ?? ''), value(path)[i], 6e-3), `${task} ${i} ${path}`);
  }
  assert.deepEqual(errors, []);
});

test('a chain is typed and turned, a point drawn, a day moved by key; each is in the address, and undone', async () => {
  const { page, errors } = await web.open('#elsewhere?panel=look');
  await shown(page);
  const chain = () => page.locator('.elsewhere-residues').getAttribute('aria-label');
  const field = page.getByRole('textbox', { name: 'A chain of up to 24 residues' });
  await field.fill('mkllavlvallagstderknqpts');
  await field.press('Enter');
  await comes(page, async () => (await chain())?.includes('MKLLAVLVALLAGSTDERKNQPTS'), true);
  await page.getByRole('button', { name: 'Turn it round' }).click();
  await comes(page, async () => (await chain())?.includes('STPQNKREDTSGALLAVLVALLKM'), true);
  await comes(page, async () => page.url().includes('STPQNKREDTSGALLAVLVALLKM'), true);
  await page.keyboard.press('Control+z');
  await comes(page, async () => (await chain())?.includes('MKLLAVLVALLAGSTDERKNQPTS'), true);
  await open(page, 'digits');
  const point = page.locator('[data-point="143"]');
  await comes(page, () => point.getAttribute('aria-label'), 'row 12, column 12: 0 of 9');
  await point.focus();
  await page.keyboard.press('Enter');
  await comes(page, () => point.getAttribute('aria-label'), 'row 12, column 12: 9 of 9');
  await page.keyboard.press('Control+z');
  await comes(page, () => point.getAttribute('aria-label'), 'row 12, column 12: 0 of 9');
  await open(page, 'days');
  const day = page.getByRole('button', { name: /^day 14, / }).first();
  await day.focus();
  const before = await day.getAttribute('aria-label');
  await page.keyboard.press('Shift+ArrowUp');
  await comes(page, async () => (await day.getAttribute('aria-label')) !== before, true);
  assert.deepEqual(errors, []);
});

test('the walk shows every number of an operation; only embedding and answer differ in size', async () => {
  const { page, errors } = await web.open('#elsewhere?panel=walk&lab=op:1');
  await shown(page);
  const { value } = core('protein', DEFAULTS.protein);
  const figure = '.elsewhere-numbers ~ .sr table';
  await comes(
    page,
    async () => {
      const rows = await cells(page, figure);
      return (
        rows.length === 25 &&
        rows.every((row, i) => row.every((one, c) => near(numberOf(one), value('e')[16 * i + c], 6e-3)))
      );
    },
    true,
  );
  await page.getByRole('button', { name: 'Block 2' }).click();
  await page.locator('[data-node^="blocks.2."]').waitFor();
  await page.keyboard.press('ArrowRight');
  await go(page, '#elsewhere?panel=same');
  const counts: string[][] = [];
  for (const task of ['protein', 'digits', 'days'] as const) {
    if (task !== 'protein') await open(page, task);
    const first = { protein: '352', digits: '272', days: '32' }[task];
    await comes(page, async () => (await cells(page, '.elsewhere-same'))[0]?.[1], first, task);
    counts.push((await cells(page, '.elsewhere-same')).map(([, count]) => count ?? ''));
  }
  assert.ok(counts.every(([, places, blocks]) => places === counts[0]?.[1] && blocks === counts[0]?.[2]));
  assert.deepEqual(errors, []);
});
