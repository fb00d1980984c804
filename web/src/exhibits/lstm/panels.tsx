// The exhibit's own views: both cells beside each other, gates over the text read, a unit over a page, the race; and gates held over the network.
import { later } from '../../components/later';
import { speak } from '../../i18n/en';
import { lstm } from '../../i18n/en.lstm';
import type { Panel } from '../types';
import { Both } from './Both';
import { Gates } from './Gates';
import './lstm.css';

speak(lstm);

export { Tools, toolsSaid } from './Tools';
export const panels: Panel[] = [
  { id: 'gates', name: 'lstm.panel.gates', wide: true, Component: Gates },
  { id: 'both', name: 'lstm.panel.both', wide: true, Component: Both },
  {
    id: 'prose',
    name: 'lstm.panel.prose',
    wide: true,
    alone: true,
    Component: later(() => import('./Prose').then((m) => m.Prose)),
  },
  {
    id: 'race',
    name: 'lstm.panel.race',
    wide: true,
    alone: true,
    Component: later(() => import('./Race').then((m) => m.Race)),
  },
];
