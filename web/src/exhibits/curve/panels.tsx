import type { FunctionComponent } from 'preact';
import { speak } from '../../i18n/en';
import { curve } from '../../i18n/en.curve';
import type { Store } from '../../session/create';
import type { Panel } from '../types';
import { Choose } from './Choose';
import '../../figures/plane/plane.css';
import '../sided.css';
import './curve.css';
import type { Curve } from './curve';
import { Every } from './Every';
import { Fit } from './Fit';
import { useCurve } from './Frame';
import { Net } from './Net';

speak(curve);

const view =
  (Inside: FunctionComponent<{ store: Store; curve: Curve }>) =>
  ({ store }: { store: Store }) => <Inside store={store} curve={useCurve(store)} />;

export const panels: Panel[] = [
  { id: 'fit', name: 'curve.view.fit', Component: view(Fit), wide: true, alone: true },
  { id: 'every', name: 'curve.view.every', Component: view(Every), wide: true, alone: true },
  { id: 'choose', name: 'curve.view.choose', Component: view(Choose), wide: true, alone: true },
  { id: 'net', name: 'curve.view.net', Component: view(Net), wide: true, alone: true },
];
