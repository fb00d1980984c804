// What the page costs in Chromium, printed as JSON lines: time from navigation to the first real values and to
// interactive (median of 5 fresh profiles), and for training at the usual pace and at full speed: main-thread tasks over
// 50 ms, memory after 10 seconds and at the end; and how long 2,000 updates of a character GPT take with all that is drawn
// of it. Usage: measure-page.ts [SECONDS of each training, 180], or --gpt for the last alone. Needs dist/site (./dev release).

import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launch, serve } from '../../tests/web/bridge/browser.ts';
import { FOUR } from '../../web/src/exhibits/gpt/nets.ts';

const [first] = process.argv.slice(2);
const onlyGpt = first === '--gpt';
const seconds = onlyGpt ? 0 : Number(first ?? 180);
// Isolated, because only then does the browser say how much memory a page with its workers takes.
const { server, address: site } = await serve(join(import.meta.dirname, '../../dist/site'), {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
});
const address = `${site}#rnn`;
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const print = (row: object) => console.log(JSON.stringify(row));

async function mark(page: Page, name: string): Promise<number> {
  await page.waitForFunction((n) => performance.getEntriesByName(n).length > 0, name);
  return page.evaluate((n) => performance.getEntriesByName(n)[0]?.startTime ?? Number.NaN, name);
}

async function opening(): Promise<void> {
  const firstValues: number[] = [];
  const interactive: number[] = [];
  for (let i = 0; i < 5; i++) {
    const browser = await launch();
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(address);
    firstValues.push(await mark(page, 'unroll:first-values'));
    interactive.push(await mark(page, 'unroll:interactive'));
    await browser.close();
  }
  print({
    what: 'navigation to first real values',
    ms_median: Math.round(median(firstValues)),
    runs: firstValues.map(Math.round),
  });
  print({
    what: 'navigation to interactive',
    ms_median: Math.round(median(interactive)),
    runs: interactive.map(Math.round),
  });
}

/** Tasks of the main thread that take over 50 ms, as long as they took; each is told once. */
async function longTasks(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(globalThis, { longTasks: seen });
    new PerformanceObserver((list) => seen.push(...list.getEntries().map((e) => e.duration))).observe({
      type: 'longtask',
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks.splice(0));
}

/** Seconds of a processor that pages and their workers have taken so far, whatever else the machine does. */
async function processorSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { type, cpuTime }) => sum + (type === 'renderer' ? cpuTime : 0), 0);
}

/** Trains in a fresh browser; what it costs the main thread and in memory. */
async function training(where: string, pace: string): Promise<void> {
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(where);
  await mark(page, 'unroll:interactive');
  await page.waitForTimeout(2000); // what belongs to loading the page is over
  const tasks = await longTasks(page);
  const megabytes = () =>
    page.evaluate(async () => {
      const measure = (performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> })
        .measureUserAgentSpecificMemory;
      return (await measure.call(performance)).bytes / 2 ** 20;
    });
  await page.getByRole('button', { name: 'Play updates' }).click();
  const began = performance.now();
  await page.waitForTimeout(10_000);
  const long = await tasks();
  const early = await megabytes(); // collects garbage, which is no task of ours
  await tasks();
  await page.waitForTimeout(Math.max(0, seconds - 10) * 1000);
  long.push(...(await tasks()));
  const updates = await page.getByRole('slider', { name: 'Update' }).getAttribute('aria-valuenow');
  const trained = Math.round((performance.now() - began) / 1000); // the browser takes its time over the memory
  const late = await megabytes();
  print({
    what: `main-thread tasks over 50 ms while training ${pace}`,
    seconds: trained,
    updates: Number(updates),
    count: long.length,
    longest_ms: Math.round(Math.max(0, ...long)),
  });
  print({
    what: `memory of the page and its workers, MB, ${pace}`,
    after_10_s: round(early),
    at_the_end: round(late),
    growth: round(late - early),
  });
  await browser.close();
}
const round = (value: number) => Number(value.toFixed(1));

const UPDATES = 2000;
/** A character GPT of four blocks on prose, from the start, at full speed, with its curve, its samples and its heads. */
async function gpt(): Promise<void> {
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  const set = Object.entries(FOUR).map((entry) => entry.join(':'));
  await page.goto(`${site}#gpt?panel=train&seed=1&set=${set.join(';')}&lab=text:the%2Bwhite%2Bwhale&pace=0`);
  await mark(page, 'unroll:interactive');
  await page.locator('.gpt-every').waitFor();
  await page.waitForTimeout(2000); // what belongs to loading the page is over
  const tasks = await longTasks(page);
  await page.evaluate(() => {
    const drawn = { heads: 0, samples: 0 };
    for (const [key, of] of [
      ['heads', '.gpt-every'],
      ['samples', '.gpt-samples h2'],
    ] as const) {
      const place = document.querySelector(of) as Element;
      let before = '';
      new MutationObserver(() => {
        const now = place.getAttribute('data-update') ?? place.textContent ?? '';
        if (now !== before) drawn[key]++;
        before = now;
      }).observe(place, { attributes: true, subtree: true, childList: true, characterData: true });
    }
    Object.assign(globalThis, { drawn });
  });
  const [began, before] = [performance.now(), await processorSeconds(browser)];
  await page.getByRole('button', { name: 'Play updates' }).click();
  await page.waitForFunction(
    (last) => Number(document.querySelector('[role=slider][aria-label=Update]')?.getAttribute('aria-valuenow')) >= last,
    UPDATES,
    { timeout: 3_600_000, polling: 100 },
  );
  const took = (performance.now() - began) / 1000;
  const processor = (await processorSeconds(browser)) - before;
  await page.getByRole('button', { name: 'Pause updates' }).click();
  const long = await tasks();
  print({
    what: `${UPDATES} updates of a GPT with four blocks of 64 numbers on prose, ${FOUR.batch_size} pieces of 64 letters each`,
    seconds: round(took),
    processor_seconds: round(processor),
    ...(await page.evaluate(() => (globalThis as unknown as { drawn: object }).drawn)),
    tasks_over_50_ms: long.length,
    longest_ms: Math.round(Math.max(0, ...long)),
  });
  await browser.close();
}

if (!onlyGpt) {
  await opening();
  await training(`${site}#rnn`, 'at 200 updates a second');
  await training(`${site}#rnn?pace=0`, 'at full speed');
}
await gpt();
server.close();
