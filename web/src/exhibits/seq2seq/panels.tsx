// Over the network: what is learned, what is fed in, and how many numbers are handed over.
import { speak } from '../../i18n/en';
import { seq2seq } from '../../i18n/en.seq2seq';
import './seq2seq.css';

speak(seq2seq);

export { Tools, toolsSaid } from './Tools';
