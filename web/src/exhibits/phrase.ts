// What the exhibits of English to Swahili share: the phrase that their texts speak of, and nets of one size, trained alike.
import type { Store } from '../session/create';
import { formatAddress } from '../state/address';
import { defaults } from '../state/fields';
import type { Exhibit } from './types';

/** A step, a question or a thing to try whose words name a word of it sets it. */
export const PHRASE = { text: '4 7 7 days ago', target: 'siku 4 7 7 zilizopita' };

export const phrases = (attention: 'none' | 'dot') =>
  ({
    kind: 'coder',
    model: 'seq2seq',
    task: 'phrases',
    settings: {
      attention,
      hidden_size: '32',
      embedding_size: '16',
      batch_size: '64',
      learning_rate: '0.01',
      schedule: 'constant',
    },
    resume: { schedule: 'constant' },
    ...PHRASE,
  }) satisfies Partial<Exhibit>;

export const TRAINING = ['learning_rate', 'clip_norm', 'momentum', 'beta1', 'beta2', 'schedule', 'steps'];

/** The same phrase, led as it is here, in another of the exhibits that share it. */
export function phraseLink(slug: string, { state }: Store): string {
  const { text, target, guess, notation } = state.value;
  return formatAddress(slug, { ...defaults(), text, target, guess, notation });
}
