// The terms of a weight's gradient, one a step, of the network on screen and the text it reads.
import { computed, effect, signal } from '@preact/signals';
import type { Terms } from '../../../../wasm/bridge/protocol';
import type { Store } from '../../session/create';
import { latest } from '../../session/latest';

export const WEIGHTS = ['W_h', 'W_e'] as const;
export type Weight = (typeof WEIGHTS)[number];

export function createTerms(store: Store) {
  const { session } = store;
  const steps = computed(() => [...session.text.value].length + 1);
  const weight = computed<Weight>(() => (store.lab.value.weight === 'W_e' ? 'W_e' : 'W_h'));
  /** The loss that is asked: of the last step unless another was chosen. */
  const at = computed(() => {
    const chosen = Number(store.lab.value.t);
    return chosen >= 1 && chosen <= steps.value ? Math.floor(chosen) : steps.value;
  });
  const found = signal<(Terms & { weight: Weight; at: number }) | null>(null);
  const ask = latest(
    async (of: { text: string; at: number; param: Weight }) => {
      found.value = { ...(await session.bridge.call('terms', of)), weight: of.param, at: of.at };
    },
    () => {
      found.value = null;
    },
  );
  const off = effect(() => {
    session.step.value;
    session.run.value?.id;
    if (session.text.value !== '') ask({ text: session.text.value, at: at.value, param: weight.value });
  });
  return { steps, weight, at, found, dispose: off };
}
