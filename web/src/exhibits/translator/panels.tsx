// The exhibit's own views: heads side by side, and how large it is.

import { speak } from '../../i18n/en';
import { translator } from '../../i18n/en.translator';
import type { Panel } from '../types';
import { HeadsView } from './HeadsView';
import { Size } from './Size';
import './translator.css';

speak(translator);

export { Tools, toolsSaid } from './Tools';
export const panels: Panel[] = [
  { id: 'heads', name: 'translator.panel.heads', Component: HeadsView },
  { id: 'size', name: 'translator.panel.size', Component: Size },
];
