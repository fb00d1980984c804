// A formula in one line, in pieces: those that are operations can be gone to.

import type { NodeSchema } from '../session/types.ts';

export interface Piece {
  tex: string;
  now?: boolean;
  wide?: boolean; // left out where there is no room
  wider?: boolean; // and where there is little
  rule?: boolean; // of the walk back: what it is, in letters
  to?: NodeSchema | null; // the operation that it is
}
