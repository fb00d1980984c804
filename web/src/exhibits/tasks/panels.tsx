import type { FunctionComponent } from 'preact';
import { speak } from '../../i18n/en';
import { tasks } from '../../i18n/en.tasks';
import type { Store } from '../../session/create';
import type { Panel } from '../types';
import '../sided.css';
import './tasks.css';
import { Demands } from './Demands';
import { type Lesson, useLesson } from './lesson';
import { Pair } from './Pair';
import { Shapes } from './Shapes';

speak(tasks);

const view =
  (Inner: FunctionComponent<{ store: Store; lesson: Lesson }>, name: string) =>
  ({ store }: { store: Store }) => {
    const lesson = useLesson(store);
    return (
      <div class={`panel sided tabled tasks ${name}`}>
        <Inner store={store} lesson={lesson} />
      </div>
    );
  };
const ALONE = { wide: true, alone: true };

export const panels: Panel[] = [
  { id: 'shapes', name: 'tasks.view.shapes', Component: view(Shapes, 'shapes'), ...ALONE },
  { id: 'pair', name: 'tasks.view.pair', Component: view(Pair, 'pair'), ...ALONE },
  { id: 'demands', name: 'tasks.view.demands', Component: view(Demands, 'demands'), ...ALONE },
];
