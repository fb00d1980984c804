// Programs in turns over one workload, and what the rounds come to. A machine's clock drifts: only what was measured
// within one round is compared, and of the ratios of all rounds the middle one is said, with the least and the most.

import type { Opened, Result, Turn } from './rival.ts';

/** Every round asks all of them, there and back again in turn, so that none always follows the same one. */
export async function inTurns(programs: Opened[], rounds: number, ms: number): Promise<Turn[][]> {
  const taken: Turn[][] = programs.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const order = programs.map((_, i) => (round % 2 ? programs.length - 1 - i : i));
    for (const i of order) taken[i]!.push(await programs[i]!.turn(ms));
  }
  return taken;
}

export interface Spread {
  median: number;
  least: number;
  most: number;
}
export function spread(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, least: sorted[0]!, most: sorted.at(-1)! };
}

/** How many times as long as the first program the other took, round by round. */
export const ratios = (first: Turn[], other: Turn[]): Spread => spread(other.map(({ ms }, i) => ms / first[i]!.ms));

/** What speaks against these results: one that is wrong, or is not what the first program got; else null. Where all start
 *  from the same numbers, their first loss is the same. */
export function against(results: { peer: string; result: Result }[], sameStart: boolean): string | null {
  const first = results[0]!;
  for (const { peer, result } of results) {
    const { off = 0, loss_first: begun = 0, loss_last: ended = -1, answer } = result;
    if (!(off <= 1e-5)) return `${peer} is off by ${off} of the largest number`;
    if (!(ended < begun)) return `${peer}: a loss of ${begun} became ${ended}`;
    if (sameStart && Math.abs(begun - first.result.loss_first!) > 1e-3)
      return `${peer} starts from a loss of ${begun}, ${first.peer} from ${first.result.loss_first}`;
    if (answer !== first.result.answer) return `${peer} got ${answer}, ${first.peer} ${first.result.answer}`;
  }
  return null;
}
