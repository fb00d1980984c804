import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Clocked, type ClockWords, Clocks as Rows } from '../Clocks';
import { FRAMES } from './lab';
import type { Lesson } from './lesson';

type Id = 'operation' | 'frame';
const WORDS: Record<Id, ClockWords> = {
  operation: {
    ...{ name: 'ball.operation', back: 'ball.operation.back', step: 'ball.operation.step' },
    ...{ play: 'ball.operation.play', pause: 'ball.operation.pause', scrub: 'ball.operation.scrub' },
  },
  frame: {
    ...{ name: 'ball.frame', back: 'ball.frame.back', step: 'ball.frame.step' },
    ...{ play: 'ball.frame.play', pause: 'ball.frame.pause', scrub: 'ball.frame.scrub' },
  },
};
const PACE = { operation: 500, frame: 220 }; // ms

/** Operations where a view has them, frames, updates. operations: how many there are, and where one is. */
export function Clocks({
  store,
  lesson,
  operations,
  last = FRAMES,
}: {
  store: Store;
  lesson: Lesson;
  operations?: { at: number; end: number; go(to: number): void };
  last?: number; // frame
}) {
  const at = Math.min(last, Number(lesson.lab.value.frame));
  const frame: Clocked<Id> = {
    id: 'frame',
    at: at - 1,
    end: last - 1,
    go: (to) => lesson.goto(to + 1),
    shown: t('clock.of', { at, end: last }),
  };
  const clocks: Clocked<Id>[] = operations ? [{ id: 'operation', ...operations }, frame] : [frame];
  return <Rows store={store} clocks={clocks} words={WORDS} pace={PACE} trains />;
}
