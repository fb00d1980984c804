// The exhibit's own views: the search, what is right by length, the gradient's way; and over the network what is learned,
// what is fed in, and how many numbers are handed over.
import { later } from '../../components/later';
import { speak } from '../../i18n/en';
import { seq2seq } from '../../i18n/en.seq2seq';
import type { Panel } from '../types';
import './seq2seq.css';

speak(seq2seq);

export { Tools, toolsSaid } from './Tools';
export const panels: Panel[] = [
  {
    id: 'search',
    name: 'seq2seq.panel.search',
    wide: true,
    Component: later(() => import('./Search').then((m) => m.Search)),
  },
  {
    id: 'length',
    name: 'seq2seq.panel.length',
    wide: true,
    Component: later(() => import('./Length').then((m) => m.Length)),
  },
  { id: 'way', name: 'seq2seq.panel.way', wide: true, Component: later(() => import('./Way').then((m) => m.Way)) },
];
