// Why a size is exactly 0: told from the core's own states and gradients of the text that is read.
import type { Bridge } from '../../../../wasm/bridge/protocol';

export type Why =
  | { kind: 'certain' } // no gradient sets out: the right letter has all of the probability
  | { kind: 'off'; back: number; off: number; units: number } // so far back it came to ReLU units that are off only
  | { kind: 'matrix'; back: number } // W_h makes 0 of what came through
  | { kind: 'small'; last: number }; // each step takes its share, until 32 bits hold no smaller number
export interface Told {
  why: Why;
  share: number | null; // of ReLU states that are 0, over the text
}
export interface Seen {
  sizes: readonly number[]; // |∂J^(T)/∂h^(i)| by distance, from 0
  scores: number; // |∂J^(T)/∂s^(T)|
  sums: readonly number[]; // |∂J^(T)/∂z^(i)| by distance
  states: { steps: number; hidden: number; h: Float32Array } | null; // of ReLU units
}

/** Under this a size is on the verge of what 32 bits can hold, which ends at 10⁻⁴⁵. */
const VERGE = 1e-30;

export function whyZero({ sizes, scores, sums, states }: Seen): Told | null {
  const first = sizes.indexOf(0);
  if (first < 0) return null;
  const zeros = (some: Float32Array) => some.reduce((count, y) => count + (y === 0 ? 1 : 0), 0);
  const share = states && zeros(states.h) / states.h.length;
  if (scores === 0) return { why: { kind: 'certain' }, share };
  // What is 0 so many steps back came as far as the state one step nearer; of that, the slopes let nothing through.
  const back = first - 1;
  const last = back < 0 ? scores : (sizes[back] as number);
  const { steps, hidden: units, h } = states ?? { steps: 0, hidden: 0, h: new Float32Array() };
  const off = zeros(h.subarray((steps - 1 - back) * units, (steps - back) * units));
  const stopped = states !== null && back >= 0 && sums[back] === 0;
  if (stopped && (off === units || last >= VERGE)) return { why: { kind: 'off', back, off, units }, share };
  if (last < VERGE) return { why: { kind: 'small', last }, share };
  return back < 0 ? null : { why: { kind: 'matrix', back }, share };
}

/** Asks only where there is a 0 to be explained. */
export async function askWhy(
  bridge: Bridge,
  sizes: readonly number[],
  text: string,
  relu: boolean,
): Promise<Told | null> {
  if (!sizes.includes(0)) return null;
  const at = sizes.length;
  const [scores, sums, units] = await Promise.all([
    bridge.call('terms', { text, at, param: 'b_2' }),
    bridge.call('terms', { text, at, param: 'b_1' }),
    relu ? bridge.call('units', { text }) : null,
  ]);
  return whyZero({
    sizes,
    scores: scores.norms[at - 1] ?? Number.NaN,
    sums: [...sums.norms].reverse(),
    states: units,
  });
}
