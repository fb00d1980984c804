// The exhibit of the gradient through time: every number it shows is the core's.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { exhibit } from '../../web/src/exhibits/bptt/exhibit.ts';
import { comes, everyWord, type Site, shown, site } from './page/browser.ts';
import { type Traced, trace } from './page/trace.ts';

let web: Site;
let traced: Traced[];
before(async () => {
  web = await site();
  traced = trace(exhibit.weights, exhibit.text);
});
after(() => web?.close());

const at = (path: string) => traced.find((node) => node.path === path);

test('the walk back: gradients of the core in the open step, terms of W_h under the steps', async () => {
  const { page, errors } = await web.open('#bptt?tour=4');
  await shown(page);
  const state = at('rnn.4.h') as Traced;
  await page.getByText('3 / 7').waitFor();
  const figures = (state.grad ?? []).map((gradient) => gradient.toFixed(3).replace(/^(-?)0\./, '$1.'));
  assert.equal(figures.length, 8);
  const missing = async () => {
    const words = (await everyWord(page)).replaceAll('−', '-');
    return figures.filter((figure) => !words.includes(figure));
  };
  await comes(page, missing, [], '∂J/∂h in the open step');
  assert.deepEqual(errors, []);
});
