// What the core says of words: of a text its sentences and counts, of a training its vectors after each epoch, and a few of its
// pairs one by one.
import type { Study } from '../../../../wasm/bridge/protocol';
import { arrayOf } from '../../session/studies';

export const KINDS = [
  'fruit',
  'of fruit',
  'maker',
  'of makers',
  'royal',
  'of royals',
  'relative',
  'of relatives',
] as const;
export type Kind = (typeof KINDS)[number];

export interface Company {
  window: number;
  words: string[];
  sentences: number[][];
  times: Float64Array;
  pairs: Float64Array; // [words, words]
  ppmi: Float64Array;
  /** Kinds by the rules that made the sentences. */
  kinds: Kind[][];
}
/** Vectors after so many epochs, or from counts (then `after` is 0 alone). */
export interface Vectors {
  size: number;
  epochs: number; // 0: from counts
  done: number; // of them, so far
  loss: Float64Array; // [epochs], NaN where there is none yet
  least: number;
  after: { vectors: Float64Array; cosine: Float64Array; map: Float64Array }[];
}
export interface Meaning extends Company, Vectors {}

const axis = (study: Study, name: string) => study.axes.find((one) => one.name === name);
const array = (study: Study, name: string) => arrayOf(study, name).values;

function rows(values: Float64Array, width: number): number[][] {
  const all: number[][] = [];
  for (let at = 0; at < values.length; at += width) {
    all.push([...values.subarray(at, at + width)].filter((one) => !Number.isNaN(one)));
  }
  return all;
}

/** Of a study that is under way too. */
export function meaningOf(study: Study, window: number, kindsOf: (word: string) => Kind[]): Meaning {
  const words = axis(study, 'word')?.labels ?? [];
  const size = axis(study, 'number')?.size ?? 0;
  const epochs = axis(study, 'epoch')?.size ?? 0;
  const loss = epochs > 0 ? array(study, 'loss') : new Float64Array();
  const cut = (name: string, width: number, i: number) =>
    array(study, name).subarray(i * words.length * width, (i + 1) * words.length * width);
  return {
    ...{ window, words, size, epochs, loss },
    sentences: rows(array(study, 'sentence'), axis(study, 'place')?.size ?? 1),
    times: array(study, 'times'),
    pairs: array(study, 'pairs'),
    ppmi: array(study, 'ppmi'),
    kinds: words.map(kindsOf),
    done: loss.findLastIndex((one) => !Number.isNaN(one)) + 1,
    least: epochs > 0 ? (array(study, 'least')[0] ?? Number.NaN) : Number.NaN,
    after:
      epochs > 0
        ? Array.from({ length: epochs + 1 }, (_, i) => ({
            vectors: cut('vector_after', size, i),
            cosine: cut('cosine_after', words.length, i),
            map: cut('map_after', 2, i),
          }))
        : [{ vectors: array(study, 'vector'), cosine: array(study, 'cosine'), map: array(study, 'map') }],
  };
}

/** Which kinds each word of the made sentences is of. */
export function kindsOf(study: Study): Map<string, Kind[]> {
  const words = axis(study, 'word')?.labels ?? [];
  const groups = axis(study, 'group')?.labels ?? [];
  const belongs = array(study, 'belongs');
  return new Map(
    words.map((word, w) => [word, KINDS.filter((kind) => belongs[w * groups.length + groups.indexOf(kind)] === 1)]),
  );
}

export interface Term {
  word: number;
  out: boolean; // drawn, but it is the neighbour
  there: number;
  score: number;
  sigma: number;
  error: number;
  loss: number;
  v: number[];
  slope: number[];
  after: number[];
}
export interface Pair {
  number: number; // of the training, from 0
  epoch: number;
  at: number;
  near: number; // places in the sentence
  sentence: number[];
  rate: number;
  u: number[];
  slope: number[];
  after: number[];
  terms: Term[];
}
export interface Stretch {
  words: string[];
  pairs: Pair[];
  inEpoch: number;
}

export function stretchOf(study: Study): Stretch {
  const size = axis(study, 'number')?.size ?? 0;
  const terms = axis(study, 'term')?.size ?? 0;
  const places = axis(study, 'place')?.size ?? 0;
  const one = (name: string, at: number) => array(study, name)[at] ?? Number.NaN;
  const some = (name: string, at: number, width = size) => [
    ...array(study, name).subarray(at * width, (at + 1) * width),
  ];
  const term = (row: number): Term => ({
    word: one('target', row),
    out: Number.isNaN(one('there', row)),
    there: one('there', row),
    score: one('score', row),
    sigma: one('sigma', row),
    error: one('error', row),
    loss: one('loss', row),
    v: some('v', row),
    slope: some('v_slope', row),
    after: some('v_after', row),
  });
  return {
    words: axis(study, 'word')?.labels ?? [],
    inEpoch: one('pairs', 0),
    pairs: Array.from({ length: axis(study, 'pair')?.size ?? 0 }, (_, i) => ({
      number: one('pair', i),
      epoch: one('epoch', i),
      at: one('at', i),
      near: one('near', i),
      sentence: some('sentence', i, places).filter((word) => !Number.isNaN(word)),
      rate: one('rate', i),
      u: some('u', i),
      slope: some('u_slope', i),
      after: some('u_after', i),
      terms: Array.from({ length: terms }, (_, k) => term(i * terms + k)),
    })),
  };
}

// ---- counting

export interface Met {
  line: number;
  at: number;
  near: number; // after it
}
/** Every two places that are company, in the order in which one reads. */
export function pairsOf(sentences: readonly (readonly number[])[], window: number): Met[] {
  return sentences.flatMap((sentence, line) =>
    sentence.flatMap((_, at) =>
      Array.from({ length: Math.max(0, Math.min(window, sentence.length - 1 - at)) }, (_, k) => ({
        line,
        at,
        near: at + 1 + k,
      })),
    ),
  );
}
/** What is counted after so many of them: each stands beside the other. */
export function countedOf(
  sentences: readonly (readonly number[])[],
  words: number,
  met: readonly Met[],
  done: number,
): Float64Array {
  const counts = new Float64Array(words * words);
  for (const { line, at, near } of met.slice(0, done)) {
    const [a, b] = [sentences[line]?.[at] ?? 0, sentences[line]?.[near] ?? 0];
    counts[a * words + b] = (counts[a * words + b] ?? 0) + 1;
    counts[b * words + a] = (counts[b * words + a] ?? 0) + 1;
  }
  return counts;
}

// ---- neighbours

/** Words in the order of a row of numbers, the largest first; those without a number are left out. */
export function ranked(row: ArrayLike<number>, but: readonly number[] = []): { word: number; value: number }[] {
  return Array.from(row, (value, word) => ({ word, value }))
    .filter(({ word, value }) => !Number.isNaN(value) && !but.includes(word))
    .sort((x, y) => y.value - x.value);
}
