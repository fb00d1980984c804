// Three encoders on the same texts, which came first, a or b?, told where a letter stands by waves, by a table that is
// learned, or not at all: what each knows, of texts as long as in training, and of any length.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Bridge, Settings } from '../../../../wasm/bridge/protocol';
import { createLooks } from '../../session/looks';
import { type Contestant, createRace } from '../../session/race';

export const LANES = ['sinusoidal', 'learned', 'none'] as const;
export const EVERY = 200; // updates from one look to the next
export const GOAL = 800; // where it stops by itself, and again as far on
export const LENGTHS = [4, 8, 12, 16, 20, 24, 32, 40, 48];
export const TRAINED = 16; // letters of the longest text that is trained on
const ANYWHERE = '48'; // places further on that a batch may begin

/** The nets of the claim. */
const ALIKE: Settings = {
  model: 'encoder',
  task: 'order',
  num_heads: '4',
  apart: '4',
  batch_size: '32',
  learning_rate: '0.005',
  schedule: 'constant',
  seed: '1',
};
export type Join = 'added' | 'concatenated';
export interface Choice {
  join: Join;
  /** Updates at which the switch was thrown: counted from 1, from anywhere, from 1 again. */
  thrown: readonly number[];
}
export const keyOf = ({ join, thrown }: Choice): string => `${join} ${thrown.join('.')}`;
const MOST_THROWN = 20;

/** As the address has it, where that can be: what was thrown by the update that it names. */
export function choiceOf(lab: Readonly<Record<string, string>>): Choice {
  const thrown = (lab.thrown ?? '').split('.').map(Number);
  const by = Number(lab.at ?? 0);
  const rises = thrown.every((at, i) => Number.isInteger(at) && at <= 1e5 && at >= (i ? (thrown[i - 1] ?? 0) + 1 : 0));
  return {
    join: lab.join === 'concatenated' ? 'concatenated' : 'added',
    thrown: lab.thrown && rises && thrown.length <= MOST_THROWN ? thrown.filter((at) => at <= by) : [],
  };
}
export const isAnywhere = (thrown: readonly number[]): boolean => thrown.length % 2 === 1;

export interface Point {
  step: number;
  right: number; // of unseen texts as long as those trained on
  by: number[]; // of each length
}
export function createContest(spawn: () => Bridge, { join, thrown: known }: Choice) {
  const begins = known[0] === 0;
  const contestants = LANES.map(
    (id): Contestant => ({
      id,
      settings: { ...ALIKE, positions: id, positions_join: join, random_start: begins ? ANYWHERE : '0' },
    }),
  );
  const race = createRace(spawn, contestants);
  const looks = createLooks(race, { every: EVERY, goal: GOAL });
  const points = signal<Point[][]>(LANES.map(() => []));
  const thrown = signal<readonly number[]>(begins ? [0] : []);
  const example = signal<string | null>(null);
  race.each(async (lanes, step) => {
    if (points.peek()[0]?.at(-1)?.step === step) return; // a switch is thrown: the weights are the same
    const seen = await Promise.all(
      lanes.map(async ({ bridge }) => ({
        step,
        right: (await bridge.call('evaluate')).right,
        by: (await bridge.call('evaluateAt', { lengths: LENGTHS })).right,
      })),
    );
    example.value ??= (await lanes[0]?.bridge.call('example', { index: 0 }))?.text ?? null;
    points.value = points.peek().map((before, i) => {
      const now = seen[i];
      return now ? [...before.filter((one) => one.step < step), now] : before;
    });
  });
  /** From the update that comes next on the count begins anywhere, or at 1 again. */
  async function turn(): Promise<void> {
    const on = !isAnywhere(thrown.peek());
    await Promise.all(LANES.map((id) => race.set(id, 'random_start', on ? ANYWHERE : '0')));
    const at = race.step.peek();
    const before = thrown.peek().filter((one) => one < at);
    thrown.value = isAnywhere(before) === on ? before : [...before, at];
  }
  return {
    ...looks,
    race,
    points: points as ReadonlySignal<Point[][]>,
    thrown: thrown as ReadonlySignal<readonly number[]>,
    example: example as ReadonlySignal<string | null>,
    turn,
    /** To the update of a link, thrown on the way where it was. */
    async bring(to: number, stopped: (step: number) => void): Promise<void> {
      for (const at of known) {
        if (at === 0 || at > to) continue;
        await race.bring(at);
        if (race.step.peek() !== at) return stopped(race.step.peek());
        await turn();
      }
      await looks.bring(to, stopped);
    },
  };
}
export type Contest = ReturnType<typeof createContest>;
