// What a text shows and what its buttons do: a step of the tour, something to try, a question. Each sets all that it
// speaks of; what was the reader's is put back when one leaves it, unless one went on from there.
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { CoreInfo } from '../../../wasm/bridge/protocol';
import type { Deed, Exhibit, Pane, Place, Question, Show, Told } from '../exhibits/types';
import { nodeAt, positionOf } from './clocks';
import type { Entry, History } from './history';
import type { Runs } from './runs';
import type { Part, Sampling, Selection, View } from './types';
import type { Walker } from './walker';

/** What one sees of a run, without the run. */
export interface Look {
  position: number;
  part: Part | null;
  selection: Selection | null;
  view: View;
  folded: boolean;
  panel: string | null;
  lab: Record<string, string>;
  pane: Pane;
  sampling: Sampling;
  marked: string | null;
}

export interface Parts {
  core: CoreInfo;
  walker: Walker;
  runs: Runs;
  history: History;
  text: ReadonlySignal<string>;
  tour: Signal<number>;
  trying: Signal<number>;
  question: Signal<number>;
  folded: Signal<boolean>;
  view: Signal<View>;
  panel: Signal<string | null>;
  lab: Signal<Record<string, string>>;
  sampling: Signal<Sampling>;
  /** Reads a text; false where it cannot be read. */
  read(text: string): Promise<boolean>;
  /** What changes the run, and the text again where another took its place. */
  replacing<T>(action: () => Promise<T>): Promise<T>;
  /** Starts or pauses a clock. */
  play(what: NonNullable<Deed['play']>): void;
  /** The next letter, as the net writes; null for the end. */
  draw(prefix: string): Promise<string | null>;
}

/** Of the run, what a text changed: to be put back. */
interface Lent {
  needs: string | null; // of what is shown; null: a button of the text did it
  entry: Entry | null;
  run: number | undefined;
  settings: { key: string; mine: string; shown: string }[];
  text: { mine: string; shown: string } | null;
  step: { mine: number; shown: number } | null; // the update on screen
}
/** What was shown before a question or what there is to try. */
interface Before {
  look: Look;
  last: Entry | null;
  lent: number;
  held: Map<string, { mine: unknown; shown: unknown }>;
}

const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const sizeOf = (shape: number[]) => shape.reduce((product, length) => product * length, 1);

export function createShowing(exhibit: Exhibit, parts: Parts) {
  const { core, walker, runs, history, text, tour, trying, question, folded, view, panel, lab, sampling } = parts;
  const pane = signal<Pane>('run');
  const marked = signal<string | null>(null);
  const drawn = signal<{ letter: string | null; name: string } | null>(null);
  const rows = () => [...(core.models ?? []).flatMap(({ settings }) => settings), ...(core.training ?? [])];
  const rowOf = (key: string) => rows().find((row) => row.key === key);

  /** The walk of the text that is read, if it has this place and this node, be it of another token. */
  function walkWith(at?: Place, path?: string) {
    const known = walker.walk.peek();
    if (!known || (at !== undefined && positionOf(known, at) === null)) return null;
    return path === undefined || nodeAt(known, path) ? known : null;
  }
  function select(path: string, cell: number): void {
    const known = walker.walk.peek();
    const node = known && nodeAt(known, path);
    const size = sizeOf(node?.shape ?? []);
    if (node && size > 0) walker.selection.value = { node: node.id, cell: Math.min(cell, size - 1) };
  }

  // ---- what one sees
  const look = (): Look => ({
    position: walker.position.peek(),
    part: walker.part.peek(),
    selection: walker.selection.peek(),
    view: view.peek(),
    folded: folded.peek(),
    panel: panel.peek(),
    lab: lab.peek(),
    pane: pane.peek(),
    sampling: sampling.peek(),
    marked: marked.peek(),
  });
  function restore(to: Look): void {
    batch(() => {
      walker.asked.value = null;
      walker.goto(to.position);
      walker.part.value = to.part;
      walker.selection.value = to.selection;
      view.value = to.view;
      folded.value = to.folded;
      panel.value = to.panel;
      lab.value = to.lab;
      pane.value = to.pane;
      sampling.value = to.sampling;
      marked.value = to.marked;
    });
  }
  let held: Before['held'] = new Map();
  /** Set for as long as it is spoken of; then as the reader had it, unless that was changed since. */
  function hold<T>(key: string, of: Signal<T>, wanted: T | undefined): void {
    const known = held.get(key) as { mine: T; shown: T } | undefined;
    const mine = known && equal(of.peek(), known.shown) ? known.mine : of.peek();
    if (wanted === undefined) held.delete(key);
    else held.set(key, { mine, shown: wanted });
    of.value = wanted === undefined ? mine : wanted;
  }
  /** All of it (a step), or only what it names (a button). */
  function see(what: Show, all: boolean): void {
    const known = walkWith(what.at, what.select?.node);
    if (!known) return;
    batch(() => {
      if (all) {
        walker.asked.value = null;
        panel.value = what.panel ?? null;
        const base = held.get('lab');
        const mine = (base && equal(base.shown, lab.peek()) ? base.mine : lab.peek()) as Record<string, string>;
        hold('lab', lab, what.lab && { ...mine, ...what.lab });
        hold('folded', folded, what.folded);
        hold('pane', pane, what.pane);
        hold('sampling', sampling, what.sampling && { ...sampling.peek(), ...what.sampling });
        hold('view', view, what.view);
        marked.value = what.mark ?? null;
      } else {
        if (what.panel !== undefined) panel.value = what.panel;
        if (what.lab) lab.value = { ...lab.peek(), ...what.lab };
        if (what.folded !== undefined) folded.value = what.folded;
        if (what.pane) pane.value = what.pane;
        if (what.sampling) sampling.value = { ...sampling.peek(), ...what.sampling };
        if (what.mark) marked.value = what.mark;
      }
      if (what.at !== undefined) walker.goto(positionOf(known, what.at) ?? 0);
      if (what.view) view.value = what.view;
      else if (all && what.at !== undefined && view.peek() !== 'table')
        view.value = walker.position.peek() <= known.schema.forward ? 'value' : 'gradient';
      if (what.part !== undefined) walker.part.value = { cells: what.part, terms: 0 };
      if (what.select) select(what.select.node, what.select.cell);
    });
  }

  // ---- what of the run it speaks of
  let lent: Lent[] = [];
  /** A step has what the exhibit's own controls change as it is at first, unless it says otherwise. */
  function needsOf({ set = {}, model, start, update, text: reads }: Show, all: boolean) {
    const free = all ? (exhibit.offers ?? []).flatMap((key) => rowOf(key) ?? []) : [];
    const settings = { ...Object.fromEntries(free.map((row) => [row.key, String(row.default)])), ...set };
    return { settings, model, start, update, reads };
  }
  const settingOf = (key: string) => runs.run.peek()?.settings[key] ?? String(rowOf(key)?.default ?? '');
  const has = (key: string) =>
    core.models?.some(
      ({ name, settings }) => name === runs.origin.peek().model && settings.some((row) => row.key === key),
    ) || core.training?.some((row) => row.key === key);
  const put = (key: string, value: string) =>
    parts.replacing(() => runs.set(key, value, rowOf(key)?.live ?? false, true));

  async function meet(what: Show, needs: ReturnType<typeof needsOf>, into: Lent): Promise<void> {
    const now = runs.origin.peek();
    const shipped = runs.shipped(needs.model ?? (needs.start === 'shipped' ? exhibit.model : now.model));
    if (needs.start === 'untrained') {
      const seed = Number(runs.run.peek()?.settings.seed ?? 1);
      if (now.weights !== 'none') await parts.replacing(() => runs.open({ ...now, weights: 'none', seed }));
    } else if (needs.start === 'shipped' ? !equal(now, shipped) : needs.model && needs.model !== now.model) {
      await parts.replacing(() => runs.open(shipped));
    } else if (!walkWith(what.at, what.select?.node) && now.model !== exhibit.model) {
      await parts.replacing(() => runs.open(runs.shipped()));
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
    const mine = text.peek();
    if (needs.reads !== undefined && needs.reads !== mine && (await parts.read(needs.reads)))
      into.text = { mine, shown: needs.reads };
    into.run = runs.run.peek()?.id;
  }
  const fresh = (needs: string | null): Lent => ({
    needs,
    entry: null,
    run: undefined,
    settings: [],
    text: null,
    step: null,
  });
  const keep = (one: Lent) => {
    if (one.entry || one.step !== null) lent.push(one);
  };
  /** Puts back what was changed, the last first. What the reader went on from stays as it is. */
  async function giveBack(downTo: number): Promise<void> {
    while (lent.length > downTo) {
      const one = lent.pop() as Lent;
      if (one.entry && history.last() === one.entry) await history.undo();
      else if (one.run === runs.run.peek()?.id) {
        await history.noted(async () => {
          for (const { key, mine, shown } of one.settings) if (settingOf(key) === shown) await put(key, mine);
          if (one.text && text.peek() === one.text.shown) await parts.read(one.text.mine);
        });
      }
      if (one.step && runs.step.peek() === one.step.shown) runs.seek(one.step.mine);
      history.said.value = null;
    }
  }
  /** The run as this needs it, and all that it shows. */
  async function arrive(what: Show, floor: number): Promise<void> {
    const needs = needsOf(what, true);
    const key = JSON.stringify(needs);
    while (lent.length > floor && lent.at(-1)?.needs === null) await giveBack(lent.length - 1);
    if (lent.length > floor && lent.at(-1)?.needs !== key) await giveBack(floor);
    const one = fresh(key);
    one.entry = await history.noted(() => meet(what, needs, one));
    keep(one);
    see(what, true);
  }

  // ---- where one is in the text
  let before: Before | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let turn = 0;
  /** One after another; of several presses the last counts. */
  function inTurn(action: () => Promise<void>): Promise<void> {
    const mine = ++turn;
    const result = queue.then(() => (mine === turn ? action() : undefined));
    queue = result.catch(() => {});
    return result;
  }
  const floor = () => before?.lent ?? 0;

  async function leave(): Promise<void> {
    const last = before;
    if (!last) return;
    before = null;
    if (history.last() !== last.last && runs.training.peek().running) await runs.stop();
    await history.backTo(last.last);
    lent = lent.slice(0, last.lent);
    held = last.held;
    restore(last.look);
  }
  function enter(): void {
    before ??= { look: look(), last: history.last(), lent: lent.length, held: new Map(held) };
  }

  function stand(at: number): void {
    batch(() => {
      tour.value = at;
      trying.value = 0;
      question.value = 0;
      walker.asked.value = null;
      drawn.value = null;
    });
  }
  async function showTour(at: number): Promise<void> {
    const step = exhibit.tour[at - 1];
    if (!step) return;
    stand(at);
    await inTurn(async () => {
      await leave();
      await arrive(step.show, 0);
    });
  }
  /** The same for an address, which itself says of what run it is a view. */
  function fromAddress(at: number, whole: boolean): void {
    const step = exhibit.tour[at - 1];
    if (!step) return;
    stand(at);
    before = null;
    lent = [];
    held = new Map();
    if (whole) {
      // another network than the step speaks of stays: the address named it
      const { at: place, select: cell, ...rest } = step.show;
      see(walkWith(place, cell?.node) ? step.show : { ...rest, at: 'turn' }, true);
      return;
    }
    marked.value = step.show.mark ?? null;
    if (step.show.pane) pane.value = step.show.pane;
  }
  /** Where another of its networks is on screen that has no such node, the exhibit's own comes back. */
  async function ensure(at?: Place, path?: string): Promise<void> {
    if (walkWith(at, path) || runs.origin.peek().model === exhibit.model) return;
    await history.noted(() => parts.replacing(() => runs.open(runs.shipped())));
  }
  /** Something to try, from 1; 0: back to where one was. */
  async function showTry(number: number): Promise<void> {
    const item = exhibit.try[number - 1];
    batch(() => {
      trying.value = item ? number : 0;
      question.value = 0;
      drawn.value = null;
    });
    await inTurn(async () => {
      if (!item) return leave();
      enter();
      await arrive(item.show, floor());
    });
  }

  async function ask(number: number): Promise<void> {
    const of: Question | undefined = exhibit.questions[number - 1];
    if (!of) {
      question.value = 0;
      await inTurn(async () => {
        if (before) await leave();
        else await arrive(exhibit.tour[tour.peek() - 1]?.show ?? {}, 0);
      });
      return;
    }
    await inTurn(async () => {
      enter();
      const needs = needsOf({}, true);
      const one = fresh(JSON.stringify(needs));
      one.entry = await history.noted(() => meet({}, needs, one));
      keep(one);
      await pose(number, of);
    });
  }
  async function pose(number: number, of: Question): Promise<void> {
    await ensure(of.at, of.node);
    const known = walkWith(of.at, of.node);
    const node = known && nodeAt(known, of.node);
    batch(() => {
      question.value = node ? number : 0;
      trying.value = 0;
      walker.asked.value = null;
      if (!known || !node) return;
      panel.value = null;
      folded.value = false;
      marked.value = null;
      const cell = of.kind === 'cell' ? null : Math.min(of.cell, sizeOf(node.shape) - 1);
      // Hidden first, so that its number is on screen at no time.
      walker.asked.value = { node: node.id, cell, what: of.what, revealed: false };
      walker.goto(positionOf(known, of.at) ?? 0);
      view.value = of.what === 'grad' ? 'gradient' : 'value';
      // of the kind that asks which cell, none is
      if (cell !== null) walker.selection.value = { node: node.id, cell };
    });
  }
  function reveal(): void {
    const now = walker.asked.peek();
    if (now) walker.asked.value = { ...now, revealed: true };
  }

  // ---- what its buttons do
  const told = (): Told | undefined => exhibit.try[trying.peek() - 1] ?? exhibit.tour[tour.peek() - 1];
  /** Under these words it can be undone. */
  async function act(id: string, words: string): Promise<void> {
    const deed = told()?.do?.[id];
    if (!deed) return;
    const { play, draw, step, ...what } = deed;
    if (Object.keys(what).length > 0) {
      const one = fresh(null);
      const needs = needsOf(what, false);
      one.entry = await history.deed(words, look, async () => {
        await meet(what, needs, one);
        see(what, false);
      });
      keep(one);
    }
    if (step) walker.move('operation', 1);
    if (play) parts.play(play);
    if (draw) await drawOne();
  }
  /** A letter of the net's own, read by it: the name so far is what it read when it guessed. */
  async function drawOne(): Promise<void> {
    const last = drawn.peek();
    const prefix = last ? (last.letter === null ? '' : last.name) : '';
    const letter = await parts.draw(prefix);
    const name = letter === null ? prefix : prefix + letter;
    if (letter !== null) {
      const one = fresh(null);
      const mine = text.peek();
      one.entry = await history.noted(() => parts.read(name));
      one.text = { mine, shown: name };
      one.run = runs.run.peek()?.id;
      keep(one);
    }
    const known = walker.walk.peek();
    const guess = known?.schema.nodes.findLast((node) => node.name === 'y_hat');
    batch(() => {
      if (guess) walker.goto(guess.forward);
      drawn.value = { letter, name };
    });
  }

  return {
    pane,
    marked,
    drawn,
    look,
    restore,
    select,
    showTour,
    showTry,
    fromAddress,
    ask,
    /** A question that an address names. */
    poseAt: async (number: number): Promise<void> => {
      before = null;
      const of = exhibit.questions[number - 1];
      if (of) await pose(number, of);
      else question.value = 0;
    },
    reveal,
    act,
  };
}
export type Showing = ReturnType<typeof createShowing>;
