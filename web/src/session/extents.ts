// How large the numbers of the whole walk become, of the update that is at rest: asked for as soon as there is a walk,
// before any of its frames.
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Bridge } from '../../../wasm/bridge/protocol';
import type { Walk } from './clocks';
import { latest } from './latest';
import type { Runs } from './runs';
import type { Extents } from './types';

export function createExtents(
  bridge: Bridge,
  walk: ReadonlySignal<Walk | null>,
  { run, step, training }: Pick<Runs, 'run' | 'step' | 'training'>,
) {
  const extents = signal<Extents | null>(null);
  const ask = latest(async ({ schema }: Walk) => {
    const of = run.peek();
    const { step, values, gradients, edges } = await bridge.call('extents');
    if (walk.peek()?.schema !== schema || run.peek() !== of) return;
    const sizeOf: Extents['sizeOf'] = (node, what) => {
      if (what === 'value') return values[node] ?? 0;
      if (what === 'grad') return gradients[node] ?? 0;
      return ('edge' in what && edges[node]?.[what.edge]) || 0;
    };
    extents.value = { schema, run: of, step, sizeOf };
  });
  const busy = computed(() => training.value.running || training.value.replay !== null);
  const off = effect(() => {
    const known = walk.value;
    run.value; // its settings may hold a gate
    step.value;
    if (known && !busy.value) untracked(() => ask(known));
  });
  return { extents: extents as ReadonlySignal<Extents | null>, dispose: off };
}
