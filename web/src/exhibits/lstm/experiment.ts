// A race as it is looked at: the shares of right answers on the way, and what both say to one example.
import { signal } from '@preact/signals';
import type { Bridge } from '../../../../wasm/bridge/protocol';
import { createLooks } from '../../session/looks';
import { createRace } from '../../session/race';
import { type Choice, contestants, SHIPPED } from './contest';

export interface Point {
  step: number;
  right: number; // -1 where an answer is a number
  loss: number; // on unseen sequences
}
/** A distribution over the vocabulary, or one number. */
export type Answer = number[] | number;
export interface Example {
  text: string;
  answers: Answer[];
}

export const EVERY = 20; // updates from one look to the next; 800 is a multiple
export const GOAL = 800; // where it stops by itself: so many did the claim
const PLAIN = { temperature: 1, topK: 0, topP: 1 };

/** What a net whose answer is a number says: the value of its last node before the loss. */
async function numberOf(bridge: Bridge, text: string): Promise<number> {
  const walk = await bridge.call('walk', { text });
  const node = walk.nodes.find(({ path }) => path === 'y_hat');
  if (!node) return Number.NaN;
  const answered = new Promise<number>((resolve) => {
    const off = bridge.on('frame', ({ position, values }) => {
      const value = position === walk.forward ? values[0]?.[0] : undefined;
      if (value === undefined) return;
      off();
      resolve(value);
    });
  });
  await bridge.call('subscribe', { wanted: [{ node: node.id, what: 'value' }] });
  await bridge.call('goto', { position: walk.forward });
  const value = await answered;
  await bridge.call('subscribe', { wanted: [] });
  return value;
}

export function createExperiment(spawn: () => Bridge, choice: Choice, shipped: boolean) {
  const race = createRace(spawn, shipped ? SHIPPED : contestants(choice));
  const points = signal<Point[][]>(race.lanes.map(() => []));
  const example = signal<Example | null>(null);
  let index = 0;

  async function answer(): Promise<void> {
    const first = race.lanes[0];
    if (!first) return;
    const { text } = await first.bridge.call('example', { index });
    const answers = await Promise.all(
      race.lanes.map(({ bridge }) =>
        choice.task === 'adding'
          ? numberOf(bridge, text)
          : bridge.call('next', { text, sampling: PLAIN }).then(({ before }) => before),
      ),
    );
    example.value = { text, answers };
  }
  race.each(async (lanes, step) => {
    const seen = await Promise.all(lanes.map(({ bridge }) => bridge.call('evaluate')));
    // Shipped weights say in their settings how many updates made them.
    const at = shipped ? Number(lanes[0]?.run.peek()?.settings.steps ?? 0) : step;
    points.value = points
      .peek()
      .map((before, i) => [
        ...before.filter((one) => one.step < at),
        { step: at, right: seen[i]?.right ?? -1, loss: seen[i]?.loss ?? Number.NaN },
      ]);
    await answer();
  });

  return {
    race,
    points,
    example,
    ...createLooks(race, { every: EVERY, goal: GOAL }),
    ask(next: number): void {
      if (next === index) return;
      index = next;
      if (race.ready.peek()) race.each(answer)(); // once, after what is under way
    },
  };
}
export type Experiment = ReturnType<typeof createExperiment>;
