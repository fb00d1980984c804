import type { Panel } from '../types';
import './bptt.css';
import { Distance } from './Distance';

export const panels: Panel[] = [{ id: 'reach', name: 'bptt.panel.reach', Component: Distance, wide: true }];
