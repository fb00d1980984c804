// What the class is asked, in words.
import { type PlainKey, t } from '../../i18n';
import type { Answers, Seen } from './lesson';

const NAMES: Record<Answers, PlainKey[]> = {
  squares: ['backprop.answer.written', 'backprop.answer.oral'],
  bernoulli: ['backprop.answer.passed'],
  binaries: ['backprop.answer.passed', 'backprop.answer.distinction'],
  softmax: ['backprop.answer.failed', 'backprop.answer.passed', 'backprop.answer.distinction'],
};

const kindOf = ({ net }: Pick<Seen, 'net'>): Answers => {
  if (net.error.op === 'half_squares') return 'squares';
  if (net.error.op === 'categorical') return 'softmax';
  return net.targets.length === 1 ? 'bernoulli' : 'binaries';
};
export const answerName = (seen: Pick<Seen, 'net'>, k: number): string => {
  const key = NAMES[kindOf(seen)][k];
  return key ? t(key) : '';
};

/** A student in a word or two: what is true of them. */
export function studentName(seen: Pick<Seen, 'net' | 'each'>, n: number): string {
  const target = seen.each.t[n] ?? [];
  const kind = kindOf(seen);
  if (kind === 'squares') return target.map((one) => one.toFixed(2)).join(', ');
  if (kind === 'softmax') return answerName(seen, target.indexOf(Math.max(...target)));
  const last = target.findLastIndex((one) => one > 0.5);
  return last < 0 ? t('backprop.answer.failed') : answerName(seen, last);
}
