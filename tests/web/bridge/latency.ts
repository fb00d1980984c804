// How long the worker takes to hear "stop" while it trains, in Chromium, as a JSON line: node --import tsx FILE
// Needs build/wasm and build/wasm-scalar (./dev release). Not a test: what it measures depends on the machine.

import type { openBridge as Open } from '../../../wasm/bridge/open.ts';
import { buildPage, launch, serve, visit } from './browser.ts';

declare const openBridge: typeof Open;
const TIMES = 40;

const { address, server } = await serve(await buildPage('site'));
const browser = await launch();
const { page } = await visit(await browser.newPage(), address);
const measured = await page.evaluate(async (times) => {
  const bridge = openBridge();
  await bridge.call('open', { settings: { model: 'rnn_lm', task: 'names', seed: '1' } });
  const waits: number[] = [];
  for (let i = 0; i < times; i++) {
    await bridge.call('train', { updates: Number.POSITIVE_INFINITY });
    await new Promise((resolve) => setTimeout(resolve, 150 + 7 * i));
    const asked = performance.now();
    await bridge.call('stop');
    waits.push(performance.now() - asked);
  }
  const history = await bridge.call('history');
  return { waits: waits.sort((a, b) => a - b), updates: history.curve.tip };
}, TIMES);
const { waits, updates } = measured;
const round = (ms: number | undefined) => Math.round((ms ?? Number.NaN) * 10) / 10;
console.log(
  JSON.stringify({ what: 'stop heard', ms_median: round(waits[TIMES >> 1]), ms_worst: round(waits.at(-1)), updates }),
);
await browser.close();
server.close();
