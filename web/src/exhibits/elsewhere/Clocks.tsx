import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Clocked, type ClockWords, Clocks as Rows } from '../Clocks';
import { DAYS, RESIDUES } from './lab';
import type { Lesson } from './lesson';

type Id = 'operation' | 'row';
const WORDS: Record<Id, ClockWords> = {
  operation: {
    ...{ name: 'elsewhere.operation', back: 'elsewhere.operation.back', step: 'elsewhere.operation.step' },
    ...{ play: 'elsewhere.operation.play', pause: 'elsewhere.operation.pause', scrub: 'elsewhere.operation.scrub' },
  },
  row: {
    ...{ name: 'elsewhere.row', back: 'elsewhere.row.back', step: 'elsewhere.row.step' },
    ...{ play: 'elsewhere.row.play', pause: 'elsewhere.row.pause', scrub: 'elsewhere.row.scrub' },
  },
};
const PACE = { operation: 600, row: 700 }; // ms

/** How many tokens a sequence has, the one that answers counted. */
export const tokensOf = (lesson: Lesson): number => {
  const task = lesson.task.value;
  const { protein, days } = lesson.lab.value;
  if (task === 'digits') return 10;
  return 1 + (task === 'days' ? Math.min(DAYS, days.split('_').length - 1) : Math.min(RESIDUES, protein.length));
};
export const rowOf = (lesson: Lesson): number => Math.min(tokensOf(lesson), Number(lesson.lab.value.row));

/** Operations where a view has them, or the token that looks; updates. */
export function Clocks({
  store,
  lesson,
  operations,
}: {
  store: Store;
  lesson: Lesson;
  operations?: { at: number; end: number; go(to: number): void };
}) {
  const end = tokensOf(lesson);
  const row: Clocked<Id> = {
    id: 'row',
    at: rowOf(lesson) - 1,
    end: end - 1,
    go: (to) => lesson.set({ row: String(to + 1) }),
    shown: t('clock.of', { at: rowOf(lesson), end }),
  };
  const clocks: Clocked<Id>[] = operations ? [{ id: 'operation', ...operations }, row] : [row];
  return <Rows store={store} clocks={clocks} words={WORDS} pace={PACE} trains />;
}
