// The letters of parameters that every kind of picture shares, in both of the course's notations: (a), (b). The core
// stores a matrix as [out, in]: that is W_h, and the transpose of W_hh.

import type { Notation } from '../session/types.ts';

const LETTERS: Record<string, [string, string]> = {
  E: ['E', 'E'],
  W_e: ['W_e', 'W_{xh}^⊤'],
  W_h: ['W_h', 'W_{hh}^⊤'],
  b_1: ['b_1', 'b_h'],
  b_n: ['b_n', 'b_n'],
  U: ['U', 'W_{hy}^⊤'],
  b_2: ['b_2', 'b_y'],
};

/** Of a parameter, by its name; undefined where a family has its own or none. */
export const parameterLetters = (name: string, n: Notation): string | undefined => LETTERS[name]?.[n === 'a' ? 0 : 1];
