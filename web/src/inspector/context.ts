// What every view of the inspector is given.

import type { Theme } from '../draw/colour.ts';
import type { Anatomy, Kind } from '../figures/kind.ts';
import type { Explanation, FrameView, NodeSchema, Session, WalkSchema } from '../session/types.ts';

export interface Inspected {
  session: Session;
  theme: Theme;
  kind: Kind; // of picture: what its nodes are called
  anatomy: Anatomy;
  schema: WalkSchema;
  frame: FrameView;
  node: NodeSchema;
  cell: number;
  explanation: Explanation | null; // of this cell, in the direction that is shown
  text: (token: number) => string;
}
