// What a link cannot carry, kept in this browser: texts and weights under the hash of what is in them, runs under what
// they are made from, so that two tabs that write the same write the same thing. What this page opened it also holds
// itself, and works without a store. The database is database.ts, the file that takes everything elsewhere session.ts.
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Database, Entry } from './database';

export type { Entry, KeptAs } from './database';

export const BUDGET = 128 * 2 ** 20; // bytes of all that is kept
const MOST_RUNS = 32;
const PATIENCE = 5000; // ms: how long one waits for the store; when it opens later, it is used from then on

/** Why what is opened here is gone with this page. */
export type Trouble = 'absent' | 'full';

export interface Keep {
  /** As of the last look; the one used last comes first. */
  readonly entries: ReadonlySignal<readonly Entry[]>;
  /** Keys of those that outlive this page. */
  readonly stored: ReadonlySignal<ReadonlySet<string>>;
  readonly trouble: ReadonlySignal<Trouble | null>;
  look(): Promise<void>;
  /** False where it is kept no longer than this page. */
  put(entry: Omit<Entry, 'at'>, data: unknown): Promise<boolean>;
  /** Null where it is not here. */
  get(key: string): Promise<unknown>;
  /** These, and what nothing else needs any more; all of them, if none are named. */
  forget(keys?: readonly string[]): Promise<void>;
  /** This one alone. */
  drop(key: string): Promise<void>;
}

/** What comes of it, or null after so many ms. */
function within<T>(ms: number, what: Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ms);
    void what.then((came) => {
      clearTimeout(timer);
      resolve(came);
    });
  });
}

/** Without a database it holds what this page opened, and no longer. */
export function createKeep(
  opening: Promise<Database> | null,
  now: () => number = Date.now,
  patience: number = PATIENCE,
): Keep {
  const entries = signal<readonly Entry[]>([]);
  const stored = signal<ReadonlySet<string>>(new Set());
  const trouble = signal<Trouble | null>(opening ? null : 'absent');
  const held = new Map<string, { entry: Entry; data: unknown }>(); // by this page, whatever becomes of the store
  const opened = Promise.resolve(opening).catch(() => null);
  let database = within(patience, opened);
  void database.then(async (db) => {
    if (db || !opening) return;
    trouble.value = 'absent';
    const late = await opened;
    if (late) await next(() => catchUp(late));
  });

  // One change after another: what is forgotten does not come back by what was still on its way.
  let queue: Promise<unknown> = Promise.resolve();
  function next<T>(action: () => Promise<T>): Promise<T> {
    const done = queue.then(action);
    queue = done.catch(() => {});
    return done;
  }
  const found = async (db: Database): Promise<Entry[]> => {
    const all = await db.entries();
    return all.sort((a, b) => b.at - a.at);
  };
  async function look(): Promise<void> {
    const db = await database;
    const own = [...held.values()].map(({ entry }) => entry);
    const kept = db ? await found(db).catch(() => []) : [];
    const others = own.filter(({ key }) => !kept.some((one) => one.key === key));
    batch(() => {
      stored.value = new Set(kept.map(({ key }) => key));
      entries.value = [...kept, ...others];
    });
  }

  /** The oldest make room; what this page uses stays. */
  async function makeRoom(db: Database, entry: Entry, less = 0): Promise<void> {
    const all = (await found(db)).filter(({ key }) => key !== entry.key);
    const gone: string[] = [];
    let total = all.reduce((sum, { size }) => sum + size, entry.size);
    let runs = all.filter(({ kind }) => kind === 'run').length + (entry.kind === 'run' ? 1 : 0);
    const most = Math.min(BUDGET, less > 0 ? total - less : BUDGET);
    for (const one of all.reverse()) {
      const many = one.kind === 'run' && runs > MOST_RUNS;
      if ((total <= most && !many) || held.has(one.key)) continue;
      gone.push(one.key);
      total -= one.size;
      if (one.kind === 'run') runs--;
    }
    if (gone.length > 0) await db.remove(gone);
    if (total > most) throw new Error('no room');
  }
  async function write(entry: Entry, data: unknown): Promise<boolean> {
    const db = await database;
    let done = false;
    try {
      if (db) {
        await makeRoom(db, entry);
        await db.write(entry, data).catch(async () => {
          // The disk has less room than we allow ourselves.
          await makeRoom(db, entry, entry.size);
          await db.write(entry, data);
        });
        done = true;
        // Of runs only the one on screen is in use.
        for (const [key, { entry: other }] of held) if (other.kind === 'run' && key !== entry.key) held.delete(key);
      }
      trouble.value = db ? null : 'absent';
    } catch {
      trouble.value = 'full';
    }
    await look();
    return done;
  }

  /** Of a store that opened late: what this page holds goes into it. */
  async function catchUp(db: Database): Promise<void> {
    database = Promise.resolve(db);
    trouble.value = null;
    for (const { entry, data } of [...held.values()]) await write(entry, data);
    await look();
  }

  async function remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) held.delete(key);
    await (await database)?.remove(keys).catch(() => {});
    await look();
  }

  return {
    entries,
    stored,
    trouble,
    look,
    put(what, data) {
      const entry = { ...what, at: now() };
      held.set(entry.key, { entry, data });
      return next(() => (held.get(entry.key)?.data === data ? write(entry, data) : Promise.resolve(false)));
    },
    async get(key) {
      const own = held.get(key);
      // Another tab may have come further with the same run; a text or weights cannot be others.
      if (own && own.entry.kind !== 'run') return own.data;
      const db = await database;
      const data = (await db?.read(key).catch(() => null)) ?? own?.data ?? null;
      const entry = data === null ? undefined : (await db?.entries().catch(() => []))?.find((one) => one.key === key);
      if (entry) held.set(key, { entry, data });
      return data;
    },
    forget: (keys) =>
      next(async () => {
        await look();
        const all = entries.peek();
        const gone = new Set(keys ?? all.map(({ key }) => key));
        const needed = (of: readonly Entry[]) => new Set(of.flatMap(({ run }) => run?.needs ?? []));
        const still = needed(all.filter(({ key }) => !gone.has(key)));
        for (const key of needed(all.filter(({ key }) => gone.has(key)))) if (!still.has(key)) gone.add(key);
        await remove([...gone]);
        if (keys === undefined && (await database)) trouble.value = null;
      }),
    drop: (key) => next(() => remove([key])),
  };
}
