// What of the run a text changes: settings, update, network, what is read. It is lent: put back, the last first, when
// one leaves the text; what the reader went on from stays as it is.
import type { CoreInfo, SettingInfo } from '../../../wasm/bridge/protocol';
import type { Exhibit, Show } from './declared';
import type { Entry, History } from './history';
import { equal, type Looking } from './looking';
import type { Reader } from './reader';
import type { Runs } from './runs';
import type { Reading } from './types';

/** Of the run, what a text changed: to be put back. */
interface Lent {
  needs: string | null; // of what is shown; null: a button of the text did it
  entry: Entry | null;
  run: number | undefined;
  settings: { key: string; mine: string; shown: string }[];
  reads: { mine: Reading; shown: Reading } | null;
  step: { mine: number; shown: number } | null; // the update on screen
}
export interface Purse {
  core: CoreInfo;
  runs: Runs;
  history: History;
  looking: Looking;
  reader: Reader;
}

export function createLending(exhibit: Exhibit, { core, runs, history, looking, reader }: Purse) {
  const { models = [], tasks = [], training = [] } = core;
  const rowOf = (key: string) =>
    [...[...models, ...tasks].flatMap(({ settings }) => settings), ...training].find((row) => row.key === key);

  let lent: Lent[] = [];
  /** As the exhibit has it at first: what it trains on with, or begins with, or the core's. */
  function firstOf({ key, default: core }: SettingInfo, untrained: boolean): string {
    const { settings, resume } = exhibit;
    return (untrained ? undefined : resume[key]) ?? settings[key] ?? String(core);
  }
  /** A step has what the exhibit's own controls change as it is at first, unless it says otherwise. */
  function needsOf({ set = {}, model, start, update, text, target }: Show, all: boolean) {
    const free = all ? (exhibit.offers ?? []).flatMap((key) => rowOf(key) ?? []) : [];
    const untrained = start === 'untrained' || (start === undefined && runs.origin.peek().weights === 'none');
    const settings = { ...Object.fromEntries(free.map((row) => [row.key, firstOf(row, untrained)])), ...set };
    return { settings, model, start, update, text, target };
  }
  const settingOf = (key: string) => runs.run.peek()?.settings[key] ?? String(rowOf(key)?.default ?? '');
  /** Has the run that is open this setting, be it its task's? */
  function has(key: string): boolean {
    const names = [runs.origin.peek().model, runs.run.peek()?.settings.task];
    const own = [...models, ...tasks].filter(({ name }) => names.includes(name)).flatMap(({ settings }) => settings);
    return [...own, ...training].some((row) => row.key === key);
  }
  const put = (key: string, value: string) =>
    reader.replacing(() => runs.set(key, value, rowOf(key)?.live ?? false, true));

  /** The network of a task: as it is shipped, or untrained. */
  async function learn(task: string): Promise<void> {
    const weights = task === exhibit.task ? exhibit.weights : exhibit.tasks?.[task];
    if (weights) await reader.replacing(() => runs.open({ ...runs.shipped(), weights }));
    else await put('task', task);
  }
  async function meet(what: Show, needs: ReturnType<typeof needsOf>, into: Lent): Promise<void> {
    const now = runs.origin.peek();
    const task = needs.settings.task ?? (needs.text !== undefined && exhibit.tasks ? exhibit.task : undefined);
    const shipped = runs.shipped(needs.model ?? (needs.start === 'shipped' ? exhibit.model : now.model));
    const another = task !== undefined && task !== runs.run.peek()?.settings.task;
    if (needs.start === 'untrained') {
      const from = { ...runs.untrained(), ...(another && { settings: task === exhibit.task ? {} : { task } }) };
      if (now.weights !== 'none' || another) await reader.replacing(() => runs.open(from));
    } else if (needs.start === 'shipped' ? !equal(now, shipped) : needs.model && needs.model !== now.model) {
      await reader.replacing(() => runs.open(shipped));
    } else if (another) {
      await learn(task);
    } else if (
      (!looking.walkWith(what.at, what.select?.node) && now.model !== exhibit.model) ||
      runs.shipped(now.model).model !== now.model // of a file that is of none of its networks
    ) {
      await reader.replacing(() => runs.open(runs.shipped())); // the network that its words are about
    }
    const update = needs.start === 'shipped' ? 0 : needs.update;
    if (update !== undefined && update !== runs.step.peek()) {
      if (runs.training.peek().running) await runs.stop();
      into.step = { mine: runs.step.peek(), shown: Math.min(update, runs.tip.peek()) };
      runs.seek(update);
    }
    for (const [key, shown] of Object.entries(needs.settings)) {
      const mine = settingOf(key);
      if (!has(key) || mine === shown || Number(mine) === Number(shown)) continue;
      into.settings.push({ key, mine, shown });
      await put(key, shown);
    }
    if (needs.text !== undefined || needs.target !== undefined) {
      const shown = { text: needs.text, target: needs.target };
      const mine = reader.reads();
      const other = !reader.stands(shown) && (await reader.read(shown)) && !equal(reader.reads(), mine);
      if (other) into.reads = { mine, shown: reader.reads() };
    }
    into.run = runs.run.peek()?.id;
  }
  const fresh = (needs: string | null): Lent => ({
    needs,
    entry: null,
    run: undefined,
    settings: [],
    reads: null,
    step: null,
  });
  async function borrow(
    one: Lent,
    noted: (action: () => Promise<void>) => Promise<Entry | null>,
    action: (into: Lent) => Promise<void>,
  ): Promise<void> {
    one.entry = await noted(() => action(one));
    if (one.entry || one.step !== null) lent.push(one);
  }
  /** Puts back what was changed, the last first. What the reader went on from stays as it is. */
  async function giveBack(downTo: number): Promise<void> {
    while (lent.length > downTo) {
      const one = lent.pop() as Lent;
      if (!(one.entry && (await history.giveBack(one.entry))) && one.run === runs.run.peek()?.id) {
        await history.noted(async () => {
          for (const { key, mine, shown } of one.settings) if (settingOf(key) === shown) await put(key, mine);
          if (one.reads && equal(reader.reads(), one.reads.shown)) await reader.read(one.reads.mine);
        });
      }
      if (one.step && runs.step.peek() === one.step.shown) runs.seek(one.step.mine);
      history.said.value = null;
    }
  }

  return {
    /** How much is lent by now. */
    count: () => lent.length,
    /** What was lent since is not put back. */
    cut: (to: number) => {
      lent = lent.slice(0, to);
    },
    giveBack,
    /** The run as this needs it; what something else needed, above the floor, is given back before. */
    async meet(what: Show, floor: number): Promise<void> {
      const needs = needsOf(what, true);
      const key = JSON.stringify(needs);
      while (lent.length > floor && lent.at(-1)?.needs === null) await giveBack(lent.length - 1);
      if (lent.length > floor && lent.at(-1)?.needs !== key) await giveBack(floor);
      await borrow(fresh(key), history.noted, (into) => meet(what, needs, into));
    },
    /** The same for a question, on top of what there is. */
    meetQuestion(reads: Pick<Show, 'text' | 'target' | 'start'>): Promise<void> {
      const needs = needsOf(reads, true);
      return borrow(fresh(JSON.stringify(needs)), history.noted, (into) => meet(reads, needs, into));
    },
    /** What a button of the text does, undone under its words. */
    deed(what: Show, words: string): Promise<void> {
      const noted = (action: () => Promise<void>) => history.deed(words, looking.look, action);
      return borrow(fresh(null), noted, async (into) => {
        await meet(what, needsOf(what, false), into);
        looking.see(what, false);
      });
    },
    /** Another text, as a button of the text has it read. */
    reading(text: string): Promise<void> {
      return borrow(fresh(null), history.noted, async (into) => {
        const mine = reader.reads();
        if (await reader.read({ text })) into.reads = { mine, shown: reader.reads() };
        into.run = runs.run.peek()?.id;
      });
    },
  };
}
export type Lending = ReturnType<typeof createLending>;
