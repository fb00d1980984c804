// A run's past that was kept outside of the worker, in a browser's store or a file: believed only as far as it was
// looked at. What its snapshots hold is for the core to accept.

import { failure, type RunLike } from './corelike.ts';
import { MOST_STRETCHES } from './curve.ts';
import type { KeptRun } from './protocol.ts';
import { type Change, type Snapshot, Timeline } from './timeline.ts';

const refuse = (what: string) => failure('format', what, `What was kept of this run does not fit it: its ${what}.`);
const update = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const words = (value: unknown): value is string => typeof value === 'string' && value.length <= 40;
const rising = (steps: number[]) =>
  steps.every((step, i) => update(step) && (i === 0 || step > (steps[i - 1] as number)));

/** The timeline of this run, which is at its first update and is there again afterwards; freed where that fails. */
export function pastOf(run: RunLike, { saved, snapshots }: KeptRun): Timeline {
  try {
    const start: Snapshot = { step: run.updates(), bytes: run.save(true) };
    const { tip, width, sums, counts } = saved.curve;
    const stretches = [sums, counts].every((list) => list instanceof Float64Array && list.length <= MOST_STRETCHES);
    const long = update(tip) && tip >= start.step && update(width) && width > 0;
    if (!long || !stretches || sums.length !== counts.length || sums.length > Math.ceil(tip / width))
      throw refuse('losses');
    const seen = saved.validation.every(({ step, loss }) => update(step) && step <= tip && typeof loss === 'number');
    if (!seen) throw refuse('losses on unseen text');
    const logged = ({ step, key, value }: Change) => update(step) && step <= tip && words(key) && words(value);
    if (!saved.log.every(logged)) throw refuse('log');
    if (!rising(snapshots.map(({ step }) => step)) || snapshots.some(({ step }) => step > tip))
      throw refuse('snapshots');
    for (const { step, bytes } of snapshots) {
      run.restore(bytes);
      if (run.updates() !== step) throw refuse('snapshots');
    }
    for (const [key, value] of saved.initial) run.set(key, value);
    for (const { key, value } of saved.log) run.set(key, value);
    run.restore(start.bytes);
    return Timeline.of(start, saved, null, snapshots);
  } catch (error) {
    run.free();
    throw error;
  }
}
