// A mounted exhibit: its run, its walk, what it reads and writes, its text, its claim, put together into the one Session
// that views read, and the few actions that only the page itself takes (the Store).
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Bridge, CoreInfo, WalkSchema } from '../../../wasm/bridge/protocol';
import { createKeep, type Keep } from '../keep/keep';
import type { ViewState } from '../state/fields';
import { answersOnce } from './answers';
import type { BringingBack } from './bringing';
import { createClaim } from './claim';
import type { Counting } from './clocks';
import type { Exhibit } from './declared';
import { createExtents } from './extents';
import { createGuide } from './guide';
import { createHistory, type Place as Stood } from './history';
import { createKeeping } from './keeping';
import { createLending } from './lending';
import { createLooking } from './looking';
import type { Origin } from './own';
import { createReader } from './reader';
import { createRuns } from './runs';
import { createStudies } from './studies';
import type { Clock, Notation, Session, View } from './types';
import { showState, stateOf } from './view';
import { createWalker } from './walker';
import { createWriting } from './writing';

/** What brings back an update, and how that is stopped. */
export interface Replaying {
  bringing: BringingBack;
  halt(): void;
}

export interface Page {
  spawn: () => Bridge; // another core in a worker of its own; whoever asks for it closes it
  core: CoreInfo;
  projector: ReadonlySignal<boolean>;
  theme: ReadonlySignal<'light' | 'dark'>;
  stops?: (schema: WalkSchema) => Promise<Counting | null>; // what the middle clock counts
  keep?: Keep; // none: what is opened is held as long as the page is
  openFile?: (file: File) => Promise<void>; // a session, or what a link lacks
}

/** A clock of a view's own. */
export interface Transport {
  /** Without a word: what the keys mean. */
  playOrPause(what?: 'operation' | 'update'): void;
  update(by: 1 | -1): void;
  step?(by: 1 | -1): void; // by the keys of the network's operations
}

export function createStore(bridge: Bridge, exhibit: Exhibit, page: Page) {
  const notation = signal<Notation>('a');
  const view = signal<View>('value');
  const transport = signal<Transport | null>(null);
  // to what is asked about a view of the exhibit's own; than: what a side is asked of
  const answer = signal<{ value: number; than?: number } | null>(null);
  const seen = signal(false); // a view of its own has its first numbers
  const runs = createRuns(bridge, exhibit);
  const replays = signal<readonly Replaying[]>([runs]);
  const walker = createWalker(bridge, view, runs, page.stops);
  const extents = createExtents(bridge, walker.walk, runs);
  const answers = computed(() => answersOnce(page.core, runs.run.value));
  const built = computed(() => {
    const { model = '', ...settings } = runs.run.value?.settings ?? {};
    const rows = page.core.models.find(({ name }) => name === model)?.settings ?? [];
    return rows.map(({ key, built }) => (built ? settings[key] : '')).join();
  });
  const reader = createReader(bridge, exhibit, runs, walker, answers, built);
  const { soFar: read, pair } = reader;
  const writes = exhibit.writes !== false;
  const writing = createWriting(bridge, {
    ...{ run: runs.run, step: runs.step, training: runs.training, read, pair, answers, writes },
  });
  const { sampling } = writing;
  const looking = createLooking({ walks: exhibit.walks !== false, walker, view, sampling });
  const claim = createClaim(bridge, exhibit.claim, runs);
  const studies = createStudies(bridge);

  // ---- what was done
  let turned = false;
  const history = createHistory(bridge, {
    here: (look = false) => ({
      ...reader.reads(),
      position: walker.position.peek(),
      ...(look && { look: looking.look() }),
    }),
    runId: () => runs.run.peek()?.id ?? null,
    turn: (way) => {
      walker.pause();
      turned = true;
      walker.readBefore.value = null;
      return runs.turn(way);
    },
    halt: runs.halt,
    go: async ({ position, look, ...wanted }: Stood) => {
      if (look && reader.stands(wanted)) looking.restore(look);
      else if (!(await reader.read(wanted))) await reader.reread();
      else if (look) looking.restore(look);
      else walker.goto(position);
      if (turned) walker.readBefore.value = null; // of a run that is gone
      turned = false;
    },
  });
  const change = <T>(action: () => Promise<T>): Promise<T> => history.one(() => reader.replacing(action));
  const train = (updates: number) => (updates === Number.POSITIVE_INFINITY ? runs.play() : runs.train(updates));

  // ---- what the text shows
  const lending = createLending(exhibit, { core: page.core, runs, history, looking, reader });
  const guide = createGuide(exhibit, {
    ...{ walker, runs, reader, history, looking, lending, view },
    play: (what) => {
      const own = transport.peek();
      if (own) own.playOrPause(what);
      else if (what === 'operation') walker.playing.peek() ? walker.pause() : walker.play('operation');
      else if (runs.training.peek().running) void runs.stop();
      else void runs.play();
    },
    draw: async (prefix) => {
      const drawn = await runs.trying(() => bridge.call('sample', { count: 1, sampling: sampling.peek(), prefix }));
      return [...(drawn?.samples[0] ?? prefix)][[...prefix].length] ?? null;
    },
  });
  /** Goes to the node that is meant by a path of the training graph. */
  function showNode(path: string): void {
    const known = walker.walk.peek();
    if (!known) return;
    // The training graph runs all steps in one node: J_t there is J of each step here.
    const name = (path.split('.').at(-1) ?? '').replace(/_t$/, '');
    const node = known.byPath.get(path) ?? known.schema.nodes.find((one) => one.forward > 0 && one.name === name);
    if (!node) return;
    walker.goto(Math.max(1, node.forward));
    looking.select(node.path, 0);
  }

  // ---- the address, and what is kept
  const viewed = { runs, walker, reader, looking, guide, sampling, notation, view };
  const state = stateOf(exhibit, viewed);
  const keep = page.keep ?? createKeep(null);
  const keeping = createKeeping(bridge, keep, runs, exhibit, state);
  const offReplaced = bridge.on('replaced', () => {
    void reader.reread();
  });

  const session: Session = {
    bridge,
    core: signal(page.core),
    run: runs.run,
    schema: walker.schema,
    find: (path) => walker.walk.peek()?.byPath.get(path) ?? null,
    frame: walker.frame,
    extents: extents.extents,
    readBefore: walker.readBefore,
    want: walker.want,
    position: walker.position,
    length: walker.length,
    operation: walker.operation,
    operationAt: walker.operationAt,
    token: walker.token,
    tokenStops: walker.tokenStops,
    part: walker.part,
    step: runs.step,
    tip: runs.tip,
    timelineEnd: runs.timelineEnd,
    playing: walker.playing,
    goto: walker.goto,
    gotoToken: walker.gotoToken,
    seek: runs.seek,
    move: (clock: Clock, by) => {
      if (clock !== 'update') walker.move(clock, by);
      else if (by > 0 && runs.step.peek() >= runs.tip.peek()) void train(1);
      else runs.seek(runs.step.peek() + by);
    },
    play: (clock) => {
      if (clock === 'update') void train(Number.POSITIVE_INFINITY);
      else walker.play(clock);
    },
    pause: walker.pause,
    selection: walker.selection,
    hover: walker.hover,
    focus: walker.focus,
    explanation: walker.explanation,
    select: (selection) => {
      walker.selection.value = selection;
    },
    pressed: walker.pressed,
    asked: walker.asked,
    isAsked: walker.isAsked,
    askedAt: walker.askedAt,
    notation,
    folded: looking.folded,
    view,
    projector: page.projector,
    theme: page.theme,
    text: reader.text,
    target: reader.target,
    training: runs.training,
    history: runs.history,
    broken: runs.broken,
    samples: writing.samples,
    sampling,
    distribution: writing.distribution,
    claim: claim.progress,
    marked: guide.meant,
    answers,
  };

  return {
    session,
    exhibit,
    runs,
    state,
    tour: guide.tour,
    question: guide.question,
    trying: guide.trying,
    transport: transport as ReadonlySignal<Transport | null>,
    /** A view's clock answers to the keys in place of the network's. Returns how to take it back. */
    keyed: (one: Transport) => {
      transport.value = one;
      return () => {
        if (transport.peek() === one) transport.value = null;
      };
    },
    answer,
    seen,
    panel: looking.panel,
    lab: looking.lab,
    setLab: (key: string, value: string) => {
      looking.lab.value = { ...looking.lab.peek(), [key]: value };
    },
    /** What is set in a view of the exhibit's own, as one thing that can be undone under these words. */
    edit: (words: string, action: () => void) =>
      history.deed(words, looking.look, async () => action()).then(() => undefined),
    /** Another run, and what is set in a view for it, as one thing that can be undone under these words. */
    openFor: (words: string, origin: Origin, then: () => void) =>
      history.deed(words, looking.look, async () => {
        if (await reader.replacing(() => runs.open(origin))) then();
      }),
    spawn: page.spawn,
    keep,
    keeping,
    openElsewhere: page.openFile ?? (async () => {}),
    unread: reader.unread,
    history,
    sampling,
    apply: (to: ViewState): Promise<boolean> => history.link(() => showState(exhibit, to, viewed, keep, keeping)),
    /** Another text; of pairs another source, led as the one before it: by what is right, or by the model's own guess. */
    readText: (text: string) =>
      history.one(() => reader.read(reader.target.peek() === null ? { text, target: null } : { text })),
    /** Of pairs: what the source is led by; null: the model's own guess. Without one: what is right. */
    readTarget: (target?: string | null) => history.one(() => reader.read({ target })),
    open: (origin: Origin) => change(() => runs.open(origin)),
    openFile: (name: string, bytes: ArrayBuffer) => change(() => runs.openFile(name, bytes)),
    set: (key: string, value: string, live: boolean) => change(() => runs.set(key, value, live)),
    /** Several live settings as one thing. */
    setAll: (changes: Record<string, string>) =>
      change(async () => {
        for (const [key, value] of Object.entries(changes)) if (!(await runs.set(key, value, true))) return false;
        return true;
      }),
    train,
    goOn: (key: string, value: string) => change(() => runs.goOn(key, value)),
    stop: runs.stop,
    halt: runs.halt,
    replays,
    /** A view that brings back updates of runs of its own. Returns how to take it back. */
    replaying: (one: Replaying) => {
      replays.value = [...replays.peek(), one];
      return () => {
        replays.value = replays.peek().filter((other) => other !== one);
      };
    },
    pane: looking.pane,
    drawn: guide.drawn,
    showTour: guide.showTour,
    showTry: guide.showTry,
    ask: guide.ask,
    workOut: guide.workOut,
    reveal: guide.reveal,
    act: guide.act,
    showNode,
    study: studies.study,
    runClaim: claim.run,
    stopClaim: claim.stop,
    dispose: () => {
      keeping.dispose();
      reader.dispose();
      walker.dispose();
      extents.dispose();
      writing.dispose();
      runs.dispose();
      history.dispose();
      claim.dispose();
      studies.dispose();
      offReplaced();
    },
  };
}
export type Store = ReturnType<typeof createStore>;
