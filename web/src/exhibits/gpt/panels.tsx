// The exhibit's own views: a letter drawn column by column; every head, looked at against mattered; what is kept; a net
// as it learns; and beside others.
import { speak } from '../../i18n/en';
import { gpt } from '../../i18n/en.gpt';
import type { Panel } from '../types';
import './gpt.css';
import { Cache } from './Cache';
import { HeadsView } from './HeadsView';
import { Race } from './Race';
import { Train } from './Train';
import { Write } from './Write';

speak(gpt);

export { Tools, toolsSaid } from './Net';

export const panels: Panel[] = [
  { id: 'write', name: 'gpt.panel.write', Component: Write, wide: true, alone: true },
  { id: 'heads', name: 'gpt.panel.heads', Component: HeadsView, wide: true, alone: true },
  { id: 'cache', name: 'gpt.panel.cache', Component: Cache, wide: true, alone: true },
  { id: 'train', name: 'gpt.panel.train', Component: Train, wide: true },
  { id: 'race', name: 'gpt.panel.race', Component: Race, wide: true, alone: true },
];
