// Nets that are offered: as they are shipped, or from the start. A link has them by weights, or by seed and settings.
import type { Settings } from '../../../../wasm/bridge/protocol';
import type { Origin } from '../../session/own';
import { DEFAULTS } from './defaults';

export type Corpus = 'names' | 'prose';
interface Net {
  id: 'names' | 'prose' | 'names-new' | 'prose-new';
  corpus: Corpus;
  weights: string; // none: from the start
  settings: Settings;
}
/** Four blocks of 64 numbers, as large as a character GPT is often shown. */
export const FOUR: Settings = {
  ...{ task: 'prose', num_blocks: '4', hidden_size: '64', feed_forward_size: '256', batch_size: '8' },
  ...{ learning_rate: '0.002', dropout: '0.1', steps: '2000' },
};
export const NETS: readonly Net[] = [
  { id: 'names', corpus: 'names', weights: 'names-gpt', settings: {} },
  { id: 'prose', corpus: 'prose', weights: 'prose-gpt', settings: {} },
  { id: 'names-new', corpus: 'names', weights: 'none', settings: {} },
  { id: 'prose-new', corpus: 'prose', weights: 'none', settings: FOUR },
];
/** What is read at first of each. */
export const TEXTS: Record<Corpus, string> = { names: DEFAULTS.text, prose: 'the white whale' };

const SEED = 1;
export const originOf = (shipped: Origin, { weights, settings }: Net): Origin => ({
  ...{ ...shipped, weights, settings },
  seed: weights === 'none' ? SEED : null,
});

/** Which of them this is; undefined: one of the reader's own. */
export const netOf = ({ weights, settings, corpus }: Origin): Net | undefined =>
  corpus === '' ? NETS.find((one) => one.weights === weights && alike(one.settings, settings)) : undefined;
const alike = (a: Settings, b: Settings) =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([key, value]) => b[key] === value);
