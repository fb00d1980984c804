// What is read: one text, or a source with what is written for it. Told before the core is asked what of it this run
// cannot read, and read again where another run took its place or where the model's own guess has become another.
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Bridge } from '../../../wasm/bridge/protocol';
import { readsNumbers } from './answers';
import { textLines } from './corpus';
import type { Exhibit } from './declared';
import { latest } from './latest';
import { FIRST_NUMBERS, inTokens, joined, type Problem, readable, readableNumbers, tokensOf } from './reading';
import type { Runs } from './runs';
import type { Reading } from './types';
import type { Walker } from './walker';

const PAUSE = 600; // ms between two looks at a guess while training runs

export function createReader(
  bridge: Bridge,
  exhibit: Exhibit,
  runs: Runs,
  walker: Walker,
  answers: ReadonlySignal<boolean>, // what is read is answered as a whole
  built: ReadonlySignal<string>, // by what settings the graph of this run was made
) {
  const pair = exhibit.target !== undefined;
  const walks = exhibit.walks !== false;
  const text = signal('');
  const target = signal<string | null | undefined>(undefined); // null: its own guess; none where one text is read
  const unread = signal<Problem | null>(null); // what could not be read
  // a bar between two sentences is no word of either
  const bar = exhibit.own === undefined ? [] : ['|'];
  const vocabulary = () => [...(runs.run.peek()?.vocabulary ?? []), ...bar];
  const reads = (): Reading => (pair ? { text: text.peek(), target: target.peek() } : { text: text.peek() });

  /** What is right for a source, as its task knows it; else the model's own guess. */
  const right = async (source: string): Promise<string | null> =>
    (await runs.trying(() => bridge.call('answer', { text: source })))?.text ?? null;

  const numbers = () => readsNumbers(runs.run.peek());
  const problemIn = (of: string) => (numbers() ? readableNumbers(of) : readable(of, vocabulary()));
  function problemOf(wanted: Reading): Problem | null {
    const problem = problemIn(wanted.text);
    if (problem || typeof wanted.target !== 'string') return problem;
    const of = readable(wanted.target, vocabulary());
    return of && { ...of, of: 'target' };
  }
  /** As far as this run's vocabulary and capacity go; else a problem that says what to do. Without a target a source is
   *  led by what is right for it. */
  async function read(wanted: Partial<Reading>): Promise<boolean> {
    if (!walks) return true;
    const spelt = (of: string) => (numbers() ? of.trim() : inTokens(of, vocabulary()));
    const source = spelt(wanted.text ?? text.peek());
    let led = pair && typeof wanted.target === 'string' ? spelt(wanted.target) : wanted.target;
    const problem = problemOf({ text: source, target: led });
    unread.value = problem;
    if (problem) return false;
    if (pair && led === undefined) led = await right(source);
    const done = await runs.trying(() => walker.read(source, pair ? led : undefined));
    if (runs.problem.peek() !== null || done === null) return false;
    text.value = source;
    if (pair) target.value = led;
    return true;
  }
  /** The text, or the first other that this run can read. */
  function readableOr(wanted: string): string | undefined {
    const [line = ''] = textLines(runs.origin.peek().corpus);
    const own = tokensOf(runs.run.peek()?.vocabulary ?? []).slice(0, 8); // of weights with other letters
    const first = exhibit.own === undefined ? [...line].slice(0, 12).join('') : line; // words are read whole
    const choices = [wanted, exhibit.text, first, joined(own, vocabulary())];
    if (numbers()) choices.splice(1, Number.POSITIVE_INFINITY, FIRST_NUMBERS);
    return choices.find((one) => problemIn(one) === null);
  }
  /** After the run was replaced: the same again, or the first that it can read. */
  async function reread(): Promise<void> {
    const next = readableOr(text.peek());
    if (next === undefined) return;
    const kept = next === text.peek() ? reads() : { text: next };
    await read(problemOf(kept) ? { text: next } : kept);
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

  // ---- its own guess, at each update
  const follow = latest(async () => {
    const at = walker.readings();
    const schema = walker.schema.peek();
    if (!schema?.pair?.own) return;
    const { tokens } = await bridge.call('guess', { text: schema.text });
    const led = schema.targets.length === tokens.length && schema.targets.every((token, i) => token === tokens[i]);
    if (led || walker.readings() !== at) return;
    await walker.readAgain(schema.text, null);
    if (runs.training.peek().running) await new Promise((resolve) => setTimeout(resolve, PAUSE));
  });
  // ---- a switch was thrown: the same text over the graph that there is now
  let over = { run: -1, built: '' };
  const rebuild = latest(async () => {
    if (walker.schema.peek()) await walker.readAgain(text.peek(), pair ? target.peek() : undefined);
  });
  const offBuilt = effect(() => {
    const now = { run: runs.run.value?.id ?? -1, built: built.value };
    const another = now.run === over.run && now.built !== over.built;
    over = now;
    if (another && walks) untracked(() => rebuild(undefined));
  });

  const off = effect(() => {
    runs.step.value;
    runs.training.value.running;
    if (target.value === null) untracked(() => follow(undefined));
  });

  return {
    pair,
    text,
    target,
    unread,
    reads,
    /** Is this what is read? Without a target that is not known: what is right for a source the core says. */
    stands: (wanted: Partial<Reading>) =>
      (wanted.text ?? text.peek()) === text.peek() && (!pair || wanted.target === target.peek()),
    read,
    readableOr,
    reread,
    replacing,
    /** What is read by now, as one writes it; of a pair the source. */
    soFar: computed(() => {
      const kind = walker.operation.value?.kind;
      if (pair || answers.value || kind === 'clip' || kind === 'update') return text.value;
      // Token 1 is the start mark: after it nothing of the text is read.
      return [...text.value].slice(0, Math.max(0, walker.token.value - 1)).join('');
    }),
    dispose: () => {
      off();
      offBuilt();
    },
  };
}
export type Reader = ReturnType<typeof createReader>;
