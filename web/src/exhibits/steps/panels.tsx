import type { Panel } from '../types';
import './steps.css';
import { Steps } from './Steps';

export const panels: Panel[] = [{ id: 'steps', name: 'steps.panel', Component: Steps, wide: true, alone: true }];
