import { speak } from '../../i18n/en';
import { bptt } from '../../i18n/en.bptt';
import type { Panel } from '../types';
import './bptt.css';
import { Distance } from './Distance';
import { TermsPanel } from './Terms';

speak(bptt);

export const panels: Panel[] = [
  { id: 'terms', name: 'bptt.panel.terms', Component: TermsPanel, wide: true },
  { id: 'reach', name: 'bptt.panel.reach', Component: Distance, wide: true, alone: true },
];
