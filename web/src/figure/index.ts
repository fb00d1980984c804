export { Distribution } from './Distribution.tsx';
export { Figure } from './Figure.tsx';
export { HiddenStrip } from './HiddenStrip.tsx';
