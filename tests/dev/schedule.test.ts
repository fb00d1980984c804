// How checks share the cores: nothing before what it needs, never more at once than there is room for, and no waiting
// where something else could run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Job, schedule } from '../../.ci/tools/schedule.ts';

/** Runs them on two cores, each until `end` says so; tells what was running whenever one began. */
function scheduled(jobs: Job[]) {
  const running = new Map<string, () => void>();
  const log: string[] = [];
  const whole = schedule(jobs, 2, async ({ name }) => {
    const ended = new Promise<void>((resolve) => running.set(name, resolve));
    log.push([...running.keys()].join('+'));
    await ended;
    running.delete(name);
  });
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const end = async (name: string) => {
    const resolve = running.get(name);
    assert.ok(resolve, `${name} runs`);
    resolve();
    await settled();
  };
  return { log, end, whole };
}

test('what is needed comes first, two at a time', async () => {
  const { log, end, whole } = scheduled([
    { name: 'page', needs: ['core'] },
    { name: 'core' },
    { name: 'types' },
    { name: 'style' },
  ]);
  assert.deepEqual(log, ['core', 'core+types']);
  await end('core');
  assert.deepEqual(log.slice(2), ['types+page']);
  await end('types');
  await end('page');
  await end('style');
  await whole;
  assert.deepEqual(log.slice(3), ['page+style']);
});

test('what takes both cores runs alone, and what fits runs before it', async () => {
  const { log, end, whole } = scheduled([{ name: 'small' }, { name: 'whole', cores: 2 }, { name: 'little' }]);
  assert.deepEqual(log, ['small', 'small+little']);
  await end('small');
  assert.deepEqual(log.slice(2), []);
  await end('little');
  assert.deepEqual(log.slice(2), ['whole']);
  await end('whole');
  await whole;
});

test('a need that was not asked for is no hindrance; what waits for itself is told', async () => {
  const { end, whole } = scheduled([{ name: 'page', needs: ['not in the list'] }]);
  await end('page');
  await whole;
  await assert.rejects(
    scheduled([
      { name: 'a', needs: ['b'] },
      { name: 'b', needs: ['a'] },
    ]).whole,
    /a,b/,
  );
});
