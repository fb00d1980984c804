// A feed-forward net at one of the points that it is trained on, as the core has it at the update on screen: its tape walked
// forwards and back, and all points with their errors. Where one is in its moments is in the address.
import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { CoreError, Each, Tape } from '../../../wasm/bridge/protocol';
import { type Net, readNet } from '../figures/units/anatomy';
import { knownAt, type Moment, momentsOf } from '../figures/units/moments';
import type { Store } from '../session/create';
import { latest } from '../session/latest';

export interface AtPoint {
  net: Net;
  moments: Moment[];
  tape: Tape;
  each: Each;
  point: number; // from 0
  step: number;
  run: number; // its id
}
/** Where one is: the moment that was done last, "delta.2", '' at the start; and which point, from 1. */
export interface Where {
  at: string;
  point: string;
}

/** As few digits as give the same number in single precision. */
export function shortest(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(value);
}

/** "delta.2", and of units of one layer any of them. */
export const indexOf = (moments: readonly Moment[], id: string): number => {
  const [kind, unit] = id.split('.');
  return 1 + moments.findIndex((one) => one.kind === kind && (unit === undefined || one.units.includes(Number(unit))));
};

/** `more` is asked with it, of the same update. */
export function createWalked<More>(
  store: Store,
  where: ReadonlySignal<Where>,
  more: (at: AtPoint) => Promise<More>,
): Walking<AtPoint & More> {
  const { session } = store;
  const { bridge } = session;
  const seen = signal<(AtPoint & More) | null>(null);
  const problem = signal<CoreError | null>(null);
  const point = computed(() => where.value.point);

  let walked = ''; // the run and the point that the worker's graph is of
  let read: { net: Net; moments: Moment[] } | null = null;
  const look = latest(async () => {
    const run = session.run.peek();
    if (!run) return;
    try {
      const each = await bridge.call('each');
      const n = Math.max(0, Math.min(each.points - 1, Number(point.peek()) - 1));
      const text = [...(each.x[n] ?? []), ...(each.t[n] ?? [])].map((one) => shortest(one)).join(' ');
      const key = `${run.id} ${text}`;
      if (key !== walked || !read) {
        const schema = await bridge.call('walk', { text });
        const net = readNet(schema);
        if (!net) return;
        read = { net, moments: momentsOf(net) };
        walked = key;
      }
      const tape = await bridge.call('tape');
      const at: AtPoint = { ...read, tape, each, point: n, step: tape.step, run: run.id };
      const own = await more(at);
      if (session.run.peek()?.id !== run.id) return;
      batch(() => {
        problem.value = null;
        seen.value = { ...at, ...own };
        store.seen.value = true;
      });
    } catch (error) {
      walked = '';
      problem.value = error as CoreError;
    }
  });
  const off = effect(() => {
    session.run.value?.id;
    session.step.value;
    point.value;
    untracked(() => look(undefined));
  });
  const offReplaced = bridge.on('replaced', () => {
    walked = '';
    look(undefined);
  });

  const index = computed(() => (seen.value ? Math.max(0, indexOf(seen.value.moments, where.value.at)) : 0));
  const moment = computed(() => seen.value?.moments[index.value - 1] ?? null);
  const known = computed(() => seen.value && knownAt(seen.value.net, seen.value.moments, index.value));
  const set = (change: Record<string, string>) => {
    store.lab.value = { ...store.lab.peek(), ...change };
  };
  const goto = (to: number) => {
    const moments = seen.peek()?.moments ?? [];
    set({ at: moments[Math.max(0, Math.min(moments.length, to)) - 1]?.id ?? '' });
  };
  /** The next or last moment of another unit. */
  const gotoUnit = (by: 1 | -1) => {
    const moments = seen.peek()?.moments ?? [];
    const name = (at: number) => moments[at - 1]?.units.join() ?? '';
    let to = index.peek() + by;
    while (to > 0 && to < moments.length && name(to) === name(index.peek())) to += by;
    if (by > 0) while (to < moments.length && name(to + 1) === name(to)) to++;
    goto(to);
  };
  return {
    ...{ seen, problem, index, moment, known, set, goto, gotoUnit },
    dispose: () => {
      off();
      offReplaced();
    },
  };
}
export interface Walking<Seen extends AtPoint = AtPoint> {
  seen: ReadonlySignal<Seen | null>;
  problem: ReadonlySignal<CoreError | null>;
  index: ReadonlySignal<number>;
  moment: ReadonlySignal<Moment | null>;
  known: ReadonlySignal<ReturnType<typeof knownAt> | null>;
  set(change: Record<string, string>): void;
  goto(to: number): void;
  gotoUnit(by: 1 | -1): void;
  dispose(): void;
}
