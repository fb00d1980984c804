import { speak } from '../../i18n/en';
import { steps } from '../../i18n/en.steps';
import type { Panel } from '../types';
import './steps.css';
import { Steps } from './Steps';

speak(steps);

export const panels: Panel[] = [{ id: 'steps', name: 'steps.panel', Component: Steps, wide: true, alone: true }];
