// What the core says of all places and of the sentence (a study), for what the view is set to.
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { CoreError, Study } from '../../../../wasm/bridge/protocol';
import { largest, niceRange } from '../../draw/format';
import type { Store } from '../../session/create';
import { arrayOf } from '../../session/studies';
import { wordsOf } from '../sentence';
import { doneTo, type Lab, labFor, labOf, PLACES, partsOf, WIDTH } from './lab';

export interface Table {
  /** Names of the rows: the places, from 1 or 0. */
  place: Float64Array;
  p: Float64Array; // [PLACES, WIDTH]
  fine: Float64Array;
  sine: Float64Array; // [WIDTH / 2, fine]
  cosine: Float64Array;
  turn: Float64Array; // places for a whole turn, by pair
  dot: Float64Array; // [3, PLACES]
  x: Float64Array; // [words, WIDTH]
  at: Float64Array;
  sum: Float64Array; // [words, parts]
  words: string[];
  parts: number;
  waves: boolean;
  none: boolean;
  /** How far the colours of p reach, and those of x and of the sum. */
  range: { p: number; x: number };
}

const NAMES = ['place', 'p', 'fine', 'sine', 'cosine', 'turn', 'dot', 'x', 'at', 'sum'] as const;

function tableOf(study: Study, lab: Lab): Table {
  const read = Object.fromEntries(NAMES.map((name) => [name, arrayOf(study, name).values])) as Record<
    (typeof NAMES)[number],
    Float64Array
  >;
  return {
    ...read,
    words: wordsOf(lab.text),
    parts: partsOf(lab.kind),
    waves: lab.kind === 'added' || lab.kind === 'concatenated',
    none: lab.kind === 'none',
    range: { p: niceRange(largest(read.p)) || 1, x: niceRange(Math.max(largest(read.x), largest(read.sum))) },
  };
}

export function createPlaces(store: Store) {
  const lab = computed(() => labOf(store.lab.value));
  const table = signal<Table | null>(null);
  const read = signal(''); // what the table is of
  const problem = signal<CoreError | null>(null);
  const asked = computed(() => {
    const { text, kind, from, start } = lab.value;
    const settings = {
      positions: kind === 'added' || kind === 'concatenated' ? 'sinusoidal' : kind,
      positions_join: kind === 'concatenated' ? kind : 'added',
      width: String(WIDTH),
      places: String(PLACES),
      count_from: from,
      start,
    };
    return JSON.stringify({ study: 'positions', settings, inputs: { text: wordsOf(text).join(' ') } });
  });
  let stop = new AbortController();
  const off = effect(() => {
    const of = asked.value;
    const now = untracked(() => lab.value);
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    store.study(JSON.parse(of), { signal }).then(
      (study) =>
        signal.aborted ||
        batch(() => {
          problem.value = null;
          table.value = tableOf(study, now);
          read.value = of;
          store.seen.value = true;
        }),
      (error) => {
        if (!signal.aborted) problem.value = error as CoreError;
      },
    );
  });
  const set = (changed: Partial<Lab>): void => {
    store.lab.value = { ...store.lab.peek(), ...labFor(changed) };
  };
  return {
    lab,
    table,
    /** The table is of what is set now. */
    settled: computed(() => read.value === asked.value),
    problem,
    set,
    /** So many cells of the sum. */
    goto: (to: number) => set(doneTo(lab.peek(), to)),
    dispose: () => {
      stop.abort();
      off();
    },
  };
}
export type Places = ReturnType<typeof createPlaces>;
