import type { FunctionComponent } from 'preact';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import { Problem } from '../../components/Problem';
import { speak } from '../../i18n/en';
import { meaning } from '../../i18n/en.meaning';
import type { Store } from '../../session/create';
import type { Panel } from '../types';
import { Analogy } from './Analogy';
import { Count } from './Count';
import { Learn } from './Learn';
import { createLesson, type Lesson } from './lesson';
import { MapView } from './Map';
import './meaning.css';

speak(meaning);

// One for all views of a store, from the first to the last: what was learned is not learned anew from view to view.
const lessons = new WeakMap<Store, { lesson: Lesson; views: number }>();
function lessonOf(store: Store) {
  const known = lessons.get(store) ?? { lesson: createLesson(store), views: 0 };
  lessons.set(store, known);
  return known;
}
const left = (store: Store) => {
  const known = lessons.get(store);
  if (!known || known.views > 0) return;
  lessons.delete(store);
  known.lesson.dispose();
};

const view =
  (Inside: FunctionComponent<{ store: Store; lesson: Lesson }>, name: string) =>
  ({ store }: { store: Store }) => {
    const held = useMemo(() => lessonOf(store), [store]);
    useLayoutEffect(() => {
      held.views++;
      return () => {
        held.views--;
        setTimeout(() => left(store)); // the next view is there by then, if there is one
      };
    }, [store, held]);
    const problem = held.lesson.problem.value;
    return (
      <div class={`panel wv ${name}`}>
        <Problem of={problem} />
        <Inside store={store} lesson={held.lesson} />
      </div>
    );
  };

export const panels: Panel[] = [
  { id: 'count', name: 'meaning.view.count', Component: view(Count, 'count'), wide: true, alone: true },
  { id: 'map', name: 'meaning.view.map', Component: view(MapView, 'map'), wide: true, alone: true },
  { id: 'learn', name: 'meaning.view.learn', Component: view(Learn, 'learn'), wide: true, alone: true },
  { id: 'analogy', name: 'meaning.view.analogy', Component: view(Analogy, 'analogy'), wide: true, alone: true },
];
