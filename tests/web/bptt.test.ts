// The exhibit of the gradient through time: every number it shows is the core's.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { exhibit } from '../../web/src/exhibits/bptt/exhibit.ts';
import { everyWord, numberOf, type Site, seeded, shown, site } from './page/browser.ts';
import { namedNodes } from './page/places.ts';
import { type Traced, trace } from './page/trace.ts';

let web: Site;
let traced: Traced[];
before(async () => {
  web = await site();
  traced = trace(exhibit.weights, exhibit.text);
});
after(() => web?.close());

const at = (path: string) => traced.find((node) => node.path === path);

test('every node that the tour and the questions name is on the tape', () => {
  const named = namedNodes(exhibit);
  assert.ok(named.length > 12);
  assert.deepEqual(
    named.filter((path) => !at(path)),
    [],
  );
});

test('it opens on the walk back: gradients of the core in the open step, terms of W_h under the steps', async () => {
  const { page, errors } = await web.open('#bptt');
  await shown(page);
  await page.getByText('From the end to the start').waitFor();
  const state = at('rnn.4.h') as Traced;
  const rest = (await everyWord(page)).replaceAll('−', '-');
  for (const gradient of state.grad ?? []) {
    const figure = gradient.toFixed(3).replace(/^(-?)0\./, '$1.');
    assert.ok(rest.includes(figure), `∂J/∂h ${figure} is in the open step`);
  }
  await page.getByText('3 / 7').waitFor();
  assert.deepEqual(errors, []);
});

test('gradients in the table are those of `unroll trace --backward`, cell by cell', async () => {
  const random = seeded(8);
  const nodes = traced.filter(({ path, grad }) => grad !== undefined && !/\.(x|y)$/.test(path));
  // The mean, and ten operations a step with the start mark's, twice.
  const end = 2 * (10 * (exhibit.text.length + 1) + 1);
  for (let i = 0; i < 16; i++) {
    const node = nodes[random(nodes.length)] as Traced;
    const cell = random(node.value.length);
    const { page, errors } = await web.open(`#bptt?at=${end}&node=${node.path}&cell=${cell}&view=table`);
    await shown(page);
    const table = page.getByRole('region', { name: 'Inspector' }).getByRole('table');
    await table.waitFor();
    const row = (await table.locator('tr[aria-current=true] td').allInnerTexts()).map(numberOf);
    const [gradient, wanted] = [row.at(-1) as number, node.grad?.[cell] as number];
    // Four digits after the point, or two figures and a power of ten.
    const room = Math.abs(wanted) < 0.5e-4 ? 0.051 * Math.abs(wanted) : 0.51e-4;
    assert.ok(Math.abs(gradient - wanted) <= room, `∂J/∂ of ${node.path}[${cell}]: ${gradient}, not ${wanted}`);
    assert.deepEqual(errors, []);
    await page.close();
  }
});

test('a gradient that is asked for is nowhere until it is guessed', async () => {
  for (const [index, question] of exhibit.questions.entries()) {
    const node = at(question.node) as Traced;
    const actual = (question.what === 'grad' ? node.grad : node.value)?.[question.cell] as number;
    const { page, errors } = await web.open(`#bptt?question=${index + 1}`);
    await shown(page);
    await page.getByText('Asked.').waitFor();
    for (const view of ['Value', 'Table', 'Gradient']) {
      await page.getByRole('button', { name: view, exact: true }).click();
      const words = (await everyWord(page)).replaceAll('−', '-');
      for (const digits of [3, 4]) {
        const text = actual.toFixed(digits).replace(/^(-?)0\./, '$1.');
        const pattern = new RegExp(`(^|[^\\d.])${text.replace('-', '-0?').replaceAll('.', '\\.')}(?!\\d)`, 'm');
        assert.equal(pattern.exec(words), null, `question ${index + 1}, ${view}: ${text} is on screen`);
      }
    }
    const answer = page.getByLabel('Answer');
    await answer.fill(String(actual + 3 * question.tolerance));
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('Not yet.').waitFor();
    await answer.fill((actual + question.tolerance / 2).toFixed(4));
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('Close:').waitFor();
    assert.deepEqual(errors, []);
    await page.close();
  }
});

test('the whole tour can be walked, and each step says something of its own', async () => {
  const { page, errors } = await web.open('#bptt');
  await shown(page);
  const seen = new Set<string>();
  for (let i = 1; i <= exhibit.tour.length; i++) {
    await page.getByText(`${i} of ${exhibit.tour.length}`, { exact: true }).waitFor();
    const step = page.getByRole('article').getByRole('region').first();
    const words = await step.innerText();
    seen.add(words);
    assert.doesNotMatch(words, /⟦|\{\{|\$|\\/);
    const [full, box] = await step.evaluate((element) => [element.scrollHeight, element.clientHeight]);
    assert.ok((full as number) <= (box as number) + 1, `step ${i} is cut: ${full} of ${box}`);
    if (i < exhibit.tour.length) await page.getByRole('button', { name: 'Tour: next step' }).click();
  }
  assert.equal(seen.size, exhibit.tour.length);
  assert.deepEqual(errors, []);
});
