// What a layout of steps is asked for: the wish of any figure, and the tape as this kind reads it.

import type { LineWords } from '../../stage/terms.ts';
import type { Laid as AnyLaid, Wish as AnyWish } from '../kind.ts';
import type { Anatomy } from './anatomy.ts';
import type { MoveName } from './cells.ts';
import type { Bands, StepColumns } from './geometry.ts';

export type Words = LineWords & {
  clip: string;
  moves: Record<MoveName, string>;
};

export interface Wish extends AnyWish {
  anatomy: Anatomy;
  forward: number; // F of the walk
  words: Words;
}

export interface Laid extends AnyLaid {
  columns: StepColumns;
  bands: Bands;
}
