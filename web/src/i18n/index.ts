// Every word that one can see goes through t(). Keys and the names in braces are checked by the compiler.
import { en } from './en';

export type Key = keyof typeof en;
type Slots<S extends string> = S extends `${string}{${infer P}}${infer R}` ? P | Slots<R> : never;
type Args<K extends Key> = [Slots<(typeof en)[K]>] extends [never]
  ? []
  : [Record<Slots<(typeof en)[K]>, string | number>];

/** Keys whose words have no slots. */
export type PlainKey = { [K in Key]: Args<K> extends [] ? K : never }[Key];

export function format(words: string, slots: Record<string, string | number> = {}): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = slots[name];
    return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
  });
}

export function t<K extends Key>(key: K, ...args: Args<K>): string {
  return format(en[key], args[0] as Record<string, string | number> | undefined);
}

/** Words for a name that the core gave (a setting, an error's code): the key made of it, or what the core said. */
export function named(
  group: 'setting' | 'choice' | 'help' | 'row' | 'weights' | 'model',
  name: string,
  otherwise: string = name,
): string {
  const key = `${group}.${name}`;
  return key in en ? en[key as Key] : otherwise;
}

/** Digits in groups of three, a true minus. */
export function number(value: number): string {
  const [whole = '', rest] = String(Math.abs(value)).split('.');
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u2009') : whole;
  return (value < 0 ? '−' : '') + (rest === undefined ? grouped : `${grouped}.${rest}`);
}

/** "0.4 MB" */
export function bytes(count: number): string {
  if (count < 1e3) return `${number(count)}\u2009B`;
  const [size, unit] = count < 1e5 ? ([count / 1e3, 'kB'] as const) : ([count / 1e6, 'MB'] as const);
  return `${number(Number(size.toFixed(unit === 'kB' ? 0 : 1)))}\u2009${unit}`;
}
