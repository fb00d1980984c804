// The throw that all views are about, as the core has it with the net of the update on screen.
import { computed } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Rolled, RollSpeed } from '../../../../wasm/bridge/protocol';
import type { Store } from '../../session/create';
import { useAsked } from '../asked';
import { FRAMES, type Lab, labOf, type Throw, textOf, thrown, throwOf } from './lab';

export interface Place {
  x: number;
  y: number;
}
/** Frame t, from 1. */
export const placeAt = (places: ArrayLike<number>, frame: number): Place => ({
  x: places[2 * frame - 2] ?? Number.NaN,
  y: places[2 * frame - 1] ?? Number.NaN,
});
export const apart = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);

export const THROWS = 200; // unseen ones, over which errors are taken

export function createLesson(store: Store) {
  const lab = computed(() => labOf(store.lab.value));
  const ball = computed(() => throwOf(lab.value.throw) as Throw);
  const set = (change: Partial<Lab>) => {
    store.lab.value = { ...store.lab.peek(), ...change };
  };
  const asked = computed(() => {
    const of = store.exhibit.questions[store.question.value - 1];
    return of && 'count' in of ? of.count : null;
  });
  return {
    lab,
    ball,
    set,
    asked,
    /** What is asked, while it is: the view hides what would tell it. */
    covered: computed(() => (store.session.asked.value?.revealed === false ? asked.value : null)),
    throwTo: (words: string, to: Throw) => void store.edit(words, () => set({ throw: thrown(to) })),
    /** While it is dragged. */
    follow: (to: Throw) => set({ throw: thrown(to) }),
    goto: (frame: number) => set({ frame: String(Math.max(1, Math.min(FRAMES, frame))) }),
  };
}
export type Lesson = ReturnType<typeof createLesson>;

export const useLesson = (store: Store): Lesson => useMemo(() => createLesson(store), [store]);

/** The view has its first numbers. */
export function useThere(store: Store, there: boolean): void {
  useEffect(() => {
    if (there) store.seen.value = true;
  }, [store, there]);
}

/** What came, what is said of it, and the net's own steps. */
export function useRolled(store: Store, lesson: Lesson) {
  const text = textOf(lesson.ball.value);
  const { reads, given: some } = lesson.lab.value;
  const given = reads === 'came' ? FRAMES - 1 : Number(some);
  const asked = useAsked<Rolled>(store, `${text} ${given}`, () => store.session.bridge.call('rolled', { text, given }));
  useThere(store, asked.now.value !== null);
  return asked;
}

export const useSpeed = (store: Store) =>
  useAsked<RollSpeed>(store, 'speed', () => store.session.bridge.call('rollSpeed', { throws: THROWS }));

/** The speed that a state says. */
export function speedSaid(speed: RollSpeed, rolled: Rolled, frame: number): Place {
  const { hidden, weights } = speed;
  const sums = [weights[2 * hidden] ?? Number.NaN, weights[2 * hidden + 1] ?? Number.NaN] as [number, number];
  for (let j = 0; j < hidden; j++)
    for (const i of [0, 1] as const)
      sums[i] += (weights[2 * j + i] ?? 0) * (rolled.states[(frame - 1) * hidden + j] ?? Number.NaN);
  return { x: sums[0], y: sums[1] };
}
