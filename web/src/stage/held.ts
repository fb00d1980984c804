// What holds still while training runs: scales of colour, and how often a frame is drawn.

import { effect, type Signal, signal } from '@preact/signals';
import { createScales, type Held, type Moment } from '../draw/scales.ts';
import type { Session } from '../session/types.ts';

/** One scale for the figure, the inspector and every view: a number has one colour on the page. whole: how far it reaches
 *  over the whole walk, where that is known of its key. */
export function heldScales(
  session: Session,
  whole: (key: string) => number | null,
): (key: string, needed: number, own?: number | null) => Held {
  const hold = createScales();
  return (key, needed, own = whole(key)) => {
    const run = session.run.value;
    const frame = session.frame.peek();
    const [position, step] = [session.position.value, session.step.value];
    const fixed = Object.entries(run?.settings ?? {}).some(([name, at]) => /^hold_/.test(name) && Number(at) <= 1);
    const extents = session.extents.value;
    const moment: Moment = {
      run: run?.id ?? null,
      text: session.text.value,
      position,
      step,
      arrived: frame?.position === position && frame.step === step,
      known: extents?.schema === session.schema.value && extents?.run === run && extents?.step === step,
      training: session.training.value.running,
      fixed,
    };
    return hold(key, needed, moment, own);
  };
}

const CALM = 80; // ms between two drawn frames while training runs: nobody reads faster

/** While training runs, values change at every frame; a few a second are drawn, and always the last. */
export function drawnFrames(session: Session): Signal<number> {
  const drawn = signal(0);
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draw = () => {
    clearTimeout(timer);
    timer = undefined;
    last = performance.now();
    drawn.value = drawn.peek() + 1;
  };
  effect(() => {
    const frame = session.frame.value;
    if (!frame || !session.training.peek().running || performance.now() - last >= CALM) draw();
    else timer ??= setTimeout(draw, CALM);
  });
  return drawn;
}
