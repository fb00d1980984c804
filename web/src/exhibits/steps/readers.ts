// Both nets over the sentence, as the core counts them, and the time that lengths of text take on this machine.
import { batch, computed, effect, type Signal, signal, untracked } from '@preact/signals';
import type { Bridge, CoreError, ReaderSpec } from '../../../../wasm/bridge/protocol';
import type { Store } from '../../session/create';
import { HIDDEN, type Lab, LENGTHS, labFor, labOf, NETS, type Net, SEED, wordsOf } from './lab';
import { median, type Read, readTape, workOf } from './layout';

/** One length of one net: counted, and measured. */
export interface Point {
  length: number;
  steps: number;
  products: number;
  weights: number;
  milliseconds: number; // median of SAMPLES
}
export const SAMPLES = 5;
type Points = Record<Net, Point[]>;
type Measured = Signal<Map<string, Points>>; // by layers

/** As long as the page is open: what was measured is not measured again unasked. */
const kept = new WeakMap<Bridge, Measured>();
const NONE: Points = { recurrent: [], attention: [] };

export function createReaders(store: Store) {
  const { bridge } = store.session;
  const lab = computed(() => labOf(store.lab.value));
  const reads = signal<Record<Net, Read> | null>(null);
  const problem = signal<CoreError | null>(null);
  const measuring = signal(false);
  const measured = kept.get(bridge) ?? signal(new Map<string, Points>());
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
  let asked = 0;
  const offMade = effect(() => {
    made.value;
    const { text, from, to } = untracked(() => lab.value);
    const mine = ++asked;
    const words = wordsOf(text).join(' ');
    const way: [number, number] = [Number(from) - 1, Number(to) - 1];
    Promise.all(NETS.map((net) => bridge.call('reader', { ...spec(net, { text: words }), way }))).then(
      ([recurrent, attention]) => {
        if (mine !== asked || !recurrent || !attention) return;
        batch(() => {
          problem.value = null;
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
    const fresh: Points = { recurrent: [], attention: [] };
    measuring.value = true;
    try {
      for (const length of LENGTHS)
        for (const net of NETS) {
          const { milliseconds, counted } = await bridge.call('readerTime', {
            ...spec(net, { length, layers: Number(layers) }),
            samples: SAMPLES,
          });
          if (mine !== round) return;
          const point = {
            length,
            steps: counted.longest.length - 1,
            ...workOf({ counted }),
            milliseconds: median(milliseconds),
          };
          fresh[net] = [...fresh[net], point];
          const before = measured.peek().get(layers) ?? NONE;
          const now = Object.fromEntries(
            NETS.map((one) => [one, [...fresh[one], ...before[one].slice(fresh[one].length)]]),
          ) as Points;
          measured.value = new Map(measured.peek()).set(layers, now);
        }
    } catch (error) {
      if (mine === round) problem.value = error as CoreError;
    } finally {
      if (mine === round) measuring.value = false;
    }
  }
  const whole = (points: Points | undefined) => points?.attention.length === LENGTHS.length;
  const layers = computed(() => lab.value.layers);
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
    problem,
    measuring,
    measure,
    points: computed<Points>(() => measured.value.get(lab.value.layers) ?? NONE),
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
    },
  };
}
export type Readers = ReturnType<typeof createReaders>;
