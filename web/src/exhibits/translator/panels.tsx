// The exhibit's own views: heads side by side, the search for what to write, one sentence through
// three nets, and how large it is.

import { later } from '../../components/later';
import { speak } from '../../i18n/en';
import { translator } from '../../i18n/en.translator';
import type { Panel } from '../types';
import '../sided.css';
import './translator.css';

speak(translator);

export { Tools, toolsSaid } from './Tools';
export const panels: Panel[] = [
  {
    id: 'heads',
    name: 'translator.panel.heads',
    Component: later(() => import('./HeadsView').then((m) => m.HeadsView)),
  },
  {
    id: 'search',
    name: 'translator.panel.search',
    Component: later(() => import('./Search').then((m) => m.Search)),
    wide: true,
    alone: true,
    reads: true,
  },
  {
    id: 'three',
    name: 'translator.panel.three',
    Component: later(() => import('./Three').then((m) => m.Three)),
    wide: true,
    alone: true,
    reads: true,
  },
  { id: 'size', name: 'translator.panel.size', Component: later(() => import('./Size').then((m) => m.Size)) },
];
