// A run in a value of another exhibit's address: what it is made from, and what was changed on its way.
import type { Change } from './fields';

const SIGN = '+';
/** Of a number that has one: 1e+21. */
const plain = (value: string) => value.replaceAll(SIGN, '');
export const packSettings = (settings: Record<string, string>): string =>
  Object.entries(settings)
    .map(([key, value]) => [key, plain(value)].join(SIGN))
    .join(SIGN);
export const packLog = (log: readonly Change[]): string =>
  log.map(({ step, key, value }) => [step, key, plain(value)].join(SIGN)).join(SIGN);

const KEY = /^[a-z_0-9]{1,40}$/;
const VALUE = /^[\w.-]{1,40}$/;
/** In groups of so many; null where it cannot be cut so. */
function groups(text: string, size: number): string[][] | null {
  const words = text === '' ? [] : text.split(SIGN);
  if (words.length % size !== 0) return null;
  return Array.from({ length: words.length / size }, (_, i) => words.slice(size * i, size * (i + 1)));
}
/** Null for what is none. */
export function unpackSettings(text: string): Record<string, string> | null {
  const all = groups(text, 2);
  if (!all?.every(([key = '', value = '']) => KEY.test(key) && VALUE.test(value))) return null;
  return Object.fromEntries(all);
}
export function unpackLog(text: string): Change[] | null {
  const all = groups(text, 3);
  if (!all?.every(([step = '', key = '', value = '']) => /^\d{1,6}$/.test(step) && KEY.test(key) && VALUE.test(value)))
    return null;
  return all.map(([step, key = '', value = '']) => ({ step: Number(step), key, value }));
}
