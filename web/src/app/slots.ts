// What a text may name of what is on screen: {{now}}, {{read}}, {{next}} and the like follow the walk.
import { fixed } from '../draw/format.ts';
import { named, t } from '../i18n/index.ts';

export interface Seen {
  text: string; // read by the network
  token: number; // of the present operation, 1 is the start mark; 0 where there is none
  updating: boolean; // clipping or the optimiser: no step of the text
  settings: Record<string, string>;
  tokens: number; // that the network can tell apart
}

const shown = (letters: string[]) => letters.join('').replaceAll(' ', '␣');

/** What comes back into a step from those after it, as the end of a sentence. */
function fromLater(count: number): string {
  if (count === 0) return t('slot.later.none');
  return count === 1 ? t('slot.later.one') : t('slot.later.many', { count });
}

export function slotsOf({ text, token, updating, settings, tokens }: Seen): Record<string, string> {
  const letters = [...text];
  const steps = letters.length + 1; // a guess after the start mark and after each letter
  const read = updating ? letters.length : Math.max(0, token - 1);
  const last = letters[read - 1];
  const next = letters[read];
  const forget = settings.forget_bias;
  return {
    now: last === undefined ? t('mark.start') : shown([last]),
    read: read === 0 ? t('mark.start') : shown(letters.slice(0, read)),
    next: next === undefined ? t('slot.end') : shown([next]),
    later: fromLater(steps - 1 - read),
    steps: String(steps),
    hidden: settings.hidden_size ?? '',
    embedding: settings.embedding_size ?? '',
    tokens: String(tokens),
    forget: forget ?? '',
    began: forget === undefined ? '' : fixed(1 / (1 + Math.exp(-Number(forget))), 2), // the gate, given its bias alone
    even: fixed(Math.log(tokens), 2), // nats of a guess that leaves all of them an even chance
    activation: named('choice', settings.activation ?? ''),
  };
}
