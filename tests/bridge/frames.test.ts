import assert from 'node:assert/strict';
import test from 'node:test';
import type { Frame } from '../../wasm/bridge/protocol.ts';
import { wire } from './fake.ts';

async function walked() {
  const wired = wire();
  const frames: Frame[] = [];
  wired.client.on('frame', (frame) => frames.push(frame));
  await wired.client.call('open', { settings: {} });
  await wired.client.call('walk', { text: 'ab' });
  const draw = async () => {
    for (const callback of wired.pictures.splice(0)) callback();
    await wired.slices(0);
  };
  return { ...wired, frames, draw };
}
const value = (node: number) => ({ node, what: 'value' as const });

test('a frame has the values wanted, in their order, as floats or indices', async () => {
  const { client, frames, slices } = await walked();
  await client.call('goto', { position: 3 });
  await client.call('subscribe', { wanted: [value(1), { node: 7, what: 'grad' }] });
  await slices(0);
  assert.equal(frames.length, 1);
  const { step, position, gradNorm, clipScale, values } = frames[0]!;
  assert.deepEqual([step, position, gradNorm, clipScale], [0, 3, 2, 0.5]);
  assert.ok(values[0] instanceof Float32Array);
  assert.equal(values[0].length, 6);
  assert.deepEqual(values[1], new Int32Array([3, 7]));
});

test('nobody is sent a frame who wants none', async () => {
  const { client, frames, slices } = await walked();
  await client.call('goto', { position: 3 });
  await slices(0);
  assert.equal(frames.length, 0);
});

test('one frame is under way; the next has what is true when it is drawn', async () => {
  const { client, frames, draw } = await walked();
  await client.call('subscribe', { wanted: [value(0)] });
  for (const position of [1, 2, 3, 4]) await client.call('goto', { position });
  assert.equal(frames.length, 1);
  await draw();
  assert.deepEqual(
    frames.map((f) => f.position),
    [0, 4],
  );
  await draw();
  await draw();
  assert.equal(frames.length, 2, 'nothing has changed');
});

test('training sends a frame a picture, whatever the number of slices', async () => {
  const { client, frames, draw, slices } = await walked();
  await client.call('subscribe', { wanted: [value(0)] });
  await draw();
  await client.call('train', { updates: Number.POSITIVE_INFINITY });
  await slices(10);
  assert.equal(frames.length, 2);
  await draw();
  assert.equal(frames.length, 3);
  assert.ok(frames[2]!.step > frames[1]!.step, 'the figure lives');
  assert.notEqual(frames[2]!.values[0]![0], frames[1]!.values[0]?.[0]);
});

test('two buffers go back and forth, and the one on screen stays whole', async () => {
  const { client, frames, draw } = await walked();
  await client.call('subscribe', { wanted: [value(0)] });
  for (let position = 1; position <= 6; position++) {
    await client.call('goto', { position });
    assert.equal(frames.at(-1)!.values[0]!.length, 6, 'on screen');
    await draw();
    assert.equal(frames.at(-1)!.values[0]!.length, 6, 'still on screen');
  }
  // Two are this side of the port at most: all frames before those gave their buffers back.
  const whole = frames.filter((f) => f.values[0]!.length > 0);
  assert.ok(whole.length <= 2, `${whole.length} of ${frames.length} frames kept their buffer`);
});

test('a frame for an older subscription is not shown, and its successor comes', async () => {
  const { client, frames, draw, slices } = await walked();
  const first = client.call('subscribe', { wanted: [value(0)] });
  const second = client.call('subscribe', { wanted: [value(5), value(6)] });
  await Promise.all([first, second]);
  await slices(0);
  assert.equal(frames.length, 0);
  await draw();
  assert.equal(frames.length, 1);
  assert.equal(frames[0]!.values.length, 2);
});

test('while a frame that is not shown comes and goes, the one on screen keeps its numbers', async () => {
  const { client, frames, draw, pictures } = await walked();
  await client.call('subscribe', { wanted: [value(0)] });
  await draw();
  const shown = frames.at(-1)!;
  // The worker answers the first of them while the second is on its way already.
  const [first, second] = [[value(5)], [value(5), value(6)]].map((wanted) => client.call('subscribe', { wanted }));
  await Promise.all([first, second]);
  for (const callback of pictures.splice(0)) callback();
  assert.equal(frames.at(-1), shown);
  assert.equal(shown.values[0]!.length, 6, 'its buffer is here until another is shown');
  await draw();
  assert.equal(frames.at(-1)!.values.length, 2);
});

test('a seek shows the update that it brings back, at the same position', async () => {
  const { client, frames, draw, rest } = await walked();
  await client.call('goto', { position: 5 });
  await client.call('train', { updates: 30 });
  await rest();
  await client.call('subscribe', { wanted: [value(0)] });
  await draw();
  const seek = client.call('seek', { step: 17 });
  await rest();
  await seek;
  await draw();
  assert.deepEqual([frames.at(-1)!.step, frames.at(-1)!.position], [17, 5]);
});

test('another run has no walk until it is asked for, and frames of it only then', async () => {
  const { client, frames, draw, slices } = await walked();
  await client.call('subscribe', { wanted: [value(0)] });
  await draw();
  await client.call('open', { settings: { seed: '4' } });
  await slices(0);
  await assert.rejects(client.call('goto', { position: 1 }), { code: 'state' });
  const count = frames.length;
  await client.call('walk', { text: 'a' });
  await client.call('subscribe', { wanted: [value(2)] });
  await draw();
  assert.equal(frames.length, count + 1);
});
