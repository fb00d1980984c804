// The net, the point and the moment that the views of this exhibit show, as the core has them: its tape walked forwards and
// back, every derivative beside a difference, all points with their errors.
import { computed, effect } from '@preact/signals';
import type { Derivatives, Settings } from '../../../../wasm/bridge/protocol';
import { gradientOf } from '../../figures/units/terms';
import type { Store } from '../../session/create';
import { type AtPoint, createWalked } from '../walked';
import { type Lab, labOf } from './lab';
import { type Drawn, settingsOf } from './topology';

export interface Seen extends AtPoint {
  derivatives: Derivatives;
}

/** What is asked, and so hidden: sizes of δ of two units, of two derivatives, or a count. */
export type Covered = null | { kind: 'delta' | 'derivative'; of: [number, number] } | { kind: 'count' };

const TASKS = { squares: 'marks', bernoulli: 'pass', binaries: 'passes', softmax: 'grade' } as const;
export type Answers = keyof typeof TASKS;
export const ANSWERS = Object.keys(TASKS) as Answers[];
const COUNTS: Record<Answers, number> = { squares: 2, bernoulli: 1, binaries: 2, softmax: 3 };
export const answersOf = (kind: Answers) => COUNTS[kind];

export function createLesson(store: Store) {
  const { session, runs } = store;
  const lab = computed(() => labOf(store.lab.value));
  const walking = createWalked(store, lab, async () => ({ derivatives: await session.bridge.call('derivatives') }));
  const { seen } = walking;
  const set: (change: Partial<Lab>) => void = walking.set;

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
    ...walking,
    ...{ lab, covered, answers, set, draw },
    dispose: () => {
      walking.dispose();
      offAnswer();
      store.answer.value = null;
    },
  };
}
export type Lesson = ReturnType<typeof createLesson>;
