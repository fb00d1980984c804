// Two networks or more beside one another: each in a worker of its own, all at the same update. None goes on before
// every one has done its updates, so that what is compared was trained alike.
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Bridge, CoreError, Progress, RunInfo, Settings } from '../../../wasm/bridge/protocol';
import { createBringing } from './bringing';

export interface Contestant {
  id: string;
  weights?: string; // shipped, to begin with
  settings?: Settings; // with model and task, of an untrained run
}
export interface Lane {
  readonly id: string;
  readonly bridge: Bridge;
  readonly run: ReadonlySignal<RunInfo | null>;
  readonly losses: ReadonlySignal<readonly number[]>; // of updates 1, 2, ...
  readonly gradNorms: ReadonlySignal<readonly { step: number; norm: number }[]>; // before clipping, where one looked
  /** Why it trains no further. The last good update stays. */
  readonly broken: ReadonlySignal<{ error: CoreError; at: number } | null>;
}

const BEAT = 50; // ms between two looks while it plays
const FULL = 1e4; // updates a second: as many as there is time for

export function createRace(spawn: () => Bridge, contestants: readonly Contestant[]) {
  const lanes = contestants.map((one) => createLane(spawn(), one));
  const step = signal(0);
  const tip = signal(0);
  const running = signal(false);
  const ready = signal(false);
  const problem = signal<CoreError | null>(null);
  let alive = true;
  let queue: Promise<void> = Promise.resolve();
  const looks = new Set<(lanes: readonly Lane[], step: number) => unknown>();

  /** One thing after another; a failure is kept where it can be shown. */
  function then(action: () => Promise<void>): Promise<void> {
    queue = queue.then(async () => {
      if (!alive) return;
      try {
        await action();
      } catch (error) {
        running.value = false;
        if (alive) problem.value = error as CoreError;
      }
    });
    return queue;
  }
  /** All lanes stand at the same update now: whoever looks may ask them. */
  async function look(): Promise<void> {
    for (const each of looks) await each(lanes, step.peek());
  }
  const ended = computed(() => lanes.some((lane) => lane.broken.value !== null));
  const bringing = createBringing();
  function pause(): void {
    running.value = false;
    bringing.end();
  }

  async function forward(updates: number, seen = true): Promise<void> {
    if (ended.peek()) return;
    const from = step.peek();
    const stood = await Promise.all(lanes.map((lane) => lane.train(from + updates)));
    if (!alive) return;
    // Where one broke, the others come back to its last good update.
    const common = Math.min(...stood);
    await Promise.all(lanes.map((lane, i) => ((stood[i] as number) > common ? lane.seek(common) : undefined)));
    batch(() => {
      step.value = common;
      tip.value = common;
    });
    if (ended.peek()) running.value = false;
    if (seen || ended.peek()) await look();
  }
  /** So many updates that they take about a beat. */
  const paced = (updates: number, took: number) =>
    Math.max(1, Math.min(2 * updates, Math.round((updates * BEAT) / Math.max(1, took))));

  void then(async () => {
    await Promise.all(lanes.map((lane) => lane.open()));
    const first = Math.max(...lanes.map((lane) => lane.run.peek()?.step ?? 0));
    batch(() => {
      step.value = first;
      tip.value = first;
      ready.value = true;
    });
    await look();
  });

  return {
    lanes: lanes as readonly Lane[],
    step: step as ReadonlySignal<number>,
    tip: tip as ReadonlySignal<number>,
    running: running as ReadonlySignal<boolean>,
    ready: ready as ReadonlySignal<boolean>,
    problem: problem as ReadonlySignal<CoreError | null>,
    /** True where one of them stopped by itself: there is no going on from here. */
    ended,
    /** Called whenever all stand at a new common update, and awaited before anything goes on. Returns how to stop. */
    each(callback: (lanes: readonly Lane[], step: number) => unknown): () => void {
      looks.add(callback);
      if (ready.peek()) void then(async () => void (await callback(lanes, step.peek())));
      return () => looks.delete(callback);
    },
    advance: (updates: number) => then(() => forward(updates)),
    bringing,
    /** Trains to the update that a link names, says how far it is, and asks where that takes long. */
    async bring(to: number): Promise<void> {
      if (running.peek()) return;
      running.value = true;
      let updates = 1;
      await queue;
      while (alive && running.peek() && step.peek() < to && !problem.peek() && !ended.peek()) {
        const began = performance.now();
        await then(() => forward(Math.min(updates, to - step.peek()), false));
        updates = paced(updates, performance.now() - began);
        if (running.peek() && bringing.seen(step.peek(), to) && !(await bringing.asked())) break;
      }
      pause();
      if (!ended.peek()) await then(look);
    },
    /** Until paused: at most so many updates a second, 0 for as many as there is time for. */
    play(perSecond: number): void {
      if (running.peek() || ended.peek()) return;
      running.value = true;
      const pace = perSecond > 0 ? perSecond : FULL;
      let quick = 1; // updates that took about a beat
      const beat = async () => {
        if (!alive || !running.peek()) return;
        const began = performance.now();
        const updates = Math.max(1, Math.min(quick, Math.round((pace * BEAT) / 1000)));
        await then(() => forward(updates));
        const took = performance.now() - began;
        quick = paced(updates, took);
        setTimeout(beat, Math.max(0, (updates * 1000) / pace - took));
      };
      void beat();
    },
    pause,
    seek: (to: number) => {
      pause();
      return then(async () => {
        const at = Math.max(0, Math.min(Math.round(to), tip.peek()));
        if (at === step.peek()) return;
        await Promise.all(lanes.map((lane) => lane.seek(at)));
        step.value = at;
        await look();
      });
    },
    /** A live setting of one of them, from the update on screen on. */
    set: (id: string, key: string, value: string) =>
      then(async () => {
        await lanes.find((lane) => lane.id === id)?.set(key, value);
        await look();
      }),
    dispose(): void {
      alive = false;
      pause();
      for (const lane of lanes) lane.close();
    },
  };
}
export type Race = ReturnType<typeof createRace>;

function createLane(bridge: Bridge, { id, weights, settings }: Contestant) {
  const run = signal<RunInfo | null>(null);
  const losses = signal<readonly number[]>([]);
  const gradNorms = signal<readonly { step: number; norm: number }[]>([]);
  const broken = signal<{ error: CoreError; at: number } | null>(null);
  let target = 0;
  let arrived: (step: number) => void = () => {};

  bridge.on('progress', (progress: Progress) => {
    batch(() => {
      losses.value = [...losses.peek().slice(0, progress.from), ...progress.losses];
      gradNorms.value = [
        ...gradNorms.peek().filter((one) => one.step < progress.step),
        { step: progress.step, norm: progress.gradNorm },
      ];
    });
    // What ends short of it was broken, which is told next.
    if (!progress.running && progress.step === target) arrived(progress.step);
  });
  bridge.on('broke', ({ error, at, run: info }) => {
    batch(() => {
      broken.value = { error, at };
      run.value = info;
    });
    arrived(info.step);
  });
  return {
    id,
    bridge,
    run,
    losses,
    gradNorms,
    broken,
    async open(): Promise<void> {
      run.value = await bridge.call('open', { ...(weights ? { weights } : {}), ...(settings ? { settings } : {}) });
    },
    /** Resolves with the update at which it stands: the one wanted, or the last good one. */
    async train(to: number): Promise<number> {
      const from = run.peek()?.step ?? 0;
      if (to <= from) return from;
      target = to;
      const done = new Promise<number>((resolve) => {
        arrived = resolve;
      });
      await bridge.call('train', { updates: to - from });
      const at = await done;
      const info = run.peek();
      if (info) run.value = { ...info, step: at, tip: at };
      return at;
    },
    async seek(to: number): Promise<void> {
      const info = await bridge.call('seek', { step: to });
      batch(() => {
        run.value = info;
        broken.value = null;
      });
    },
    async set(key: string, value: string): Promise<void> {
      run.value = await bridge.call('set', { key, value });
    },
    close: () => bridge.close(),
  };
}
