// The bridge in Chromium: real worker, real frames, from a server and from a file. No time is asserted here.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import type { openBridge as Open } from '../../wasm/bridge/open.ts';
import type { Frame, Progress } from '../../wasm/bridge/protocol.ts';
import { core as makeCore } from '../wasm/modules.ts';
import { buildPage, launch, serve, visit } from './bridge/browser.ts';
import { type Spare, spare } from './page/spare.ts';

declare const openBridge: typeof Open;
const SETTINGS = { model: 'rnn_lm', task: 'names', seed: '1' };
const UPDATES = 12;

let browser: Browser;
let pages: Spare;
let server: Server;
let site: string;
let file: string;
let hash: string; // after UPDATES updates, by the same module in Node

before(async () => {
  const served = await serve(await buildPage('site'));
  server = served.server;
  site = served.address;
  file = pathToFileURL(join(await buildPage('single'), 'index.html')).href;
  browser = await launch();
  pages = spare(browser);
  const core = await makeCore();
  const run = core.create(SETTINGS, null);
  for (let i = 0; i < UPDATES; i++) run.step();
  hash = run.hash();
});
after(async () => {
  await browser?.close();
  server?.close();
});

for (const [name, where] of [
  ['a server', () => site],
  ['a file', () => file],
] as const) {
  test(`from ${name}: both builds run, train to the hash of Node, and bring updates back`, async () => {
    const { page, errors } = await visit(await pages.take({}), where());
    for (const simd of ['simd128', 'scalar'] as const) {
      const seen = await page.evaluate(
        async ({ simd, settings, updates }) => {
          const bridge = openBridge({ simd });
          const info = await bridge.call('info');
          await bridge.call('open', { settings });
          const ended = new Promise<void>((resolve) => bridge.on('progress', (p) => !p.running && resolve()));
          await bridge.call('train', { updates });
          await ended;
          const first = await bridge.call('hash');
          const { step } = await bridge.call('seek', { step: 3 });
          const early = await bridge.call('hash');
          await bridge.call('seek', { step: updates });
          const again = await bridge.call('hash');
          bridge.close();
          return { simd: info.simd, first, step, early, again };
        },
        { simd, settings: SETTINGS, updates: UPDATES },
      );
      assert.equal(seen.simd, simd);
      assert.equal(seen.first, hash);
      assert.equal(seen.step, 3);
      assert.notEqual(seen.early, hash);
      assert.equal(seen.again, hash);
    }
    assert.deepEqual(errors, []);
  });
}

for (const [name, where] of [
  ['a server', () => site],
  ['a file', () => file],
] as const) {
  test(`from ${name}: runs side by side each in a worker of its own, which ends with its bridge`, async () => {
    const { page, errors } = await visit(await pages.take({}), where());
    const made = await page.evaluate(
      async ({ settings, updates }) => {
        const bridges = [openBridge(), openBridge(), openBridge()];
        Object.assign(globalThis, { bridges });
        return Promise.all(
          bridges.map(async (bridge, i) => {
            await bridge.call('open', { settings: { ...settings, seed: ['1', '2', '1'][i]! } });
            const ended = new Promise<void>((resolve) => bridge.on('progress', (p) => !p.running && resolve()));
            await bridge.call('train', { updates });
            await ended;
            return bridge.call('hash');
          }),
        );
      },
      { settings: SETTINGS, updates: UPDATES },
    );
    assert.deepEqual([made[0], made[2]], [hash, hash]);
    assert.notEqual(made[1], hash);
    for (const left of [3, 2, 1]) {
      assert.equal(page.workers().length, left);
      const gone = page.workers()[0]!.waitForEvent('close');
      const answers = await page.evaluate(async () => {
        const { bridges } = globalThis as unknown as { bridges: ReturnType<typeof Open>[] };
        bridges.shift()!.close();
        return Promise.all(bridges.map((bridge) => bridge.call('hash')));
      });
      assert.deepEqual(answers, made.slice(4 - left), 'the others stand as they stood');
      await gone;
    }
    assert.equal(page.workers().length, 0);
    assert.deepEqual(errors, []);
  });
}

for (const [name, where] of [
  ['a server', () => site],
  ['a file', () => file],
] as const) {
  test(`from ${name}: the prose comes when it is wanted`, async () => {
    const { page, errors } = await visit(await pages.take({}), where());
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const prose = { model: 'lstm_lm', task: 'prose', seed: '1', hidden_size: '9' };
    const before = await page.evaluate(async (settings) => {
      const bridge = openBridge();
      Object.assign(globalThis, { bridge });
      await bridge.call('open', { settings });
      return bridge.call('hash');
    }, SETTINGS);
    assert.notEqual(before, '');
    assert.ok(!asked.some((url) => /moby-dick.*\.txt/.test(url)), 'not for names');
    const seen = await page.evaluate(async (settings) => {
      const { bridge } = globalThis as unknown as { bridge: ReturnType<typeof Open> };
      await bridge.call('open', { settings });
      const ended = new Promise<void>((resolve) => bridge.on('progress', (p) => !p.running && resolve()));
      await bridge.call('train', { updates: 2 });
      await ended;
      const hash = await bridge.call('hash');
      bridge.close();
      return hash;
    }, prose);
    const core = await makeCore();
    const run = core.create(prose, readFileSync('models/corpora/moby-dick.txt', 'utf8'));
    run.step();
    run.step();
    assert.equal(seen, run.hash());
    assert.deepEqual(errors, []);
  });
}

test('what is measured arrives whole, of the update on screen, as Node has it', async () => {
  const { page, errors } = await visit(await pages.take({}), site);
  const ask = { text: 'hannah', at: 5, param: 'W_h', token: 4 };
  const seen = await page.evaluate(
    async ({ settings, ask, updates }) => {
      const bridge = openBridge();
      await bridge.call('open', { settings });
      const norms: number[] = [];
      bridge.on('progress', (progress) => norms.push(progress.gradNorm));
      const ended = new Promise<void>((resolve) => bridge.on('progress', (p) => !p.running && resolve()));
      await bridge.call('train', { updates: updates + 5 });
      await ended;
      await bridge.call('seek', { step: updates });
      const reach = await bridge.call('reach', ask);
      const terms = await bridge.call('terms', ask);
      const saliency = await bridge.call('saliency', ask);
      const units = await bridge.call('units', { text: ask.text.repeat(100) });
      const { text } = await bridge.call('example', { index: 1 });
      const { loss } = await bridge.call('evaluate');
      const refused = await bridge.call('reach', { ...ask, at: 99 }).catch((error) => error);
      bridge.close();
      const steps = [reach, terms, saliency, units].map(({ step }) => step);
      return {
        steps,
        h: reach.h,
        terms: [...terms.terms],
        sum: [...terms.sum],
        sizes: saliency.sizes,
        units: [...units.h],
        text,
        loss,
        refused,
        norm: norms.at(-1)!,
      };
    },
    { settings: SETTINGS, ask, updates: UPDATES },
  );
  const core = await makeCore();
  const run = core.create(SETTINGS, null);
  for (let i = 0; i < UPDATES; i++) run.step();
  const measure = run.measure(ask.text);
  const { terms, sum } = measure.terms(ask.at, ask.param);
  assert.deepEqual(seen.steps, [UPDATES, UPDATES, UPDATES, UPDATES]);
  assert.deepEqual(seen.h, measure.reach(ask.at, 1).h);
  assert.deepEqual([seen.terms, seen.sum], [[...terms], [...sum]]);
  assert.deepEqual(seen.sizes, measure.saliency(ask.at, ask.token));
  assert.deepEqual(seen.units, [...run.units(ask.text.repeat(100), 1).h]);
  assert.deepEqual([seen.text, seen.loss], [run.example(1), run.evaluate(true).loss]);
  assert.equal(seen.refused.code, 'argument');
  for (let i = 0; i < 4; i++) run.step();
  assert.equal(seen.norm, run.step().gradNorm);
  assert.deepEqual(errors, []);
});

test('while training runs, frames come at most once an animation frame, alive, and stop is heard', async () => {
  const { page, errors } = await visit(await pages.take({}), site);
  const seen = await page.evaluate(async (settings) => {
    const bridge = openBridge();
    await bridge.call('open', { settings });
    const schema = await bridge.call('walk', { text: 'anna' });
    const hidden = schema.nodes.find((node) => node.path.startsWith('rnn.2') && node.op === 'tanh')!;
    await bridge.call('goto', { position: schema.forward });
    const frames: { step: number; values: string; length: number }[] = [];
    const reports: Progress[] = [];
    bridge.on('progress', (progress) => reports.push(progress));
    bridge.on('frame', (frame: Frame) => {
      const values = frame.values[0]!;
      frames.push({ step: frame.step, values: [...values.slice(0, 4)].join(), length: values.length });
    });
    await bridge.call('subscribe', { wanted: [{ node: hidden.id, what: 'value' }] });
    await bridge.call('train', { updates: Number.POSITIVE_INFINITY });
    let pictures = 0;
    const began = frames.length;
    // Where the worker gets little of the machine, until it has sent two.
    while (pictures < 30 || frames.length - began < 2) {
      await new Promise(requestAnimationFrame);
      pictures++;
    }
    const during = frames.length - began;
    const stopped = await bridge.call('stop');
    const after = await new Promise((resolve) => setTimeout(resolve, 100)).then(() => bridge.call('stop'));
    bridge.close();
    return { frames, during, pictures, stopped: stopped.step, after: after.step, reports, shape: hidden.shape };
  }, SETTINGS);
  assert.ok(seen.during >= 2, 'the figure lives');
  assert.ok(seen.during <= seen.pictures + 1, `${seen.during} frames in ${seen.pictures} pictures`);
  const [first, last] = [seen.frames[0]!, seen.frames.at(-1)!];
  assert.equal(
    first.length,
    seen.shape.reduce((a, b) => a * b, 1),
  );
  assert.ok(last.step > first.step);
  assert.notEqual(last.values, first.values);
  assert.ok(seen.stopped > 0);
  assert.equal(seen.after, seen.stopped);
  assert.equal(seen.reports.at(-1)!.running, false);
  const losses = seen.reports.flatMap((progress) => progress.losses);
  assert.equal(losses.length, seen.stopped);
  assert.deepEqual(errors, []);
});

test('errors arrive with code, place and a sentence', async () => {
  const { page } = await visit(await pages.take({}), site);
  const seen = await page.evaluate(async (settings) => {
    const bridge = openBridge();
    const file = new TextEncoder().encode('not a file of weights').buffer as ArrayBuffer;
    const errors = [
      await bridge.call('open', { settings: { ...settings, hidden_size: 'many' } }).catch((error) => error),
      await bridge.call('open', { file }).catch((error) => error),
      await bridge
        .call('open', { settings })
        .then(() => bridge.call('walk', { text: 'ж' }))
        .catch((error) => error),
    ];
    bridge.close();
    return errors as { code: string; node: string; message: string }[];
  }, SETTINGS);
  assert.deepEqual(
    seen.map((error) => error.code),
    ['setting', 'format', 'text'],
  );
  assert.equal(seen[0]!.node, 'hidden_size');
  for (const error of seen) assert.ok(error.message.length > 20, error.message);
});

test('a claim tells its rows while the exhibit trains on', async () => {
  const { page } = await visit(await pages.take({}), site);
  const seen = await page.evaluate(async (settings) => {
    const bridge = openBridge();
    await bridge.call('open', { settings });
    await bridge.call('train', { updates: Number.POSITIVE_INFINITY });
    const told = await new Promise<{ step: number; fraction: number }>((resolve) => {
      bridge.on('claim', (claim) => claim.step > 1 && resolve(claim));
      void bridge.call('claim', { id: 'rnn', seed: 1, costs: [[1, 1, 1]], short: true });
    });
    await bridge.call('stopClaim');
    const { step } = await bridge.call('stop');
    bridge.close();
    return { told, step };
  }, SETTINGS);
  assert.ok(seen.told.fraction > 0);
  assert.ok(seen.step > 0);
});

test('a worker that dies in the browser is replaced, and the run goes on as if it had not', async () => {
  const { page } = await visit(await pages.take({}), site);
  const replaced = page.evaluate(
    async ({ settings, updates }) => {
      const bridge = openBridge();
      await bridge.call('open', { settings });
      const ended = new Promise<void>((resolve) => bridge.on('progress', (p) => !p.running && resolve()));
      await bridge.call('train', { updates });
      await ended;
      const { settings: changed } = await bridge.call('set', { key: 'learning_rate', value: '0.02' });
      const { run } = await new Promise<{ run: { step: number; tip: number; settings: Record<string, string> } }>(
        (resolve) => {
          bridge.on('replaced', resolve);
          Object.assign(globalThis, { trained: true });
        },
      );
      const after = await bridge.call('hash');
      await bridge.call('seek', { step: 2 });
      await bridge.call('seek', { step: updates });
      const again = await bridge.call('hash');
      const { settings: undone } = await bridge.call('undo');
      bridge.close();
      const rates = [changed, run.settings, undone].map((of) => of.learning_rate);
      return { rates, step: run.step, tip: run.tip, after, again };
    },
    { settings: SETTINGS, updates: UPDATES },
  );
  await page.waitForFunction(() => 'trained' in globalThis);
  await page.workers()[0]!.evaluate(() => {
    setTimeout(() => {
      throw new Error('as if memory had run out');
    });
  });
  const { rates, ...rest } = await replaced;
  assert.deepEqual(rest, { step: UPDATES, tip: UPDATES, after: hash, again: hash });
  assert.deepEqual(rates.slice(0, 2), ['0.02', '0.02']);
  assert.notEqual(rates[2], '0.02');
});
