// What stays on screen until the numbers of what comes next are there: while training runs that can take a moment.
import { keyOf } from '../session/frames.ts';
import type { FrameView, Values } from '../session/types.ts';

/** A frame with numbers of its own, as far as they were asked for: those of the session go back to the core. */
export function kept(frame: FrameView): FrameView {
  const known = new Map<string, Values>();
  return {
    ...frame,
    values(node, what) {
      const key = keyOf(node, what);
      const values = known.get(key) ?? frame.values(node, what)?.slice() ?? null;
      if (values) known.set(key, values);
      return values;
    },
  };
}
