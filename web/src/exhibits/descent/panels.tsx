import type { FunctionComponent } from 'preact';
import { speak } from '../../i18n/en';
import { descent } from '../../i18n/en.descent';
import type { Store } from '../../session/create';
import type { Panel } from '../types';
import '../../figures/plane/plane.css';
import './descent.css';
import type { Descent } from './descent';
import { useDescent } from './Frame';
import { Rate } from './Rate';
import { Rules } from './Rules';

speak(descent);

const view =
  (Inside: FunctionComponent<{ store: Store; descent: Descent }>) =>
  ({ store }: { store: Store }) => <Inside store={store} descent={useDescent(store)} />;

export const panels: Panel[] = [
  { id: 'rules', name: 'descent.view.rules', Component: view(Rules), wide: true, alone: true },
  { id: 'rate', name: 'descent.view.rate', Component: view(Rate), wide: true, alone: true },
];
