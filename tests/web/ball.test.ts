// Exhibit 11 in the page: its numbers beside the core's, clocks by buttons and keys, a throw by key, memory taken away.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { core } from '../wasm/modules.ts';
import { comes, go, numberOf, type Site, shown, site } from './page/browser.ts';
import { PROGRAM } from './page/trace.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const WEIGHTS = join(import.meta.dirname, '../../models/ball.safetensors');
interface Frame {
  frame: number;
  seen: [number, number];
  guess?: [number, number];
  own: [number, number];
  read_speed?: [number, number];
}
interface Way {
  way: string;
  next: number;
  after_own_steps: number[];
}
/** What the core says of a throw, frame by frame, then of three ways, then of the speed. */
function rolled(input: string, given = '10') {
  const options = ['trace', '--weights', WEIGHTS, '--rolled', '--given', given, '--input', input, '--json'];
  const lines = execFileSync(PROGRAM, options, { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { frames: lines.slice(0, -4) as Frame[], ways: lines.slice(-4, -1) as Way[], speed: lines.at(-1) };
}
const rows = async (page: Page, table: string) =>
  (
    await page
      .locator(`${table} tbody tr`)
      .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')))
  ).map((row) => row.map((cell) => cell.split(' ').map(numberOf)));
const near = (a: number | undefined, b: number | undefined, by = 6e-4) =>
  Math.abs((a ?? Number.NaN) - (b ?? Number.NaN)) < by;

test('every frame, every error and the speed are the core’s numbers', async () => {
  const { page, errors } = await web.open('#ball?panel=throw&lab=side:table');
  await shown(page);
  for (const [lab, input, given] of [
    ['side:table', '0.15,0.55>0.65,0.25', '10'],
    ['side:table;throw:800_200_-700_500;given:4', '0.8,0.2>-0.7,0.5', '4'],
  ] as const) {
    const { frames } = rolled(input, given);
    await go(page, `#ball?panel=throw&lab=${lab}`);
    await comes(
      page,
      async () => {
        const all = await rows(page, '.ball-table');
        return (
          all.length === 31 &&
          all.every(([came, said], i) => {
            const { seen, own, guess } = frames[i] as Frame;
            const to = i >= Number(given) ? own : guess;
            return (
              near(came?.[0], seen[0]) &&
              near(came?.[1], seen[1]) &&
              (i === 0 || (near(said?.[0], to?.[0]) && near(said?.[1], to?.[1])))
            );
          })
        );
      },
      true,
      lab,
    );
  }
  // the row of the present frame is in sight, between the head that stays and the end
  await go(page, '#ball?panel=throw&lab=side:table;frame:29');
  const seen = async () => {
    const [head, row, all] = await Promise.all(
      ['thead th', '[aria-current]', ''].map((of) => page.locator(`.ball-table ${of}`).first().boundingBox()),
    );
    return head && row && all ? row.y >= head.y + head.height && row.y + row.height <= all.y + all.height : null;
  };
  await comes(page, seen, true);
  const { ways, speed, frames } = rolled('0.15,0.55>0.65,0.25');
  await go(page, '#ball?panel=errors');
  await comes(
    page,
    async () => {
      const [next, one] = await rows(page, '.ball-side table');
      return ways.every(
        (way, i) => near(next?.[i]?.[0], way.next, 6e-5) && near(one?.[i]?.[0], way.after_own_steps[0]),
      );
    },
    true,
  );
  await go(page, '#ball?panel=speed&lab=frame:12');
  await comes(
    page,
    async () => {
      const tables = await page.locator('.ball-side table').count();
      if (tables < 2) return false;
      const [, read] = await rows(page, '.ball-side table:first-of-type');
      const said = frames[11]?.read_speed;
      const [off] = await rows(page, '.ball-side table:last-of-type');
      return (
        near(read?.[0]?.[0], said?.[0], 6e-3) &&
        near(read?.[1]?.[0], said?.[1], 6e-3) &&
        near(off?.[0]?.[0], speed.speed_error)
      );
    },
    true,
  );
  assert.deepEqual(errors, []);
});

test('frames and operations go by buttons and keys; a throw by key is undone; held gates forget', async () => {
  const { page, errors } = await web.open('#ball?panel=throw&lab=frame:9');
  await shown(page);
  const at = (words: string) => page.getByText(words, { exact: true }).first().waitFor();
  await at('9 of 31');
  await page.getByRole('button', { name: 'One frame on' }).click();
  await at('10 of 31');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await at('12 of 31');
  await page.waitForFunction(() => /frame:12/.test(location.hash));
  const ball = page.getByRole('button', { name: /^Where it is thrown from/ });
  await ball.focus();
  await page.keyboard.press('ArrowUp');
  await page.waitForFunction(() => /throw:150_570_650_250/.test(location.hash));
  await page.keyboard.press('Control+z');
  await page.waitForFunction(() => !/throw:150_570/.test(location.hash));
  await page.getByRole('button', { name: 'Take its memory away' }).click();
  await page.getByRole('button', { name: 'Give its memory back' }).waitFor();
  // each frame is then said from its own place alone, as the core says it with both gates held
  const held = (await core()).load(readFileSync(WEIGHTS), null);
  held.set('hold_z', '0');
  held.set('hold_r', '0');
  const { guess } = held.rolled('0.15,0.55>0.65,0.25', 10);
  held.free();
  await page.getByRole('button', { name: 'What came' }).click();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await comes(
    page,
    async () => {
      const all = await rows(page, '.ball-table');
      return all.slice(1).map(([, said], i) => near(said?.[0], guess[2 * i + 2]) && near(said?.[1], guess[2 * i + 3]));
    },
    Array(30).fill(true),
  );
  await go(page, '#ball?panel=inside&lab=frame:12;op:18');
  await at('18 of 44');
  await page.getByRole('button', { name: 'One operation on' }).click();
  await at('19 of 44');
  await page.keyboard.press('ArrowLeft');
  await at('18 of 44');
  assert.deepEqual(errors, []);
});
