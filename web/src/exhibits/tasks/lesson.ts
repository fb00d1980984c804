// What the views of this exhibit share: what they are set to, the nets beside the run, and how a sentence is read.
import { computed } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Store } from '../../session/create';
import { type Asked, useAsked } from '../asked';
import { type Lab, labOf } from './lab';
import { createNets, type Nets, type Read, readBy } from './nets';

export function createLesson(store: Store) {
  const lab = computed(() => labOf(store.lab.value));
  const asked = computed(() => {
    const of = store.exhibit.questions[store.question.value - 1];
    return of && 'count' in of ? of.count : null;
  });
  return {
    lab,
    set: (change: Partial<Lab>) => {
      store.lab.value = { ...store.lab.peek(), ...change };
    },
    edit: (words: string, change: Partial<Lab>) =>
      void store.edit(words, () => {
        store.lab.value = { ...store.lab.peek(), ...change };
      }),
    asked,
    /** What is asked, while it is: the view hides what would tell it. */
    covered: computed(() => (store.session.asked.value?.revealed === false ? asked.value : null)),
  };
}
export type Lesson = ReturnType<typeof createLesson>;
export const useLesson = (store: Store): Lesson => useMemo(() => createLesson(store), [store]);

export function useNets(store: Store): Nets {
  const nets = useMemo(() => createNets(store.spawn), [store]);
  useEffect(() => nets.dispose, [nets]);
  return nets;
}

/** Texts through the run's net, as it is at the update on screen. */
export const useOwn = (store: Store, texts: readonly string[]): Asked<Read[]> =>
  useAsked(store, texts.join('\n'), async () => {
    const vocabulary = store.session.run.peek()?.vocabulary ?? [];
    const all: Read[] = [];
    for (const text of texts) all.push(await readBy(store.session.bridge, { vocabulary }, text, false));
    return all;
  });

/** The view has its first numbers. */
export function useThere(store: Store, there: boolean): void {
  useEffect(() => {
    if (there) store.seen.value = true;
  }, [store, there]);
}
