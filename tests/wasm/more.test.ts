// more.wasm: what a first view can do without, put into the memory of a core that is running.
import assert from 'node:assert/strict';
import test from 'node:test';
import { makeCore } from '../../wasm/bridge/core.ts';
import { failure, type RunLike } from '../../wasm/bridge/corelike.ts';
import { bytesOf, core, SMALL, textOf } from './modules.ts';

const trained = (run: RunLike, updates: number) => {
  for (let i = 0; i < updates; i++) run.step();
  return run;
};

for (const simd of ['simd128', 'scalar'] as const) {
  test(`${simd}: it comes when it is asked for, once, and again where it could not be had`, async () => {
    let fetched = 0;
    const c = await makeCore(bytesOf(simd), async () => {
      if (++fetched === 1) throw failure('file', 'more.wasm', 'more.wasm could not be loaded (offline).');
      return bytesOf(simd, 'more');
    });
    c.bring('names', textOf('names'));
    const run = trained(c.create(SMALL, null), 3);
    assert.equal(fetched, 0, 'a run does without');
    await assert.rejects(c.more(), /offline/);
    const [first, second] = await Promise.all([c.more(), c.more()]);
    assert.deepEqual([fetched, first], [2, second]);
    assert.ok(run.gradcheck().worst < 1e-6, 'a run that was there before');
    const whole = await core(simd);
    assert.equal(
      trained(run, 3).hash(),
      trained(whole.create(SMALL, null), 6).hash(),
      'and goes on as if nothing came',
    );
  });
}

test('of another core it is refused, and the core goes on', async () => {
  const c = await makeCore(bytesOf('simd128'), async () => new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  c.bring('names', textOf('names'));
  await assert.rejects(c.more());
  trained(c.create(SMALL, null), 1);
});

test('every study begins with no other text than the one that it says it reads', async () => {
  const c = await makeCore(bytesOf('simd128'), async () => bytesOf('simd128', 'more'));
  const { studies } = await c.more();
  const texts = { author: 'moby-dick' } as Record<string, string>; // named in the request
  for (const { name, reads } of studies) {
    for (const text of [reads, texts[name] ?? '']) if (text) c.bring(text, textOf(text));
    const study = c.study({ study: name });
    study.step();
    study.free();
    for (const text of [reads, texts[name] ?? '']) if (text) c.bring(text, new Uint8Array());
  }
});
