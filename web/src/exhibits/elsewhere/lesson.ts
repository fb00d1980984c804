// What all views are about: which task is open, its sequence, and what the core says of it with the net on screen.
import { computed } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Study } from '../../../../wasm/bridge/protocol';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { arrayOf } from '../../session/studies';
import { useAsked } from '../asked';
import { type Walked, walkOf } from '../taped';
import { type Lab, labOf, labText, TASKS, type Task, textOf } from './lab';

export function createLesson(store: Store) {
  const lab = computed(() => labOf(store.lab.value));
  const task = computed(() => TASKS.find((one) => one === store.session.run.value?.settings.task) ?? 'protein');
  const text = computed(() => textOf(task.value, lab.value));
  const set = (change: Partial<Lab>) => {
    store.lab.value = { ...store.lab.peek(), ...change };
  };
  const asked = computed(() => {
    const of = store.exhibit.questions[store.question.value - 1];
    return of && 'count' in of ? of.count : null;
  });
  let example = 0; // that was asked for last; the first stands there at first
  const put = (value: string) => set({ [task.peek()]: value });
  return {
    lab,
    task,
    text,
    set,
    asked,
    /** What is asked, while it is: the view hides what would tell it. */
    covered: computed(() => (store.session.asked.value?.revealed === false ? asked.value : null)),
    /** Another sequence, as one thing to be undone. */
    change: (value: string) => void store.edit(t(`elsewhere.changed.${task.peek()}`), () => put(value)),
    /** While it is dragged. */
    follow: put,
    /** An unseen one. */
    example: async () => {
      const { text: found } = await store.session.bridge.call('example', { index: ++example });
      await store.edit(t('elsewhere.example.done'), () => put(labText(task.peek(), found)));
    },
    /** The net of another task, as it is shipped. */
    open: (other: Task) => {
      const weights = store.exhibit.tasks?.[other];
      return weights ? store.open({ ...store.runs.shipped(), weights }) : Promise.resolve(false);
    },
  };
}
export type Lesson = ReturnType<typeof createLesson>;

export const useLesson = (store: Store): Lesson => useMemo(() => createLesson(store), [store]);

/** The view has its first numbers. */
export function useThere(store: Store, there: boolean): void {
  useEffect(() => {
    if (there) store.seen.value = true;
  }, [store, there]);
}

/** Every operation over the sequence, forwards and back. */
export function useWalk(store: Store, lesson: Lesson) {
  const text = lesson.text.value;
  const asked = useAsked<Walked>(store, text, () => walkOf(store.session.bridge, text));
  useThere(store, asked.now.value !== null);
  return asked;
}

/** What a simple way says of the sequence, and how often it errs. */
export interface Simple {
  said: number[];
  truth: number;
  distances: number[];
  errors: number[];
  hydropathy: Record<string, number>;
  stretch: { from: number; mean: number } | null;
}
export function useSimple(store: Store, lesson: Lesson) {
  const { run } = store.session;
  const task = lesson.task.value;
  const text = lesson.text.value;
  const { seed = '1', noise = '0.15' } = run.value?.settings ?? {};
  const key = JSON.stringify([task, text, seed, noise]);
  return useAsked<Simple>(store, key, async () =>
    simpleOf(task, await store.study({ study: 'simple', settings: { task, noise, seed }, inputs: { text } })),
  );
}
function simpleOf(task: Task, study: Study): Simple {
  const read = (name: string) => Array.from(arrayOf(study, name).values);
  const protein = task === 'protein';
  const [from = 0, mean = 0] = protein ? read('stretch') : [];
  const letters = protein ? (study.axes.find(({ name }) => name === 'residue')?.labels ?? []) : [];
  const scale = protein ? read('hydropathy') : [];
  return {
    said: read('said'),
    truth: read('truth')[0] ?? Number.NaN,
    distances: task === 'days' ? [] : read('distances'),
    errors: read('errors'),
    hydropathy: Object.fromEntries(letters.map((letter, i) => [letter, scale[i] ?? 0])),
    stretch: protein ? { from, mean } : null,
  };
}

/** Of the run on screen, over the unseen: the share that is wrong, or how far off it is. */
export function useErrors(store: Store, lesson: Lesson) {
  return useAsked(store, `errors ${lesson.task.value}`, async () => {
    const { loss, right, step } = await store.session.bridge.call('evaluate');
    return { error: right < 0 ? Math.sqrt(2 * loss) : 1 - right, step };
  });
}

/** The values of a node by its path. */
export const valuesOf = ({ schema, tape }: Walked, path: string): Float32Array =>
  (tape.values[schema.nodes.find((node) => node.path === path)?.id ?? -1] as Float32Array | undefined) ??
  new Float32Array();
