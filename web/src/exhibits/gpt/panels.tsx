// The exhibit's own views: a letter drawn column by column; every head, looked at against mattered; what is kept.
import { speak } from '../../i18n/en';
import { gpt } from '../../i18n/en.gpt';
import type { Panel } from '../types';
import './gpt.css';
import { Cache } from './Cache';
import { HeadsView } from './HeadsView';
import { Write } from './Write';

speak(gpt);

export const panels: Panel[] = [
  { id: 'write', name: 'gpt.panel.write', Component: Write, wide: true, alone: true },
  { id: 'heads', name: 'gpt.panel.heads', Component: HeadsView, wide: true, alone: true },
  { id: 'cache', name: 'gpt.panel.cache', Component: Cache, wide: true, alone: true },
];
