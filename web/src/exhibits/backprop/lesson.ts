// The net, the point and the moment that the views of this exhibit show, as the core has them: its tape walked forwards and
// back, every derivative beside a difference, all points with their errors.
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { CoreError, Derivatives, Each, Settings, Tape } from '../../../../wasm/bridge/protocol';
import { type Cell, type Net, readNet, type Unit, type Wire } from '../../figures/units/anatomy';
import { knownAt, type Moment, momentsOf } from '../../figures/units/moments';
import type { Store } from '../../session/create';
import { latest } from '../../session/latest';
import { type Lab, labOf } from './lab';
import { type Drawn, settingsOf } from './topology';

export interface Seen {
  net: Net;
  moments: Moment[];
  tape: Tape;
  derivatives: Derivatives;
  each: Each;
  point: number; // from 0
  step: number;
}

/** What is asked, and so hidden: sizes of δ of two units, of two derivatives, or a count. */
export type Covered = null | { kind: 'delta' | 'derivative'; of: [number, number] } | { kind: 'count' };

/** As few digits as give the same number in single precision. */
export function shortest(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(value);
}

/** "delta.2", and of units of one layer any of them. */
export const indexOf = (moments: readonly Moment[], id: string): number => {
  const [kind, unit] = id.split('.');
  return 1 + moments.findIndex((one) => one.kind === kind && (unit === undefined || one.units.includes(Number(unit))));
};

const TASKS = { squares: 'marks', bernoulli: 'pass', binaries: 'passes', softmax: 'grade' } as const;
export type Answers = keyof typeof TASKS;
export const ANSWERS = Object.keys(TASKS) as Answers[];
const COUNTS: Record<Answers, number> = { squares: 2, bernoulli: 1, binaries: 2, softmax: 3 };
export const answersOf = (kind: Answers) => COUNTS[kind];

export function createLesson(store: Store) {
  const { session, runs } = store;
  const { bridge } = session;
  const lab = computed(() => labOf(store.lab.value));
  const seen = signal<Seen | null>(null);
  const problem = signal<CoreError | null>(null);
  const point = computed(() => lab.value.point);

  let walked = ''; // the run and the point that the worker's graph is of
  let read: { net: Net; moments: Moment[] } | null = null;
  const look = latest(async () => {
    const run = session.run.peek();
    if (!run) return;
    try {
      const each = await bridge.call('each');
      const n = Math.max(0, Math.min(each.points - 1, Number(point.peek()) - 1));
      const text = [...(each.x[n] ?? []), ...(each.t[n] ?? [])].map((one) => shortest(one)).join(' ');
      const key = `${run.id} ${text}`;
      if (key !== walked || !read) {
        const schema = await bridge.call('walk', { text });
        const net = readNet(schema);
        if (!net) return;
        read = { net, moments: momentsOf(net) };
        walked = key;
      }
      const [tape, derivatives] = [await bridge.call('tape'), await bridge.call('derivatives')];
      if (session.run.peek()?.id !== run.id) return;
      batch(() => {
        problem.value = null;
        if (read) seen.value = { ...read, tape, derivatives, each, point: n, step: tape.step };
        store.seen.value = true;
      });
    } catch (error) {
      walked = '';
      problem.value = error as CoreError;
    }
  });
  const off = effect(() => {
    session.run.value?.id;
    session.step.value;
    point.value;
    untracked(() => look(undefined));
  });
  const offReplaced = bridge.on('replaced', () => {
    walked = '';
    look(undefined);
  });

  const index = computed(() => (seen.value ? Math.max(0, indexOf(seen.value.moments, lab.value.at)) : 0));
  const moment = computed(() => seen.value?.moments[index.value - 1] ?? null);
  const known = computed(() => seen.value && knownAt(seen.value.net, seen.value.moments, index.value));
  const set = (change: Partial<Lab>) => {
    store.lab.value = { ...store.lab.peek(), ...change };
  };
  const goto = (to: number) => {
    const moments = seen.peek()?.moments ?? [];
    set({ at: moments[Math.max(0, Math.min(moments.length, to)) - 1]?.id ?? '' });
  };
  /** The next or last moment of another unit. */
  const gotoUnit = (by: 1 | -1) => {
    const moments = seen.peek()?.moments ?? [];
    const name = (at: number) => moments[at - 1]?.units.join() ?? '';
    let to = index.peek() + by;
    while (to > 0 && to < moments.length && name(to) === name(index.peek())) to += by;
    if (by > 0) while (to < moments.length && name(to + 1) === name(to)) to++;
    goto(to);
  };

  const covered = computed((): Covered => {
    const of = store.exhibit.questions[store.question.value - 1];
    if (!of || !('count' in of) || session.asked.value?.revealed !== false) return null;
    const [kind, a, b] = of.count.split('.');
    if (kind === 'delta' || kind === 'derivative') return { kind, of: [Number(a), Number(b)] };
    return { kind: 'count' };
  });
  const offAnswer = effect(() => {
    const of = store.exhibit.questions[store.question.value - 1];
    const now = seen.value;
    if (!of || !('count' in of) || !now) return;
    const [kind, a, b] = of.count.split('.');
    const size = (which: string | undefined) => {
      const number = Number(which);
      if (kind === 'derivative') return Math.abs(now.derivatives.backward[number] ?? Number.NaN);
      const unit = now.net.units[number - 1];
      return Math.abs(unit ? gradientOf(now, unit.a) : Number.NaN);
    };
    store.answer.value = kind === 'count' ? { value: now.derivatives.checked } : { value: size(a), than: size(b) };
  });

  /** Another net, or other answers: an untrained run, to be undone like any other. */
  const draw = (drawn: Drawn, answers?: Answers) => {
    const now = session.run.peek();
    if (!now) return Promise.resolve(false);
    const origin = runs.origin.peek();
    const own: Settings = { ...origin.settings, ...settingsOf(drawn) };
    if (answers) {
      own.task = TASKS[answers];
      own.error = answers === 'binaries' ? 'bernoulli' : answers;
    }
    const standard: Settings = { ...store.exhibit.settings, task: store.exhibit.task };
    const usual = (key: string) => standard[key] ?? (key === 'skips' ? 'none' : '0');
    const settings = Object.fromEntries(Object.entries(own).filter(([key, value]) => usual(key) !== value));
    return store.open({ ...origin, weights: 'none', settings });
  };
  const answers = computed((): Answers => {
    const task = session.run.value?.settings.task;
    return ANSWERS.find((one) => TASKS[one] === task) ?? 'binaries';
  });

  return {
    ...{ lab, seen, problem, index, moment, known, covered, answers, set, goto, gotoUnit, draw },
    dispose: () => {
      off();
      offReplaced();
      offAnswer();
      store.answer.value = null;
    },
  };
}
export type Lesson = ReturnType<typeof createLesson>;

export const numberOf = ({ tape }: Pick<Seen, 'tape'>, { node, cell }: Cell): number =>
  tape.values[node]?.[cell] ?? Number.NaN;
export const gradientOf = ({ tape }: Pick<Seen, 'tape'>, { node, cell }: Cell): number =>
  tape.gradients[node]?.[cell] ?? Number.NaN;

/** The value that a wire carries. */
export function carried(seen: Seen, { from }: Wire): number {
  if ('bias' in from) return 1;
  if ('input' in from) return numberOf(seen, seen.net.inputs[from.input] as Cell);
  return numberOf(seen, (seen.net.units[from.unit - 1] as Unit).z);
}
