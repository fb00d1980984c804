import type { FunctionComponent } from 'preact';
import { speak } from '../../i18n/en';
import { ball } from '../../i18n/en.ball';
import type { Store } from '../../session/create';
import type { Panel } from '../types';
import '../../figures/plane/plane.css';
import '../sided.css';
import './ball.css';
import { Errors } from './Errors';
import { Inside } from './Inside';
import { type Lesson, useLesson } from './lesson';
import { One } from './One';
import { Speed } from './Speed';
import { ThrowView } from './Throw';

speak(ball);

const view =
  (Inner: FunctionComponent<{ store: Store; lesson: Lesson }>, name: string) =>
  ({ store }: { store: Store }) => {
    const lesson = useLesson(store);
    return (
      <div class={`panel sided tabled ball ${name}`}>
        <Inner store={store} lesson={lesson} />
      </div>
    );
  };
const ALONE = { wide: true, alone: true };

export const panels: Panel[] = [
  { id: 'one', name: 'ball.view.one', Component: view(One, 'one'), ...ALONE },
  { id: 'throw', name: 'ball.view.throw', Component: view(ThrowView, 'throw'), ...ALONE },
  { id: 'inside', name: 'ball.view.inside', Component: view(Inside, 'inside'), ...ALONE },
  { id: 'errors', name: 'ball.view.errors', Component: view(Errors, 'errors'), ...ALONE },
  { id: 'speed', name: 'ball.view.speed', Component: view(Speed, 'speed'), ...ALONE },
];
