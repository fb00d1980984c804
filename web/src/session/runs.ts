// The training run: opened, changed, trained, wound back, undone, redone. The core keeps it; this is how the page sees it.
import { batch, computed, signal } from '@preact/signals';
import { LossCurve } from '../../../wasm/bridge/curve';
import { headOf } from '../../../wasm/bridge/head';
import type { Bridge, CoreError, KeptRun, Progress, RunInfo, Settings } from '../../../wasm/bridge/protocol';
import type { Change } from '../state/fields';
import { createBringing } from './bringing';
import { niceEnd } from './clocks';
import type { Exhibit } from './declared';
import { latest } from './latest';
import { fileId, type Origin, type Own, requestOf, shippedOf } from './own';
import type { Broken, LossHistory, Training } from './types';

const IDLE: Training = { running: false, tokensPerSecond: 0, replay: null };

export function createRuns(bridge: Bridge, exhibit: Exhibit) {
  const run = signal<RunInfo | null>(null);
  const origin = signal<Origin>(shippedOf(exhibit));
  const training = signal<Training>(IDLE);
  const history = signal<LossHistory>({ curve: new LossCurve(), validation: [] });
  const broken = signal<Broken | null>(null);
  const replaced = signal(false);
  const problem = signal<CoreError | null>(null);
  const pace = signal(200); // updates a second while playing; 0: as many as it can
  const step = signal(0);
  const tip = signal(0);
  const timelineEnd = computed(() => niceEnd(tip.value));
  const opened = new Map<number, { origin: Origin; settings: Settings }>(); // by run: undo and redo bring them back
  const files: Own['files'] = new Map();
  const texts: Own['texts'] = new Map();
  let settled: (() => void)[] = [];
  const bringing = createBringing();
  let restoring: number | null = null; // the update that a link asked for

  const shipped = (model?: string): Origin => shippedOf(exhibit, model);

  /** The same from the start, with the seed that it has. */
  function untrained(): Origin {
    const from = origin.peek();
    const known = run.peek()?.settings;
    const settings = { ...from.settings };
    const task = known?.task ?? exhibit.task; // of other weights that are shipped, theirs
    if (task !== exhibit.task && Object.hasOwn(exhibit.tasks ?? {}, task)) settings.task = task;
    return { ...from, weights: 'none', settings, seed: from.seed ?? Number(known?.seed ?? 1) };
  }

  function adopt(info: RunInfo): void {
    batch(() => {
      run.value = info;
      step.value = info.step;
      tip.value = info.tip;
      const known = opened.get(info.id);
      if (known) origin.value = known.origin;
    });
  }

  async function refreshHistory(): Promise<void> {
    const { curve, validation } = await bridge.call('history');
    history.value = { curve: LossCurve.of(curve), validation };
  }

  /** Every failure of the core ends here, and is shown. */
  async function trying<T>(action: () => Promise<T>): Promise<T | null> {
    try {
      problem.value = null;
      return await action();
    } catch (error) {
      problem.value = error as CoreError;
      return null;
    }
  }

  async function open(from: Origin, kept?: KeptRun): Promise<boolean> {
    const request = requestOf(exhibit, from, files);
    const info = await trying(() => bridge.call('open', kept ? { ...request, kept } : request));
    if (!info) return false;
    batch(() => {
      opened.set(info.id, { origin: from, settings: info.settings });
      broken.value = null;
      training.value = IDLE;
      adopt(info);
    });
    await refreshHistory();
    return true;
  }

  /** Weights from a file. What was open stays where they are refused. */
  async function openFile(name: string, bytes: ArrayBuffer): Promise<boolean> {
    const head = headOf(new Uint8Array(bytes));
    const weights = fileId(bytes);
    const known = files.has(weights);
    const from = { model: head?.model ?? exhibit.model, weights, settings: {}, seed: null, corpus: '' };
    files.set(weights, { name, bytes });
    // A file does not hold its text: that in the page may be the one.
    const { corpus } = origin.peek();
    if (head?.task === 'lines' && corpus !== '' && (await open({ ...from, corpus }))) return true;
    if (await open(from)) return true;
    if (!known) files.delete(weights);
    return false;
  }

  /** A live setting from this update on; any other starts a new run. Undone with undo. */
  async function set(key: string, value: string, live: boolean, apart = false): Promise<boolean> {
    if (live) {
      const info = await trying(() => bridge.call('set', apart ? { key, value, apart } : { key, value }));
      if (!info) return false;
      adopt(info);
      await refreshHistory();
      return true;
    }
    const from = untrained();
    if (key === 'seed') return open({ ...from, seed: Number(value) });
    const settings = { ...from.settings };
    if (exhibit.settings[key] === value) delete settings[key];
    else settings[key] = value;
    return open({ ...from, settings });
  }

  async function train(updates: number, perSecond = 0): Promise<void> {
    broken.value = null;
    const info = await trying(() => bridge.call('train', perSecond > 0 ? { updates, perSecond } : { updates }));
    if (!info) return;
    batch(() => {
      run.value = info;
      if (updates > 1) training.value = { ...training.value, running: true };
    });
  }
  /** Trains until told to stop, at the pace that is chosen. */
  const play = () => train(Number.POSITIVE_INFINITY, pace.peek());
  async function setPace(perSecond: number): Promise<void> {
    pace.value = perSecond;
    if (training.peek().running) await play();
  }
  async function stop(): Promise<void> {
    const info = await trying(() => bridge.call('stop'));
    if (!info) return;
    batch(() => {
      training.value = { ...training.value, running: false };
      adopt(info);
    });
  }
  /** Trains to this update. False where it stands at another: it was stopped, or broke. */
  async function trainTo(target: number): Promise<boolean> {
    while (step.peek() < target) {
      const done = new Promise<void>((resolve) => settled.push(resolve));
      await train(target - step.peek());
      if (problem.peek() !== null) return false;
      await done;
      if (step.peek() >= target) break;
      if (!(await bringing.asked())) return false;
    }
    return step.peek() === target && broken.peek() === null;
  }
  /** A view of an update and of what was changed on the way there, from a link. True: it is there. */
  async function restore(target: number, log: Change[]): Promise<boolean> {
    restoring = target;
    try {
      for (const change of log) {
        if (!(await trainTo(change.step)) || !(await set(change.key, change.value, true))) return false;
      }
      return await trainTo(target);
    } finally {
      restoring = null;
      bringing.end();
    }
  }
  /** Nothing more is brought back: what is on screen is the update where it stands. */
  async function halt(): Promise<void> {
    const under = restoring !== null || training.peek().replay !== null;
    bringing.end();
    if (under) await stop();
  }
  /** It would take long: only if it is wanted. */
  async function ask(): Promise<void> {
    const answered = bringing.asked();
    await stop();
    bringing.stands(step.peek());
    const to = bringing.shown.peek()?.to;
    if ((await answered) && to !== undefined) seekTo(to);
  }

  let wanted = -1;
  const seekLatest = latest(async (target: number) => {
    const info = await bridge.call('seek', { step: target });
    batch(() => {
      training.value = { ...training.value, running: false, replay: null };
      run.value = info;
      tip.value = info.tip;
      // It may have been stopped on the way.
      if (wanted === target) step.value = info.step;
    });
    if (!bringing.shown.peek()?.asking) bringing.end();
  });
  function seekTo(at: number): void {
    wanted = at;
    step.value = at; // the playhead follows the hand; the frame follows the core
    seekLatest(at);
  }
  function seek(target: number): void {
    const at = Math.max(0, Math.min(Math.round(target), tip.peek()));
    if (at === step.peek()) return;
    bringing.end();
    // What is still on its way to another update is not waited for.
    if (training.peek().replay !== null) void bridge.call('stop').catch(() => {});
    seekTo(at);
  }
  /** Any update of this timeline, with the log that leads there; further than its end by training. */
  async function goTo(target: number): Promise<boolean> {
    if (target <= tip.peek()) {
      seek(target);
      return true;
    }
    const info = await trying(() => bridge.call('seek', { step: tip.peek() }));
    if (!info) return false;
    adopt(info);
    return restore(target, []);
  }

  /** After training broke: back to the last sane update, with another rate or clipping, and on from there. */
  async function goOn(key: string, value: string): Promise<void> {
    const from = history.peek().curve.lastSane();
    const info = await trying(() => bridge.call('seek', { step: from }));
    if (!info) return;
    adopt(info);
    if (await set(key, value, true)) await play();
  }

  /** One thing taken back, or brought back. */
  async function turn(way: 'undo' | 'redo'): Promise<boolean> {
    const info = await trying(() => bridge.call(way));
    if (!info) return false;
    batch(() => {
      broken.value = null;
      training.value = IDLE;
      adopt(info);
    });
    await refreshHistory();
    return true;
  }

  function onProgress(progress: Progress): void {
    const { curve, validation } = history.peek();
    if (curve.tip > progress.from) curve.cut(progress.from);
    for (const loss of progress.losses) curve.push(loss);
    const kept = validation.filter((point) => point.step <= progress.from);
    batch(() => {
      history.value = { curve, validation: [...kept, ...progress.validation] };
      step.value = progress.step;
      tip.value = progress.tip;
      training.value = { running: progress.running, tokensPerSecond: progress.tokensPerSecond, replay: null };
    });
    if (restoring !== null && progress.running && bringing.seen(progress.step, restoring)) {
      void bridge.call('stop').catch(() => {});
    }
    if (progress.running) return;
    bringing.stands(progress.step);
    settle();
  }
  function settle(): void {
    const waiting = settled;
    settled = [];
    for (const resolve of waiting) resolve();
  }

  const off = [
    bridge.on('progress', onProgress),
    bridge.on('replay', (replay) => {
      training.value = { ...training.value, replay: replay.step >= replay.to ? null : replay };
      if (bringing.seen(replay.step, replay.to)) void ask();
    }),
    bridge.on('broke', ({ error, at, run: info }) => {
      batch(() => {
        broken.value = { error, at };
        training.value = IDLE;
        adopt(info);
      });
      settle();
    }),
    bridge.on('replaced', ({ run: info }) => {
      batch(() => {
        replaced.value = true;
        training.value = IDLE;
        adopt(info);
      });
      void refreshHistory();
    }),
  ];

  return {
    run,
    origin,
    opened,
    training,
    history,
    broken,
    replaced,
    problem,
    step,
    tip,
    timelineEnd,
    pace,
    shipped,
    untrained,
    files,
    texts,
    open,
    openFile,
    set,
    train,
    play,
    setPace,
    stop,
    restore,
    halt,
    bringing,
    seek,
    goTo,
    goOn,
    turn,
    trying,
    dispose: () => {
      bringing.end();
      for (const each of off) each();
    },
  };
}
export type Runs = ReturnType<typeof createRuns>;
