// The course: five parts, 22 exhibits. An exhibit is open once its folder is there; the others are to come.
import type { Key } from './i18n';

type Title = Extract<Key, `ex.${string}` | `part.${string}`>;

export interface Entry {
  number: number;
  slug: string;
  title: Title;
  thread?: 'names' | 'phrases';
}
export interface Part {
  numeral: string;
  title: Title;
  entries: Entry[];
}

const PARTS = [
  ['I', ['curve', 'descent', 'backprop', 'depth']],
  ['II', ['meaning', 'next-word']],
  ['III', ['rnn', 'bptt', 'lstm', 'tasks', 'ball', 'music']],
  ['IV', ['seq2seq', 'attention', 'steps']],
  ['V', ['qkv', 'positions', 'block', 'gpt', 'translator', 'caption', 'elsewhere']],
] as const;

/** One task and the same tokens meet every architecture. */
const THREADS: Record<string, 'names' | 'phrases'> = {
  'next-word': 'names',
  rnn: 'names',
  lstm: 'names',
  gpt: 'names',
  seq2seq: 'phrases',
  attention: 'phrases',
  translator: 'phrases',
};

let count = 0;
export const COURSE: Part[] = PARTS.map(([numeral, slugs], index) => ({
  numeral,
  title: `part.${index + 1}` as Title,
  entries: slugs.map((slug) => ({ number: ++count, slug, title: `ex.${slug}`, thread: THREADS[slug] })),
}));
export const ENTRIES: Entry[] = COURSE.flatMap((part) => part.entries);
export const partOf = (slug: string): Part | undefined =>
  COURSE.find((part) => part.entries.some((entry) => entry.slug === slug));
