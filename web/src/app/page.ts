// What belongs to the whole page: the core behind the bridge, light or dark, the address, and which sheet is open.
import { batch, computed, effect, signal } from '@preact/signals';
import { headOf } from '../../../wasm/bridge/head';
import { openBridge } from '../../../wasm/bridge/open';
import type { Bridge, CoreError, CoreInfo } from '../../../wasm/bridge/protocol';
import { lostPart } from '../components/lost';
import { EXHIBITS } from '../exhibits';
import type { Mounted } from '../exhibits/types';
import { loadAny } from '../figures';
import { stopsBy } from '../figures/picture';
import { furnish } from '../figures/shared';
import { openDatabase } from '../keep/database';
import { createKeep, type Entry } from '../keep/keep';
import { createStore, type Store } from '../session/create';
import { offered } from '../session/offered';
import { misfit, needsOf } from '../session/own';
import { type Address, formatAddress, HOME, parseAddress, unchecked } from '../state/address';
import { defaults, type ViewState } from '../state/fields';
import { openAny } from './files';
import { markArrived } from './marks';
import { printing } from './print';

/** What of the glossary is open: some of its words, beside what asked for them; without any, all of it. */
export interface Asked {
  ids: string[];
  from: HTMLElement | null;
}
export type Notice =
  | { kind: 'bad'; fields: string[] }
  | { kind: 'missing'; name: string }
  | { kind: 'damaged'; hash: string }
  | { kind: 'refused'; message: string }
  | { kind: 'absent'; lacks: string[]; hash: string; told?: string }
  | { kind: 'before'; entry: Entry }
  | { kind: 'told'; words: string }
  | { kind: 'here'; kept: boolean } // copied, and good in this browser alone, or as long as this page is open
  | { kind: 'copied' | 'notcopied' };
function lost(error: Error): never {
  throw lostPart(error);
}
const WRITE = 300; // ms: browsers limit how often an address may change
const LATEST = 1000; // ms: browsers refuse more than some three a second

/** The view without what is nowhere: another run is not shown in its place. */
function without(lacks: string[], state: ViewState): ViewState {
  if (lacks.length === 0) return state;
  const { own: _, ...lab } = state.lab;
  if (needsOf({ ...state, lab }).some((key) => lacks.includes(key))) return defaults();
  return { ...state, lab };
}

/** What draws an exhibit, or the home page, is fetched while the core starts. */
export function createPage({ fetchDrawing, fetchHome }: Record<'fetchDrawing' | 'fetchHome', () => Promise<void>>) {
  const bridge: Bridge = openBridge();
  const keep = createKeep(openDatabase(() => globalThis.indexedDB));
  const core = signal<CoreInfo | null>(null);
  const failed = signal<CoreError | null>(null);
  // From the first paint on, so that on the way to an exhibit no home page is drawn.
  const meant = parseAddress(location.hash).exhibit;
  const exhibit = signal(EXHIBITS.has(meant) ? meant : '');
  const store = signal<Store | null>(null);
  const mounted = signal<Mounted | null>(null);
  const mode = signal<ViewState['mode']>('page');
  const chosen = signal<ViewState['theme']>('system');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const system = signal<'light' | 'dark'>(dark.matches ? 'dark' : 'light');
  const notice = signal<Notice | null>(null);
  const help = signal(false);
  const word = signal<Asked | null>(null);
  const theme = computed(() => (printing.value ? 'light' : chosen.value === 'system' ? system.value : chosen.value));
  const projector = computed(() => mode.value === 'projector');
  dark.addEventListener('change', () => {
    system.value = dark.matches ? 'dark' : 'light';
  });
  effect(() => {
    const { dataset } = document.documentElement;
    if (core.value) dataset.core = core.value.simd;
    dataset.theme = theme.value;
    if (projector.value) dataset.mode = 'projector';
    else delete dataset.mode;
    dataset.notation = store.value?.session.notation.value ?? 'a';
  });

  // ---- the address
  let applying = false;
  let written = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since: number | null = null; // what is not written yet
  const address = () =>
    formatAddress(exhibit.value, {
      ...(store.value?.state.value ?? defaults()),
      mode: mode.value,
      theme: chosen.value,
    });
  function write(): void {
    clearTimeout(timer);
    since = null;
    const next = address();
    if (next === written || applying) return;
    written = next;
    history.replaceState(null, '', next === `#${HOME}` ? location.pathname + location.search : next);
  }
  effect(() => {
    address();
    if (applying) return;
    clearTimeout(timer);
    // while training runs it changes at every frame: it is written now and then all the same
    since ??= performance.now();
    timer = setTimeout(write, Math.max(0, Math.min(WRITE, since + LATEST - performance.now())));
  });

  async function arrive(): Promise<void> {
    const { hash } = location; // it may change again before this one is shown
    if (hash === written && written !== '') {
      heading = null;
      markArrived(hash);
      return;
    }
    const read = parseAddress(hash);
    // Of a link that is not whole only the exhibit is believed.
    const to: Address = read.damaged ? { ...read, state: defaults(), bad: [] } : read;
    const known = EXHIBITS.get(to.exhibit);
    applying = true;
    let whole = !to.damaged;
    batch(() => {
      notice.value = to.bad.length > 0 ? { kind: 'bad', fields: to.bad } : null;
      if (to.damaged) notice.value = { kind: 'damaged', hash };
      if (to.exhibit !== '' && !known) notice.value = { kind: 'missing', name: to.exhibit.slice(0, 40) };
      failed.value = null;
      mode.value = to.state.mode;
      chosen.value = to.state.theme;
      if (exhibit.value !== (known ? to.exhibit : '')) {
        store.value?.dispose();
        store.value = null;
        mounted.value = null;
        exhibit.value = known ? to.exhibit : '';
      }
    });
    try {
      // What draws it comes while the core starts.
      const coming = known && Promise.all([known.load(), fetchDrawing()]).catch(lost);
      const home = !known && fetchHome().catch(lost);
      core.value ??= await bridge.call('info');
      if (home) await home;
      if (coming) {
        const [found] = await coming;
        mounted.value ??= found;
        if (store.value === null) {
          const made = createStore(bridge, found.exhibit, {
            core: core.value,
            projector,
            theme,
            stops: stopsBy(found.kinds, () => loadAny().catch(lost)),
            spawn: openBridge,
            keep,
            openFile,
          });
          furnish(made.session, found.kinds);
          store.value = made;
        }
        const { keeping, runs, apply } = store.value;
        const lacks = await keeping.find(to.state);
        if (lacks.length > 0) notice.value = { kind: 'absent', lacks, hash };
        const own = [...runs.files].filter(
          ([, { bytes }]) => misfit(found.exhibit, headOf(new Uint8Array(bytes))) === null,
        );
        const weights = [...core.value.weights, ...own.map(([id]) => id)];
        const { state, bad } = offered(without(lacks, to.state), found, { ...core.value, weights });
        if (bad.length > 0 && lacks.length === 0) notice.value = { kind: 'bad', fields: [...to.bad, ...bad] };
        whole = (await apply(state)) && lacks.length === 0 && whole;
        const problem = runs.problem.peek();
        if (problem && notice.peek() === null) notice.value = { kind: 'refused', message: problem.message };
        if (!hash.includes('?')) await offer(to.exhibit);
      }
    } catch (error) {
      failed.value = error as CoreError;
    } finally {
      applying = false;
      written = hash;
      if (heading === hash) heading = null;
      if (!whole && heading === null) write(); // what is on screen, not what was asked for
      markArrived(hash);
    }
  }
  let arriving: Promise<void> = Promise.resolve();
  let heading: string | null = null; // the address that is on its way to the screen
  const onAddress = () => {
    if (heading === location.hash) return; // told twice: as a place gone back to, and as another hash
    heading = location.hash;
    void store.value?.halt(); // nobody waits for what the one before asked for
    arriving = arriving.then(arrive);
  };
  addEventListener('popstate', onAddress);
  addEventListener('hashchange', onAddress);
  onAddress();

  /** To an address, be it the one that is on screen: what it needs may be here by now. */
  function visit(hash: string): void {
    written = '';
    heading = null;
    if (location.hash === hash) onAddress();
    else location.hash = hash;
  }
  /** What was done here before and no link brings back. */
  async function offer(slug: string): Promise<void> {
    await keep.look();
    const entry = keep.entries.peek().find(({ run }) => run?.exhibit === slug);
    if (entry && exhibit.peek() === slug) notice.value ??= { kind: 'before', entry };
  }
  async function openFile(file: File): Promise<void> {
    const now = notice.peek();
    const lacking = now?.kind === 'absent' ? now : null;
    if (!core.peek()) return;
    const came = await openAny(file, lacking?.lacks ?? [], { keep, core: core.peek() as CoreInfo, spawn: openBridge });
    if (came === 'kept') visit(lacking?.hash ?? location.hash);
    else if ('address' in came) visit(came.address);
    else notice.value = lacking ? { ...lacking, told: came.refused } : { kind: 'told', words: came.refused };
  }
  // Wherever on the page a file is dropped; where a place takes files of its own, it has taken them.
  addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file || event.defaultPrevented) return;
    event.preventDefault();
    void openFile(file);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void store.peek()?.keeping.save();
  });

  const isStored = (key: string) => keep.stored.peek().has(key);
  async function copyLink(): Promise<void> {
    write();
    try {
      await navigator.clipboard.writeText(location.href);
      const needs = store.peek() ? needsOf((store.peek() as Store).state.peek()) : [];
      notice.value = needs.length > 0 ? { kind: 'here', kept: needs.every(isStored) } : { kind: 'copied' };
    } catch {
      notice.value = { kind: 'notcopied' };
    }
  }

  return {
    bridge,
    spawn: openBridge,
    core,
    failed,
    exhibit,
    store,
    mounted,
    mode,
    theme,
    projector,
    notice,
    help,
    word,
    copyLink,
    keep,
    visit,
    openFile,
    /** A link that is not as it was made, taken at its word. */
    showAll: (hash: string) => {
      location.hash = unchecked(hash);
    },
    /** What follows gets an entry of its own, to which "back" returns. */
    mark: () => {
      write();
      history.pushState(null, '', location.href);
    },
    toggleTheme: () => {
      chosen.value = theme.value === 'dark' ? 'light' : 'dark';
    },
    toggleProjector: () => {
      mode.value = mode.value === 'projector' ? 'page' : 'projector';
    },
  };
}
export type Page = ReturnType<typeof createPage>;
