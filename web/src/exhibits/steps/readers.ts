// Both nets over the sentence; of lengths of text what they take, counted (a study), and the time on this machine.
import { batch, computed, effect, type Signal, signal, untracked } from '@preact/signals';
import type { Bridge, CoreError, ReaderSpec } from '../../../../wasm/bridge/protocol';
import type { Store } from '../../session/create';
import { wordsOf } from '../sentence';
import { HIDDEN, type Lab, LENGTHS, labFor, labOf, NETS, type Net, SEED } from './lab';
import { counting, countsOf, median, type Read, readTape } from './layout';

/** One length of one net: counted. */
export interface Count {
  length: number;
  steps: number;
  products: number;
  weights: number;
}
/** And measured: the median of SAMPLES, NaN until it is there. */
export interface Point extends Count {
  milliseconds: number;
}
export const SAMPLES = 5;
type Counts = Record<Net, Count[]>;
type Times = Record<Net, number[]>; // in the order of LENGTHS
type Measured = Signal<Map<string, Times>>; // by layers

/** As long as the page is open: what was measured is not measured again unasked. */
const kept = new WeakMap<Bridge, Measured>();
const NONE: Times = { recurrent: [], attention: [] };

export function createReaders(store: Store) {
  const { bridge } = store.session;
  const lab = computed(() => labOf(store.lab.value));
  const reads = signal<Record<Net, Read> | null>(null);
  const problem = signal<CoreError | null>(null);
  const measuring = signal(false);
  const counted = signal<Counts | null>(null);
  const measured = kept.get(bridge) ?? signal(new Map<string, Times>());
  kept.set(bridge, measured);

  const spec = (net: Net, rest: Partial<ReaderSpec>): ReaderSpec => ({
    net,
    hidden: HIDDEN,
    layers: Number(lab.peek().layers),
    seed: SEED,
    ...rest,
  });
  const made = computed(() => {
    const { text, layers, from, to } = lab.value;
    return JSON.stringify([text, layers, from, to]);
  });
  const readOf = signal(''); // which the reads are of
  let asked = 0;
  const offMade = effect(() => {
    const of = made.value;
    const { text, from, to } = untracked(() => lab.value);
    const mine = ++asked;
    const words = wordsOf(text).join(' ');
    const way: [number, number] = [Number(from) - 1, Number(to) - 1];
    Promise.all(NETS.map((net) => bridge.call('reader', { ...spec(net, { text: words }), way }))).then(
      ([recurrent, attention]) => {
        if (mine !== asked || !recurrent || !attention) return;
        batch(() => {
          problem.value = null;
          readOf.value = of;
          reads.value = {
            recurrent: readTape('recurrent', recurrent),
            attention: readTape('attention', attention),
          };
        });
      },
      (error: CoreError) => {
        if (mine === asked) problem.value = error;
      },
    );
  });

  let round = 0;
  /** Length by length, each net in turn; what was measured before stays until the new number is there. */
  async function measure(): Promise<void> {
    const mine = ++round;
    const { layers } = lab.peek();
    const fresh: Times = { recurrent: [], attention: [] };
    measuring.value = true;
    try {
      for (const length of LENGTHS)
        for (const net of NETS) {
          const { milliseconds } = await bridge.call('readerTime', {
            ...spec(net, { length, layers: Number(layers) }),
            samples: SAMPLES,
          });
          if (mine !== round) return;
          fresh[net] = [...fresh[net], median(milliseconds)];
          const before = measured.peek().get(layers) ?? NONE;
          const now = Object.fromEntries(
            NETS.map((one) => [one, [...fresh[one], ...before[one].slice(fresh[one].length)]]),
          ) as Times;
          measured.value = new Map(measured.peek()).set(layers, now);
        }
    } catch (error) {
      if (mine === round) problem.value = error as CoreError;
    } finally {
      if (mine === round) measuring.value = false;
    }
  }
  const whole = (times: Times | undefined) => times?.attention.length === LENGTHS.length;
  const layers = computed(() => lab.value.layers);
  const offCounted = effect(() => {
    const stop = new AbortController();
    store.study(counting(Number(layers.value)), { signal: stop.signal }).then(
      (study) => {
        if (!stop.signal.aborted) counted.value = countsOf(study);
      },
      (error: CoreError) => {
        if (!stop.signal.aborted) problem.value = error;
      },
    );
    return () => stop.abort();
  });
  const offLayers = effect(() => {
    const one = layers.value;
    const here = reads.value !== null; // what is seen first comes first
    untracked(() => {
      if (here && !whole(measured.peek().get(one))) void measure();
    });
  });

  return {
    lab,
    reads,
    /** They are of what the view is set to now, not of what it was before. */
    settled: computed(() => readOf.value === made.value),
    problem,
    measuring,
    measure,
    points: computed<Record<Net, Point[]>>(() => {
      const times = measured.value.get(lab.value.layers) ?? NONE;
      const of = (net: Net) =>
        (counted.value?.[net] ?? []).map((count, i) => ({ ...count, milliseconds: times[net][i] ?? Number.NaN }));
      return { recurrent: of('recurrent'), attention: of('attention') };
    }),
    /** The last step of the longer one. */
    end: computed(() => Math.max(0, ...Object.values(reads.value ?? {}).map(({ depth }) => depth))),
    set(changed: Partial<Lab>): void {
      batch(() => {
        for (const [key, value] of Object.entries(labFor(changed))) store.setLab(key, value);
      });
    },
    dispose: () => {
      asked++;
      round++;
      offMade();
      offLayers();
      offCounted();
    },
  };
}
export type Readers = ReturnType<typeof createReaders>;
