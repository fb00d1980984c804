// Where one is in an exhibit's text: a step of the tour, something to try, a question. Each sets all that it speaks of
// (looking.ts, and of the run lending.ts); what was the reader's is put back when one leaves it, unless one went on from
// there.
import { batch, computed, type Signal, signal } from '@preact/signals';
import { nodeAt, positionOf } from './clocks';
import {
  type Deed,
  type Exhibit,
  ofView,
  type Place,
  type Question,
  type Show,
  type Told,
  type ViewQuestion,
} from './declared';
import type { Entry, History } from './history';
import type { Lending } from './lending';
import { type Look, type Looking, sizeOf } from './looking';
import type { Reader } from './reader';
import type { Runs } from './runs';
import type { NodeSchema, View } from './types';
import type { Walker } from './walker';

export interface Parts {
  walker: Walker;
  runs: Runs;
  reader: Reader;
  history: History;
  looking: Looking;
  lending: Lending;
  view: Signal<View>;
  /** Starts or pauses a clock. */
  play(what: NonNullable<Deed['play']>): void;
  /** The next letter, as the net writes; null for the end. */
  draw(prefix: string): Promise<string | null>;
}
/** What was shown before a question or what there is to try. */
interface Before {
  look: Look;
  text: string;
  last: Entry | null;
  lent: number;
  held: ReturnType<Looking['held']>;
}

const NO_NODE = -1;

export function createGuide(exhibit: Exhibit, parts: Parts) {
  const { walker, runs, reader, history, looking, lending, view } = parts;
  const { panel, lab, folded, marked } = looking;
  const tour = signal(1);
  const question = signal(0); // 0: none; from 1
  const trying = signal(0); // what there is to try, in the tour's place: 0: none; from 1
  const drawn = signal<{ letter: string | null; name: string } | null>(null);

  /** The text that one reads, and the one that all is shown for: a text is read before all that it speaks of is there. */
  const read = computed(() => `${tour.value}.${trying.value}`);
  const shown = signal(read.peek());
  const meant = computed(() => (read.value === shown.value ? marked.value : null));

  /** The run as a text needs it, and all that it shows. */
  async function arrive(what: Show, floor: number, text: string): Promise<void> {
    await lending.meet(what, floor);
    batch(() => {
      looking.see(what, true);
      shown.value = text;
    });
  }

  let before: Before | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let turn = 0;
  /** What is done where one stands: after one has arrived, and not if one has left for elsewhere by then. */
  function onArrival(action: () => Promise<void>): Promise<void> {
    const mine = turn;
    const result = queue.then(() => (mine === turn ? action() : undefined));
    queue = result.catch(() => {});
    return result;
  }
  /** One after another; of several presses the last counts. */
  function inTurn(action: () => Promise<void>): Promise<void> {
    turn++;
    return onArrival(action);
  }
  const floor = () => before?.lent ?? 0;

  async function leave(): Promise<void> {
    const last = before;
    if (!last) return;
    before = null;
    if (history.last() !== last.last && runs.training.peek().running) await runs.stop();
    await history.backTo(last.last);
    lending.cut(last.lent);
    looking.hold(last.held);
    batch(() => {
      looking.restore(last.look);
      shown.value = last.text;
    });
  }
  function enter(): void {
    before ??= {
      look: looking.look(),
      text: shown.peek(),
      last: history.last(),
      lent: lending.count(),
      held: looking.held(),
    };
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
    const text = read.peek();
    await inTurn(async () => {
      await leave();
      await arrive(step.show, 0, text);
    });
  }
  /** The same for an address, which itself says of what run it is a view. */
  function fromAddress(at: number, whole: boolean): void {
    const step = exhibit.tour[at - 1];
    if (!step) return;
    stand(at);
    shown.value = read.peek();
    before = null;
    lending.cut(0);
    looking.hold(new Map());
    if (whole) {
      // another network than the step speaks of stays: the address named it
      const { at: place, select: cell, ...rest } = step.show;
      looking.see(looking.walkWith(place, cell?.node) ? step.show : { ...rest, at: 'turn' }, true);
      return;
    }
    marked.value = step.show.mark ?? null;
  }
  const toStep = () => arrive(exhibit.tour[tour.peek() - 1]?.show ?? {}, 0, read.peek());
  /** All that the step needs of the run and of what is read, as for a step that one comes to by Next. */
  const meetStep = (): Promise<void> => inTurn(toStep);
  /** To the step of the tour; it was left before it was there, or is as it was. */
  async function backToStep(): Promise<void> {
    await leave();
    if (shown.peek() !== read.peek()) await toStep();
  }
  /** Where another of its networks is on screen that has no such node, the exhibit's own comes back. */
  async function ensure(at?: Place, path?: string): Promise<void> {
    if (looking.walkWith(at, path) || runs.origin.peek().model === exhibit.model) return;
    await history.noted(() => reader.replacing(() => runs.open(runs.shipped())));
  }
  /** Something to try, from 1; 0: back to where one was. */
  async function showTry(number: number): Promise<void> {
    const item = exhibit.try[number - 1];
    batch(() => {
      trying.value = item ? number : 0;
      question.value = 0;
      drawn.value = null;
    });
    const text = read.peek();
    await inTurn(async () => {
      if (!item) return backToStep();
      enter();
      await arrive(item.show, floor(), text);
    });
  }

  async function ask(number: number): Promise<void> {
    const of: Question | undefined = exhibit.questions[number - 1];
    if (!of) {
      question.value = 0;
      await inTurn(async () => {
        if (before) await backToStep();
        else await toStep();
      });
      return;
    }
    await inTurn(async () => {
      enter();
      await lending.meetQuestion(ofView(of) ? { start: of.start } : { text: of.text, target: of.target });
      await pose(number, of);
    });
  }
  /** Of a view's own: it stands in the network's place, and no cell of the walk is meant. */
  function poseView(number: number, of: ViewQuestion): void {
    batch(() => {
      question.value = number;
      trying.value = 0;
      marked.value = null;
      walker.asked.value = { node: NO_NODE, cell: null, what: 'value', revealed: false };
      lab.value = { ...lab.peek(), ...of.lab };
      panel.value = of.panel;
      if (of.sampling) looking.see({ sampling: of.sampling }, false);
    });
  }
  async function pose(number: number, of: Question): Promise<void> {
    if (ofView(of)) return poseView(number, of);
    await ensure(of.at, of.node);
    const known = looking.walkWith(of.at, of.node);
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
  /** A cell that the reader works out, outside of all questions: hidden where the walk has just made it. Null: no more. */
  function workOut(of: { node: NodeSchema; cell: number; what: 'value' | 'grad' } | null): void {
    if (question.peek() > 0) return;
    batch(() => {
      walker.asked.value = of && { node: of.node.id, cell: of.cell, what: of.what, revealed: false };
      if (!of) return;
      walker.goto(comesAt(of.node, of.what));
      walker.selection.value = { node: of.node.id, cell: of.cell };
    });
  }
  /** The position at which a value is there, or a gradient is whole. */
  function comesAt(node: NodeSchema, what: 'value' | 'grad'): number {
    const { nodes } = walker.walk.peek()?.schema ?? { nodes: [] };
    const later = nodes.filter(({ inputs, backward }) => backward > 0 && inputs.includes(node.id));
    return what === 'value' ? node.forward : Math.max(...later.map(({ backward }) => backward));
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
    await onArrival(async () => {
      if (Object.keys(what).length > 0) await lending.deed(what, words);
      if (step) walker.move('operation', 1);
      if (play) parts.play(play);
      if (draw) await drawOne();
    });
  }
  /** A letter of the net's own, read by it: the name so far is what it read when it guessed. */
  async function drawOne(): Promise<void> {
    const last = drawn.peek();
    const prefix = last ? (last.letter === null ? '' : last.name) : '';
    const letter = await parts.draw(prefix);
    const name = letter === null ? prefix : prefix + letter;
    if (letter !== null) await lending.reading(name);
    const known = walker.walk.peek();
    const guess = known?.schema.nodes.findLast((node) => node.name === 'y_hat');
    batch(() => {
      if (guess) walker.goto(guess.forward);
      drawn.value = { letter, name };
    });
  }

  return {
    tour,
    question,
    trying,
    drawn,
    meant,
    showTour,
    showTry,
    fromAddress,
    meetStep,
    ask,
    /** A question that an address names. */
    poseAt: async (number: number): Promise<void> => {
      before = null;
      const of = exhibit.questions[number - 1];
      if (of) await pose(number, of);
      else question.value = 0;
    },
    workOut,
    reveal,
    act,
  };
}
export type Guide = ReturnType<typeof createGuide>;
