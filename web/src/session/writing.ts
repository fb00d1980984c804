// Writing: samples, and the distribution of the next token, at the update and the letter that are on screen.
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Bridge, RunInfo, Sampling } from '../../../wasm/bridge/protocol';
import { latest } from './latest';
import type { Distribution } from './types';

export const SAMPLES = 8;
const PAUSE = 600; // ms between refreshed samples while training runs

export function createWriting(
  bridge: Bridge,
  shown: {
    run: ReadonlySignal<RunInfo | null>;
    step: ReadonlySignal<number>;
    read: ReadonlySignal<string>; // so far; of a pair the source
    pair: boolean; // it writes for a source
  },
) {
  const sampling = signal<Sampling>({ temperature: 1, topK: 0, topP: 1 });
  const samples = signal<{ step: number; samples: string[] } | null>(null);
  const distribution = signal<Distribution | null>(null);

  const write = latest(async ({ sampling: how, prefix }: { sampling: Sampling; prefix: string }) => {
    samples.value = await bridge.call('sample', { count: SAMPLES, sampling: how, prefix });
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  });
  const look = latest(async (of: { text: string; sampling: Sampling }) => {
    const next = await bridge.call('next', of);
    distribution.value = { text: of.text, ...next };
  });
  const off = effect(() => {
    const how = sampling.value;
    const run = shown.run.value;
    const text = shown.read.value;
    shown.step.value;
    if (!run) return;
    if (run.vocabulary.length === 0) {
      samples.value = distribution.value = null; // of numbers: there is nothing to write with
      return;
    }
    untracked(() => {
      if (shown.pair && text === '') return; // none is read yet
      write({ sampling: how, prefix: shown.pair ? text : '' });
      look({ text, sampling: how });
    });
  });
  return { sampling, samples, distribution, dispose: off };
}
