// What was done, one thing at a time: undone and redone in any sequence. What concerns the run the core takes back
// itself and tells of (`past`); here it is put in order with the texts that were read between.
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Bridge, Done, PastInfo } from '../../../wasm/bridge/protocol';

/** Which text is read, and where in it one stands. */
export interface Place {
  text: string;
  position: number;
}
export interface Entry {
  /** Of the run, in the order in which they were done; several where one press did several. */
  runs: Done[];
  /** Where the text was another: to what it goes, undone or redone. */
  place: Place | null;
  words: { from: string; to: string } | null; // the texts, where nothing but the text is another
  link: boolean; // all that a link changed
}
export type Way = 'undo' | 'redo';

export interface Ways {
  here(): Place;
  runId(): number | null;
  /** Takes one thing of the run back or brings it back; false where that failed, which is said. */
  turn(way: Way): Promise<boolean>;
  /** A link goes no further on its way to an update. */
  halt(): Promise<void>;
  /** Reads a text and stands there. */
  go(place: Place): Promise<void>;
}

export function createHistory(bridge: Bridge, { here, runId, turn, halt, go }: Ways) {
  const done = signal<Entry[]>([]);
  const undone = signal<Entry[]>([]); // the last of them is redone first
  const said = signal<{ way: Way; entry: Entry } | null>(null);
  const seen = new Set<string>();
  let group: Entry | null = null; // what is being done is one thing
  let linked = false;
  let queue: Promise<unknown> = Promise.resolve();
  let past: PastInfo = { done: [], undone: [] };

  const fresh = (): Entry => ({ runs: [], place: null, words: null, link: false });
  function add(entry: Entry): void {
    if (done.peek().includes(entry)) return;
    batch(() => {
      done.value = [...done.peek(), entry];
      undone.value = [];
      said.value = null;
    });
  }
  function onPast(now: PastInfo): void {
    past = now;
    const known = new Map([...past.done, ...past.undone].map((one) => [one.id, one]));
    const kept = (list: Entry[]): Entry[] => {
      const left = list.map((entry) => {
        const before = entry.runs.length;
        entry.runs = entry.runs.flatMap(({ id }) => known.get(id) ?? []);
        return { entry, lost: before > 0 && entry.runs.length === 0 };
      });
      // What the core has let go of is the oldest; texts that were read before that belong to it.
      const first = left.findIndex(({ entry }) => entry.runs.length > 0);
      const oldest = left.findLastIndex(({ lost }, i) => lost && (first < 0 || i < first));
      return left.filter(({ lost }, i) => !lost && i > oldest).map(({ entry }) => entry);
    };
    batch(() => {
      done.value = kept(done.peek());
      undone.value = kept(undone.peek());
      for (const one of past.done) {
        if (seen.has(one.id)) continue;
        seen.add(one.id);
        // Training goes on after what began it.
        const entry = group && (linked || one.what !== 'train') ? group : fresh();
        entry.runs.push(one);
        add(entry);
      }
    });
  }

  /** One thing after another, so that each is taken back alone. */
  function next<T>(action: () => Promise<T>): Promise<T> {
    const result = queue.then(action);
    queue = result.catch(() => {});
    return result;
  }
  async function grouped<T>(action: () => Promise<T>): Promise<T> {
    const before = { place: here(), run: runId() };
    const entry = fresh();
    entry.link = linked;
    group = entry;
    try {
      return await action();
    } finally {
      group = null;
      const { text } = here();
      const same = text === before.place.text;
      if (!same || runId() !== before.run) entry.place = before.place;
      if (before.run !== null && !same && entry.runs.length === 0) {
        entry.words = { from: before.place.text, to: text };
        add(entry);
      }
    }
  }
  /** Whatever this does is taken back as one thing. */
  const one = <T>(action: () => Promise<T>): Promise<T> => (linked ? action() : next(() => grouped(action)));
  /** The same for all that a link asks for; before the first there is nothing to go back to. */
  const link = <T>(action: () => Promise<T>): Promise<T> =>
    next(async () => {
      const first = runId() === null;
      linked = true;
      try {
        return await grouped(action);
      } finally {
        linked = false;
        if (first) done.value = [];
      }
    });

  const take = (way: Way): Promise<void> => {
    if (linked) void halt();
    return next(async () => {
      const [from, to] = way === 'undo' ? [done, undone] : [undone, done];
      const entry = from.peek().at(-1);
      if (!entry) return;
      const stood = here();
      // Where one of several failed, the rest is still to do.
      const left = (way === 'undo' ? past.done : past.undone).map(({ id }) => id);
      for (const _ of entry.runs.filter(({ id }) => left.includes(id))) if (!(await turn(way))) return;
      const { place } = entry;
      batch(() => {
        from.value = from.peek().filter((other) => other !== entry);
        to.value = [...to.peek(), entry];
        said.value = { way, entry };
      });
      if (!place) return;
      entry.place = stood;
      await go(place);
    });
  };

  const off = bridge.on('past', onPast);
  return {
    done: done as ReadonlySignal<readonly Entry[]>,
    undone: undone as ReadonlySignal<readonly Entry[]>,
    canUndo: computed(() => done.value.length > 0),
    canRedo: computed(() => undone.value.length > 0),
    /** What was undone or redone last, until something is done. */
    said,
    one,
    link,
    undo: () => take('undo'),
    redo: () => take('redo'),
    dispose: off,
  };
}
export type History = ReturnType<typeof createHistory>;
