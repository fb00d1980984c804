import type { FunctionComponent } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { Problem } from '../../components/Problem';
import { speak } from '../../i18n/en';
import { nextWord } from '../../i18n/en.next-word';
import type { Store } from '../../session/create';
import type { Panel } from '../types';
import { All } from './All';
import { useAnswer } from './asked';
import { Chain, type Props } from './Chain';
import { createCounting } from './counting';
import { Race } from './Race';
import { Uses } from './Uses';
import { Window } from './Window';
import './next-word.css';

speak(nextWord);

const view =
  (Inside: FunctionComponent<Props>, name: string) =>
  ({ store }: { store: Store }) => {
    const counting = useMemo(() => createCounting(store, name), [store]);
    useEffect(() => () => counting.dispose(), [counting]);
    useAnswer(store, counting);
    return (
      <div class={`panel nw ${name}`}>
        <Problem of={counting.problem.value} />
        <Inside store={store} counting={counting} />
      </div>
    );
  };

export const panels: Panel[] = [
  { id: 'chain', name: 'next-word.view.chain', Component: view(Chain, 'chain'), wide: true, alone: true },
  {
    id: 'window',
    name: 'next-word.view.window',
    Component: view(Window, 'window'),
    wide: true,
    alone: true,
  },
  { id: 'all', name: 'next-word.view.all', Component: view(All, 'all'), wide: true, alone: true },
  { id: 'uses', name: 'next-word.view.uses', Component: view(Uses, 'uses'), wide: true, alone: true },
  { id: 'race', name: 'next-word.view.race', Component: view(Race, 'race'), wide: true, alone: true },
];
