// Which sequence is read: another net of the same block, as it is shipped; and a sequence of one's own.
import { control } from '../../components/control';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { TASKS } from './lab';
import type { Lesson } from './lesson';
import { Own } from './Own';

export function Tools({ store, lesson, own = false }: { store: Store; lesson: Lesson; own?: boolean }) {
  const locked = lesson.covered.value !== null;
  const task = lesson.task.value;
  return (
    <div class="sided-tools">
      <fieldset class="seg" aria-label={t('elsewhere.task')} {...control(store.session, 'lab.task')}>
        {TASKS.map((one) => (
          <button
            type="button"
            key={one}
            aria-pressed={task === one}
            disabled={locked}
            {...control(store.session, `task.${one}`)}
            onClick={() => task !== one && void lesson.open(one)}
          >
            {t(`elsewhere.task.${one}`)}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        class="btn low"
        disabled={locked}
        {...control(store.session, 'lab.example')}
        onClick={() => void lesson.example()}
      >
        {t('elsewhere.example')}
      </button>
      {own && <Own store={store} lesson={lesson} locked={locked} />}
    </div>
  );
}
