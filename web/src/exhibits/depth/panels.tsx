import type { FunctionComponent } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { Problem } from '../../components/Problem';
import { speak } from '../../i18n/en';
import { depth } from '../../i18n/en.depth';
import type { Store } from '../../session/create';
import type { Panel } from '../types';
import '../../figures/plane/plane.css';
import '../sided.css';
import './depth.css';
import { Equal } from './Equal';
import { Faces } from './Faces';
import { Fold } from './Fold';
import { Last } from './Last';
import { createLesson, type Lesson } from './lesson';
import { OneLayer } from './OneLayer';
import { Regions } from './Regions';
import { Tools } from './Tools';
import { Walk } from './Walk';

speak(depth);

type View = FunctionComponent<{ store: Store; lesson: Lesson }>;
/** `net`: it is about the net that is drawn, which its controls change. */
const view =
  (Inside: View, name: string, net: boolean) =>
  ({ store }: { store: Store }) => {
    const lesson = useMemo(() => createLesson(store), [store]);
    useEffect(() => () => lesson.dispose(), [lesson]);
    const problem = lesson.problem.value ?? store.runs.problem.value;
    return (
      <div class={`panel tabled depth-panel ${name}`}>
        {net && <Tools store={store} lesson={lesson} />}
        <Problem of={problem} />
        <Inside store={store} lesson={lesson} />
      </div>
    );
  };
const ALONE = { wide: true, alone: true };

export const panels: Panel[] = [
  { id: 'surface', name: 'depth.view.surface', Component: view(Walk, 'surface', true), ...ALONE },
  { id: 'regions', name: 'depth.view.regions', Component: view(Regions, 'regions', true), ...ALONE },
  { id: 'last', name: 'depth.view.last', Component: view(Last, 'last', true), ...ALONE },
  { id: 'one', name: 'depth.view.one', Component: view(OneLayer, 'one', false), ...ALONE },
  { id: 'fold', name: 'depth.view.fold', Component: view(Fold, 'fold', false), ...ALONE },
  { id: 'equal', name: 'depth.view.equal', Component: view(Equal, 'equal', false), ...ALONE },
  { id: 'faces', name: 'depth.view.faces', Component: view(Faces, 'faces', false), ...ALONE },
];
