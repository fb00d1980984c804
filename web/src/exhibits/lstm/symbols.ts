// The letters of gates and states, in both of the course's notations.
import type { Notation } from '../../session/types';

export type Letter = 'i' | 'f' | 'g' | 'o' | 'r' | 'z' | 'n' | 'c' | 'h';

/** Gates of a cell that can be held, in the order of its moves. */
export const HELD: Record<string, Letter[]> = { lstm_lm: ['f', 'i', 'o'], gru_lm: ['r', 'z'] };
/** Between 0 and 1; the others have a sign. */
export const isGate = (letter: Letter): boolean => 'iforz'.includes(letter);

export const symbolOf = (letter: Letter, time: number | string, notation: Notation): string =>
  notation === 'a' ? `\\a{${letter}}^{(${time})}` : `\\a{${letter}}_{${time}}`;
