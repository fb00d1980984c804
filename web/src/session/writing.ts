// Writing: samples, and the distribution of the next token, at the update and the letter that are on screen. What
// answers once has no samples, and what answers with a number no distribution.
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Bridge, RunInfo, Sampling } from '../../../wasm/bridge/protocol';
import { latest } from './latest';
import { rest } from './rest';
import type { Distribution, Training } from './types';

export const SAMPLES = 8;
const PLAIN: Sampling = { temperature: 1, topK: 0, topP: 1 };
const PAUSE = 600; // ms between refreshed samples

export function createWriting(
  bridge: Bridge,
  shown: {
    run: ReadonlySignal<RunInfo | null>;
    step: ReadonlySignal<number>;
    read: ReadonlySignal<string>; // so far; of a pair the source
    pair: boolean; // it writes for a source
    answers: ReadonlySignal<boolean>; // it answers once: session/answers.ts
    writes: boolean; // letters or words at all
    training: ReadonlySignal<Training>;
  },
) {
  const sampling = signal<Sampling>(PLAIN);
  const samples = signal<{ step: number; samples: string[] } | null>(null);
  const distribution = signal<Distribution | null>(null);

  /** Nobody trains, or writes otherwise by now: what is asked for is wanted at once. */
  const atOnce = (how: Sampling) => () => !shown.training.peek().running || sampling.peek() !== how;
  const write = latest(
    async (of: { sampling: Sampling; prefix: string } | null) => {
      if (!of) {
        samples.value = null;
        return;
      }
      const began = performance.now();
      samples.value = await bridge.call('sample', { count: SAMPLES, ...of });
      await rest(performance.now() - began, atOnce(of.sampling), PAUSE);
    },
    () => {
      samples.value = null;
    },
  );
  const look = latest(
    async (of: { text: string; sampling: Sampling }) => {
      const began = performance.now();
      const next = await bridge.call('next', of);
      distribution.value = { text: of.text, ...next };
      const other = atOnce(of.sampling);
      await rest(performance.now() - began, () => other() || shown.read.peek() !== of.text);
    },
    () => {
      distribution.value = null;
    },
  );
  const off = effect(() => {
    const how = sampling.value;
    const run = shown.run.value;
    const text = shown.read.value;
    const answers = shown.answers.value;
    shown.step.value;
    if (!run) return;
    if (run.vocabulary.length === 0 || !shown.writes) {
      samples.value = distribution.value = null; // of numbers: there is nothing to write with
      return;
    }
    untracked(() => {
      if ((shown.pair || answers) && text === '') return; // none is read yet
      write(answers ? null : { sampling: how, prefix: shown.pair ? text : '' });
      look({ text, sampling: answers ? PLAIN : how });
    });
  });
  return { sampling, samples, distribution, dispose: off };
}
