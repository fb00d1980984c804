// A race as it is looked at: it goes from look to look, up to the next goal, until it is paused or gone.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Race } from './race';

export interface Pace {
  every: number; // updates from one look to the next; the goal is a multiple
  goal: number; // where it stops by itself, and again as far on
}
/** `stopped` is told where it stands by then. */
export function createLooks(race: Race, { every, goal }: Pace) {
  const playing = signal(false);
  let alive = true;
  return {
    playing: playing as ReadonlySignal<boolean>,
    /** To the update that a link names; or to where that was stopped. */
    async bring(to: number, stopped: (step: number) => void): Promise<void> {
      await race.bring(to);
      if (alive && race.step.peek() !== to) stopped(race.step.peek());
    },
    async play(stopped: (step: number) => void): Promise<void> {
      if (playing.peek()) return;
      playing.value = true;
      const end = goal * (Math.floor(race.step.peek() / goal) + 1);
      while (playing.peek() && race.step.peek() < end && !race.ended.peek() && !race.problem.peek())
        await race.advance(every);
      if (!alive) return;
      playing.value = false;
      stopped(race.step.peek());
    },
    pause: () => {
      playing.value = false;
    },
    dispose: () => {
      alive = playing.value = false;
      race.dispose();
    },
  };
}
