// Exhibit 18: the parts of a Transformer. A small net that writes names, drawn block by block; every part has its switch.
// Words in en.md.
import type { Exhibit } from '../types';

const NAME = 'zuko';
const K = 3; // the row that is read: <start>, z, u, k, o
const D = 8;
const T = 5;
const COMES = 16; // the token after row K: o
const at = (node: string, cell: number) => ({
  ...{ at: { after: node }, text: NAME, select: { node, cell } },
});

export const exhibit: Exhibit = {
  slug: 'block',
  kind: 'blocks',
  model: 'gpt',
  task: 'names',
  weights: 'names-block',
  settings: {
    ...{ hidden_size: '8', num_heads: '2', num_blocks: '2', feed_forward_size: '16', positions: 'sinusoidal' },
    ...{ learning_rate: '0.01', steps: '3000' },
  },
  resume: { learning_rate: '0.003' },
  text: NAME,
  dock: ['num_blocks', 'num_heads', 'hidden_size', 'norm', 'learning_rate', 'seed'],
  panel: {
    model: ['num_blocks', 'num_heads', 'hidden_size', 'feed_forward_size', 'feed_forward', 'norm', 'seed'],
    training: ['optimizer', 'learning_rate', 'steps'],
  },
  offers: ['num_heads', 'norm', 'residual', 'mask', 'scale', 'feed_forward', 'places'],
  tour: [
    { id: 'stream', show: at('h', K * D) },
    { id: 'norm', show: at('blocks.1.norm_1', K * D) },
    { id: 'split', show: at('blocks.1.head1.q', K * (D / 2)) },
    {
      id: 'mask',
      show: at('blocks.1.head1.masked', K * T),
      do: { off: { set: { mask: 'off' } }, on: { set: { mask: 'on' } } },
    },
    { id: 'heads', show: at('blocks.1.head2.a', K * T) },
    { id: 'concat', show: at('blocks.1.attended', K * D) },
    {
      id: 'past',
      show: { ...at('blocks.1.mid', K * D), mark: 'lab.residual' },
      do: { cut: { set: { residual: 'off' } }, back: { set: { residual: 'on' } } },
    },
    { id: 'forward', show: at('blocks.1.m', K * D) },
    { id: 'again', show: at('blocks.2.out', K * D) },
    { id: 'guess', show: at('y_hat', K * 28 + COMES) },
    {
      id: 'home',
      show: {
        ...{ at: { back: 'blocks.1.mid' }, text: NAME, view: 'gradient' },
        select: { node: 'h', cell: K * D },
      },
    },
  ],
  try: [
    {
      id: 'throw',
      show: { ...at('blocks.1.mid', K * D), start: 'untrained', mark: 'lab.residual', pane: 'run' },
      do: { play: { play: 'update' }, cut: { set: { residual: 'off' } }, back: { set: { residual: 'on' } } },
    },
    {
      id: 'ahead',
      show: {
        ...at('blocks.1.head1.a', K * T),
        start: 'untrained',
        mark: 'lab.mask',
        set: { mask: 'off' },
        pane: 'run',
      },
      do: { play: { play: 'update' } },
    },
    {
      id: 'sharp',
      show: { ...at('blocks.2.head1.a', K * T), mark: 'lab.scale' },
      do: { off: { set: { scale: 'off' } }, on: { set: { scale: 'on' } } },
    },
  ],
  questions: [
    {
      ...{ id: 'first', kind: 'number', at: { after: 'blocks.1.head1.a' }, node: 'blocks.1.head1.a', cell: 0 },
      ...{ what: 'value', tolerance: 0.01, text: NAME },
    },
    {
      ...{ id: 'most', kind: 'cell', pick: 'largest', at: { after: 'blocks.2.head1.e' } },
      ...{ node: 'blocks.2.head1.e', what: 'value', text: NAME },
    },
    {
      ...{ id: 'through', kind: 'choice', at: { back: 'blocks.1.mid' }, node: 'blocks.1.attended', cell: K * D },
      ...{ what: 'grad', than: 0, text: NAME },
    },
  ],
  claim: 'block',
};
