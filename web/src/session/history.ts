// What was done, one thing at a time: undone and redone in any sequence. What concerns the run the core takes back
// itself and tells of (`past`); here it is put in order with the texts that were read between.
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Bridge, Done, PastInfo } from '../../../wasm/bridge/protocol';
import type { Look } from './looking';
import type { Reading } from './types';

/** What is read, and where in it one stands. */
export interface Place extends Reading {
  position: number;
  look?: Look; // where a button of the text changed that too
}
export interface Entry {
  /** Of the run, in the order in which they were done; several where one press did several. */
  runs: Done[];
  /** Where the text was another: to what it goes, undone or redone. */
  place: Place | null;
  words: { from: Reading; to: Reading } | null; // what was read, where nothing else is another
  link: boolean; // all that a link changed
  label: string | null; // the words of the button in the text that did it
}
export type Way = 'undo' | 'redo';

export interface Ways {
  /** With the look of it, if that is asked for. */
  here(look?: boolean): Place;
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
  const said = signal<{ way: Way; entries: Entry[] } | null>(null);
  const seen = new Set<string>();
  let group: Entry | null = null; // what is being done is one thing
  let linked = false;
  let queue: Promise<unknown> = Promise.resolve();
  let past: PastInfo = { done: [], undone: [] };

  const fresh = (): Entry => ({ runs: [], place: null, words: null, link: false, label: null });
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
  async function grouped<T>(action: () => Promise<T>, entry = fresh()): Promise<T> {
    const before = { place: here(), run: runId() };
    entry.link = linked;
    group = entry;
    try {
      return await action();
    } finally {
      group = null;
      const now = here();
      const same = now.text === before.place.text && now.target === before.place.target;
      if (!same || runId() !== before.run) entry.place = before.place;
      if (before.run !== null && !same && entry.runs.length === 0) {
        entry.words = { from: before.place, to: now };
        add(entry);
      }
    }
  }
  /** Whatever this does is taken back as one thing. */
  const one = <T>(action: () => Promise<T>): Promise<T> => (linked ? action() : next(() => grouped(action)));
  /** What a text does, with its entry if that changed the run or what is read. */
  const noted = (action: () => Promise<unknown>): Promise<Entry | null> =>
    linked
      ? action().then(() => null)
      : next(async () => {
          const entry = fresh();
          await grouped(action, entry);
          return done.peek().includes(entry) ? entry : null;
        });
  /** What a button of the text does, under its words: how it looked comes back too. */
  const deed = (label: string, look: () => Look, action: () => Promise<unknown>): Promise<Entry> =>
    next(async () => {
      const entry = { ...fresh(), label };
      const place = { ...here(), look: look() };
      await grouped(action, entry);
      entry.place = place;
      add(entry);
      return entry;
    });
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

  /** One thing, in the queue. False where there is none, or a part of it failed. forgotten: it cannot be brought back. */
  async function takeOne(way: Way, forgotten = false): Promise<boolean> {
    const [from, to] = way === 'undo' ? [done, undone] : [undone, done];
    const entry = from.peek().at(-1);
    if (!entry) return false;
    const stood = here(entry.place?.look !== undefined);
    // Where one of several failed, the rest is still to do.
    const left = (way === 'undo' ? past.done : past.undone).map(({ id }) => id);
    for (const _ of entry.runs.filter(({ id }) => left.includes(id))) if (!(await turn(way))) return false;
    const { place } = entry;
    batch(() => {
      from.value = from.peek().filter((other) => other !== entry);
      if (!forgotten) to.value = [...to.peek(), entry];
      said.value = forgotten ? null : { way, entries: [entry] };
    });
    if (!place) return true;
    entry.place = stood;
    await go(place);
    return true;
  }
  const take = (way: Way): Promise<void> => {
    if (linked) void halt();
    return next(async () => {
      await takeOne(way);
    });
  };
  /** Undoes all that was done since this was the last thing; Redo has it, one by one. */
  const backTo = (mark: Entry | null): Promise<void> =>
    next(async () => {
      const list = done.peek();
      const since = mark ? list.indexOf(mark) : -1;
      if (mark && since < 0) return; // it was undone itself
      const entries = list.slice(since + 1).reverse();
      for (const _ of entries) if (!(await takeOne('undo'))) return;
      if (entries.length > 0) said.value = { way: 'undo', entries };
    });

  /** Takes the last thing back, if it is still this one, without a word: what a text borrowed is no deed of the reader's. */
  const giveBack = (entry: Entry): Promise<boolean> =>
    next(async () => done.peek().at(-1) === entry && (await takeOne('undo', true)));

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
    noted,
    deed,
    backTo,
    giveBack,
    last: (): Entry | null => done.peek().at(-1) ?? null,
    undo: () => take('undo'),
    redo: () => take('redo'),
    dispose: off,
  };
}
export type History = ReturnType<typeof createHistory>;
