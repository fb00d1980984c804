// What views of the built page take in Chromium, printed as JSON lines. Dragging one of a hundred points of curve at M = 9:
// from each move of the mouse until all that it changes is drawn, and how many frames later that is seen. And studies as
// the page asks them of its worker, from the question to the answer. Usage: measure-views.ts. Needs dist/site (./dev
// release).

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launch, serve } from '../../tests/web/bridge/browser.ts';

const SURFACE = 200;
const RUNS = 9;
const MOVES = 60;

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
const median = (values: readonly number[]) => sorted(values)[values.length >> 1] ?? Number.NaN;
const round = (value: number) => Number(value.toFixed(1));
const spread = (values: readonly number[]) => ({
  ms_median: round(median(values)),
  ms_least: round(Math.min(...values)),
  ms_nine_in_ten: round(sorted(values)[Math.floor(0.9 * values.length)] ?? Number.NaN),
});
const print = (row: object) => console.log(JSON.stringify(row));

/** Isolated, because only then is the browser's clock fine enough. */
const { server, address } = await serve(join(import.meta.dirname, '../../dist/site'), {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
});
const browser = await launch();

/** Of each study that the page asks for: its name, and how long the answer took. */
interface Heard {
  study: string;
  settings: Record<string, string>;
  ms: number;
}
interface Listening {
  heard: Heard[];
  ask(request: object): Promise<number>;
  moves: { at: number; drawn: number; frames: number }[];
}
async function open(hash: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.addInitScript('globalThis.__name ??= (named) => named'); // which the loader of this file puts in
  await page.addInitScript(listen);
  await page.goto(address + hash);
  await page.waitForFunction(() => performance.getEntriesByName('unroll:first-values').length > 0);
  return page;
}

/** In the page, before its own code: what goes to its workers and comes back. */
function listen(): void {
  const asked = new Map<number, { study: string; settings: Record<string, string>; at: number }>();
  const heard: Heard[] = [];
  let beside: Worker | null = null;
  const waiting = new Map<number, (ms: number) => void>();
  class Watched extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (data.kind !== 'event' || data.name !== 'studied') return;
        const one = asked.get(data.event.id);
        if (!one) return;
        const ms = performance.now() - one.at;
        heard.push({ study: one.study, settings: one.settings, ms });
        waiting.get(data.event.id)?.(ms);
      });
    }
    override postMessage(message: { name?: string; params?: Record<string, never> }, transfer: Transferable[] = []) {
      if (message.name === 'study') {
        const { id, study, settings } = message.params as unknown as Heard & { id: number };
        asked.set(id, { study, settings, at: performance.now() });
        beside = this;
      }
      super.postMessage(message, transfer);
    }
  }
  Object.assign(globalThis, { Worker: Watched, heard, moves: [] });
  let last = 1e6;
  const ask = (request: object) =>
    new Promise<number>((resolve) => {
      const id = ++last;
      waiting.set(id, resolve);
      beside?.postMessage({ kind: 'request', id, name: 'study', params: { ...request, id } });
    });
  Object.assign(globalThis, { ask });
}

/** A study that no view asks for at this size, of the worker that answers the page's own. */
async function timed(page: Page, what: string, request: object): Promise<void> {
  const took: number[] = [];
  for (let i = 0; i <= RUNS; i++) {
    const ms = await page.evaluate((one) => (globalThis as unknown as Listening).ask(one), request);
    if (i > 0) took.push(ms); // the first compiles
  }
  print({ what, ...spread(took), runs: took.length });
}

async function studies(): Promise<void> {
  const page = await open('#descent');
  await page.waitForFunction(() => (globalThis as unknown as Listening).heard.length > 0);
  const net = 'mlp xor hidden_1=3 hidden_2=0 activation=tanh';
  const steps = String(SURFACE);
  const of = { study: 'surface', settings: { steps, first: '0', second: '1' } };
  await timed(page, `error surface ${steps} x ${steps} of a 2-3-1 net, 4 points`, {
    ...of,
    inputs: { net: `${net} points=4` },
  });
  await timed(page, 'all linear pieces of a 1 x 95 net', {
    study: 'regions',
    inputs: { net: 'mlp spiral hidden_1=95 hidden_2=0 activation=relu init=he' },
  });
  await page.close();
}

/** As the view learns them: all epochs, what is there told on the way. */
async function skipgram(): Promise<void> {
  const page = await open('#meaning?lab=by:skip-gram;text:made');
  const learned = ({ study, settings }: Heard) => study === 'meaning' && settings.by === 'skip-gram';
  await page.waitForFunction(
    () => (globalThis as unknown as Listening).heard.some(({ settings }) => settings?.by === 'skip-gram'),
    null,
    { timeout: 120_000 },
  );
  const all = await page.evaluate(() => (globalThis as unknown as Listening).heard);
  for (const { settings, ms } of all.filter(learned))
    print({ what: 'skip-gram of the constructed corpus', epochs: Number(settings.epochs), seconds: round(ms / 1000) });
  await page.close();
}

/** In the page: when each move of the mouse came, when the last of what it changes was drawn, and frames between. */
function watchMoves(): void {
  const { moves } = globalThis as unknown as Listening;
  let frames = 0;
  const count = () => {
    frames++;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  let from = 0;
  const drawn = () => {
    const now = moves.at(-1);
    if (now) Object.assign(now, { drawn: performance.now() - now.at, frames: frames - from + 1 });
  };
  addEventListener(
    'pointermove',
    () => {
      from = frames;
      moves.push({ at: performance.now(), drawn: Number.NaN, frames: Number.NaN });
    },
    true,
  );
  new MutationObserver(drawn).observe(document.querySelector('.curve-panel') as Element, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    clearRect.apply(this, box);
    drawn();
  };
}

async function drag(): Promise<void> {
  const page = await open('#curve?panel=fit&lab=m:9;n:100');
  const point = page.getByRole('button', { name: /^Point 50:/ });
  const box = await point.boundingBox();
  if (!box) throw new Error('Point 50 is not on screen.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(watchMoves);
  for (let i = 1; i <= MOVES + 10; i++) {
    await page.mouse.move(x, y + (i % 2 === 0 ? i : -i));
    await page.waitForTimeout(80); // each by itself
  }
  const all = (await page.evaluate(() => (globalThis as unknown as Listening).moves)).slice(10);
  await page.mouse.up();
  print({
    what: 'dragging a point of 100 at M = 9: from a move until all is drawn',
    ...spread(all.map(({ drawn }) => drawn)),
    moves: all.length,
    within_16_ms: all.filter(({ drawn }) => drawn <= 16).length,
    seen_in_the_next_frame: all.filter(({ frames }) => frames <= 2).length,
  });
  await page.close();
}

await drag();
await studies();
await skipgram();
await browser.close();
server.close();
