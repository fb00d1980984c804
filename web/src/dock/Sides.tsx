import type { Sequences } from '../../../wasm/bridge/protocol';
import { joined } from '../components/letters';
import { Words } from '../components/Words';
import { t } from '../i18n';

const NAMED = 12; // letters that are listed one by one

function unlearned(letters: string[]): string {
  if (letters.length === 1) return t('own.unlearned.one', { letter: joined(letters) });
  return letters.length <= NAMED
    ? t('own.unlearned.some', { letters: joined(letters) })
    : t('own.unlearned.many', { count: letters.length, letters: letters.slice(0, NAMED).join(' ') });
}

/** What the two sides of an own text lack, if anything. */
export function Sides({ sequences }: { sequences: Sequences }) {
  const { train, validation, trainDistinct, validationDistinct, trainSymbols, validationSymbols } = sequences;
  if (train === 0) return null;
  const repeats = trainDistinct + validationDistinct < train + validation;
  const told = [
    repeats && t('own.copies'),
    trainDistinct === 1 && t('own.one.train'),
    validationDistinct === 1 && t('own.one.unseen'),
    trainDistinct > 1 && trainSymbols === 1 && t('own.symbol.train'),
    validationDistinct > 1 && validationSymbols === 1 && t('own.symbol.unseen'),
    sequences.unlearned.length > 0 && unlearned(sequences.unlearned),
  ].filter((words) => words !== false);
  return (
    <>
      {told.map((words) => (
        <p class="small" key={words}>
          <Words>{words}</Words>
        </p>
      ))}
    </>
  );
}
