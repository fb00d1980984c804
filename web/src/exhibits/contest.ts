// Nets of about as many parameters on the same names, the same batches: what each loses on names that none of them saw.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Bridge, Settings } from '../../../wasm/bridge/protocol';
import { createLooks } from '../session/looks';
import { type Contestant, createRace } from '../session/race';

export const LANES = ['window', 'rnn', 'lstm', 'gpt'] as const;
export const EVERY = 50; // updates from one look to the next

const OWN: Record<(typeof LANES)[number], Settings> = {
  window: { model: 'window_lm', window: '5', hidden_size: '273' },
  rnn: { model: 'rnn_lm', hidden_size: '145' },
  lstm: { model: 'lstm_lm', hidden_size: '68' },
  gpt: { model: 'gpt', learning_rate: '0.005' },
};
export const contestants: Contestant[] = LANES.map((id) => ({
  id,
  settings: { ...OWN[id], task: 'names', seed: '1' },
}));

export interface Point {
  step: number;
  loss: number;
}
/** goal: updates after which it stops by itself. */
export function createContest(spawn: () => Bridge, goal: number) {
  const race = createRace(spawn, contestants);
  const points = signal<Point[][]>(LANES.map(() => []));
  race.each(async (lanes, step) => {
    const seen = await Promise.all(lanes.map(({ bridge }) => bridge.call('evaluate')));
    points.value = points
      .peek()
      .map((before, i) => [...before.filter((one) => one.step < step), { step, loss: seen[i]?.loss ?? Number.NaN }]);
  });
  return { race, points: points as ReadonlySignal<Point[][]>, ...createLooks(race, { every: EVERY, goal }) };
}
export type Contest = ReturnType<typeof createContest>;
