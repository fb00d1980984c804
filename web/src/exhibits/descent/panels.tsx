import type { FunctionComponent } from 'preact';
import { speak } from '../../i18n/en';
import { descent } from '../../i18n/en.descent';
import type { Store } from '../../session/create';
import type { Panel } from '../types';
import '../../figures/plane/plane.css';
import '../sided.css';
import './descent.css';
import type { Descent } from './descent';
import { useDescent } from './Frame';
import { Noise } from './Noise';
import { Price } from './Price';
import { Rate } from './Rate';
import { Rules } from './Rules';
import { Slice } from './Slice';
import { Symmetry } from './Symmetry';

speak(descent);

const view =
  (Inside: FunctionComponent<{ store: Store; descent: Descent }>) =>
  ({ store }: { store: Store }) => <Inside store={store} descent={useDescent(store)} />;

export const panels: Panel[] = [
  { id: 'rules', name: 'descent.view.rules', Component: view(Rules), wide: true, alone: true },
  { id: 'rate', name: 'descent.view.rate', Component: view(Rate), wide: true, alone: true },
  { id: 'noise', name: 'descent.view.noise', Component: view(Noise), wide: true, alone: true },
  { id: 'symmetry', name: 'descent.view.symmetry', Component: view(Symmetry), wide: true, alone: true },
  { id: 'slice', name: 'descent.view.slice', Component: view(Slice), wide: true, alone: true },
  { id: 'price', name: 'descent.view.price', Component: view(Price), wide: true, alone: true },
];
