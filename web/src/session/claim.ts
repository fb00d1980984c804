// The exhibit's claim, measured in a worker of its own.
import { batch, signal } from '@preact/signals';
import type { Bridge, ClaimProgress, RowCost } from '../../../wasm/bridge/protocol';
import type { Runs } from './runs';

export function createClaim(bridge: Bridge, id: string, runs: Runs) {
  const progress = signal<ClaimProgress | null>(null);
  const off = [
    bridge.on('claim', (now) => {
      progress.value = now;
    }),
    bridge.on('claimBroke', ({ error }) => {
      batch(() => {
        progress.value = null;
        runs.problem.value = error;
      });
    }),
  ];
  return {
    progress,
    run: (seed: number, costs: RowCost[]) => runs.trying(() => bridge.call('claim', { id, seed, costs })),
    /** Stops it where it runs; what was measured is put away. */
    async stop(): Promise<void> {
      if (progress.peek()?.done === false) await runs.trying(() => bridge.call('stopClaim'));
      progress.value = null;
    },
    dispose: () => {
      for (const each of off) each();
    },
  };
}
