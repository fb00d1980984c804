import type { FunctionComponent } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { Problem } from '../../components/Problem';
import { speak } from '../../i18n/en';
import { backprop } from '../../i18n/en.backprop';
import type { Store } from '../../session/create';
import type { Panel } from '../types';
import './backprop.css';
import { Draw } from './Draw';
import { Errors } from './Errors';
import { createLesson, type Lesson } from './lesson';
import { Walk } from './Walk';

speak(backprop);

const view =
  (Inside: FunctionComponent<{ store: Store; lesson: Lesson }>, name: string) =>
  ({ store }: { store: Store }) => {
    const lesson = useMemo(() => createLesson(store), [store]);
    useEffect(() => () => lesson.dispose(), [lesson]);
    const problem = lesson.problem.value ?? store.runs.problem.value;
    return (
      <div class={`panel bp ${name}`}>
        <Problem of={problem} />
        <Inside store={store} lesson={lesson} />
      </div>
    );
  };

export const panels: Panel[] = [
  { id: 'walk', name: 'backprop.view.walk', Component: view(Walk, 'walk'), wide: true, alone: true },
  { id: 'draw', name: 'backprop.view.draw', Component: view(Draw, 'draw'), wide: true, alone: true },
  { id: 'errors', name: 'backprop.view.errors', Component: view(Errors, 'errors'), wide: true, alone: true },
];
