import { control } from '../../components/control.ts';
import { fixed } from '../../draw/format.ts';
import { t } from '../../i18n/index.ts';
import type { Session } from '../../session/types.ts';
import { MOST_NORMALISATION, type SearchSet, WIDTHS } from './set.ts';
import './search.css';
import './index.ts';

interface SettingsProps {
  session: Pick<Session, 'marked'>;
  set: SearchSet;
  /** Under the names that the address has for them. */
  onSet(change: { width: string } | { norm: string }): void;
}
/** How wide the search is, and by what power of the length a sum is divided. */
export function Settings({ session, set, onSet }: SettingsProps) {
  return (
    <div class="search-tools">
      <fieldset class="seg" aria-label={t('search.width')} {...control(session, 'lab.width')}>
        <legend class="seg-name">{t('search.width')}</legend>
        {WIDTHS.map((width) => (
          <button
            type="button"
            key={width}
            aria-pressed={set.width === width}
            title={t(width === 1 ? 'search.width.greedy' : 'search.width.of', { width })}
            onClick={() => onSet({ width: String(width) })}
          >
            {width}
          </button>
        ))}
      </fieldset>
      <label class="search-range" {...control(session, 'lab.normalisation')}>
        <span>{t('search.normalisation')}</span>
        <input
          type="range"
          min={0}
          max={MOST_NORMALISATION}
          step={0.1}
          value={set.normalisation}
          aria-valuetext={fixed(set.normalisation, 1)}
          onInput={(event) => onSet({ norm: String(Number(event.currentTarget.value)) })}
        />
        <output class="num">{fixed(set.normalisation, 1)}</output>
      </label>
    </div>
  );
}
