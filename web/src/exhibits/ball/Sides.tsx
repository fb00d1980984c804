// Number or table, beside a figure.
import { control } from '../../components/control';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SIDES } from './lab';
import type { Lesson } from './lesson';

export function Sides({ store, lesson }: { store: Store; lesson: Lesson }) {
  return (
    <fieldset class="seg sides" aria-label={t('ball.sides')}>
      {SIDES.map((one) => (
        <button
          type="button"
          key={one}
          aria-pressed={lesson.lab.value.side === one}
          {...control(store.session, `side.${one}`)}
          onClick={() => lesson.set({ side: one })}
        >
          {t(`ball.side.${one}`)}
        </button>
      ))}
    </fieldset>
  );
}
