// What the views show: studies of the core for what the lab is set to. While a point is dragged or a slider moves, the
// fit follows it; the rest is asked for when it stays.
import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { CoreError, Study } from '../../../../wasm/bridge/protocol';
import type { Store } from '../../session/create';
import { latest } from '../../session/latest';
import { arrayOf } from '../../session/studies';
import { type At, DEFAULTS, type Lab, labOf, lambdaOf, NET_UPDATES, NOISE, ownOf, packed, TESTS, UPDATES } from './lab';
import { atPoint, type Operation, pointOf, type Walk, walkOf } from './walk';

export type Numbers = ArrayLike<number>;
export const numbers = (study: Study, name: string): Numbers => arrayOf(study, name).values;
export const number = (study: Study, name: string): number => numbers(study, name)[0] ?? Number.NaN;
export const rowOf = (values: Numbers, row: number, length: number): Numbers =>
  Array.prototype.slice.call(values, row * length, (row + 1) * length) as number[];
export const shapeOf = (study: Study, name: string): number[] => arrayOf(study, name).shape;

/** A study with what it was asked for. */
export interface Known {
  key: string;
  study: Study;
}

export function createCurve(store: Store) {
  const live = signal<Partial<Lab>>({}); // of what is being dragged
  const lab = computed(() => labOf({ ...store.lab.value, ...live.value }));
  const moving = computed(() => Object.keys(live.value).length > 0);
  const problem = signal<CoreError | null>(null);
  const solved = signal<Known | null>(null);
  const progress = signal(1); // of the net

  const made = ({ own, N, seed }: Lab) => ({
    settings: { seed, noise: String(NOISE), test_points: String(TESTS), ...(own === '' ? { points: N } : {}) },
    inputs: own === '' ? {} : { own: (ownOf(own) ?? []).flatMap(({ x, t }) => [x, t]) },
  });
  const fitted = (of: Lab) => ({ degree: of.M, lambda: String(lambdaOf(of)), spare_w0: of.spare });
  const request = (study: string, of: Lab, more: Record<string, string>) => {
    const { settings, inputs } = made(of);
    return { study, settings: { ...settings, ...more }, inputs };
  };

  // ---- the fit itself, as fast as it comes
  const solve = latest(async (of: Lab) => {
    const asked = request('solve', of, fitted(of));
    const key = JSON.stringify(asked);
    try {
      const study = await store.study(asked);
      batch(() => {
        problem.value = null;
        solved.value = { key, study };
        store.seen.value = true;
      });
    } catch (error) {
      problem.value = error as CoreError;
    }
  });
  const wanted = computed(() => JSON.stringify(request('solve', lab.value, fitted(lab.value))));
  const offSolve = effect(() => {
    wanted.value;
    untracked(() => solve(lab.peek()));
  });

  /** A study for as long as somebody looks at it, whenever what it is of stays as it is. */
  function watched(ask: (of: Lab) => ReturnType<typeof request>, onProgress?: (fraction: number) => void) {
    const found = signal<Known | null>(null);
    const key = computed(() => JSON.stringify(ask(lab.value)));
    const watch = () => {
      let stop: AbortController | null = null;
      const off = effect(() => {
        const mine = key.value;
        if (moving.value || found.peek()?.key === mine) return;
        stop?.abort();
        const mark = new AbortController();
        stop = mark;
        const options = { signal: mark.signal, ...(onProgress && { progress: onProgress }) };
        onProgress?.(0);
        store.study(JSON.parse(mine), options).then(
          (study) => {
            if (mark.signal.aborted) return;
            found.value = { key: mine, study };
            onProgress?.(1);
          },
          () => {}, // what is wrong with the points, the fit has said
        );
      });
      return () => {
        stop?.abort();
        off();
      };
    };
    /** Is it of what is on screen? */
    const fresh = computed(() => found.value?.key === key.value);
    return { found: found as ReadonlySignal<Known | null>, fresh, watch };
  }

  const walk = computed<Walk | null>(() => {
    const study = solved.value?.study;
    if (!study) return null;
    const [rows = 0, weights = 0] = shapeOf(study, 'Phi');
    return walkOf({ points: numbers(study, 'x').length, rows, weights });
  });
  const step = computed(() => {
    const length = walk.value?.operations.length ?? 0;
    const turn = walk.value?.turn ?? 0;
    return lab.value.step === 'end' ? turn : Math.min(length, Number(lab.value.step));
  });
  const operation = computed<Operation | undefined>(() => walk.value?.operations[step.value - 1]);
  const count = computed(() => Number(lab.value.N));
  const point = computed(() => pointOf(operation.value, count.value) ?? Number(lab.value.point) - 1);
  /** The points as they are on screen: of one's own, or as the core made them. */
  const points = computed<At[]>(() => {
    const own = ownOf(lab.value.own);
    if (own) return own;
    const study = solved.value?.study;
    if (!study) return [];
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
    live,
    moving,
    problem,
    solved,
    walk,
    step,
    operation,
    point,
    points,
    count,
    progress,
    every: watched((of) => request('curve', of, { degree: of.M, spare_w0: of.spare, folds: of.S })),
    nine: watched((of) => request('solve', of, { degree: '9' })),
    slow: watched((of) => request('descend', of, { ...fitted(of), updates: String(UPDATES) })),
    choice: watched((of) => request('validate', of, { ...fitted(of), folds: of.S })),
    wide: watched(
      (of) => request('wide', of, { updates: String(NET_UPDATES) }),
      (fraction) => {
        progress.value = fraction;
      },
    ),
    set,
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
    /** While it is dragged; the whole solve is seen. */
    follow(changed: Partial<Lab>): void {
      live.value = changed;
    },
    placed: (all: readonly At[]): Partial<Lab> => ({ own: packed(all), step: DEFAULTS.step }),
    dispose: offSolve,
  };
}
export type Curve = ReturnType<typeof createCurve>;
