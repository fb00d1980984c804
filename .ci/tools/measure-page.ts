// What the page costs in Chromium, printed as JSON lines: time from navigation to the first real values and to
// interactive (median of 5 fresh profiles), and for training at the usual pace and at full speed: main-thread tasks over
// 50 ms, memory after 10 seconds and at the end. Usage: measure-page.ts [SECONDS of each training, 180]. Needs dist/site
// (./dev release).

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launch, serve } from '../../tests/web/bridge/browser.ts';

const seconds = Number(process.argv[2] ?? 180);
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

/** Trains in a fresh browser; what it costs the main thread and in memory. */
async function training(where: string, pace: string): Promise<void> {
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(where);
  await mark(page, 'unroll:interactive');
  await page.waitForTimeout(2000); // what belongs to loading the page is over
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(globalThis, { longTasks: seen });
    new PerformanceObserver((list) => seen.push(...list.getEntries().map((e) => e.duration))).observe({
      type: 'longtask',
    });
  });
  const tasks = () => page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks.splice(0));
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

await training(`${site}#rnn`, 'at 200 updates a second');
await training(`${site}#rnn?pace=0`, 'at full speed');
server.close();
