// What the views show: studies of the core for what the lab is set to. While the start or a rate is moved, paths follow.
import { batch, computed, signal } from '@preact/signals';
import type { CoreError, Study } from '../../../../wasm/bridge/protocol';
import type { Field } from '../../figures/plane/contours';
import type { Span } from '../../figures/plane/plane';
import { followed, watched } from '../../session/asked';
import type { Store } from '../../session/create';
import { arrayOf } from '../../session/studies';
import {
  ACROSS,
  BOWL,
  BOWL_X,
  BOWL_Y,
  bowlFor,
  equivalentFor,
  type Lab,
  LEAVE_X,
  LEAVE_Y,
  LEAVING,
  labOf,
  N,
  NOISE,
  PRICE,
  pathsFor,
  RULES,
  SLICED,
  SURFACE,
  THREE,
  twiceFor,
  UP,
} from './lab';

export type Pair = readonly [number, number];
/** One rule's way down: w, E and what made them, update by update from 0. */
export interface Path {
  updates: number;
  /** Points that were seen by then. */
  seen(update: number): number;
  at(update: number): Pair;
  error(update: number): number;
  slope(update: number): Pair;
  mean(update: number): Pair;
  square(update: number): Pair;
  step(update: number): Pair;
  /** The slopes of the point that was taken then, counted from 0. */
  term(taken: number): Pair;
}
function pathOf(study: Study, rule: number): Path {
  const { values: seen, shape } = arrayOf(study, 'seen');
  const each = shape[1] ?? 0;
  const taken = arrayOf(study, 'term').shape[1] ?? 0;
  const pair = (name: string, length: number) => {
    const { values } = arrayOf(study, name);
    return (i: number): Pair => {
      const from = 2 * (rule * length + i);
      return [values[from] ?? Number.NaN, values[from + 1] ?? Number.NaN];
    };
  };
  const number = (values: ArrayLike<number>) => (i: number) => values[rule * each + i] ?? Number.NaN;
  let updates = each - 1;
  while (updates > 0 && Number.isNaN(number(seen)(updates))) updates--;
  return {
    updates,
    seen: number(seen),
    error: number(arrayOf(study, 'error').values),
    at: pair('at', each),
    slope: pair('slope', each),
    mean: pair('mean', each),
    square: pair('square', each),
    step: pair('step', each),
    term: pair('term', taken),
  };
}

/** Where the surface stands still. */
export interface Still {
  kind: 'minimum' | 'saddle' | 'maximum' | 'flat';
  at: Pair;
  error: number;
  hessian: readonly number[];
  eigenvalues: Pair;
  directions: readonly [Pair, Pair];
}
const KINDS = ['minimum', 'saddle', 'maximum', 'flat'] as const;
export interface Ground {
  field: Field;
  still: Still[];
}
function groundOf(study: Study, x: Span, y: Span): Ground {
  const { values, shape } = arrayOf(study, 'error');
  const of = (name: string, i: number, length: number): number[] =>
    Array.from({ length }, (_, k) => arrayOf(study, name).values[i * length + k] ?? Number.NaN);
  const places = arrayOf(study, 'height').values;
  const still: Still[] = [];
  for (let i = 0; i < places.length && !Number.isNaN(places[i]); i++) {
    const d = of('direction', i, 4);
    still.push({
      kind: KINDS[of('is', i, 4).indexOf(1)] ?? 'flat',
      at: of('at', i, 2) as unknown as Pair,
      error: places[i] as number,
      hessian: of('hessian', i, 4),
      eigenvalues: of('eigenvalue', i, 2) as unknown as Pair,
      directions: [
        [d[0] as number, d[1] as number],
        [d[2] as number, d[3] as number],
      ],
    });
  }
  return { field: { rows: shape[0] ?? 0, columns: shape[1] ?? 0, values, x, y }, still };
}

export function createDescent(store: Store) {
  const live = signal<Partial<Lab>>({}); // of what is being dragged
  const lab = computed(() => labOf({ ...store.lab.value, ...live.value }));
  const moving = computed(() => Object.keys(live.value).length > 0);
  const problem = signal<CoreError | null>(null);
  const came = () => {
    store.seen.value = true;
  };
  const surface = watched(store, () => SURFACE, moving);
  const bowl = watched(store, () => BOWL, moving);
  const ways = followed(store, () => pathsFor(lab.value), problem, came);
  const three = followed(store, () => bowlFor(lab.value), problem, came);
  const slice = watched(store, () => SLICED, moving);
  const leaving = followed(store, () => LEAVING, problem, came);
  const noise = watched(store, () => NOISE, moving);
  const once = watched(store, () => twiceFor(lab.value, 1), moving);
  const twice = watched(store, () => twiceFor(lab.value, 2), moving);
  const equivalent = followed(store, () => equivalentFor(lab.value), problem, came);
  const price = followed(store, () => PRICE, problem, came);
  const computedOf = <T>(of: { found: { value: { study: Study } | null } }, make: (study: Study) => T) =>
    computed(() => (of.found.value ? make(of.found.value.study) : null));

  function set(changed: Partial<Lab>): void {
    batch(() => {
      live.value = {};
      for (const [key, value] of Object.entries(changed)) store.setLab(key, value);
    });
  }
  return {
    lab,
    problem,
    surface,
    bowl,
    ways,
    three,
    slice,
    leaving,
    noise,
    once,
    twice,
    equivalent,
    price,
    ground: computedOf(surface, (study) => groundOf(study, ACROSS, UP)),
    basin: computedOf(bowl, (study) => groundOf(study, BOWL_X, BOWL_Y)),
    paths: computedOf(ways, (study) => RULES.map((_, i) => pathOf(study, i))),
    plateau: computedOf(slice, (study) => groundOf(study, LEAVE_X, LEAVE_Y)),
    leavers: computedOf(leaving, (study) => [pathOf(study, 0), pathOf(study, 1)] as const),
    doubled: computed(() => {
      const [a, b] = [once.found.value?.study, twice.found.value?.study];
      return a && b ? ([a, b].map((study) => [pathOf(study, 0), pathOf(study, 1)]) as [Path, Path][]) : null;
    }),
    /** Of the weights that say the same. */
    errors: computed(() => {
      const known = equivalent.found.value;
      return known ? Array.from(arrayOf(known.study, 'error').values) : [];
    }),
    rates: computedOf(three, (study) => THREE.map((_, i) => pathOf(study, i))),
    set,
    /** The same as one thing that can be undone under these words. */
    edit(words: string, changed: Partial<Lab>): void {
      void store.edit(words, () => set(changed));
    },
    /** While it is dragged. */
    follow(changed: Partial<Lab>): void {
      live.value = changed;
    },
  };
}
export type Descent = ReturnType<typeof createDescent>;

/** The point that is taken as number `taken`, from 0, of all that are seen. */
export const pointAt = (taken: number) => (taken % N) + 1;
/** The nearest of them. */
export function nearest(still: readonly Still[], [x, y]: Pair): Still | undefined {
  const away = ({ at: [a, b] }: Still) => Math.hypot(a - x, b - y);
  return [...still].sort((a, b) => away(a) - away(b))[0];
}
