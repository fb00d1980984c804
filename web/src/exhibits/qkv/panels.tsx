// Over the matrices: the number that is changed, what is switched, another order, another throw.
import { speak } from '../../i18n/en';
import { qkv } from '../../i18n/en.qkv';
import './qkv.css';

speak(qkv);

export { Tools, toolsSaid } from './Tools';
