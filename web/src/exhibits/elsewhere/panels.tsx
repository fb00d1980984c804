import type { FunctionComponent } from 'preact';
import { speak } from '../../i18n/en';
import { elsewhere } from '../../i18n/en.elsewhere';
import type { Store } from '../../session/create';
import type { Panel } from '../types';
import '../../figures/plane/plane.css';
import '../sided.css';
import './elsewhere.css';
import { LookView } from './Look';
import { type Lesson, useLesson } from './lesson';
import { SameView } from './Same';
import { WalkView } from './Walk';

speak(elsewhere);

const view =
  (Inner: FunctionComponent<{ store: Store; lesson: Lesson }>) =>
  ({ store }: { store: Store }) => {
    const lesson = useLesson(store);
    return (
      <div class="panel sided tabled elsewhere" data-task={lesson.task.value}>
        <Inner store={store} lesson={lesson} />
      </div>
    );
  };
const ALONE = { wide: true, alone: true };

export const panels: Panel[] = [
  { id: 'look', name: 'elsewhere.view.look', Component: view(LookView), ...ALONE },
  { id: 'walk', name: 'elsewhere.view.walk', Component: view(WalkView), ...ALONE },
  { id: 'same', name: 'elsewhere.view.same', Component: view(SameView), ...ALONE },
];
