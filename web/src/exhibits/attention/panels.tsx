// The exhibit's own views: the race by length; and over the network what is fed in, and a weight that is held.
import { speak } from '../../i18n/en';
import { attention } from '../../i18n/en.attention';
import type { Panel } from '../types';
import { Race } from './Race';
import './attention.css';

speak(attention);

export { Tools, toolsSaid } from './Tools';
export const panels: Panel[] = [{ id: 'race', name: 'attention.panel.race', wide: true, alone: true, Component: Race }];
