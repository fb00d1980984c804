import { t } from '../i18n';
import type { Session } from '../session/types';

/** The course's two notations, and the network folded or unrolled. */
export function FigureTools({ session }: { session: Session }) {
  const { notation, folded } = session;
  return (
    <div class="figure-tools">
      <fieldset class="seg" aria-label={t('text.notation')}>
        {(['a', 'b'] as const).map((one) => (
          <button
            type="button"
            key={one}
            aria-label={t(`text.notation.${one}`)}
            title={t(`text.notation.${one}`)}
            aria-pressed={notation.value === one}
            onClick={() => {
              notation.value = one;
            }}
          >
            {one}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        class="btn"
        onClick={() => {
          folded.value = !folded.value;
        }}
      >
        {t(folded.value ? 'figure.unfold' : 'figure.fold')}
      </button>
    </div>
  );
}
