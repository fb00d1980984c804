// A mounted exhibit: its run, its walk, its writing, its claim, made into the one Session that views read, and the
// few actions that only the page itself takes (the Store).
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Bridge, ClaimProgress, CoreInfo, WalkSchema } from '../../../wasm/bridge/protocol';
import type { Exhibit } from '../exhibits/types';
import { createKeep, type Keep } from '../keep/keep';
import { digestOf } from '../state/digest';
import { defaults, upTo, type ViewState } from '../state/fields';
import type { BringingBack } from './bringing';
import { textLines } from './corpus';
import { createHistory, type Place as Stood } from './history';
import { createKeeping } from './keeping';
import { MOST_IN_LINK, type Origin, originOf } from './own';
import { inLetters, type Problem, readable } from './reading';
import { createRuns } from './runs';
import { createShowing } from './showing';
import type { Clock, Notation, Session, View } from './types';
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
  stops?: (schema: WalkSchema) => number[] | null; // what the middle clock counts, by node
  keep?: Keep; // none: what is opened is held as long as the page is
  openFile?: (file: File) => Promise<void>; // a session, or what a link lacks
}

/** A clock of a view's own. */
export interface Transport {
  playOrPause(): void;
  update(by: 1 | -1): void;
}

export function createStore(bridge: Bridge, exhibit: Exhibit, page: Page) {
  const notation = signal<Notation>('a');
  const folded = signal(false);
  const view = signal<View>('value');
  const text = signal('');
  const tour = signal(1);
  const panel = signal<string | null>(null);
  const lab = signal<Record<string, string>>({});
  const question = signal(0); // 0: none; from 1
  const trying = signal(0); // what there is to try, in the tour's place: 0: none; from 1
  const transport = signal<Transport | null>(null);
  const claim = signal<ClaimProgress | null>(null);
  const unread = signal<Problem | null>(null); // a text that could not be read

  const runs = createRuns(bridge, exhibit);
  const replays = signal<readonly Replaying[]>([runs]);
  const walker = createWalker(bridge, view, runs, page.stops);
  const soFar = computed(() => {
    const letters = [...text.value];
    const kind = walker.operation.value?.kind;
    // Token 1 is the start mark: after it nothing of the text is read.
    return kind === 'clip' || kind === 'update'
      ? text.value
      : letters.slice(0, Math.max(0, walker.token.value - 1)).join('');
  });
  const writing = createWriting(bridge, { run: runs.run, step: runs.step, read: soFar });

  let turned = false;
  const history = createHistory(bridge, {
    here: (look = false) => ({
      text: text.peek(),
      position: walker.position.peek(),
      ...(look && { look: showing.look() }),
    }),
    runId: () => runs.run.peek()?.id ?? null,
    turn: (way) => {
      walker.pause();
      turned = true;
      walker.readBefore.value = null;
      return runs.turn(way);
    },
    halt: runs.halt,
    go: async ({ text: wanted, position, look }: Stood) => {
      if (look && wanted === text.peek()) showing.restore(look);
      else if (!(await read(wanted))) await reread();
      else if (look) showing.restore(look);
      else walker.goto(position);
      if (turned) walker.readBefore.value = null; // of a run that is gone
      turned = false;
    },
  });

  /** The text, as far as this run's vocabulary and capacity go; else a problem that says what to do. */
  async function read(wanted: string): Promise<boolean> {
    const vocabulary = runs.run.peek()?.vocabulary ?? [];
    const next = inLetters(wanted, vocabulary);
    const problem = readable(next, vocabulary);
    unread.value = problem;
    if (problem) return false;
    const done = await runs.trying(() => walker.read(next));
    if (runs.problem.peek() !== null || done === null) return false;
    text.value = next;
    return true;
  }
  const readText = (wanted: string) => history.one(() => read(wanted));
  /** The text, or the first other that this run can read. */
  function readableOr(wanted: string): string | undefined {
    const vocabulary = runs.run.peek()?.vocabulary ?? [];
    const [line = ''] = textLines(runs.origin.peek().corpus);
    const letters = vocabulary.filter((token) => [...token].length === 1).slice(0, 8); // of weights with other letters
    const choices = [wanted, exhibit.text, [...line].slice(0, 12).join(''), letters.join('')];
    return choices.find((one) => readable(one, vocabulary) === null);
  }
  /** After the run was replaced: the same text again, or the first that it can read. */
  async function reread(): Promise<void> {
    const next = readableOr(text.peek());
    if (next !== undefined) await read(next);
  }

  /** What changes the run; the text is read again where another run took its place. */
  async function replacing<T>(action: () => Promise<T>): Promise<T> {
    walker.pause();
    const before = runs.run.peek()?.id;
    const result = await action();
    const after = runs.run.peek()?.id;
    if (after !== undefined && after !== before) await reread();
    walker.readBefore.value = null; // of another net, or of this one as it was
    return result;
  }
  const change = <T>(action: () => Promise<T>): Promise<T> => history.one(() => replacing(action));
  const open = (origin: Origin) => change(() => runs.open(origin));
  const openFile = (name: string, bytes: ArrayBuffer) => change(() => runs.openFile(name, bytes));
  const set = (key: string, value: string, live: boolean) => change(() => runs.set(key, value, live));
  /** Several live settings as one thing. */
  const setAll = (changes: Record<string, string>) =>
    change(async () => {
      for (const [key, value] of Object.entries(changes)) if (!(await runs.set(key, value, true))) return false;
      return true;
    });
  const train = (updates: number) => (updates === Number.POSITIVE_INFINITY ? runs.play() : runs.train(updates));
  const goOn = (key: string, value: string) => change(() => runs.goOn(key, value));

  // ---- what the text shows
  const showing = createShowing(exhibit, {
    core: page.core,
    walker,
    runs,
    history,
    text,
    tour,
    trying,
    question,
    folded,
    view,
    panel,
    lab,
    sampling: writing.sampling,
    read,
    replacing,
    play: (what) => {
      const own = transport.peek();
      if (own) own.playOrPause();
      else if (what === 'operation') walker.playing.peek() ? walker.pause() : walker.play('operation');
      else if (runs.training.peek().running) void runs.stop();
      else void runs.play();
    },
    draw: async (prefix) => {
      const drawn = await runs.trying(() =>
        bridge.call('sample', { count: 1, sampling: writing.sampling.peek(), prefix }),
      );
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
    showing.select(node.path, 0);
  }

  // ---- the claim
  const offClaim = [
    bridge.on('claim', (progress) => {
      claim.value = progress;
    }),
    bridge.on('claimBroke', ({ error }) => {
      batch(() => {
        claim.value = null;
        runs.problem.value = error;
      });
    }),
    bridge.on('replaced', () => {
      void reread();
    }),
  ];
  const runClaim = (seed: number) => runs.trying(() => bridge.call('claim', { id: exhibit.claim, seed }));
  /** Stops it where it runs; what was measured is put away. */
  async function stopClaim(): Promise<void> {
    if (claim.peek()?.done === false) await runs.trying(() => bridge.call('stopClaim'));
    claim.value = null;
  }

  // ---- the state of the view, for the address
  const apply = (state: ViewState): Promise<boolean> => history.link(() => showState(state));
  /** The view that a link describes. True: as it describes it; false: what leads to its update was stopped. */
  async function showState(state: ViewState): Promise<boolean> {
    const wanted = originOf(exhibit, state, runs);
    const fresh = JSON.stringify(wanted) !== JSON.stringify(runs.origin.peek()) || runs.run.peek() === null;
    const log = upTo(state.step, state.log);
    const sameLog = JSON.stringify(log) === JSON.stringify(upTo(state.step, runs.run.peek()?.log ?? []));
    batch(() => {
      notation.value = state.notation;
      writing.sampling.value = { temperature: state.temperature, topK: state.topK, topP: state.topP };
      tour.value = Math.min(state.tour, exhibit.tour.length);
      runs.pace.value = state.pace;
      lab.value = state.lab;
    });
    const opened = fresh || !sameLog;
    const past = opened && (state.step > 0 || log.length > 0) ? await keeping.past(wanted, state.step, log) : null;
    const brought = past !== null && (await runs.open(wanted, past.kept));
    if (past && !brought) await keep.drop(past.key); // of another version: it is trained anew
    const there = !opened || brought || (await runs.open(wanted));
    const refused = runs.problem.peek();
    // Where a file of the page did not come, nothing else is shown in its place.
    if (!runs.run.peek() && refused?.code !== 'file') await runs.open(runs.shipped());
    if (!runs.run.peek()) return false;
    // Only a text that was asked for can be refused.
    const next = state.text ?? readableOr(exhibit.text) ?? exhibit.text;
    if (opened || next !== text.peek()) {
      if (!(await read(next))) {
        const problem = unread.peek();
        await reread();
        unread.value = problem; // what the link asked for, and why it is not on screen
      }
    }
    const id = runs.run.peek()?.id;
    await look(state);
    if (!there) runs.problem.value = refused;
    if (!there || runs.run.peek()?.id !== id) return false; // or its tour shows another network
    // What was changed at update 0 comes back too.
    if (!opened || brought) return runs.goTo(state.step);
    return state.step > 0 || log.length > 0 ? runs.restore(state.step, log) : true;
  }
  /** Where the walk stands, and what is asked, shown and selected there. */
  async function look(state: ViewState): Promise<void> {
    if (state.question > 0) {
      await showing.poseAt(state.question);
      return;
    }
    showing.fromAddress(tour.peek(), state.position === null);
    if (state.position !== null) walker.goto(state.position);
    // The tour's own view, unless the address names another.
    if (state.panel !== null || state.position !== null) panel.value = state.panel;
    if (Object.keys(state.lab).length > 0) lab.value = state.lab;
    if (state.position === null && state.node === null && state.view === 'value' && state.part === null) {
      folded.value = state.folded;
      return;
    }
    const [cells = '0', terms = '0'] = state.part?.split('.') ?? [];
    batch(() => {
      question.value = 0;
      walker.asked.value = null;
      folded.value = state.folded;
      view.value = state.view;
      walker.part.value = state.part === null ? null : { cells: Number(cells), terms: Number(terms) };
      if (state.node) showing.select(state.node, state.cell);
    });
  }
  const own = computed(() => {
    const { corpus } = runs.origin.value;
    return corpus.length <= MOST_IN_LINK ? null : digestOf(corpus);
  });
  const state = computed<ViewState>(() => {
    const { model, weights, settings, seed, corpus } = runs.origin.value;
    const plain = seed === null && corpus === '' && Object.keys(settings).length === 0;
    const selected = question.value > 0 ? null : walker.selection.value;
    const part = walker.part.value;
    return {
      ...defaults(),
      text: text.value === exhibit.text || text.value === '' ? null : text.value,
      corpus: corpus.length <= MOST_IN_LINK ? corpus : '',
      own: own.value,
      // An untrained start is clear from a seed, a setting or a text of its own.
      weights: weights === runs.shipped(model).weights || (weights === 'none' && !plain) ? null : weights,
      model: model === exhibit.model ? null : model,
      settings,
      seed,
      log: upTo(runs.step.value, runs.run.value?.log ?? []),
      step: runs.step.value,
      position: walker.position.value,
      part: part ? `${part.cells}.${part.terms}` : null,
      node: selected ? (walker.schema.value?.nodes[selected.node]?.path ?? null) : null,
      cell: selected?.cell ?? 0,
      view: view.value,
      notation: notation.value,
      folded: folded.value,
      tour: tour.value,
      question: question.value,
      panel: panel.value,
      lab: lab.value,
      pace: runs.pace.value,
      ...writing.sampling.value,
    };
  });

  const keep = page.keep ?? createKeep(null);
  const keeping = createKeeping(bridge, keep, runs, exhibit, state);

  const session: Session = {
    bridge,
    core: signal(page.core),
    run: runs.run,
    schema: walker.schema,
    find: (path) => walker.walk.peek()?.byPath.get(path) ?? null,
    frame: walker.frame,
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
    folded,
    view,
    projector: page.projector,
    theme: page.theme,
    text,
    training: runs.training,
    history: runs.history,
    broken: runs.broken,
    samples: writing.samples,
    sampling: writing.sampling,
    distribution: writing.distribution,
    claim,
    marked: showing.marked,
  };

  return {
    session,
    exhibit,
    runs,
    state,
    tour,
    question,
    trying,
    transport: transport as ReadonlySignal<Transport | null>,
    /** A view's clock answers to the keys in place of the network's. Returns how to take it back. */
    keyed: (one: Transport) => {
      transport.value = one;
      return () => {
        if (transport.peek() === one) transport.value = null;
      };
    },
    panel,
    lab,
    setLab: (key: string, value: string) => {
      lab.value = { ...lab.peek(), [key]: value };
    },
    spawn: page.spawn,
    keep,
    keeping,
    openElsewhere: page.openFile ?? (async () => {}),
    unread,
    history,
    sampling: writing.sampling,
    apply,
    readText,
    open,
    openFile,
    set,
    setAll,
    train,
    goOn,
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
    pane: showing.pane,
    drawn: showing.drawn,
    showTour: showing.showTour,
    showTry: showing.showTry,
    ask: showing.ask,
    reveal: showing.reveal,
    act: showing.act,
    showNode,
    runClaim,
    stopClaim,
    dispose: () => {
      keeping.dispose();
      walker.dispose();
      writing.dispose();
      runs.dispose();
      history.dispose();
      for (const off of offClaim) off();
    },
  };
}
export type Store = ReturnType<typeof createStore>;
