// What several of these views have.
import { control } from '../../components/control';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Chain, END } from './counted';
import type { Counting } from './counting';
import { SMOOTHINGS } from './lab';

export const letterOf = ({ letters }: Pick<Chain, 'letters'>, token: number): string =>
  token === END ? t('next-word.end') : (letters[token] ?? '');

export function Smoothing({ store, counting }: { store: Store; counting: Counting }) {
  return (
    <label class="nw-slide" {...control(store.session, 'lab.smoothing')}>
      {t('next-word.smoothing')}
      <select
        class="field low"
        value={counting.lab.value.smoothing}
        onChange={(event) => counting.edit('next-word.smoothing', { smoothing: event.currentTarget.value })}
      >
        {SMOOTHINGS.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}
