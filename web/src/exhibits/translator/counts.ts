// How many parameters there are in an encoder and a decoder of N blocks each, and what they take. Pure.

export interface Form {
  blocks: number; // N
  width: number; // d
  inner: number; // of the feed-forward layer
  vocabulary: number;
  positions: string; // learned ones are a table in each half
  context: number;
  joined: boolean; // places stand beside the words: half of the numbers each
}
export interface Counts {
  words: number; // tables of both halves, and the output
  encoder: number; // one block
  decoder: number;
  norms: number; // the last ones
  blocks: number; // of both halves, all
  all: number;
}

export function countsOf({ blocks, width: d, inner, vocabulary, positions, context, joined }: Form): Counts {
  const attention = 4 * d * d + 4 * d;
  const feed = 2 * d * inner + inner + d;
  const encoder = attention + feed + 4 * d;
  const decoder = encoder + attention + 2 * d;
  const half = positions === 'none' || !joined ? d : d - Math.floor(d / 2);
  const places = positions === 'learned' ? 2 * context * (joined ? Math.floor(d / 2) : d) : 0;
  const words = 2 * vocabulary * half + places + vocabulary * d + vocabulary;
  const all = blocks * (encoder + decoder);
  return { words, encoder, decoder, norms: 4 * d, blocks: all, all: words + all + 4 * d };
}

export const PAPER: Pick<Form, 'blocks' | 'width' | 'inner'> = { blocks: 6, width: 512, inner: 2048 };

/** Four bytes a number. */
export const bytesOf = (parameters: number) => 4 * parameters;
