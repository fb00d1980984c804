// Over the figure the switches; beside it every head, the gradient by depth, the mask told twice.
import { speak } from '../../i18n/en';
import { block } from '../../i18n/en.block';
import type { Panel } from '../types';
import './block.css';
import { DepthPanel } from './Depth';
import { LookedPanel } from './Looked';
import { MaskPanel } from './Masked';

speak(block);

export { Switches as Tools, switchesSaid as toolsSaid } from '../Switches';

export const panels: Panel[] = [
  { id: 'heads', name: 'block.panel.heads', Component: LookedPanel, wide: true },
  { id: 'depth', name: 'block.panel.depth', Component: DepthPanel, wide: true },
  { id: 'mask', name: 'block.panel.mask', Component: MaskPanel, wide: true },
];
