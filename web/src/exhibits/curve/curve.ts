// What the views show: studies of the core for what the lab is set to. While a point is dragged or a slider moves, the
// fit follows it; the rest is asked for when it stays.
import { batch, computed, signal } from '@preact/signals';
import type { CoreError, Study } from '../../../../wasm/bridge/protocol';
import { followed, watched as watchedOf } from '../../session/asked';
import type { Store } from '../../session/create';
import { arrayOf } from '../../session/studies';
import {
  type At,
  DEFAULTS,
  DEGREES,
  type Lab,
  labOf,
  lambdaOf,
  NET_UPDATES,
  NOISE,
  ownOf,
  packed,
  TESTS,
  UPDATES,
} from './lab';
import { atPoint, type Operation, pointOf, type Walk, walkOf } from './walk';

export type Numbers = ArrayLike<number>;
export const numbers = (study: Study, name: string): Numbers => arrayOf(study, name).values;
export const number = (study: Study, name: string): number => numbers(study, name)[0] ?? Number.NaN;
export const rowOf = (values: Numbers, row: number, length: number): Numbers =>
  Array.prototype.slice.call(values, row * length, (row + 1) * length) as number[];
export const shapeOf = (study: Study, name: string): number[] => arrayOf(study, name).shape;

export function createCurve(store: Store) {
  const live = signal<Partial<Lab>>({}); // of what is being dragged
  const lab = computed(() => labOf({ ...store.lab.value, ...live.value }));
  /** The same, one by one: a view is drawn anew when what it reads of it has changed, and not before. */
  const now = Object.defineProperties(
    {},
    Object.fromEntries(
      (Object.keys(DEFAULTS) as (keyof Lab)[]).map((key) => {
        const one = computed(() => lab.value[key]);
        return [key, { get: () => one.value, enumerable: true }];
      }),
    ),
  ) as Readonly<Lab>;
  const moving = computed(() => Object.keys(live.value).length > 0);
  const problem = signal<CoreError | null>(null);

  const made = ({
    points: own,
    n,
    seed,
  }: Lab): { settings: Record<string, string>; inputs: Record<string, number[]> } => ({
    settings: { seed, noise: String(NOISE), test_points: String(TESTS), ...(own === '' ? { points: n } : {}) },
    inputs: own === '' ? {} : { own: (ownOf(own) ?? []).flatMap(({ x, t }) => [x, t]) },
  });
  const fitted = (of: Lab) => ({ degree: of.m, lambda: String(lambdaOf(of)), spare_w0: of.spare });
  const request = (study: string, of: Lab, more: Record<string, string>) => {
    const { settings, inputs } = made(of);
    return { study, settings: { ...settings, ...more }, inputs };
  };

  const fit = followed(
    store,
    () => request('solve', lab.value, fitted(lab.value)),
    problem,
    () => {
      store.seen.value = true;
    },
  );
  const solved = fit.found;
  const offSolve = fit.watch();
  const watched = (ask: (of: Lab) => ReturnType<typeof request>) => watchedOf(store, () => ask(lab.value), moving);

  const slow = watched((of) => request('descend', of, { ...fitted(of), updates: String(UPDATES) }));
  const walk = computed<Walk | null>(() => {
    const study = solved.value?.study;
    if (!study) return null;
    const [rows = 0, weights = 0] = shapeOf(study, 'Phi');
    return walkOf({ points: numbers(study, 'x').length, rows, weights });
  });
  const step = computed(() => {
    const length = walk.value?.operations.length ?? 0;
    const turn = walk.value?.turn ?? 0;
    return now.step === 'end' ? turn : Math.min(length, Number(now.step));
  });
  const operation = computed<Operation | undefined>(() => walk.value?.operations[step.value - 1]);
  const count = computed(() => Number(now.n));
  const point = computed(() => pointOf(operation.value, count.value) ?? Number(now.point) - 1);
  /** The points as they are on screen: of one's own, or as the core made them. One that is dragged moves with its fit, so
   *  that both are drawn once. */
  const points = computed<At[]>(() => {
    const along = moving.value && !problem.value;
    const own = along ? null : ownOf(now.points);
    if (own) return own;
    const study = solved.value?.study;
    if (!study) return ownOf(now.points) ?? [];
    const [x, t] = [numbers(study, 'x'), numbers(study, 't')];
    return Array.from(x, (_, i) => ({ x: x[i] as number, t: t[i] as number }));
  });

  function set(changed: Partial<Lab>): void {
    batch(() => {
      live.value = {};
      for (const [key, value] of Object.entries(changed)) store.setLab(key, value);
    });
  }
  return {
    lab,
    now,
    live,
    moving,
    problem,
    solved,
    walk,
    step,
    operation,
    point,
    points,
    /** Are they one's own? */
    own: computed(() => now.points !== ''),
    count,
    every: watched((of) => request('curve', of, { degree: of.m, spare_w0: of.spare, folds: of.s })),
    nine: watched((of) => request('solve', of, { degree: '9' })),
    slow,
    choice: watched((of) => request('validate', of, { ...fitted(of), folds: of.s })),
    wide: watched((of) => request('wide', of, { updates: String(NET_UPDATES) })),
    /** The same points by these degrees. */
    some: DEGREES.map((degree) => ({
      degree,
      ...watched((of) => request('solve', of, { ...fitted(of), degree: String(degree) })),
    })),
    set,
    /** So many operations are done; false at the end. */
    goto(to: number): boolean {
      const { operations, turn } = walk.peek() ?? { operations: [], turn: -1 };
      const at = Math.max(0, Math.min(operations.length, to));
      store.setLab('step', at === turn ? 'end' : String(at));
      return at < operations.length;
    },
    /** The next update of the descent that was kept, or the one before; false at the end. */
    gotoRecord(by: number): boolean {
      const study = slow.fresh.peek() ? slow.found.peek()?.study : undefined;
      if (!study) return true; // it is not there yet
      const all = Array.from(numbers(study, 'update'));
      const to = all.findLastIndex((one) => one <= Number(lab.peek().update)) + by;
      if (to >= 0 && to < all.length) store.setLab('update', String(all[to]));
      return to + 1 < all.length;
    },
    /** A point is looked at; where the present operation is of a point, it becomes the one of this. */
    look(i: number): void {
      const now = walk.peek();
      const there = now && atPoint(now, step.peek(), i);
      if (point.peek() === i && Number(lab.peek().point) === i + 1) return;
      store.setLab('point', String(i + 1));
      if (there && there !== step.peek()) store.setLab('step', String(there));
    },
    /** The same as one thing that can be undone under these words. */
    edit(words: string, changed: Partial<Lab>): void {
      void store.edit(words, () => set(changed));
    },
    /** One more, in the middle of the widest gap. */
    addPoint(words: string): void {
      const all = points.peek();
      const xs = [0, ...all.map(({ x }) => x), 1].sort((a, b) => a - b);
      const gaps = xs.slice(1).map((x, i) => x - (xs[i] as number));
      const i = gaps.indexOf(Math.max(...gaps));
      this.edit(words, this.placed([...all, { x: (xs[i] as number) + (gaps[i] as number) / 2, t: 0 }]));
    },
    /** While it is dragged; the whole solve is seen. */
    follow(changed: Partial<Lab>): void {
      live.value = changed;
    },
    placed: (all: readonly At[]): Partial<Lab> => ({ points: packed(all), step: DEFAULTS.step }),
    dispose: offSolve,
  };
}
export type Curve = ReturnType<typeof createCurve>;
