// From the back row, of every exhibit: a step's title and two of its sentences, its numbers in every row, no samples and
// no settings, and losses that are large enough, on an axis that is right.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { parseExhibit } from '../../web/build/markdown.ts';
import { coder } from '../../web/src/figures/coder/index.ts';
import { layout } from '../../web/src/figures/recurrent/layout.ts';
import { halves } from '../../web/src/stage/paint.ts';
import { eventually, go, numberOf, picture, type Site, shown, site } from './page/browser.ts';
import { walking } from './page/folders.ts';
import { trainN, until } from './page/run.ts';
import { some } from './page/sample.ts';
import { wish } from './unit/laid.ts';
import { walked } from './unit/walked.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const LARGE = { width: 1920, height: 1080 };
const SMALL = { width: 1280, height: 720 };
const STEPS = 6; // of a tour that the usual run looks at

/** The room of the drawing, in its units. */
const roomOf = (page: Page) =>
  page.locator('.network .drawing').evaluate(({ clientWidth, clientHeight }) => {
    const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    return { width: clientWidth / unit, height: clientHeight / unit };
  });

/** Rows of the open step that have no number in this room, at any position, there and back. */
async function withoutNumber(model: string, text: string, units: number, room: { width: number; height: number }) {
  const schema = await walked(model, text, units);
  const found: string[] = [];
  for (let position = 1; position <= 2 * schema.forward; position++) {
    const { scene } = layout(wish(schema, position, room.width, room.height));
    const { ground } = scene;
    assert.ok(ground);
    for (const mark of scene.vectors) {
      const open = mark.x >= ground.x && mark.x + mark.w <= ground.x + ground.w;
      if (!open || mark.rows.y.length > units || mark.rows.top > ground.h * 0.7) continue; // the alphabet, and the letter's own
      const told = mark.rows.y.every(
        (_, row) => mark.figures && mark.rows.readable(row) && halves(mark, row).value.h >= 10.6,
      );
      if (!told) found.push(`${model} at ${position}: ${schema.nodes[mark.node]?.path}`);
    }
  }
  return found;
}

/** Of an encoder and a decoder, which have more cells than rows that can be read: what has no number in the row, or of
 *  the word, that is looked at, at any position of the walk. */
async function withoutLooked(settings: Record<string, string>, room: { width: number; height: number }) {
  const { attention = 'none', hidden_size = '32' } = settings;
  const made = { task: 'reverse', length: '6', symbols: '6', attention };
  const schema = await walked('seq2seq', 'badce', Number(hidden_size), made);
  const a = coder.read(schema);
  assert.ok(a);
  const found: string[] = [];
  for (let position = 1; position <= 2 * schema.forward; position++) {
    const now = schema.nodes.find((n) => n.forward === position || n.backward === position) ?? null;
    const open = a.stops.findIndex((stop) => now && stop.nodes.includes(now));
    const focus = 3;
    const { scene } = coder.layout(a, {
      ...{ schema, position, now, open: open < 0 ? null : open, box: room, folded: false, looked: false },
      ...{ focus, quarter: 0, weight: null, part: null, notation: 'a', text: (token) => `w${token}` },
    });
    for (const mark of scene.vectors) {
      const row = mark.rows.y.length > focus ? focus : 0;
      const strip = mark.across && mark.rows.y.length === Number(hidden_size); // beside what is written: colours alone
      if (strip || mark.shown === 'pending') continue;
      const { value } = halves(mark, row);
      const told = mark.figures && mark.rows.readable(row) && value.h >= 10.6 && value.w >= 16;
      if (!told) found.push(`${attention} at ${position}: ${schema.nodes[mark.node]?.path}`);
    }
  }
  return found;
}

for (const { slug, kind, tour, try: tries, settings, text, target, own, model, variants = [{ model }] } of walking)
  test(`${slug}: title, two sentences and a number in every row; samples and settings make room`, async () => {
    const items = parseExhibit(readFileSync(`web/src/exhibits/${slug}/en.md`, 'utf8')).sections.tour?.items ?? [];
    for (const viewport of process.env.UNROLL_FULL ? [LARGE, SMALL] : [LARGE]) {
      const { page, errors } = await web.exhibit(slug);
      await page.setViewportSize(viewport);
      const units = Number(settings.hidden_size);
      const rooms: { width: number; height: number }[] = [];
      for (const [i, { show }] of some([...tour.entries()], STEPS)) {
        const hash = `#${slug}?tour=${i + 1}`;
        await go(page, `${hash}&mode=projector`);
        await picture(page);
        if (!show.panel) rooms.push(await roomOf(page));
        const words = page.getByRole('article').getByRole('region', { name: items[i]?.title as string });
        await words.getByRole('heading').waitFor();
        assert.equal(await words.locator('.later:visible').count(), 0, hash);
        for (const left of ['Samples', 'Settings'])
          assert.equal(
            await page.getByRole('region', { name: left, exact: true }).isVisible(),
            false,
            `${hash}: ${left}`,
          );
      }
      // but where a text speaks of them
      const spoken = tries.findIndex(({ show }) => show.mark === 'samples' || show.mark === 'settings');
      if (spoken >= 0) {
        await page.getByRole('button', { name: 'Try this', exact: true }).click();
        for (let i = 0; i < spoken; i++) await page.getByRole('button', { name: 'Next to try' }).click();
        for (const there of ['Samples', 'Settings'])
          await page.getByRole('region', { name: there, exact: true }).waitFor();
      }
      const height = Math.min(...rooms.map((room) => room.height));
      const width = Math.min(...rooms.map((room) => room.width));
      // an encoder and a decoder have more cells than rows that can be read: those looked at have theirs
      // and of matrices those that are read (unit/matrices.test.ts)
      for (const { model: each } of target === undefined && own === undefined && kind !== 'blocks' ? variants : [])
        assert.deepEqual(await withoutNumber(each, text, units, { width, height }), []);
      if (target !== undefined) assert.deepEqual(await withoutLooked(settings, { width, height }), []);
      assert.deepEqual(errors, []);
    }
  });

/** What the numbers of the loss's axis say, and where they stand. */
const axis = async (page: Page) => {
  const labels = await page
    .locator('.curves svg text.t3')
    .evaluateAll((all) => all.map((one) => ({ words: one.textContent ?? '', y: one.getBoundingClientRect().y })));
  return labels.map(({ words, y }) => ({ value: numberOf(words.replace(/ .*/, '')), y })).sort((a, b) => a.y - b.y);
};

test('the losses take a sixth of the height at least; their axis is of these losses, after every change of size', async () => {
  for (const viewport of [LARGE, SMALL]) {
    const { page } = await web.open('#rnn?seed=5', { viewport });
    await shown(page);
    await trainN(page, 60);
    await until(page, 60);
    for (const mode of ['at a desk', 'projected', 'at a desk again']) {
      for (let i = 0; i < 3; i++) await picture(page);
      const track = page.locator('[data-clock=update] .track');
      const loss = numberOf(/[\d.]+/.exec((await track.getByText(/^J /).first().textContent()) ?? '')?.[0] ?? '');
      const read = async () => (await axis(page)).map(({ value }) => value);
      const right = (values: number[]) =>
        values.length >= (mode === 'projected' ? 3 : 1) &&
        values.every((value, i) => Math.abs(value - loss) < 1.5 && value <= (values[i - 1] ?? value));
      const values = await eventually(page, read, right);
      assert.ok(right(values), `${mode}: the loss is ${loss}, its axis ${values}`);
      if (mode === 'projected') {
        const height = (await track.boundingBox())?.height ?? 0;
        assert.ok(height >= viewport.height / 6, `${height} of ${viewport.height}`);
      }
      await page.keyboard.press('p');
    }
    await web.put(page);
  }
});
