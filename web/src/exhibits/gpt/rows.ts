// What one letter looked at, and what mattered to what comes next.
import type { Looked } from '../../../../wasm/bridge/protocol';

/** Of the row that was read last: the mean of all heads, the roll-out of the last block, and gradient times input. */
export function rowsOf({ weights, rollout, times, blocks, heads, tokens, at }: Looked) {
  const T = tokens.length;
  const from = (square: number) => (square * T + at - 1) * T;
  const mean = Array.from({ length: T }, (_, key) => {
    let sum = 0;
    for (let one = 0; one < blocks * heads; one++) sum += weights[from(one) + key] as number;
    return sum / (blocks * heads);
  });
  return [
    { id: 'looked', values: mean },
    { id: 'through', values: [...rollout.slice(from(blocks - 1), from(blocks - 1) + T)] },
    { id: 'mattered', values: times },
  ] as const;
}
