// The terms of a weight's gradient, one a step, of the network on screen and the text it reads.
import { computed, effect, signal } from '@preact/signals';
import type { Terms } from '../../../../wasm/bridge/protocol';
import type { Store } from '../../session/create';
import { latest } from '../../session/latest';

export const WEIGHTS = ['W_h', 'W_e'] as const;
export type Weight = (typeof WEIGHTS)[number];

/** param: its path, of several layers that of the first. */
interface Asked {
  weight: Weight;
  param: string;
  at: number;
}

export function createTerms(store: Store) {
  const { session } = store;
  const steps = computed(() => [...session.text.value].length + 1);
  const weight = computed<Weight>(() => (store.lab.value.weight === 'W_e' ? 'W_e' : 'W_h'));
  /** The loss that is asked: of the last step unless another was chosen. */
  const at = computed(() => {
    const chosen = Number(store.lab.value.t);
    return chosen >= 1 && chosen <= steps.value ? Math.floor(chosen) : steps.value;
  });
  /** Of several, the terms of the first layer are shown: the one that reads the letters. */
  const layers = computed(() => Number(session.run.value?.settings.num_layers ?? 1));
  const found = signal<(Terms & Asked) | null>(null);
  const ask = latest(
    async ({ weight, ...of }: Asked & { text: string }) => {
      found.value = { ...(await session.bridge.call('terms', of)), weight, param: of.param, at: of.at };
    },
    () => {
      found.value = null;
    },
  );
  const off = effect(() => {
    session.step.value;
    session.run.value?.id;
    if (session.text.value !== '') {
      const one = weight.value;
      const param = layers.value > 1 ? `layer1.${one}` : one;
      ask({ text: session.text.value, at: at.value, param, weight: one });
    }
  });
  return { steps, weight, at, layers, found, dispose: off };
}
