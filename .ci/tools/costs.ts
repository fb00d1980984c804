// What the pieces of a claim take, in the page's own module under Node. It is the processor's time, so whatever else runs
// is left out.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCore } from '../../wasm/bridge/core.ts';
import type { RowCost } from '../../wasm/bridge/protocol.ts';
import { root } from './process.ts';

const MOMENTS = 40; // of a run

/** How far a run was at a moment: seconds since it began; of each row the updates done; the rows that are measured. */
export type Moment = [seconds: number, updates: number[], measured: number[]];
export interface Timed {
  seconds: number;
  steps: number[]; // updates of each row
  moments: Moment[];
  costs: RowCost[]; // in milliseconds
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

export async function timed(id: string, seed: number): Promise<Timed> {
  const built = (part: string) => readFileSync(join(root, `build/wasm/${part}.wasm`));
  const core = await makeCore(built('core'), async () => built('more'));
  const { claims } = await core.more();
  for (const name of claims.find((claim) => claim.id === id)?.texts ?? [])
    core.bring(name, readFileSync(join(root, `models/corpora/${name}.txt`)));
  const claim = core.claim(id, seed, false);
  const [steps, updates, measured]: number[][] = [[], [], []] as [number[], number[], number[]];
  const all: Moment[] = [];
  const costs: RowCost[] = [];
  let at = 0;
  const clock = () => process.cpuUsage().user / 1000;
  const began = clock();
  for (let done = false, count = 0; !done; ) {
    const now = claim.step();
    const took = clock() - began - at;
    at += took;
    done = now.done;
    costs[now.row] ??= [0, 0, 0];
    steps[now.row] = now.steps;
    const measures = now.rows.length > count;
    if (measures) measured.push(now.row);
    else updates[now.row] = now.step;
    costs[now.row]![measures ? 2 : now.step === 1 ? 0 : 1] += took;
    for (; count < now.rows.length; count++) costs[count] ??= [0, 0, 0]; // filled together with the row before
    all.push([at / 1000, Array.from(costs, (_, row) => updates[row] ?? 0), [...measured]]);
  }
  claim.free();
  const seconds = at / 1000;
  const last = all.length - 1; // its end is one of them
  const moment = (i: number) => (i === last ? MOMENTS : Math.floor(((MOMENTS - 1) * (all[i]?.[0] ?? 0)) / seconds));
  return {
    seconds: rounded(seconds, 3),
    steps: Array.from(costs, (_, row) => steps[row] ?? 0),
    moments: all.flatMap(([s, ...rest], i) => (moment(i) > moment(i - 1) ? [[rounded(s, 3), ...rest] as Moment] : [])),
    costs: Array.from(costs, (row) => (row ?? [0, 0, 0]).map((ms) => rounded(ms, 1)) as RowCost),
  };
}
