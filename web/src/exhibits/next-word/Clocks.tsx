// Clocks of these views: the operations of the chain, its letters; rows of the picture of all texts.
import { whole } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type ClockWords, Clocks as Own } from '../Clocks';
import type { Counting } from './counting';
import { LONGEST, LOOKS, UPDATES } from './lab';

type Id = 'operation' | 'letter' | 'row' | 'update';
const PACE: Record<Id, number> = { operation: 500, letter: 900, row: 900, update: 400 };
const wordsOf = <K extends Id>(id: K) =>
  ({
    name: `next-word.${id}`,
    back: `next-word.${id}.back`,
    step: `next-word.${id}.step`,
    play: `next-word.${id}.play`,
    pause: `next-word.${id}.pause`,
    scrub: `next-word.${id}.scrub`,
  }) as ClockWords;
const WORDS: Record<Id, ClockWords> = {
  operation: wordsOf('operation'),
  letter: wordsOf('letter'),
  row: wordsOf('row'),
  update: wordsOf('update'),
};

export function ChainClocks({ store, counting }: { store: Store; counting: Counting }) {
  const lab = counting.lab.value;
  const [end, each] = [counting.end.value, counting.each.value];
  const done = lab.done === '' ? end : Number(lab.done);
  const letters = end / each;
  const covered = counting.covered.value !== null;
  const read = Math.floor(done / each);
  const still = covered ? { at: 0, end: 0, shown: '?', go: () => {} } : {};
  return (
    <Own
      store={store}
      words={WORDS}
      pace={PACE}
      clocks={[
        { id: 'operation', at: done, end, go: counting.goto, ...still },
        {
          id: 'letter',
          at: read,
          end: letters,
          go: (to) => counting.goto(to * each),
          // one back: to where the present letter began, or the one before it
          beside: (by) => (by < 0 && done > read * each ? read : read + by),
          ...still,
        },
      ]}
    />
  );
}

export function RowClock({ store, counting }: { store: Store; counting: Counting }) {
  const lab = counting.lab.value;
  const end = LONGEST[lab.text as keyof typeof LONGEST] + 1;
  const at = lab.rows === '' ? end : Number(lab.rows);
  const covered = counting.covered.value !== null;
  return (
    <Own
      store={store}
      words={WORDS}
      pace={PACE}
      clocks={[
        {
          ...{ id: 'row', at, end },
          go: (to) => counting.set({ rows: to >= end ? '' : String(Math.max(0, to)) }),
          ...(covered ? { at: 0, end: 0, shown: '?', go: () => {} } : {}),
        },
      ]}
    />
  );
}

export function LookClock({ store, counting }: { store: Store; counting: Counting }) {
  const at = Number(counting.lab.value.look);
  const covered = counting.covered.value !== null;
  const updates = Math.floor((UPDATES * at) / LOOKS);
  return (
    <Own
      store={store}
      words={WORDS}
      pace={PACE}
      clocks={[
        {
          ...{ id: 'update', at, end: LOOKS },
          shown: t('clock.of', { at: whole(updates), end: whole(UPDATES) }),
          go: (to) => counting.set({ look: String(to) }),
          ...(covered ? { at: 0, end: 0, shown: '?', go: () => {} } : {}),
        },
      ]}
    />
  );
}
