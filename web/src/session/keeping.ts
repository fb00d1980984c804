// What is kept of a mounted exhibit as it comes: its own texts and weights at once, its run a moment after each change.
// And how what was kept is found again for a link.
import { computed, effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { Bridge, KeptRun } from '../../../wasm/bridge/protocol';
import type { Entry, Keep } from '../keep/keep';
import { packSession, type SessionFile } from '../keep/session';
import { formatAddress } from '../state/address';
import { digestOf } from '../state/digest';
import { type Change, upTo, type ViewState } from '../state/fields';
import { textLines } from './corpus';
import type { Exhibit } from './declared';
import { fileId, MOST_IN_LINK, needsOf, type Origin, originHash, textKey, weightsKey } from './own';
import type { Runs } from './runs';

const PAUSE = 1500; // ms from a change to what is kept of it
const RUNNING = 6000; // ms, while it trains: it changes all the time
const FEWEST = 100; // updates that a run must have for its own sake: fewer are trained again in no time
const SNAPSHOTS = 4 * 2 ** 20; // bytes of one run's
const SNAPSHOTS_OF_FILE = 32 * 2 ** 20;

const same = (a: readonly Change[], b: readonly Change[]) => JSON.stringify(a) === JSON.stringify(b);
export const sizeOf = (kept: KeptRun | null): number =>
  1000 + (kept?.snapshots.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) ?? 0);

/** A run as it is kept, with the view of it that its address describes. */
export function runEntry(exhibit: Exhibit, from: Origin, state: ViewState, kept: KeptRun | null): Omit<Entry, 'at'> {
  const origin = originHash(exhibit, from);
  const log = kept?.saved.log ?? [];
  return {
    key: `run:${exhibit.slug}:${origin}:${digestOf(JSON.stringify(log))}`,
    kind: 'run',
    size: sizeOf(kept),
    name: '',
    lines: textLines(from.corpus).length,
    run: {
      exhibit: exhibit.slug,
      origin,
      log,
      address: formatAddress(exhibit.slug, state),
      step: state.step,
      tip: kept?.saved.curve.tip ?? state.step,
      needs: needsOf(state),
    },
  };
}
export const textEntry = (text: string): Omit<Entry, 'at'> => ({
  key: textKey(digestOf(text)),
  kind: 'text',
  size: 3 * text.length,
  name: '',
  lines: textLines(text).length,
  run: null,
});
export const weightsEntry = (name: string, bytes: ArrayBuffer): Omit<Entry, 'at'> => ({
  key: weightsKey(fileId(bytes)),
  kind: 'weights',
  size: bytes.byteLength,
  name,
  lines: 0,
  run: null,
});

export function createKeeping(
  bridge: Bridge,
  keep: Keep,
  runs: Runs,
  exhibit: Exhibit,
  state: ReadonlySignal<ViewState>,
) {
  let forgotten = -1; // a run that is not to be kept, by its id
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> = Promise.resolve();

  async function put(): Promise<void> {
    const info = runs.run.peek();
    const needs = needsOf(state.peek());
    if (!info || info.id === forgotten || (needs.length === 0 && runs.tip.peek() < FEWEST)) return;
    const kept = runs.tip.peek() > 0 ? await bridge.call('keep', { bytes: SNAPSHOTS }) : null;
    const now = runs.run.peek();
    if (now?.id !== info.id || info.id === forgotten) return;
    const entry = runEntry(exhibit, runs.origin.peek(), state.peek(), kept);
    await keep.look();
    const before = keep.entries.peek().find(({ key }) => key === entry.key);
    const further = before?.run && entry.run && before.run.tip > entry.run.tip ? await keep.get(entry.key) : null;
    if (!further || !before?.run || !entry.run) await keep.put(entry, kept);
    // The same run, from another tab: what it has of it holds here too.
    else await keep.put({ ...entry, size: before.size, run: { ...entry.run, tip: before.run.tip } }, further);
  }
  /** What there is by now. */
  function save(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    saving = saving.then(put).catch(() => {}); // a core that has gone meanwhile is told elsewhere
    return saving;
  }
  const sentences = computed(() => state.value.lab.own);
  let ran = false;
  const offRun = effect(() => {
    runs.run.value;
    runs.step.value;
    runs.tip.value;
    sentences.value;
    const { running } = runs.training.value;
    if (keep.trouble.value === 'absent' || (timer !== undefined && running === ran)) return;
    ran = running;
    clearTimeout(timer);
    timer = setTimeout(save, running ? RUNNING : PAUSE);
  });
  const offOwn = effect(() => {
    const { corpus, weights } = runs.origin.value;
    const file = runs.files.get(weights);
    untracked(() => {
      if (corpus.length > MOST_IN_LINK) void holdText(corpus);
      if (file) void keep.put(weightsEntry(file.name, file.bytes), file.bytes);
    });
  });

  function holdText(text: string): Promise<boolean> {
    runs.texts.set(digestOf(text), text);
    return keep.put(textEntry(text), text);
  }
  /** What a view needs that is not in its link, brought here; the keys of what is nowhere. */
  async function find(wanted: ViewState): Promise<string[]> {
    const missing: string[] = [];
    const needs = needsOf(wanted);
    if (needs.length > 0) await keep.look();
    for (const key of needs) {
      const data = await keep.get(key);
      // The store is as foreign as a file: it is what it is called, or it is not there.
      if (typeof data === 'string' && textKey(digestOf(data)) === key) runs.texts.set(digestOf(data), data);
      else if (data instanceof ArrayBuffer && weightsKey(fileId(data)) === key) {
        const name = keep.entries.peek().find((entry) => entry.key === key)?.name ?? '';
        runs.files.set(fileId(data), { name, bytes: data });
      } else if (!(key.startsWith('weights:') && runs.files.has(wanted.weights ?? ''))) missing.push(key);
    }
    return missing;
  }
  /** What was kept of this run, with which the update that is wanted is brought back soonest. */
  async function past(
    from: Origin,
    step: number,
    log: readonly Change[],
  ): Promise<{ key: string; kept: KeptRun } | null> {
    await keep.look();
    const origin = originHash(exhibit, from);
    const runsOfIt = keep.entries
      .peek()
      .filter((entry) => entry.run?.origin === origin && same(upTo(step, entry.run.log), log));
    const [best] = runsOfIt.sort((a, b) => Math.min(step, b.run?.tip ?? 0) - Math.min(step, a.run?.tip ?? 0));
    const kept = best && ((await keep.get(best.key)) as KeptRun | null);
    return best && kept ? { key: best.key, kept } : null;
  }
  /** Everything of this view in one file. */
  async function pack(): Promise<Uint8Array<ArrayBuffer>> {
    const now = state.peek();
    const session: SessionFile = { address: formatAddress(exhibit.slug, now), texts: [], weights: [], run: null };
    for (const hash of [now.own, now.lab.own]) {
      const text = hash && runs.texts.get(hash);
      if (text) session.texts.push(text);
    }
    const file = runs.files.get(now.weights ?? '');
    if (file) session.weights.push(file);
    if (runs.tip.peek() > 0) session.run = await bridge.call('keep', { bytes: SNAPSHOTS_OF_FILE });
    return packSession(session);
  }

  return {
    find,
    past,
    pack,
    save,
    holdText,
    /** Null: everything. The run on screen is not kept again. */
    async forget(keys?: readonly string[]): Promise<void> {
      const present = runEntry(exhibit, runs.origin.peek(), state.peek(), null).run?.origin;
      const gone = keep.entries.peek().filter(({ key }) => keys === undefined || keys.includes(key));
      if (keys === undefined || gone.some(({ run }) => run?.origin === present)) forgotten = runs.run.peek()?.id ?? -1;
      await saving;
      await keep.forget(keys);
    },
    dispose(): void {
      void save();
      offRun();
      offOwn();
    },
  };
}
export type Keeping = ReturnType<typeof createKeeping>;
