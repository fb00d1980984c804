// The browser's own store: entries, which say what there is, and beside each its data, which may be large. Every
// failure rejects, and once it is open a question that is never answered does so after a while: a frame without an
// origin, a private window and a disk that is full all come here.

const NAME = 'unroll';
const VERSION = 1;
const PATIENCE = 30_000; // ms: a disk that others write to may take seconds

/** What is kept of each, without its data. */
export interface Entry {
  key: string;
  kind: 'text' | 'weights' | 'run';
  size: number; // bytes of its data, about
  at: number; // when it was last kept or used, ms
  name: string; // of the file; '' of a text
  lines: number; // of a text; 0
  run: KeptAs | null;
}
/** Of a run: what it is, and the view that was seen last. */
export interface KeptAs {
  exhibit: string;
  origin: string; // hash of what it is made from
  log: { step: number; key: string; value: string }[];
  address: string;
  step: number;
  tip: number;
  needs: string[]; // keys of its text and weights
}

export interface Database {
  entries(): Promise<Entry[]>;
  read(key: string): Promise<unknown>;
  write(entry: Entry, data: unknown): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
}

const patient = <T>(what: Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), PATIENCE);
  });
  return Promise.race([what, late]).finally(() => clearTimeout(timer));
};
const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** What the browser calls it may fail too, or be missing. */
export async function openDatabase(store: () => IDBFactory | undefined): Promise<Database> {
  const factory = store();
  if (!factory) throw new Error('no store');
  const opening = factory.open(NAME, VERSION);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('entries', { keyPath: 'key' });
    opening.result.createObjectStore('data');
  };
  const db = await answer(opening);
  db.onversionchange = () => db.close(); // a newer page in another tab
  /** Both stores or neither; resolves once it is on disk. */
  function all<T>(
    mode: IDBTransactionMode,
    act: (entries: IDBObjectStore, data: IDBObjectStore) => Promise<T> | T,
  ): Promise<T> {
    const transaction = db.transaction(['entries', 'data'], mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const result = Promise.resolve(act(transaction.objectStore('entries'), transaction.objectStore('data')));
    result.catch(() => {}); // told by the transaction
    return patient(done.then(() => result));
  }
  return {
    entries: () => all('readonly', (entries) => answer(entries.getAll() as IDBRequest<Entry[]>)),
    read: (key) => all('readonly', (_, data) => answer(data.get(key))),
    write: (entry, value) =>
      all('readwrite', (entries, data) => {
        entries.put(entry);
        data.put(value, entry.key);
      }),
    remove: (keys) =>
      all('readwrite', (entries, data) => {
        for (const key of keys) {
          entries.delete(key);
          data.delete(key);
        }
      }),
  };
}
