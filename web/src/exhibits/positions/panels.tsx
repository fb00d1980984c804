import { speak } from '../../i18n/en';
import { positions } from '../../i18n/en.positions';
import type { Panel } from '../types';
import './positions.css';
import { Order } from './Order';
import { View } from './View';

speak(positions);

export const panels: Panel[] = [
  { id: 'places', name: 'positions.view', Component: View, wide: true, alone: true },
  { id: 'order', name: 'positions.order', Component: Order, wide: true, alone: true },
];
