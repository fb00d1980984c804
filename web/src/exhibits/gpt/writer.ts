// What is written, with the numbers of every draw, for what the view is set to; and what the present draw hung on.

import type { Drawn, Looked } from '../../../../wasm/bridge/protocol';
import type { Store } from '../../session/create';
import type { Sampling } from '../../session/types';
import { useAsked } from '../asked';
import { type Lab, standing } from './lab';

/** One draw: what can be drawn, the likeliest first. */
export interface Candidate {
  token: number;
  name: string;
  logit: number;
  divided: number;
  warmed: number;
  left: number;
  /** Where its piece begins and ends, all pieces laid end to end. */
  from: number;
  to: number;
  /** By which of the two rules it is cut. */
  cut: null | 'k' | 'p';
}
export interface Written {
  drawn: Drawn;
  sampling: Sampling;
  given: string; // the letters before the first draw
  letters: string[]; // drawn, without the end mark
  vocabulary: readonly string[];
}

export const END = '<end>';
const START = '<start>';

export function useWritten(store: Store, lab: Lab) {
  const { session } = store;
  const sampling = session.sampling.value;
  const { text, draw } = lab;
  return useAsked<Written>(store, JSON.stringify([text, draw, sampling]), async () => {
    const drawn = await session.bridge.call('drawn', { text, sampling, index: Number(draw) });
    const vocabulary = session.run.peek()?.vocabulary ?? [];
    const letters = drawn.tokens.map((token) => vocabulary[token] ?? '').filter((letter) => letter !== END);
    store.seen.value = true;
    return { drawn, sampling, given: text, letters, vocabulary };
  });
}

/** The text before a draw. */
export const before = ({ given, letters }: Written, draw: number): string => given + letters.slice(0, draw).join('');

/** What the letter of this draw was chosen for: the score of it, where there is a letter to read. */
export function useLooked(store: Store, written: Written | null, draw: number) {
  const text = written ? before(written, draw) : '';
  const token = written?.drawn.tokens[draw] ?? -1;
  return useAsked<{ text: string; looked: Looked | null }>(store, JSON.stringify([text, token]), async () => ({
    text,
    looked: text === '' ? null : await store.session.bridge.call('looked', { text, token }),
  }));
}

export function candidatesOf({ drawn, sampling, vocabulary }: Written, draw: number): Candidate[] {
  const V = vocabulary.length;
  const row = (of: ArrayLike<number>, token: number) => of[draw * V + token] as number;
  let end = 0;
  const pieces = Array.from({ length: V }, (_, token) => {
    const from = end;
    end += row(drawn.left, token);
    return [from, end] as const;
  });
  const top = sampling.topK > 0 ? sampling.topK : V;
  return Array.from({ length: V }, (_, rank) => row(drawn.order, rank)).flatMap((token, rank) => {
    const name = vocabulary[token] ?? '';
    const [from, to] = pieces[token] as readonly [number, number];
    const left = row(drawn.left, token);
    if (name === START) return []; // it never follows anything
    return {
      ...{ token, name, from, to, left },
      logit: row(drawn.logits, token),
      divided: row(drawn.divided, token),
      warmed: row(drawn.warmed, token),
      // at temperature 0 all but one have nothing that could be cut
      cut: left > 0 || row(drawn.warmed, token) === 0 ? null : rank >= top ? 'k' : 'p',
    };
  });
}

/** Where the clock stands in what was written. */
export const placeOf = (lab: Lab, written: Written | null) =>
  standing(Number(lab.done), written?.drawn.tokens.length ?? 1);
