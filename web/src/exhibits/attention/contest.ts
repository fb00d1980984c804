// Two nets that reverse letters: alike but for the look back, on the same batches; what each writes right, by length.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Bridge, Group, Settings } from '../../../../wasm/bridge/protocol';
import { createLooks } from '../../session/looks';
import { type Contestant, createRace } from '../../session/race';

export const LANES = ['attention', 'none'] as const;
export const EVERY = 50; // updates from one look to the next
export const GOAL = 500; // where it stops by itself
export const LENGTH = 12; // letters of the longest source

const ALIKE: Settings = {
  model: 'seq2seq',
  task: 'reverse',
  length: String(LENGTH),
  symbols: '10',
  hidden_size: '32',
  embedding_size: '16',
  batch_size: '32',
  learning_rate: '0.01',
  schedule: 'constant',
};
export const contestants = (seed: number): Contestant[] =>
  LANES.map((id) => ({
    id,
    settings: { ...ALIKE, attention: id === 'none' ? 'none' : 'dot', seed: String(seed) },
  }));

export interface Point {
  step: number;
  groups: Group[]; // of the unseen sources, by length
}
/** The share that is written right, of all lengths. */
export function shareOf(groups: readonly Group[]): number {
  const sum = (of: (group: Group) => number) => groups.reduce((all, group) => all + of(group), 0);
  return (
    sum(({ right }) => right) /
    Math.max(
      1,
      sum(({ sequences }) => sequences),
    )
  );
}

export function createContest(spawn: () => Bridge, seed: number) {
  const race = createRace(spawn, contestants(seed));
  const points = signal<Point[][]>(LANES.map(() => []));
  race.each(async (lanes) => {
    const seen = await Promise.all(lanes.map(({ bridge }) => bridge.call('groups')));
    points.value = points.peek().map((before, i) => {
      const now = seen[i];
      return now ? [...before.filter(({ step }) => step < now.step), { step: now.step, groups: now.groups }] : before;
    });
  });
  return { race, points: points as ReadonlySignal<Point[][]>, ...createLooks(race, { every: EVERY, goal: GOAL }) };
}
export type Contest = ReturnType<typeof createContest>;
